import type { Database } from 'better-sqlite3'

/** A product of Commerce and the Halo product group that a person chose for it; null: its category decides again. */
type GroupChoice = { readonly commerceId: number; readonly groupId: number | null }

export type GroupChoices = ReturnType<typeof groupChoices>

/** Products that a person has moved to another group (docs/decisions/085). Who did it is in the audit trail. */
export function groupChoices(db: Database) {
  const some = db.prepare<[number, string], { commerceId: number; groupId: number }>(
    `SELECT commerce_id AS commerceId, group_id AS groupId FROM group_choice
     WHERE tenant_id = ? AND group_id IS NOT NULL AND commerce_id IN (SELECT value FROM json_each(?))`,
  )
  const put = db.prepare(
    `INSERT INTO group_choice (tenant_id, commerce_id, group_id, is_new) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET group_id = excluded.group_id, is_new = 1`,
  )
  const setAll = db.transaction((tenantId: number, choices: readonly GroupChoice[]) => {
    for (const { commerceId, groupId } of choices) put.run(tenantId, commerceId, groupId)
  })
  return {
    /** The chosen groups of these products, by Commerce id; those that nobody chose for are absent. */
    of: (tenantId: number, commerceIds: readonly number[]): Map<number, number> =>
      new Map(
        some
          .all(tenantId, JSON.stringify(commerceIds))
          .map(({ commerceId, groupId }) => [commerceId, groupId]),
      ),
    /** Keeps choices, all of them or none. The next run that starts maps these products again (`settle`). */
    set: (tenantId: number, choices: readonly GroupChoice[]): void => {
      setAll.immediate(tenantId, choices)
    },
    settle: settle(db),
  }
}

/**
 * At a run's start: the products of new choices become dirty. Not when the choice is made: a run that was then writing them would take the mark
 * away again with what it had mapped before.
 */
function settle(db: Database) {
  const dirty = db.prepare(
    `UPDATE source SET is_dirty = 1 WHERE tenant_id = ? AND resource = 'product' AND gone_at IS NULL
     AND id IN (SELECT commerce_id FROM group_choice WHERE tenant_id = ? AND is_new = 1)`,
  )
  const done = db.prepare('UPDATE group_choice SET is_new = 0 WHERE tenant_id = ? AND is_new = 1')
  const forget = db.prepare(
    'DELETE FROM group_choice WHERE tenant_id = ? AND group_id IS NULL AND is_new = 0',
  )
  const all = db.transaction((tenantId: number) => {
    dirty.run(tenantId, tenantId)
    if (done.run(tenantId).changes > 0) forget.run(tenantId)
  })
  return (tenantId: number): void => {
    all.immediate(tenantId)
  }
}
