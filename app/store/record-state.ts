import type { Fault } from '../model/fault.ts'
import type { OutcomeKind } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'
import { faultFrom, listFrom } from './json.ts'

/** What is known of one synced record. Money in the tenant's currency, before tax. */
export type RecordState = {
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly haloId: number | null
  /** Hash of the mapped record that Halo has. */
  readonly hash: string | null
  /** What a person calls it. */
  readonly label: string
  /** Quote or order number, SKU, account number. */
  readonly number: string
  /** Title or name. */
  readonly name: string
  readonly customerId: number | null
  readonly customerName: string
  /** Commerce's status number. */
  readonly status: number | null
  readonly amount: number | null
  readonly modifiedAt: string | null
  /** The Commerce status at which Halo's was last written (or left alone); a differing one is a change of status. */
  readonly statusSeen: number | null
  readonly lastKind: OutcomeKind
  readonly lastRun: number
  readonly lastFault: Fault | null
  readonly notes: readonly Fault[]
  /** When it was last known to be in Halo as it is in Commerce; null: never. */
  readonly syncedAt: string | null
  readonly goneAt: string | null
}

/** A record as the database gives it. */
export type RawRecord = Omit<RecordState, 'lastFault' | 'notes'> & {
  readonly lastFault: string | null
  readonly notes: string | null
}
/** The columns of a RawRecord, for a SELECT on table record. */
export const recordColumns = `tenant_id AS tenantId, entity, commerce_id AS commerceId, halo_id AS haloId, hash, label, number, name,
  customer_id AS customerId, customer_name AS customerName, status, amount, modified_at AS modifiedAt, status_seen AS statusSeen,
  last_kind AS lastKind, last_run AS lastRun, last_fault AS lastFault, notes, synced_at AS syncedAt, gone_at AS goneAt`
/** Opens what is kept as JSON. */
export const recordFrom = (raw: RawRecord): RecordState => ({
  ...raw,
  lastFault: faultFrom(raw.lastFault),
  notes: listFrom<Fault>(raw.notes),
})
