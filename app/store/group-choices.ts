import type { Database } from 'better-sqlite3'

/** A product of Commerce and the Halo product group that a person chose for it; null: none, its category decides. */
export type GroupChoice = { readonly commerceId: number; readonly groupId: number | null }

export type GroupChoices = ReturnType<typeof groupChoices>

/** Products that a person has moved to another group (docs/decisions/085). Who did it is in the audit trail. */
export function groupChoices(db: Database) {
  const some = db.prepare<[number, string], { commerceId: number; groupId: number }>(
    `SELECT commerce_id AS commerceId, group_id AS groupId FROM group_choice
     WHERE tenant_id = ? AND commerce_id IN (SELECT value FROM json_each(?))`,
  )
  const put = db.prepare(
    `INSERT INTO group_choice (tenant_id, commerce_id, group_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET group_id = excluded.group_id`,
  )
  const remove = db.prepare('DELETE FROM group_choice WHERE tenant_id = ? AND commerce_id = ?')
  const setAll = db.transaction((tenantId: number, choices: readonly GroupChoice[]) => {
    for (const { commerceId, groupId } of choices) {
      if (groupId === null) remove.run(tenantId, commerceId)
      else put.run(tenantId, commerceId, groupId)
    }
  })
  return {
    /** The chosen groups of these products, by Commerce id; those that nobody chose for are absent. */
    of: (tenantId: number, commerceIds: readonly number[]): Map<number, number> =>
      new Map(
        some
          .all(tenantId, JSON.stringify(commerceIds))
          .map(({ commerceId, groupId }) => [commerceId, groupId]),
      ),
    /** Keeps or forgets choices, all of them or none. */
    set: (tenantId: number, choices: readonly GroupChoice[]): void => {
      setAll.immediate(tenantId, choices)
    },
  }
}
