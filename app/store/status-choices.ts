import type { Database } from 'better-sqlite3'
import type { StatusChoice } from '../model/status-choice.ts'

export type StatusChoices = ReturnType<typeof statusChoices>

/** Statuses that people chose for quotes in Halo (docs/decisions/137). The audit trail has each change. */
export function statusChoices(db: Database) {
  const some = db.prepare<[number, string], StatusChoice>(
    `SELECT quote_id AS quoteId, halo_status AS haloStatus, name, commerce_status AS commerceStatus, chosen_at AS chosenAt, who
     FROM status_choice WHERE tenant_id = ? AND halo_status IS NOT NULL AND quote_id IN (SELECT value FROM json_each(?))`,
  )
  // A run that goes on may have mapped the quote already, and write over the choice: then the next one sets it right.
  const put = db.prepare(
    `INSERT INTO status_choice (tenant_id, quote_id, halo_status, name, commerce_status, chosen_at, who, is_new)
     VALUES (?, ?, ?, ?, ?, ?, ?, EXISTS (SELECT 1 FROM run WHERE tenant_id = ? AND ended_at IS NULL))
     ON CONFLICT DO UPDATE SET halo_status = excluded.halo_status, name = excluded.name, commerce_status = excluded.commerce_status,
       chosen_at = excluded.chosen_at, who = excluded.who, is_new = excluded.is_new`,
  )
  const release = db.prepare(
    'UPDATE status_choice SET halo_status = NULL, is_new = 1 WHERE tenant_id = ? AND quote_id = ?',
  )
  const drop = db.prepare('DELETE FROM status_choice WHERE tenant_id = ? AND quote_id = ?')
  const end = db.prepare(
    'DELETE FROM status_choice WHERE tenant_id = ? AND quote_id = ? AND halo_status IS NOT NULL AND commerce_status <> ?',
  )
  const clear = db.prepare('DELETE FROM status_choice WHERE tenant_id = ?')
  return {
    /** The choices for these quotes, by Commerce id; those that the mapping decides about are absent. */
    of: (tenantId: number, quoteIds: readonly number[]): Map<number, StatusChoice> =>
      new Map(some.all(tenantId, JSON.stringify(quoteIds)).map((choice) => [choice.quoteId, choice])),
    set: (tenantId: number, choice: StatusChoice): void => {
      const { quoteId, haloStatus, name, commerceStatus, chosenAt, who } = choice
      put.run(tenantId, quoteId, haloStatus, name, commerceStatus, chosenAt, who, tenantId)
    },
    /** The mapping decides again: the next run that starts writes what it says. */
    release: (tenantId: number, quoteId: number): void => {
      release.run(tenantId, quoteId)
    },
    /** As if nobody had ever chosen: Halo keeps what it has until Commerce's own status changes. */
    drop: (tenantId: number, quoteId: number): void => {
      drop.run(tenantId, quoteId)
    },
    /** Written with these statuses of Commerce: choices that were made under another one are over. */
    end: (tenantId: number, written: readonly { readonly id: number; readonly status: number }[]): void => {
      for (const { id, status } of written) end.run(tenantId, id, status)
    },
    /** The tenant has another Halo now, with statuses of its own. */
    clear: (tenantId: number): void => {
      clear.run(tenantId)
    },
    settle: settle(db),
  }
}

/** At a run's start: what was chosen while another run was writing, and what the mapping is to decide again, is mapped anew as if the quote's status were new. */
function settle(db: Database) {
  const news = 'SELECT quote_id FROM status_choice WHERE tenant_id = ? AND is_new = 1'
  const any = db.prepare<[number], number>(`SELECT EXISTS (${news})`).pluck()
  const unseen = db.prepare(
    `UPDATE record SET status_seen = NULL WHERE tenant_id = ? AND entity = 'quotes' AND commerce_id IN (${news})`,
  )
  const dirty = db.prepare(
    `UPDATE source SET is_dirty = 1 WHERE tenant_id = ? AND resource = 'quote' AND gone_at IS NULL AND id IN (${news})`,
  )
  const forget = db.prepare('DELETE FROM status_choice WHERE tenant_id = ? AND halo_status IS NULL')
  const done = db.prepare('UPDATE status_choice SET is_new = 0 WHERE tenant_id = ? AND is_new = 1')
  const all = db.transaction((tenantId: number) => {
    if (any.get(tenantId) !== 1) return
    unseen.run(tenantId, tenantId)
    dirty.run(tenantId, tenantId)
    forget.run(tenantId)
    done.run(tenantId)
  })
  return (tenantId: number): void => {
    all.immediate(tenantId)
  }
}
