import type { Database } from 'better-sqlite3'
import type { Fault } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity } from '../model/tenant.ts'
import { causeOf } from './failure-cause.ts'
import { type FailureKind, type FailureQueries, failureQueries } from './failure-queries.ts'

/** A record that could not be synced. */
export type NewFailure = {
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly fault: Fault
  /** The raw body, when it never reached the mirror. Null or empty leaves what an earlier try kept. */
  readonly payload: string | null
}

type DueFailure = {
  readonly id: number
  readonly entity: Entity
  readonly commerceId: number
  readonly payload: string | null
  readonly tries: number
}

/** Which failures a person means: some rows, a group (its key; of one kind), or all (of one tenant). */
export type FailureChoice =
  | { readonly ids: readonly number[] }
  | { readonly group: string; readonly kind?: FailureKind }
  | { readonly all: true; readonly tenantId?: number }

/** After the 1st try 5 minutes, then 15, 45, 135 ... a day at most. */
const firstWaitMs = 5 * 60_000
const longestWaitMs = 24 * 3_600_000
const triesBeforeParked = 8
const keptClosedMs = 90 * 24 * 3_600_000

export const waitAfter = (tries: number): number => Math.min(firstWaitMs * 3 ** (tries - 1), longestWaitMs)

export type Failures = FailureWrites & FailureChoices & FailureQueries

/** Failed records: kept with reason and payload until a later success closes them (design §7). */
export function failures(db: Database, clock: Clock): Failures {
  return { ...failureWrites(db, clock), ...failureChoices(db, clock), ...failureQueries(db) }
}

type FailureWrites = ReturnType<typeof failureWrites>
function failureWrites(db: Database, clock: Clock) {
  const open = 'closed_at IS NULL'
  const held = db.prepare<
    [number, string, number],
    { tries: number; closedAt: string | null; ignored: string | null }
  >(
    `SELECT tries, closed_at AS closedAt, ignored_reason AS ignored FROM failure
     WHERE tenant_id = ? AND entity = ? AND commerce_id = ?`,
  )
  const put = db.prepare(
    `INSERT INTO failure (tenant_id, entity, commerce_id, label, fault, next, cause, payload, first_at, last_at, tries, next_try_at, is_parked)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id, entity, commerce_id) DO UPDATE SET label = excluded.label, fault = excluded.fault, next = excluded.next,
       cause = excluded.cause, payload = coalesce(nullif(excluded.payload, ''), CASE WHEN ${open} THEN payload END), last_at = excluded.last_at, tries = excluded.tries,
       next_try_at = excluded.next_try_at, is_parked = excluded.is_parked,
       first_at = CASE WHEN ${open} THEN first_at ELSE excluded.first_at END,
       ignored_reason = CASE WHEN ${open} THEN ignored_reason END, closed_at = NULL, closed_by_run = NULL`,
  )
  const close = db.prepare(
    `UPDATE failure SET closed_at = ?, closed_by_run = ?, next_try_at = NULL, is_parked = 0 WHERE tenant_id = ? AND entity = ? AND ${open}
     AND commerce_id IN (SELECT value FROM json_each(?))`,
  )
  const forget = db.prepare('DELETE FROM failure WHERE closed_at < ?')
  const record = db.transaction((f: NewFailure) => {
    const nowMs = clock.now()
    const now = new Date(nowMs).toISOString()
    const before = held.get(f.tenantId, f.entity, f.commerceId)
    const isOpen = before?.closedAt === null
    const tries = (isOpen ? before.tries : 0) + 1
    const isParked = tries >= triesBeforeParked
    const isLeft = isParked || (isOpen && before.ignored !== null)
    put.run(
      ...[
        f.tenantId,
        f.entity,
        f.commerceId,
        f.label,
        JSON.stringify(f.fault),
        f.fault.next,
        causeOf(f.fault),
      ],
      ...[f.payload, now, now, tries, isLeft ? null : nextTry(nowMs, tries, f.fault), isParked ? 1 : 0],
    )
  })
  return {
    /** Counts one more try and sets the next one, at growing distance; after 8 it is parked for a person. */
    record: (failure: NewFailure): void => {
      record.immediate(failure)
    },
    /** A success closes the failure; it stays as history. Answers how many were open. */
    succeed: (tenantId: number, entity: Entity, commerceIds: readonly number[], runId: number): number =>
      close.run(new Date(clock.now()).toISOString(), runId, tenantId, entity, JSON.stringify(commerceIds))
        .changes,
    /** Forgets what was closed more than 90 days ago. */
    prune: (): number => forget.run(new Date(clock.now() - keptClosedMs).toISOString()).changes,
  }
}

/** The usual distance, or later when the fault itself says so. */
function nextTry(nowMs: number, tries: number, { retryAt }: Fault): string {
  const usual = new Date(nowMs + waitAfter(tries)).toISOString()
  return retryAt && retryAt > usual ? retryAt : usual
}

type FailureChoices = ReturnType<typeof failureChoices>
function failureChoices(db: Database, clock: Clock) {
  const open = 'closed_at IS NULL'
  const among = 'id IN (SELECT value FROM json_each(?))'
  const due = db.prepare<[number, string, number], DueFailure>(
    `SELECT id, entity, commerce_id AS commerceId, payload, tries FROM failure
     WHERE tenant_id = ? AND ${open} AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?`,
  )
  const retry = db.prepare<[string, string], { tenantId: number }>(
    `UPDATE failure SET next_try_at = ?, is_parked = 0, ignored_reason = NULL WHERE ${open} AND ${among} RETURNING tenant_id AS tenantId`,
  )
  const ignore = db.prepare(
    `UPDATE failure SET ignored_reason = ?, next_try_at = NULL WHERE ${open} AND ${among}`,
  )
  const reopen = db.prepare(
    `UPDATE failure SET ignored_reason = NULL, is_parked = 0, tries = 0, next_try_at = ? WHERE ${open} AND ignored_reason IS NOT NULL AND ${among}`,
  )
  const chosen = failureQueries(db).idsOf
  const now = () => new Date(clock.now()).toISOString()
  return {
    /** Failures whose next try has come, the longest waiting first. */
    due: (tenantId: number, nowIso: string, limit = 1000): readonly DueFailure[] =>
      due.all(tenantId, nowIso, limit),
    /** Makes these due now, parked ones too, and ignored ones that are named. Answers the tenants concerned. */
    retryNow: (choice: FailureChoice): readonly number[] => [
      ...new Set(retry.all(now(), JSON.stringify(chosen(choice))).map((row) => row.tenantId)),
    ],
    /** A person's decision that these need no attention: no more tries until they are reopened. Answers how many. */
    ignore: (choice: FailureChoice, reason: string): number =>
      ignore.run(reason, JSON.stringify(chosen(choice))).changes,
    /** Takes `ignore` back; the tries begin anew. Answers how many. */
    reopen: (choice: FailureChoice): number =>
      reopen.run(now(), JSON.stringify(chosen(choice, 'ignored'))).changes,
  }
}
