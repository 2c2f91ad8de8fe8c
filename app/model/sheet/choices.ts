import type { Entity } from '../tenant.ts'
import type { SheetPlan } from './check.ts'
import type { DateOrder } from './dates.ts'
import type { MadeColumns } from './made.ts'
import type { Decimal } from './numbers.ts'

/** What tells which record of Halo a row means, unless it names an id. */
export type RecordKey = 'number' | 'name'
/** What stands in the column of a quote's or order's customer. */
export type CustomerKey = 'name' | 'number' | 'haloId'
/** What to do with a record that is in Halo already. */
export type ExistingChoice = 'skip' | 'update' | 'fill'

/** All that a person decides about an import. */
export type ImportChoices = {
  readonly plan: SheetPlan
  readonly recordBy: RecordKey
  readonly customerBy: CustomerKey
  readonly existing: ExistingChoice
  /** Nothing is imported while a record has an error. */
  readonly isAllOrNothing?: boolean
}

/** What a person said so far; `decide` of app/sheets/decision.ts makes the choices of it, once nothing is open. */
export type ImportDecision = Pick<
  ImportChoices,
  'recordBy' | 'customerBy' | 'existing' | 'isAllOrNothing'
> & {
  /** Field -> place of its column, from 0. */
  readonly columns: Readonly<Record<string, number>>
  /** Columns that are made of the file's own: parts of one, or several in one. */
  readonly made?: readonly MadeColumns[]
  /** Field -> a value for every row that has none of its own. */
  readonly constants: Readonly<Record<string, string>>
  /** Field -> how its column is written, where a person was asked. */
  readonly said: Readonly<Record<string, SaidForm>>
  /** Field -> what a value stands for. */
  readonly replace: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly skipsHidden: boolean
}
export type SaidForm = { readonly decimal?: Decimal; readonly dates?: DateOrder }

/** The field that holds a record's number or name. */
export const keyFields: Readonly<Record<Entity, Readonly<Record<RecordKey, string>>>> = {
  customers: { number: 'accountNumber', name: 'name' },
  products: { number: 'productNumber', name: 'title' },
  quotes: { number: 'quoteNumber', name: 'title' },
  salesOrders: { number: 'orderNumber', name: 'orderNumber' },
}
