import type { Database } from 'better-sqlite3'

/** Whichever is reached first makes the oldest go. */
export type RingLimits = { readonly rows: number; readonly bytes: number; readonly ageMs: number }

/** Rows removed in one transaction: a writer in another thread waits no longer than that takes. */
const stepRows = 500
const stepPages = 500

/** Removes what is over the limits, oldest first, in at most `steps` small transactions; returns the rows removed. Throws SqliteError. */
export function pruneRing(db: Database, limits: RingLimits, nowMs: number, steps: number): number {
  let removed = 0
  for (let step = 0; step < steps; step++) {
    const excess = excessRows(db, limits, nowMs)
    if (excess === 0) break
    removed += removeOldest(db, Math.min(excess, stepRows))
  }
  if (removed > 0) db.pragma(`incremental_vacuum(${stepPages})`)
  return removed
}

/** Removes every row, in small steps too. Throws SqliteError. */
export function clearRing(db: Database): void {
  while (removeOldest(db, stepRows) > 0);
  db.pragma('incremental_vacuum')
}

function excessRows(db: Database, limits: RingLimits, nowMs: number): number {
  const count = db.prepare<[], number>('SELECT count(*) FROM exchange').pluck()
  const older = db.prepare<[number], number>('SELECT count(*) FROM exchange WHERE started_ms < ?').pluck()
  const rows = count.get() ?? 0
  if (rows === 0) return 0
  const pages =
    Number(db.pragma('page_count', { simple: true })) - Number(db.pragma('freelist_count', { simple: true }))
  const bytes = pages * Number(db.pragma('page_size', { simple: true }))
  const tooBig = bytes > limits.bytes ? Math.ceil(((bytes - limits.bytes) / bytes) * rows) : 0
  return Math.max(rows - limits.rows, older.get(nowMs - limits.ageMs) ?? 0, tooBig, 0)
}

function removeOldest(db: Database, rows: number): number {
  const oldest = 'SELECT id FROM exchange ORDER BY started_ms, id LIMIT ?'
  return db
    .transaction(() => {
      db.prepare(`DELETE FROM words WHERE rowid IN (${oldest})`).run(rows)
      db.prepare(`DELETE FROM detail WHERE id IN (${oldest})`).run(rows)
      return db.prepare(`DELETE FROM exchange WHERE id IN (${oldest})`).run(rows).changes
    })
    .immediate()
}
