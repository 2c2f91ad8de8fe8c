import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'
import type { SheetRow } from '../model/sheet/cell.ts'
import { type ImportEdits, importEdits } from './import-edits.ts'
import { rowOf, type StoredRow } from './import-row.ts'

/** The rows of an import, with their edits, each of which can be taken back. */
export type ImportRows = ImportEdits & {
  /** False once the file was closed; work that lets others in between looks before it goes on. */
  isOpen(): boolean
  add(rows: readonly SheetRow[]): void
  count(): number
  /** Rows after this number, in order. */
  after(number: number, limit: number): readonly SheetRow[]
  get(number: number): SheetRow | null
  /** How many rows stand before this one: its place, from 0, among all. */
  place(number: number): number
  /** A window of the rows, or of those with a problem of this kind. */
  window(offset: number, limit: number, only?: ProblemKind): readonly SheetRow[]
  /** Counts values, in a table of this connection that takes no memory; whoever begins it drops it. */
  tally(): Tally
  /** Numbers of the rows after this one. */
  numbers(after: number, limit: number): readonly number[]
  /** Rows with a problem of this kind. */
  countWith(kind: ProblemKind): number
  /** Numbers of the rows with such a problem, after this one. */
  withProblem(kind: ProblemKind, after: number, limit: number): readonly number[]
}

/** Problems of one cause. `value` left out: whatever stands in the cell. */
export type ProblemKind = { readonly code: string; readonly field: string | null; readonly value?: string }

const kindWhere = `code = @code AND field IS @field AND (@value IS NULL OR value = @value)`
const kindValues = ({ code, field, value }: ProblemKind) => ({ code, field, value: value ?? null })

export function importRows(db: Database, clock: Clock): ImportRows {
  const put = db.prepare(
    'INSERT OR REPLACE INTO sheet_row (number, cells, is_hidden, formulas) VALUES (?, ?, ?, ?)',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM sheet_row').pluck()
  let counted: number | null = null
  const one = db.prepare<[number], StoredRow>('SELECT * FROM sheet_row WHERE number = ?')
  const after = db.prepare<[number, number], StoredRow>(
    'SELECT * FROM sheet_row WHERE number > ? ORDER BY number LIMIT ?',
  )
  const before = db.prepare<[number], number>('SELECT count(*) FROM sheet_row WHERE number < ?').pluck()
  const all = db.prepare<[number, number], StoredRow>(
    'SELECT * FROM sheet_row ORDER BY number LIMIT ? OFFSET ?',
  )
  const some = db.prepare<object, StoredRow>(
    `SELECT * FROM sheet_row WHERE number IN (SELECT DISTINCT row FROM problem WHERE ${kindWhere} ORDER BY row LIMIT @limit OFFSET @offset)
     ORDER BY number`,
  )
  const numbers = db
    .prepare<object, number>(
      `SELECT DISTINCT row FROM problem WHERE ${kindWhere} AND row > @after ORDER BY row LIMIT @limit`,
    )
    .pluck()
  const allNumbers = db
    .prepare<[number, number], number>(
      'SELECT number FROM sheet_row WHERE number > ? ORDER BY number LIMIT ?',
    )
    .pluck()
  const countWith = db
    .prepare<object, number>(`SELECT count(DISTINCT row) FROM problem WHERE ${kindWhere}`)
    .pluck()
  return {
    isOpen: () => db.open,
    add: db.transaction((rows: readonly SheetRow[]) => {
      counted = null
      for (const row of rows) {
        const formulas = row.formulas.length === 0 ? '' : JSON.stringify(row.formulas)
        put.run(row.number, JSON.stringify(row.cells), row.isHidden ? 1 : 0, formulas)
      }
    }),
    count: () => {
      counted ??= count.get() ?? 0
      return counted
    },
    after: (number, limit) => after.all(number, limit).map(rowOf),
    get: (number) => {
      const found = one.get(number)
      return found ? rowOf(found) : null
    },
    place: (number) => before.get(number) ?? 0,
    window: (offset, limit, only) =>
      (only ? some.all({ ...kindValues(only), offset, limit }) : all.all(limit, offset)).map(rowOf),
    tally: () => tally(db),
    numbers: (last, limit) => allNumbers.all(last, limit),
    countWith: (kind) => countWith.get(kindValues(kind)) ?? 0,
    withProblem: (kind, last, limit) => numbers.all({ ...kindValues(kind), after: last, limit }),
    ...importEdits(db, clock),
  }
}

/** Values with how often each came. */
type Tally = {
  add(values: Iterable<string>): void
  /** The most frequent first. */
  top(limit: number): readonly { readonly value: string; readonly count: number }[]
  drop(): void
}

let tallies = 0

function tally(db: Database): Tally {
  const table = `temp.tally_${++tallies}`
  db.exec(`CREATE TABLE ${table} (value TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID`)
  const put = db.prepare(
    `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT (value) DO UPDATE SET count = count + excluded.count`,
  )
  return {
    add: db.transaction((values: Iterable<string>) => {
      const counts = new Map<string, number>()
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
      for (const [value, count] of counts) put.run(value, count)
    }),
    top: (limit) =>
      db
        .prepare<[number], { value: string; count: number }>(
          `SELECT value, count FROM ${table} ORDER BY count DESC, value LIMIT ?`,
        )
        .all(limit),
    drop: () => {
      db.exec(`DROP TABLE ${table}`)
    },
  }
}
