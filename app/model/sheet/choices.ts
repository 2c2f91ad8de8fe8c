import type { Entity } from '../tenant.ts'
import type { SheetPlan } from './check.ts'

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
}

/** The field that holds a record's number or name. */
export const keyFields: Readonly<Record<Entity, Readonly<Record<RecordKey, string>>>> = {
  customers: { number: 'accountNumber', name: 'name' },
  products: { number: 'productNumber', name: 'title' },
  quotes: { number: 'quoteNumber', name: 'title' },
  salesOrders: { number: 'orderNumber', name: 'orderNumber' },
}
