import type { Fault, Result } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import type { HaloClientField } from '../model/halo-fields.ts'
import type { FieldChange, OutcomeKind } from '../model/outcome.ts'
import type { HaloConnection } from '../model/take-over.ts'
import type { Entity } from '../model/tenant.ts'
import type { ProductGroups } from './product-groups.ts'

/** What a write of one record came to. `kind` is never 'skipped': skipping is the sync's decision. */
export type WriteOutcome = {
  readonly commerceId: number
  readonly kind: Exclude<OutcomeKind, 'skipped'>
  /** AREA.Aarea, ITEM.Iid, QUOTATIONHEADER.QHid or ORDERHEAD.OHid. In a preview a record that would be created has null. */
  readonly haloId: number | null
  readonly fault: Fault | null
  readonly notes: readonly Fault[]
  readonly changes: readonly FieldChange[]
}

/** Whose records these are: Halo keeps Commerce ids per tenant. */
export type Owner = {
  /** DattoCommerceDetails.DCDid. */
  readonly haloTenantId: number
}

/** A product group or status as Halo knows it. */
export type HaloChoice = { readonly id: number; readonly name: string }

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
  choices(kind: 'groups' | 'quoteStatus' | 'orderStatus' | 'tax'): Promise<Result<readonly HaloChoice[]>>
  /** The custom fields of Halo's clients with their types; absent: the columns that `probe` names are all that is known of them. */
  clientFields?(): Promise<Result<readonly HaloClientField[]>>
  /**
   * What Halo's own integration is set to, for a person to take over from: every connection it has (its API key is never read).
   * `categoryIds`: Commerce's categories as far as known, so that links to product groups can be found. Absent: cannot be told.
   */
  takeOver?(categoryIds: readonly number[]): Promise<Result<readonly HaloConnection[]>>
  /** Product groups, for a person to look at and arrange. Absent: this kind of Halo cannot be arranged from here. */
  readonly groups?: ProductGroups
  close(): Promise<void>
}

export type Known<R> = { readonly record: R; readonly haloId: number | null }
export type WriteOptions = {
  readonly owner: Owner
  readonly mode: 'write' | 'preview'
  readonly defaultGroup: number | null
  readonly createItemsFromQuotes: boolean
}
/** Header fields, and the lines of a quote or order. */
export type HaloRow = {
  readonly fields: Readonly<Record<string, string | number | null>>
  readonly lines: readonly Readonly<Record<string, string | number | null>>[]
}
