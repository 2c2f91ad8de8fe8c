import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'
import type { Cell, SheetRow } from '../model/sheet/cell.ts'

/** The rows of an import, with their edits, each of which can be taken back. */
export type ImportRows = {
  add(rows: readonly SheetRow[]): void
  count(): number
  /** Rows after this number, in order. */
  after(number: number, limit: number): readonly SheetRow[]
  get(number: number): SheetRow | null
  /** A window of the rows, or of those with a problem of this kind. */
  window(offset: number, limit: number, only?: ProblemKind): readonly SheetRow[]
  /** The values of a column with how often each stands there, the most frequent first. Dates and failed formulas as their text. */
  distinct(column: number, limit: number): readonly { readonly value: string; readonly count: number }[]
  /** Rows with a problem of this kind. */
  countWith(kind: ProblemKind): number
  /** Numbers of the rows with such a problem, after this one. */
  withProblem(kind: ProblemKind, after: number, limit: number): readonly number[]
  /**
   * Changes rows as one step that can be undone: `change` gives a row's new cells, or null to leave it. Answers how many rows it
   * changed; a step that changes none leaves no trace.
   */
  edit(what: string, numbers: Iterable<number>, change: (row: SheetRow) => readonly Cell[] | null): number
  /** Leaves rows out, or takes them back, as one step that can be undone; answers how many that changed. */
  leaveOut(what: string, numbers: readonly number[], isLeftOut: boolean): number
  /** How many rows are left out. */
  countLeftOut(): number
  /** The rows that the last step changed, at most this many. */
  lastEditRows(limit: number): readonly number[]
  /** Takes the last step back; what it was, or null when there is none. */
  undo(): string | null
  /** What `undo` would take back. */
  lastEdit(): string | null
}

/** Problems of one cause. `value` left out: whatever stands in the cell. */
export type ProblemKind = { readonly code: string; readonly field: string | null; readonly value?: string }

type Stored = {
  readonly number: number
  readonly cells: string
  readonly is_hidden: number
  readonly formulas: string
  readonly is_left_out: number
}

const rowOf = ({ number, cells, is_hidden, formulas, is_left_out }: Stored): SheetRow => ({
  number,
  cells: JSON.parse(cells) as Cell[],
  isHidden: is_hidden === 1,
  formulas: formulas === '' ? [] : (JSON.parse(formulas) as number[]),
  ...(is_left_out === 1 && { isLeftOut: true }),
})

const kindWhere = `code = @code AND field IS @field AND (@value IS NULL OR value = @value)`
const kindValues = ({ code, field, value }: ProblemKind) => ({ code, field, value: value ?? null })

export function importRows(db: Database, clock: Clock): ImportRows {
  const put = db.prepare(
    'INSERT OR REPLACE INTO sheet_row (number, cells, is_hidden, formulas) VALUES (?, ?, ?, ?)',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM sheet_row').pluck()
  const one = db.prepare<[number], Stored>('SELECT * FROM sheet_row WHERE number = ?')
  const after = db.prepare<[number, number], Stored>(
    'SELECT * FROM sheet_row WHERE number > ? ORDER BY number LIMIT ?',
  )
  const all = db.prepare<[number, number], Stored>('SELECT * FROM sheet_row ORDER BY number LIMIT ? OFFSET ?')
  const some = db.prepare<object, Stored>(
    `SELECT * FROM sheet_row WHERE number IN (SELECT DISTINCT row FROM problem WHERE ${kindWhere} ORDER BY row LIMIT @limit OFFSET @offset)
     ORDER BY number`,
  )
  const numbers = db
    .prepare<object, number>(
      `SELECT DISTINCT row FROM problem WHERE ${kindWhere} AND row > @after ORDER BY row LIMIT @limit`,
    )
    .pluck()
  const countWith = db
    .prepare<object, number>(`SELECT count(DISTINCT row) FROM problem WHERE ${kindWhere}`)
    .pluck()
  const distinct = db.prepare<[string, string, number], { value: string; count: number }>(
    `SELECT value, count(*) AS count FROM (
       SELECT trim(ifnull(json_extract(cells, ? || '.text'), json_extract(cells, ?))) AS value FROM sheet_row)
     WHERE value IS NOT NULL AND value <> '' GROUP BY value ORDER BY count DESC, value LIMIT ?`,
  )
  return {
    add: db.transaction((rows: readonly SheetRow[]) => {
      for (const row of rows) {
        const formulas = row.formulas.length === 0 ? '' : JSON.stringify(row.formulas)
        put.run(row.number, JSON.stringify(row.cells), row.isHidden ? 1 : 0, formulas)
      }
    }),
    count: () => count.get() ?? 0,
    after: (number, limit) => after.all(number, limit).map(rowOf),
    get: (number) => {
      const found = one.get(number)
      return found ? rowOf(found) : null
    },
    window: (offset, limit, only) =>
      (only ? some.all({ ...kindValues(only), offset, limit }) : all.all(limit, offset)).map(rowOf),
    distinct: (column, limit) => distinct.all(`$[${column}]`, `$[${column}]`, limit),
    countWith: (kind) => countWith.get(kindValues(kind)) ?? 0,
    withProblem: (kind, last, limit) => numbers.all({ ...kindValues(kind), after: last, limit }),
    ...edits(db, clock, one),
  }
}

type Edits = Pick<ImportRows, 'edit' | 'leaveOut' | 'countLeftOut' | 'lastEditRows' | 'undo' | 'lastEdit'>

function edits(db: Database, clock: Clock, one: { get(number: number): Stored | undefined }): Edits {
  const begin = db.prepare('INSERT INTO edit (at, what) VALUES (?, ?)')
  const keep = db.prepare(
    'INSERT INTO edit_row (edit_id, number, cells_before, left_out_before) VALUES (?, ?, ?, ?)',
  )
  const change = db.prepare('UPDATE sheet_row SET cells = ? WHERE number = ?')
  const last = db.prepare<[], { id: number; what: string }>(
    'SELECT id, what FROM edit ORDER BY id DESC LIMIT 1',
  )
  const restore = db.prepare(
    `UPDATE sheet_row SET cells = edit_row.cells_before, is_left_out = edit_row.left_out_before FROM edit_row
     WHERE edit_row.edit_id = ? AND edit_row.number = sheet_row.number`,
  )
  const keepAll = db.prepare<[number | bigint, string, number]>(
    `INSERT INTO edit_row (edit_id, number, cells_before, left_out_before)
     SELECT ?, number, cells, is_left_out FROM sheet_row
     WHERE number IN (SELECT value FROM json_each(?)) AND is_left_out <> ?`,
  )
  const turn = db.prepare<[number, number | bigint]>(
    'UPDATE sheet_row SET is_left_out = ? WHERE number IN (SELECT number FROM edit_row WHERE edit_id = ?)',
  )
  const left = db.prepare<[], number>('SELECT count(*) FROM sheet_row WHERE is_left_out = 1').pluck()
  const ofLast = db
    .prepare<[number], number>(
      'SELECT number FROM edit_row WHERE edit_id = (SELECT max(id) FROM edit) ORDER BY number LIMIT ?',
    )
    .pluck()
  const forgetRows = db.prepare('DELETE FROM edit_row WHERE edit_id = ?')
  const forget = db.prepare('DELETE FROM edit WHERE id = ?')
  return {
    edit: db.transaction(
      (what: string, rows: Iterable<number>, by: (row: SheetRow) => readonly Cell[] | null) => {
        const id = begin.run(new Date(clock.now()).toISOString(), what).lastInsertRowid
        let changed = 0
        for (const number of rows) {
          const stored = one.get(number)
          const cells = stored ? by(rowOf(stored)) : null
          const text = cells === null ? null : JSON.stringify(cells)
          if (!stored || text === null || text === stored.cells) continue
          keep.run(id, number, stored.cells, stored.is_left_out)
          change.run(text, number)
          changed++
        }
        if (changed === 0) forget.run(id)
        return changed
      },
    ),
    leaveOut: db.transaction((what: string, numbers: readonly number[], isLeftOut: boolean) => {
      const id = begin.run(new Date(clock.now()).toISOString(), what).lastInsertRowid
      const changed = keepAll.run(id, JSON.stringify(numbers), isLeftOut ? 1 : 0).changes
      if (changed === 0) forget.run(id)
      else turn.run(isLeftOut ? 1 : 0, id)
      return changed
    }),
    countLeftOut: () => left.get() ?? 0,
    lastEditRows: (limit) => ofLast.all(limit),
    undo: db.transaction(() => {
      const step = last.get()
      if (!step) return null
      restore.run(step.id)
      forgetRows.run(step.id)
      forget.run(step.id)
      return step.what
    }),
    lastEdit: () => last.get()?.what ?? null,
  }
}
