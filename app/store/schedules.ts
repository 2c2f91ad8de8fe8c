import type { Database } from 'better-sqlite3'

/** What the scheduler remembers of a tenant, UTC ISO. */
export type ScheduleState = {
  readonly nextDue: string | null
  /** The due time that the last start was for. */
  readonly lastDue: string | null
  readonly lastStarted: string | null
  readonly lastEnded: string | null
}

export type Schedules = ReturnType<typeof schedules>

/** When each tenant is due next and was started last; it survives restarts, so nothing is lost or started twice. */
export function schedules(db: Database, table: 'schedule' | 'reconcile_schedule' = 'schedule') {
  const get = db.prepare<[number], ScheduleState>(
    `SELECT next_due AS nextDue, last_due AS lastDue, last_started AS lastStarted, last_ended AS lastEnded FROM ${table} WHERE tenant_id = ?`,
  )
  const put = db.prepare(
    `INSERT OR REPLACE INTO ${table} (tenant_id, next_due, last_due, last_started, last_ended) VALUES (?, ?, ?, ?, ?)`,
  )
  const state = (tenantId: number): ScheduleState =>
    get.get(tenantId) ?? { nextDue: null, lastDue: null, lastStarted: null, lastEnded: null }
  return {
    get: state,
    /** Changes what `patch` names and leaves the rest. */
    set: (tenantId: number, patch: Partial<ScheduleState>): void => {
      const { nextDue, lastDue, lastStarted, lastEnded } = { ...state(tenantId), ...patch }
      put.run(tenantId, nextDue, lastDue, lastStarted, lastEnded)
    },
  }
}
