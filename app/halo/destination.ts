import type { Fault, Result } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import type { HaloClientField } from '../model/halo-fields.ts'
import type { UnlinkedClient } from '../model/match-customers.ts'
import type { FieldChange, OutcomeKind } from '../model/outcome.ts'
import type { HaloConnection } from '../model/take-over.ts'
import type { Entity } from '../model/tenant.ts'
import type { MadeOrders } from './made-orders.ts'
import type { ProductGroups } from './product-groups.ts'
import type { QuoteActions } from './quote-actions.ts'
import type { MadeRow, SheetUndo } from './undo.ts'

/** What a write of one record came to. `kind` is never 'skipped': skipping is the sync's decision. */
export type WriteOutcome = {
  readonly commerceId: number
  readonly kind: Exclude<OutcomeKind, 'skipped'>
  /** AREA.Aarea, ITEM.Iid, QUOTATIONHEADER.QHid or ORDERHEAD.OHid. In a preview a record that would be created has null. */
  readonly haloId: number | null
  readonly fault: Fault | null
  readonly notes: readonly Fault[]
  readonly changes: readonly FieldChange[]
  /** What a new record had made besides itself and its own lines; absent: nothing. */
  readonly beside?: readonly MadeRow[]
}

/** Whose records these are: Halo keeps Commerce ids per tenant. */
export type Owner = {
  /** DattoCommerceDetails.DCDid. */
  readonly haloTenantId: number
}

/** A product group, status, tax or currency (its code) as Halo knows it. `rate`: of a tax, in percent, where Halo has one. */
export type HaloChoice = { readonly id: number; readonly name: string; readonly rate?: number }

export type HaloChoiceKind = 'groups' | 'quoteStatus' | 'orderStatus' | 'tax' | 'currency'

export type Column = { readonly table: string; readonly column: string }
export type ProbeReport = {
  readonly kind: string
  readonly version: string
  readonly found: readonly Column[]
  /** Required and absent: nothing can be written until they are there. */
  readonly missing: readonly Column[]
  /** Wanted, absent, and done without. */
  readonly optionalMissing: readonly Column[]
  /** NOT NULL without a default and unknown to this program. */
  readonly unknownRequired: readonly Column[]
  readonly customFields: readonly string[]
  /** Per written table: whether the database makes its keys, or this program does. */
  readonly keys: readonly (Column & { readonly isIdentity: boolean })[]
}

/**
 * A Halo to write to. One batch is one transaction; within it each record succeeds or fails alone (a quote whole or not at all).
 * `mode: 'preview'` runs the same code and writes nothing; records that an earlier preview batch would have created count as present.
 * Identity lives in Halo itself: a record is found by `haloId` when given and still right, else by its Commerce id and tenant.
 */
export type Destination = {
  probe(): Promise<Result<ProbeReport>>
  /**
   * Finds the DattoCommerceDetails row of this instance URL, or makes it (disabled, without a key). A preview makes none: it answers -1,
   * which no record has.
   */
  owner(instanceUrl: string, mode?: 'write' | 'preview'): Promise<Result<Owner>>
  write<E extends Entity>(
    entity: E,
    batch: readonly Known<HaloRecord[E]>[],
    options: WriteOptions,
  ): Promise<Result<WriteOutcome[]>>
  /** What Halo has of these records now, as flat fields named like FieldChange.field; for "source and Halo side by side". */
  read(entity: Entity, owner: Owner, haloId: number): Promise<Result<HaloRow | null>>
  choices(kind: HaloChoiceKind): Promise<Result<readonly HaloChoice[]>>
  /** The custom fields of Halo's clients with their types; absent: the columns that `probe` names are all that is known of them. */
  clientFields?(): Promise<Result<readonly HaloClientField[]>>
  /**
   * What Halo's own integration is set to, for a person to take over from: every connection it has (its API key is never read).
   * `categoryIds`: Commerce's categories as far as known, so that links to product groups can be found. Absent: cannot be told.
   */
  takeOver?(categoryIds: readonly number[]): Promise<Result<readonly HaloConnection[]>>
  /** What an import from a spreadsheet needs besides `write`. Absent: this kind of Halo takes no spreadsheets yet. */
  readonly sheets?: SheetFinder
  /** Clients that no Commerce customer is linked to, for a person to match; nothing is written. Absent: cannot be told. */
  unlinkedClients?(owner: Owner): Promise<Result<UnlinkedClients>>
  /** Links customers to clients that a person confirmed; each by itself. Where `unlinkedClients` is. */
  linkCustomers?(owner: Owner, links: readonly CustomerLink[]): Promise<Result<readonly LinkOutcome[]>>
  /** Takes links back; one that is not there any more is left alone and said. Where `unlinkedClients` is. */
  unlinkCustomers?(
    owner: Owner,
    links: readonly Omit<CustomerLink, 'url'>[],
  ): Promise<Result<readonly LinkOutcome[]>>
  /** Product groups, for a person to look at and arrange. Absent: this kind of Halo cannot be arranged from here. */
  readonly groups?: ProductGroups
  /** What a person may change of a synced quote. Absent: nothing, from here. */
  readonly quoteActions?: QuoteActions
  /** Sales orders made from quotes. Absent: none can be made here. */
  readonly madeOrders?: MadeOrders
  close(): Promise<void>
}

/** `linkedIds`: the owner's Commerce customers that have their client already. */
export type UnlinkedClients = {
  readonly clients: readonly UnlinkedClient[]
  readonly linkedIds: readonly number[]
}

/** A customer that is to be a client from now on. `url`: the link into Commerce, '' for none. */
export type CustomerLink = { readonly commerceId: number; readonly haloId: number; readonly url: string }
/** `fault`: why it was left alone. */
export type LinkOutcome = {
  readonly commerceId: number
  readonly haloId: number
  readonly fault: Fault | null
}

/** `made`: of a sales order, the orders (ORDERHEAD.OHid) that are known to have been made here from its quote; one of them becomes it. */
export type Known<R> = {
  readonly record: R
  readonly haloId: number | null
  readonly made?: readonly number[]
}
export type WriteOptions = {
  readonly owner: Owner
  readonly mode: 'write' | 'preview'
  readonly defaultGroup: number | null
  readonly createItemsFromQuotes: boolean
  /**
   * What happens to values that Halo has already. `overwrite`, which is usual: all are set. `never empty`: '' and 0 set nothing (what a
   * spreadsheet does not say). `fill only`: only empty ones are set, and lines only where there are none.
   */
  readonly existing?: ExistingRule
  /** Halo's ids of the records that this batch names by negative ids. */
  readonly refs?: References
}

export type ExistingRule = 'overwrite' | 'never empty' | 'fill only'

/**
 * A negative Commerce id stands for a record that Commerce does not know, one of a spreadsheet: unique within its batch, found by
 * `Known.haloId` alone, and never written to Halo. What such a record refers to is looked up here, negative id -> Halo id.
 */
export type References = {
  readonly customers: ReadonlyMap<number, number>
  readonly products: ReadonlyMap<number, number>
  readonly quotes: ReadonlyMap<number, number>
}

/** What a person tells records apart by: Halo's own id; the account, quote or order number or SKU; the name or title. */
export type SheetKey = 'haloId' | 'number' | 'name'

export type SheetFinder = {
  /** Halo's ids of the records that have one of these values, by the value in lower case; case and space around it do not matter. */
  find(
    entity: Entity,
    by: SheetKey,
    values: readonly string[],
  ): Promise<Result<ReadonlyMap<string, readonly number[]>>>
  /** Tells the numbers or names of all records, some thousand at a time: for what reads like a value that `find` does not know. */
  names(
    entity: Entity,
    by: Exclude<SheetKey, 'haloId'>,
    onNames: (names: readonly string[]) => Promise<void>,
  ): Promise<Result<null>>
  /** Absent: what an import has created here cannot be taken back. */
  readonly undo?: SheetUndo
}

/** Header fields, and the lines of a quote or order. */
export type HaloRow = {
  readonly fields: Readonly<Record<string, string | number | null>>
  readonly lines: readonly Readonly<Record<string, string | number | null>>[]
}
