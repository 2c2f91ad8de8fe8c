import type { Database } from 'better-sqlite3'
import { haloSeverities } from '../model/sheet/halo-problems.ts'
import type { Problem, ProblemCode } from '../model/sheet/problems.ts'
import type { RowRange } from './import-problems.ts'

/** What Halo answered for one record of the sheet. */
export type AskedRecord = {
  readonly firstRow: number
  /** The record of Halo that it is; null for a new one, and while that is not known. */
  readonly haloId: number | null
  readonly errors: number
  readonly warnings: number
}

/** What Halo was asked for an import, and what it answered: values, records, names that are near. All of it in the import's own file. */
export type ImportAsked = {
  /** The ids that are known for these values, by value; one that was not asked since `sinceMs` is absent. */
  known(what: string, values: readonly string[], sinceMs: number): Map<string, readonly number[]>
  keep(what: string, found: ReadonlyMap<string, readonly number[]>, nowMs: number): void
  /** Forgets all answers, so that Halo is asked anew. */
  forget(): void
  /** Forgets what was found by asking, in these rows or in all. */
  clear(range?: RowRange): void
  add(records: readonly AskedRecord[], problems: readonly Problem[]): void
  /** Once all are added: marks each record that is the same in Halo as an earlier one, in this field. */
  markSame(field: string): void
  /** Tells the records of these rows that are in Halo already. */
  markThere(field: string, code: ProblemCode, range?: RowRange): void
  /** Values with this problem that no near names were looked for yet, the most frequent first; of these rows alone where they are given. */
  unknown(code: ProblemCode, limit: number, range?: RowRange): readonly string[]
  /** The last row that belongs to a record; 0 where there is none. */
  lastRow(): number
  keepNear(code: ProblemCode, value: string, names: readonly string[]): void
}

const everything: RowRange = { from: 0, to: Number.MAX_SAFE_INTEGER }

export function importAsked(db: Database): ImportAsked {
  const known = db.prepare<[string, string, number], { value: string; ids: string }>(
    'SELECT value, ids FROM asked WHERE what = ? AND value IN (SELECT value FROM json_each(?)) AND at >= ?',
  )
  const keep = db.prepare('INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)')
  const codes = Object.keys(haloSeverities)
    .map((code) => `'${code}'`)
    .join(', ')
  const clearProblems = db.prepare<RowRange>(
    `DELETE FROM problem WHERE code IN (${codes}) AND row BETWEEN @from AND @to`,
  )
  const clearRecords = db.prepare<RowRange>(
    `UPDATE record SET halo_id = NULL, halo_errors = 0, halo_warnings = 0, is_repeated_in_halo = 0
     WHERE first_row BETWEEN @from AND @to
       AND (halo_id IS NOT NULL OR halo_errors + halo_warnings + is_repeated_in_halo > 0)`,
  )
  const without = `NOT EXISTS (SELECT 1 FROM near WHERE what = @code AND near.value = problem.value)
    GROUP BY value ORDER BY count(*) DESC, value LIMIT @limit`
  const unknown = db
    .prepare<object, string>(`SELECT value FROM problem WHERE code = @code AND ${without}`)
    .pluck()
  // By the rows, which are few, and not by the code.
  const unknownIn = db
    .prepare<object, string>(
      `SELECT value FROM problem WHERE row BETWEEN @from AND @to AND +code = @code AND ${without}`,
    )
    .pluck()
  const lastRow = db.prepare<[], number>('SELECT ifnull(max(last_row), 0) FROM record').pluck()
  const keepNear = db.prepare('INSERT OR REPLACE INTO near VALUES (?, ?, ?)')
  return {
    known: (what, values, sinceMs) =>
      new Map(
        known
          .all(what, JSON.stringify(values), sinceMs)
          .map(({ value, ids }) => [value, JSON.parse(ids) as number[]]),
      ),
    keep: db.transaction((what: string, found: ReadonlyMap<string, readonly number[]>, nowMs: number) => {
      for (const [value, ids] of found) keep.run(what, value, JSON.stringify(ids), nowMs)
    }),
    forget: () => {
      db.exec('DELETE FROM asked; DELETE FROM near;')
    },
    clear: db.transaction((range: RowRange = everything) => {
      clearProblems.run(range)
      clearRecords.run(range)
    }),
    unknown: (code, limit, range) =>
      range ? unknownIn.all({ code, limit, ...range }) : unknown.all({ code, limit }),
    lastRow: () => lastRow.get() ?? 0,
    keepNear: (code, value, names) => {
      keepNear.run(code, value, JSON.stringify(names))
    },
    ...marks(db),
  }
}

type Marks = Pick<ImportAsked, 'add' | 'markSame' | 'markThere'>

function marks(db: Database): Marks {
  const putProblem = db.prepare('INSERT INTO problem VALUES (@row, @field, @code, @severity, @value, @other)')
  const putRecord = db.prepare(
    'UPDATE record SET halo_id = @haloId, halo_errors = @errors, halo_warnings = @warnings WHERE first_row = @firstRow',
  )
  const unsame = db.prepare("DELETE FROM problem WHERE code = 'same-in-halo'")
  const unmark = db.prepare('UPDATE record SET is_repeated_in_halo = 0 WHERE is_repeated_in_halo = 1')
  const first = '(SELECT min(first_row) FROM record AS first WHERE first.halo_id = record.halo_id)'
  // A row that comes twice in the file is told as that alone.
  const same = db.prepare<[string]>(
    `INSERT INTO problem SELECT first_row, ?, 'same-in-halo', 'error', label, ${first} FROM record
     WHERE halo_id IN (SELECT halo_id FROM record WHERE halo_id IS NOT NULL GROUP BY halo_id HAVING count(*) > 1)
       AND is_repeated = 0 AND first_row > ${first}`,
  )
  const mark = db.prepare(
    "UPDATE record SET is_repeated_in_halo = 1 WHERE first_row IN (SELECT row FROM problem WHERE code = 'same-in-halo')",
  )
  const there = db.prepare<RowRange & { readonly code: string; readonly field: string }>(
    `INSERT INTO problem SELECT first_row, @field, @code, 'note', label, NULL FROM record
     WHERE halo_id IS NOT NULL AND first_row BETWEEN @from AND @to`,
  )
  return {
    add: db.transaction((records: readonly AskedRecord[], problems: readonly Problem[]) => {
      for (const record of records) {
        if (record.haloId !== null || record.errors + record.warnings > 0) putRecord.run(record)
      }
      for (const problem of problems) putProblem.run(problem)
    }),
    markSame: db.transaction((field: string) => {
      unsame.run()
      unmark.run()
      if (same.run(field).changes > 0) mark.run()
    }),
    markThere: (field, code, range = everything) => {
      there.run({ ...range, field, code })
    },
  }
}

/** The names that are near a value, as they were kept. */
export function nearNames(db: Database): (code: string, value: string) => readonly string[] {
  const near = db
    .prepare<[string, string], string>('SELECT names FROM near WHERE what = ? AND value = ?')
    .pluck()
  return (code, value) => {
    const names = near.get(code, value)
    return names === undefined ? [] : (JSON.parse(names) as string[])
  }
}
