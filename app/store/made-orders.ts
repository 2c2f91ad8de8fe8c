import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

/** A sales order that a person made in Halo from a quote. */
export type MadeOrder = {
  readonly id: number
  /** Commerce's id of the quote. */
  readonly quoteId: number
  /** null: it was begun, and Halo's answer never came. */
  readonly haloId: number | null
  /** The order of Commerce that it has become; null: none yet. */
  readonly orderId: number | null
  readonly who: string
  /** UTC ISO. */
  readonly madeAt: string
}

export type MadeOrderBook = ReturnType<typeof madeOrders>

const columns = 'id, quote_id AS quoteId, halo_id AS haloId, order_id AS orderId, who, made_at AS madeAt'

/** Who made which order from which quote (docs/decisions/140). Begun before Halo is asked, so that a program that ends meanwhile knows of it. */
export function madeOrders(db: Database, clock: Clock) {
  const insert = db.prepare('INSERT INTO made_order (tenant_id, quote_id, who, made_at) VALUES (?, ?, ?, ?)')
  const finish = db.prepare('UPDATE made_order SET halo_id = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM made_order WHERE id = ? AND halo_id IS NULL')
  const forget = db.prepare('DELETE FROM made_order WHERE tenant_id = ?')
  const some = db.prepare<[number, string], MadeOrder>(
    `SELECT ${columns} FROM made_order WHERE tenant_id = ? AND quote_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  )
  const ofOrder = db.prepare<[number, number], MadeOrder>(
    `SELECT ${columns} FROM made_order WHERE tenant_id = ? AND order_id = ? ORDER BY id DESC`,
  )
  const adopt = db.prepare(
    `UPDATE made_order SET halo_id = ?, order_id = ? WHERE id = (SELECT id FROM made_order
     WHERE tenant_id = ? AND quote_id = ? AND (halo_id = ? OR halo_id IS NULL) ORDER BY halo_id IS NULL, id LIMIT 1)`,
  )
  return {
    /** An order is about to be made. Answers the number by which `finish` and `drop` know it. */
    begin: (tenantId: number, quoteId: number, who: string): number =>
      Number(insert.run(tenantId, quoteId, who, new Date(clock.now()).toISOString()).lastInsertRowid),
    /** It is in Halo under this key. */
    finish: (id: number, haloId: number): void => void finish.run(haloId, id),
    /** It was not made. One that is known to be in Halo stays. */
    drop: (id: number): void => void drop.run(id),
    /** Those of these quotes, oldest first. */
    ofQuotes: (tenantId: number, quoteIds: readonly number[]): MadeOrder[] =>
      some.all(tenantId, JSON.stringify(quoteIds)),
    /** What this order of Commerce was before; null: Commerce made it itself. */
    ofOrder: (tenantId: number, orderId: number): MadeOrder | null => ofOrder.get(tenantId, orderId) ?? null,
    /** A sync has made it Commerce's order; one that was begun and never heard of is it, too. */
    adopt: (tenantId: number, made: { quoteId: number; haloId: number; orderId: number }): void => {
      const { quoteId, haloId, orderId } = made
      adopt.run(haloId, orderId, tenantId, quoteId, haloId)
    },
    /** The tenant has another Halo now. */
    forget: (tenantId: number): void => void forget.run(tenantId),
  }
}
