import type { Database } from 'better-sqlite3'
import type { Entity } from '../model/tenant.ts'

/** A failed record that names an exchange as the one that shows its trouble. */
export type ConcernedRecord = {
  readonly id: number
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly isOpen: boolean
}

/** The failed records that point to this exchange, the newest first, 200 at most. */
export function concernedRecords(db: Database, exchangeId: number): readonly ConcernedRecord[] {
  return db
    .prepare<[number], Omit<ConcernedRecord, 'isOpen'> & { isOpen: number }>(
      `SELECT id, tenant_id AS tenantId, entity, commerce_id AS commerceId, label, closed_at IS NULL AS isOpen
       FROM failure WHERE json_extract(fault, '$.exchangeId') = ? ORDER BY id DESC LIMIT 200`,
    )
    .all(exchangeId)
    .map((row) => ({ ...row, isOpen: row.isOpen === 1 }))
}
