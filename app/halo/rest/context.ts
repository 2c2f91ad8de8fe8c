import type { Fault, Result } from '../../model/fault.ts'
import type { HaloRecord } from '../../model/halo.ts'
import type { FieldChange } from '../../model/outcome.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Known, WriteOptions } from '../destination.ts'
import type { HaloObject } from './answers.ts'
import type { HaloApi } from './api.ts'
import type { Finder, UserRow } from './find.ts'
import type { Lookups } from './lookups.ts'

/** A contact of a client, or one that will be made: `id` null until then. Name and e-mail in lower case. */
export type Person = {
  id: number | null
  readonly name: string
  readonly email: string
  readonly row: UserRow | null
  /** What makes it. */
  readonly body: HaloObject | null
}

/** A client with its sites and contacts: what a quote or an order needs to belong to somebody. */
export type Client = {
  /** null: a preview would make it. */
  readonly id: number | null
  readonly name: string
  /** The first active site; null when there is none yet. */
  siteId: number | null
  readonly sites: ReadonlySet<number>
  /** Active ones first, each kind in the order of their keys. */
  readonly people: Person[]
}

/** What was found out in this session; a preview has one of its own, in which what it would make counts as present. */
export type Memory = {
  readonly clients: Map<number, Client>
  /** By Commerce id; null: a preview would make it. */
  readonly items: Map<number, number | null>
  readonly quotes: Map<number, number | null>
  /** Whether a preview would make the default product group. */
  wouldMakeGroup: boolean
  /** Whether report questions have all the columns that are compared. */
  readsByReport: boolean
  /** Records in one POST. */
  batchSize: number
  /** What it may grow to; 1 where Halo answers for the first record alone and only lists could tell of the others. */
  largestBatch: number
  /** Whether this Halo keeps lines that a posted quote leaves out. */
  keepsLines: boolean
}

/** Records in one POST: large enough that a thousand quotes take fifty requests, small enough to be read by Halo in seconds. */
export const mostRecords = 20

export const newMemory = (): Memory => ({
  clients: new Map(),
  items: new Map(),
  quotes: new Map(),
  wouldMakeGroup: false,
  readsByReport: true,
  batchSize: mostRecords,
  largestBatch: mostRecords,
  keepsLines: false,
})

export type Context = {
  readonly api: HaloApi
  readonly finder: Finder
  readonly lookups: Lookups
  readonly options: WriteOptions
  /** DattoCommerceDetails.id. */
  readonly tenant: number
  readonly isPreview: boolean
  /** Records are planned as if they were not in Halo yet: what they were written as. */
  readonly isAnew?: boolean
  readonly memory: Memory
}

/** Something that must be in Halo before a record can be posted: a contact, or the first site of a client. */
export type Need = { readonly client: Client; readonly person: Person | null }

/** What writing one record comes to. */
export type Plan = {
  readonly commerceId: number
  readonly label: string
  readonly haloId: number | null
  readonly kind: 'created' | 'updated' | 'unchanged'
  readonly changes: readonly FieldChange[]
  readonly notes: Fault[]
  /** The record alone is at fault: nothing of it is written. */
  readonly fault: Fault | null
  readonly needs: readonly Need[]
  /** What is posted, once `needs` are there. Null: nothing. */
  readonly body: () => HaloObject | null
  /** Ids of lines that Halo has and Commerce has no more. */
  readonly gone: readonly number[]
  /** Told of the key, so that what comes later finds the record. */
  readonly keep: (haloId: number | null) => void
}

export type Writer<E extends Entity> = {
  readonly path: string
  /** Reads what Halo has of a batch and plans each record, in order. */
  plan(context: Context, batch: readonly Known<HaloRecord[E]>[]): Promise<Result<Plan[]>>
  /** The Commerce id that a posted record answers with; null when it does not say. */
  keyOf(answer: HaloObject): number | null
  /** Where Halo keeps these records; used when an answer leaves some out. */
  locate(context: Context, records: readonly HaloRecord[E][]): Promise<Result<ReadonlyMap<number, number>>>
  /** What belongs to the records and is posted by itself, once they have keys. */
  finish?(
    context: Context,
    written: ReadonlyMap<
      number,
      { readonly plan: Plan; readonly answer: HaloObject | null; readonly haloId: number }
    >,
  ): Promise<Result<null>>
  /** Whether a record is posted alone, since nothing but its place in the answer would tell it. */
  isAlone?(record: HaloRecord[E]): boolean
}
