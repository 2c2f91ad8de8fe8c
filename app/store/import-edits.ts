import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'
import type { Cell, SheetRow } from '../model/sheet/cell.ts'
import { rowOf, type StoredRow } from './import-row.ts'

/** A row's new cells, or null to leave it. */
type RowChange = (row: SheetRow) => readonly Cell[] | null

/** A change of rows that is one step to undo. Each call is a transaction of its own, so that others get in between. */
export type EditStep = {
  change(numbers: Iterable<number>, by: RowChange): void
  leaveOut(numbers: readonly number[], isLeftOut: boolean): void
  /** Ends it; answers how many rows it changed. One that changed none leaves no trace. */
  end(): number
}

/** What one bite of undoing came to. */
export type Undone = { readonly what: string; readonly rows: number; readonly isDone: boolean }

export type ImportEdits = {
  /** Begins a step of many rows. What is cut off before its end is taken back when the file is opened again. */
  begin(what: string): EditStep
  /** Changes a few rows at once, as one step. Answers how many rows it changed; a step that changes none leaves no trace. */
  edit(what: string, numbers: Iterable<number>, change: RowChange): number
  /** Leaves a few rows out, or takes them back, as one step that can be undone; answers how many that changed. */
  leaveOut(what: string, numbers: readonly number[], isLeftOut: boolean): number
  /** How many rows are left out. */
  countLeftOut(): number
  /** The rows that the last step changed, at most this many. */
  lastEditRows(limit: number): readonly number[]
  /** Takes so many rows of the last step back; to be called until it is done. Null when there is no step. */
  undoSome(limit: number): Undone | null
  /** Takes back what was cut off by a crash. */
  takeBackUnfinished(): void
  /** What `undoSome` would take back. */
  lastEdit(): string | null
  /** Another number after each change of rows through this connection. */
  revision(): number
}

const biteRows = 1_000

export function importEdits(db: Database, clock: Clock): ImportEdits {
  const insert = db.prepare('INSERT INTO edit (at, what) VALUES (?, ?)')
  const last = db.prepare<[], { id: number; what: string }>(
    'SELECT id, what FROM edit ORDER BY id DESC LIMIT 1',
  )
  const forget = db.prepare('DELETE FROM edit WHERE id = ?')
  const open = db.prepare("INSERT OR REPLACE INTO note VALUES ('unfinished edit', ?)")
  const close = db.prepare("DELETE FROM note WHERE name = 'unfinished edit'")
  const isOpen = db.prepare<[], string>("SELECT value FROM note WHERE name = 'unfinished edit'").pluck()
  const left = db.prepare<[], number>('SELECT count(*) FROM sheet_row WHERE is_left_out = 1').pluck()
  const ofLast = db
    .prepare<[number], number>(
      'SELECT number FROM edit_row WHERE edit_id = (SELECT max(id) FROM edit) ORDER BY number LIMIT ?',
    )
    .pluck()
  const changes = rowChanges(db)
  let revision = 0
  const back = takingBack(db)
  const begin = db.transaction((what: string): EditStep => {
    const id = Number(insert.run(new Date(clock.now()).toISOString(), what).lastInsertRowid)
    open.run(String(id))
    let changed = 0
    return {
      change: (numbers, by) => {
        revision++
        changed += changes.change(id, numbers, by)
      },
      leaveOut: (numbers, isLeftOut) => {
        revision++
        changed += changes.leaveOut(id, numbers, isLeftOut)
      },
      end: () => {
        if (changed === 0) forget.run(id)
        close.run()
        return changed
      },
    }
  })
  const undoSome = db.transaction((limit: number): Undone | null => {
    const step = last.get()
    if (!step) return null
    open.run(String(step.id))
    revision++
    const rows = back(step.id, limit)
    const isDone = rows < limit
    if (isDone) {
      forget.run(step.id)
      close.run()
    }
    return { what: step.what, rows, isDone }
  })
  return {
    begin,
    edit: db.transaction((what: string, numbers: Iterable<number>, by: RowChange) => {
      const step = begin(what)
      step.change(numbers, by)
      return step.end()
    }),
    leaveOut: db.transaction((what: string, numbers: readonly number[], isLeftOut: boolean) => {
      const step = begin(what)
      step.leaveOut(numbers, isLeftOut)
      return step.end()
    }),
    countLeftOut: () => left.get() ?? 0,
    lastEditRows: (limit) => ofLast.all(limit),
    undoSome,
    takeBackUnfinished: () => {
      while (isOpen.get() !== undefined && undoSome(biteRows)?.isDone === false);
    },
    lastEdit: () => last.get()?.what ?? null,
    revision: () => revision,
  }
}

function rowChanges(db: Database) {
  const one = db.prepare<[number], StoredRow>('SELECT * FROM sheet_row WHERE number = ?')
  const keep = db.prepare(
    'INSERT INTO edit_row (edit_id, number, cells_before, left_out_before) VALUES (?, ?, ?, ?)',
  )
  const change = db.prepare('UPDATE sheet_row SET cells = ? WHERE number = ?')
  const keepAll = db.prepare<[number, string, number]>(
    `INSERT INTO edit_row (edit_id, number, cells_before, left_out_before)
     SELECT ?, number, cells, is_left_out FROM sheet_row
     WHERE number IN (SELECT value FROM json_each(?)) AND is_left_out <> ?`,
  )
  const turn = db.prepare<[number, string]>(
    'UPDATE sheet_row SET is_left_out = ? WHERE number IN (SELECT value FROM json_each(?))',
  )
  return {
    change: db.transaction((id: number, numbers: Iterable<number>, by: RowChange): number => {
      let changed = 0
      for (const number of numbers) {
        const stored = one.get(number)
        const cells = stored ? by(rowOf(stored)) : null
        const text = cells === null ? null : JSON.stringify(cells)
        if (!stored || text === null || text === stored.cells) continue
        keep.run(id, number, stored.cells, stored.is_left_out)
        change.run(text, number)
        changed++
      }
      return changed
    }),
    leaveOut: db.transaction((id: number, numbers: readonly number[], isLeftOut: boolean): number => {
      const which = JSON.stringify(numbers)
      const { changes } = keepAll.run(id, which, isLeftOut ? 1 : 0)
      if (changes > 0) turn.run(isLeftOut ? 1 : 0, which)
      return changes
    }),
  }
}

/** Puts the first rows of a step back as they were; answers how many there were, at most `limit`. */
function takingBack(db: Database): (id: number, limit: number) => number {
  const bound = db.prepare<[number, number], { rows: number; last: number | null }>(
    `SELECT count(*) AS rows, max(number) AS last FROM
       (SELECT number FROM edit_row WHERE edit_id = ? ORDER BY number LIMIT ?)`,
  )
  const restore = db.prepare<[number, number | null]>(
    `UPDATE sheet_row SET cells = edit_row.cells_before, is_left_out = edit_row.left_out_before FROM edit_row
     WHERE edit_row.edit_id = ? AND edit_row.number <= ? AND edit_row.number = sheet_row.number`,
  )
  const forget = db.prepare<[number, number | null]>('DELETE FROM edit_row WHERE edit_id = ? AND number <= ?')
  return (id, limit) => {
    const { rows, last } = bound.get(id, limit) ?? { rows: 0, last: null }
    restore.run(id, last)
    forget.run(id, last)
    return rows
  }
}
