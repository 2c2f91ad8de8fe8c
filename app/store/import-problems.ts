import type { Database } from 'better-sqlite3'
import { isHaloProblem } from '../model/sheet/halo-problems.ts'
import type { Problem, ProblemCode, Severity } from '../model/sheet/problems.ts'
import { nearNames } from './import-asked.ts'

/** Problems of one cause, with one of them as an example. */
export type ProblemGroup = {
  readonly code: ProblemCode
  readonly field: string | null
  readonly severity: Severity
  readonly count: number
  readonly rows: number
  readonly firstRow: number
  /** The values that stand there, the most frequent first, at most 20 of them; `near`: what Halo has that reads like it. */
  readonly values: readonly {
    readonly value: string
    readonly count: number
    readonly near: readonly string[]
  }[]
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

/** Rows from one to another, both included. */
export type RowRange = { readonly from: number; readonly to: number }

/** What the last check found. */
export type ImportProblems = {
  /** Forgets the last check. */
  clear(): void
  add(records: readonly CheckedRecord[], problems: readonly Problem[]): void
  /** Once all are added: marks each record that comes again after an earlier one, in this field; of `marks` alone where they are given. */
  markRepeated(field: string, marks?: readonly string[]): void
  /** Once all are added: tells the rows that a person left out. */
  markLeftOut(range?: RowRange): void
  /**
   * The rows whose records may be others once these rows were changed: those of the record that each is in, of the one before and of the
   * one after, since a changed number may part records or join them. In order, none twice.
   */
  around(numbers: readonly number[]): readonly RowRange[]
  /** All rows of the records that these rows are of; a row of no record is itself. */
  withTheirRecords(numbers: readonly number[]): readonly number[]
  /** Forgets the records and problems of these rows; answers the marks of the records. */
  forget(range: RowRange): readonly string[]
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
    `INSERT INTO record (first_row, last_row, label, mark, errors, warnings)
     VALUES (@firstRow, @lastRow, @label, @mark, @errors, @warnings)`,
  )
  return {
    clear: () => {
      db.exec('DELETE FROM problem; DELETE FROM record;')
    },
    add: db.transaction((records: readonly CheckedRecord[], problems: readonly Problem[]) => {
      for (const record of records) putRecord.run(record)
      for (const problem of problems) putProblem.run(problem)
    }),
    ...repeats(db),
    ...ranges(db),
    ...answers(db),
  }
}

type Repeats = Pick<ImportProblems, 'markRepeated' | 'markLeftOut'>

function repeats(db: Database): Repeats {
  const first = '(SELECT min(first_row) FROM record AS first WHERE first.mark = record.mark)'
  const insert = (which: string) => `INSERT INTO problem
    SELECT first_row, @field, 'twice-in-file', 'error', label, ${first} FROM record
    WHERE mark IN (${which}) AND first_row > ${first}`
  const all = db.prepare<object>(
    insert("SELECT mark FROM record WHERE mark <> '' GROUP BY mark HAVING count(*) > 1"),
  )
  const some = db.prepare<object>(insert("SELECT value FROM json_each(@marks) WHERE value <> ''"))
  const forget = db.prepare<object>(
    `DELETE FROM problem WHERE code = 'twice-in-file' AND row IN
       (SELECT first_row FROM record WHERE mark IN (SELECT value FROM json_each(@marks)))`,
  )
  const unmark = db.prepare<object>(
    'UPDATE record SET is_repeated = 0 WHERE mark IN (SELECT value FROM json_each(@marks))',
  )
  const mark = db.prepare(
    "UPDATE record SET is_repeated = 1 WHERE first_row IN (SELECT row FROM problem WHERE code = 'twice-in-file')",
  )
  const leftOut = db.prepare<RowRange>(
    `INSERT INTO problem SELECT number, NULL, 'left-out', 'note', '', NULL FROM sheet_row
     WHERE is_left_out = 1 AND number BETWEEN @from AND @to`,
  )
  return {
    markRepeated: db.transaction((field: string, only?: readonly string[]) => {
      const marks = only && JSON.stringify(only)
      if (marks) {
        forget.run({ marks })
        unmark.run({ marks })
      }
      const { changes } = marks ? some.run({ field, marks }) : all.run({ field })
      if (changes > 0) mark.run()
    }),
    markLeftOut: (range = { from: 0, to: Number.MAX_SAFE_INTEGER }) => {
      leftOut.run(range)
    },
  }
}

type Ranges = Pick<ImportProblems, 'around' | 'withTheirRecords' | 'forget'>

function ranges(db: Database): Ranges {
  const number = (sql: string) => db.prepare<[number], number | null>(sql).pluck()
  const own = number('SELECT max(first_row) FROM record WHERE first_row <= ?')
  const before = number('SELECT max(first_row) FROM record WHERE first_row < ?')
  const after = number('SELECT last_row FROM record WHERE first_row > ? ORDER BY first_row LIMIT 1')
  const together = db
    .prepare<[string], number>(
      `WITH asked AS (SELECT value AS number FROM json_each(?)),
         own AS (SELECT (SELECT max(first_row) FROM record WHERE first_row <= number) AS first_row FROM asked)
       SELECT number FROM asked UNION
       SELECT sheet_row.number FROM own JOIN record USING (first_row)
         JOIN sheet_row ON sheet_row.number BETWEEN first_row AND last_row ORDER BY 1`,
    )
    .pluck()
  const marks = db
    .prepare<RowRange, string>('SELECT mark FROM record WHERE first_row BETWEEN @from AND @to')
    .pluck()
  const problems = db.prepare<RowRange>('DELETE FROM problem WHERE row BETWEEN @from AND @to')
  const records = db.prepare<RowRange>('DELETE FROM record WHERE first_row BETWEEN @from AND @to')
  return {
    around: (numbers) => {
      const found: RowRange[] = []
      for (const row of [...numbers].sort((a, b) => a - b)) {
        const from = before.get(own.get(row) ?? row) ?? own.get(row) ?? 0
        const to = after.get(row) ?? Number.MAX_SAFE_INTEGER
        const last = found.at(-1)
        if (last && from <= last.to) found[found.length - 1] = { from: last.from, to: Math.max(last.to, to) }
        else found.push({ from, to })
      }
      return found
    },
    withTheirRecords: (numbers) => together.all(JSON.stringify(numbers)),
    forget: db.transaction((range: RowRange) => {
      const gone = marks.all(range)
      problems.run(range)
      records.run(range)
      return gone
    }),
  }
}

type Answers = Pick<ImportProblems, 'groups' | 'ofRows' | 'nextError' | 'counts'>

function answers(db: Database): Answers {
  const near = nearNames(db)
  const groups = db.prepare<[], Omit<ProblemGroup, 'values'>>(
    `SELECT code, field, severity, count(*) AS count, count(DISTINCT row) AS rows, min(row) AS firstRow
     FROM problem GROUP BY code, field, severity
     ORDER BY severity = 'note', severity, rows DESC, code, field`,
  )
  const values = db.prepare<[string, string | null], { value: string; count: number }>(
    `SELECT value, count(*) AS count FROM problem WHERE code = ? AND field IS ?
     GROUP BY value ORDER BY count DESC, value LIMIT ${topValues}`,
  )
  const ofRows = db.prepare<[string], Problem>(
    'SELECT row, field, code, severity, value, other FROM problem WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row',
  )
  const step = (sign: '<' | '>', order: string) =>
    db
      .prepare<[number], number | null>(
        `SELECT row FROM problem WHERE severity = 'error' AND row ${sign} ? ORDER BY row ${order} LIMIT 1`,
      )
      .pluck()
  const next = step('>', 'ASC')
  const previous = step('<', 'DESC')
  const bad = '(errors + is_repeated + halo_errors + is_repeated_in_halo > 0)'
  const counts = db.prepare<[], CheckCounts>(
    `SELECT count(*) AS records, ifnull(sum(NOT ${bad}), 0) AS good, ifnull(sum(${bad}), 0) AS withErrors,
       ifnull(sum(warnings + halo_warnings > 0), 0) AS withWarnings FROM record`,
  )
  const withNear = (one: Problem): Problem =>
    isHaloProblem(one.code) ? { ...one, near: near(one.code, one.value) } : one
  return {
    groups: () =>
      groups.all().map((group) => ({
        ...group,
        values: values
          .all(group.code, group.field)
          .map((one) => ({ ...one, near: near(group.code, one.value) })),
      })),
    ofRows: (numbers) => ofRows.all(JSON.stringify(numbers)).map(withNear),
    nextError: (row, isBack) => (isBack ? previous : next).get(row) ?? null,
    counts: () => counts.get() ?? { records: 0, good: 0, withErrors: 0, withWarnings: 0 },
  }
}
