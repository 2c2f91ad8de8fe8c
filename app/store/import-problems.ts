import type { Database } from 'better-sqlite3'
import type { Problem, ProblemCode, Severity } from '../model/sheet/problems.ts'

/** Problems of one cause, with one of them as an example. */
export type ProblemGroup = {
  readonly code: ProblemCode
  readonly field: string | null
  readonly severity: Severity
  readonly count: number
  readonly rows: number
  readonly firstRow: number
  /** The values that stand there, the most frequent first, at most 20 of them. */
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

/** A record of a checked sheet, without its values. */
export type CheckedRecord = {
  readonly firstRow: number
  readonly lastRow: number
  readonly label: string
  /** By which two records are the same; '' for one that is like no other. */
  readonly mark: string
  readonly errors: number
  readonly warnings: number
}

export type CheckCounts = {
  readonly records: number
  readonly good: number
  readonly withErrors: number
  readonly withWarnings: number
}

/** What the last check found. */
export type ImportProblems = {
  /** Forgets the last check. */
  clear(): void
  add(records: readonly CheckedRecord[], problems: readonly Problem[]): void
  /** Once all are added: marks each record that comes again after an earlier one, in this field. */
  markRepeated(field: string): void
  groups(): readonly ProblemGroup[]
  ofRows(numbers: readonly number[]): readonly Problem[]
  /** The nearest row after (or before) this one with an error; null when there is none. */
  nextError(row: number, isBack: boolean): number | null
  counts(): CheckCounts
}

const topValues = 20

export function importProblems(db: Database): ImportProblems {
  const putProblem = db.prepare('INSERT INTO problem VALUES (@row, @field, @code, @severity, @value, @other)')
  const putRecord = db.prepare(
    'INSERT INTO record VALUES (@firstRow, @lastRow, @label, @mark, @errors, @warnings)',
  )
  const groups = db.prepare<[], Omit<ProblemGroup, 'values'>>(
    `SELECT code, field, severity, count(*) AS count, count(DISTINCT row) AS rows, min(row) AS firstRow
     FROM problem GROUP BY code, field, severity ORDER BY severity, rows DESC, code, field`,
  )
  const values = db.prepare<[string, string | null], { value: string; count: number }>(
    `SELECT value, count(*) AS count FROM problem WHERE code = ? AND field IS ?
     GROUP BY value ORDER BY count DESC, value LIMIT ${topValues}`,
  )
  const ofRows = db.prepare<[string], Problem>(
    'SELECT row, field, code, severity, value, other FROM problem WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row',
  )
  const next = db
    .prepare<[number], number | null>(
      "SELECT row FROM problem WHERE severity = 'error' AND row > ? ORDER BY row LIMIT 1",
    )
    .pluck()
  const previous = db
    .prepare<[number], number | null>(
      "SELECT row FROM problem WHERE severity = 'error' AND row < ? ORDER BY row DESC LIMIT 1",
    )
    .pluck()
  const repeated = db.prepare<[string]>(
    `INSERT INTO problem SELECT first_row, ?, 'twice-in-file', 'error', label,
       (SELECT min(first_row) FROM record AS first WHERE first.mark = record.mark)
     FROM record WHERE mark IN (SELECT mark FROM record WHERE mark <> '' GROUP BY mark HAVING count(*) > 1)
       AND first_row > (SELECT min(first_row) FROM record AS first WHERE first.mark = record.mark)`,
  )
  const countRepeated = db.prepare(
    "UPDATE record SET errors = errors + 1 WHERE first_row IN (SELECT row FROM problem WHERE code = 'twice-in-file')",
  )
  const counts = db.prepare<[], CheckCounts>(
    `SELECT count(*) AS records, ifnull(sum(errors = 0), 0) AS good, ifnull(sum(errors > 0), 0) AS withErrors,
       ifnull(sum(warnings > 0), 0) AS withWarnings FROM record`,
  )
  return {
    clear: () => {
      db.exec('DELETE FROM problem; DELETE FROM record;')
    },
    add: db.transaction((records: readonly CheckedRecord[], problems: readonly Problem[]) => {
      for (const record of records) putRecord.run(record)
      for (const problem of problems) putProblem.run(problem)
    }),
    markRepeated: db.transaction((field: string) => {
      if (repeated.run(field).changes > 0) countRepeated.run()
    }),
    groups: () => groups.all().map((group) => ({ ...group, values: values.all(group.code, group.field) })),
    ofRows: (numbers) => ofRows.all(JSON.stringify(numbers)),
    nextError: (row, isBack) => (isBack ? previous : next).get(row) ?? null,
    counts: () => counts.get() ?? { records: 0, good: 0, withErrors: 0, withWarnings: 0 },
  }
}
