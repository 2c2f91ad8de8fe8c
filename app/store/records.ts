import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { OutcomeKind } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import { type Entity, entities } from '../model/tenant.ts'
import { toJson } from './json.ts'
import { type RecordQueries, recordQueries } from './record-queries.ts'
import { type RawRecord, type RecordState, recordColumns, recordFrom } from './record-state.ts'

export type { RecordState } from './record-state.ts'

/** One outcome to keep. A null haloId, hash or statusSeen leaves what is stored: a failure forgets no link. */
export type RecordWrite = Pick<
  RecordState,
  | 'entity'
  | 'commerceId'
  | 'haloId'
  | 'hash'
  | 'label'
  | 'number'
  | 'name'
  | 'customerId'
  | 'customerName'
  | 'status'
  | 'amount'
  | 'modifiedAt'
  | 'statusSeen'
  | 'notes'
> & { readonly kind: OutcomeKind; readonly fault: Fault | null }

/** What the sync needs of a record before it writes it. */
export type KnownRecord = Pick<RecordState, 'commerceId' | 'haloId' | 'hash' | 'statusSeen' | 'lastKind'>

type RecordCounts = Record<Entity, number>

export type Records = RecordWrites & RecordReads & RecordQueries

/** The state of every record that a sync has met. */
export function records(db: Database, clock: Clock): Records {
  return { ...recordWrites(db, clock), ...recordReads(db), ...recordQueries(db) }
}

type RecordWrites = ReturnType<typeof recordWrites>
function recordWrites(db: Database, clock: Clock) {
  const put = db.prepare(
    `INSERT INTO record (tenant_id, entity, commerce_id, halo_id, hash, label, number, name, customer_id, customer_name, needle,
       status, amount, modified_at, status_seen, last_kind, last_run, last_fault, notes, synced_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET halo_id = coalesce(excluded.halo_id, halo_id), hash = coalesce(excluded.hash, hash),
       label = excluded.label, number = excluded.number, name = excluded.name, customer_id = excluded.customer_id,
       customer_name = excluded.customer_name, needle = excluded.needle, status = excluded.status, amount = excluded.amount,
       modified_at = excluded.modified_at, status_seen = coalesce(excluded.status_seen, status_seen),
       last_kind = excluded.last_kind, last_run = excluded.last_run, last_fault = excluded.last_fault, notes = excluded.notes,
       synced_at = coalesce(excluded.synced_at, synced_at), gone_at = NULL`,
  )
  const gone = db.prepare<[string, number, Entity, string]>(
    `UPDATE record SET gone_at = ? WHERE tenant_id = ? AND entity = ? AND gone_at IS NULL
     AND commerce_id IN (SELECT value FROM json_each(?))`,
  )
  const putAll = db.transaction((tenantId: number, runId: number, batch: readonly RecordWrite[]) => {
    const now = new Date(clock.now()).toISOString()
    for (const r of batch) {
      const isInHalo = r.kind === 'created' || r.kind === 'updated' || r.kind === 'unchanged'
      const needle = [r.label, r.number, r.name, r.customerName].join('\n').toLowerCase()
      put.run(
        ...[tenantId, r.entity, r.commerceId, r.haloId, r.hash, r.label, r.number, r.name, r.customerId],
        ...[r.customerName, needle, r.status, r.amount, r.modifiedAt, r.statusSeen, r.kind, runId],
        ...[toJson(r.fault), toJson(r.notes), isInHalo ? now : null],
      )
    }
  })
  const forgetHalo = db.prepare<[number]>(
    `UPDATE record SET halo_id = NULL, hash = NULL, status_seen = NULL, synced_at = NULL WHERE tenant_id = ?`,
  )
  return {
    /** The tenant has another Halo now: no record is known to be there. Answers how many records the tenant has. */
    forgetHalo: (tenantId: number): number => forgetHalo.run(tenantId).changes,
    /** Keeps what became of these records, in one transaction. */
    putOutcomes: (tenantId: number, runId: number, batch: readonly RecordWrite[]): void => {
      putAll.immediate(tenantId, runId, batch)
    },
    /** Gone from Commerce: marked, never deleted in Halo. Answers how many were new to it. */
    markRecordsGone: (tenantId: number, entity: Entity, commerceIds: readonly number[]): number =>
      gone.run(new Date(clock.now()).toISOString(), tenantId, entity, JSON.stringify(commerceIds)).changes,
  }
}

type RecordReads = ReturnType<typeof recordReads>
function recordReads(db: Database) {
  const one = db.prepare<[number, Entity, number], RawRecord>(
    `SELECT ${recordColumns} FROM record WHERE tenant_id = ? AND entity = ? AND commerce_id = ?`,
  )
  const known = db.prepare<[number, Entity, string], KnownRecord>(
    `SELECT commerce_id AS commerceId, halo_id AS haloId, hash, status_seen AS statusSeen, last_kind AS lastKind FROM record
     WHERE tenant_id = ? AND entity = ? AND commerce_id IN (SELECT value FROM json_each(?))`,
  )
  const inHalo = db.prepare<[number], { entity: Entity; n: number }>(
    'SELECT entity, count(*) AS n FROM record WHERE tenant_id = ? AND halo_id IS NOT NULL GROUP BY entity',
  )
  const byStatus = db.prepare<[number, Entity], { status: number | null; count: number }>(
    `SELECT status, count(*) AS count FROM record WHERE tenant_id = ? AND entity = ? AND gone_at IS NULL
     GROUP BY status ORDER BY status`,
  )
  return {
    /** How many records have each Commerce status; those gone from Commerce are not counted. */
    statusCounts: (tenantId: number, entity: Entity) => byStatus.all(tenantId, entity),
    get: (tenantId: number, entity: Entity, commerceId: number): RecordState | null => {
      const raw = one.get(tenantId, entity, commerceId)
      return raw ? recordFrom(raw) : null
    },
    /** What is known of these records, by Commerce id; those never met are absent. */
    known: (tenantId: number, entity: Entity, commerceIds: readonly number[]): Map<number, KnownRecord> =>
      new Map(known.all(tenantId, entity, JSON.stringify(commerceIds)).map((row) => [row.commerceId, row])),
    /** Records known to be in Halo. */
    counts: (tenantId: number): RecordCounts => {
      const found = new Map(inHalo.all(tenantId).map((row) => [row.entity, row.n]))
      const counts: RecordCounts = { products: 0, customers: 0, quotes: 0, salesOrders: 0 }
      for (const entity of entities) counts[entity] = found.get(entity) ?? 0
      return counts
    },
  }
}
