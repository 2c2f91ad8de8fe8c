import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { type Fault, fault } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import { markOf, recordBuilder, rowChecker, type SheetPlan, type SheetRecord } from '../model/sheet/check.ts'
import { type DateGuess, dateGuesser, guessDates } from '../model/sheet/dates.ts'
import { fixer, type SheetFix } from '../model/sheet/fix.ts'
import { type DecimalGuess, decimalGuesser, guessDecimal } from '../model/sheet/numbers.ts'
import type { Problem } from '../model/sheet/problems.ts'
import { type CheckedRecord, type ImportProblems, importProblems } from '../store/import-problems.ts'
import { type ImportRows, importRows, type ProblemKind } from '../store/import-rows.ts'
import type { Book } from './book.ts'

/** An import that is being prepared: its rows in a file of its own, checked again after every change. */
export type Draft = {
  readonly rows: ImportRows
  readonly problems: ImportProblems
  /** Reads a sheet into the file, from the row after the headings. Answers a fault of the spreadsheet, or null. */
  read(book: Book, sheet: number, headerRow: number, options?: WorkOptions): Promise<Fault | null>
  /** How the numbers and dates of a column are written, by all of its values. */
  guess(column: number): ColumnGuess
  /** As `guess`, for several columns in one pass that lets others work in between. By column. */
  guesses(columns: readonly number[]): Promise<Readonly<Record<number, ColumnGuess>>>
  /** Checks every row by the plan; what an earlier check found is forgotten. Null when it came to its end. */
  check(plan: SheetPlan, options?: WorkOptions): Promise<Fault | null>
  /** Changes all rows, or those with a problem of one kind; answers how many changed. Check again afterwards. */
  fix(what: string, fix: SheetFix, only?: ProblemKind): number
  /** The records of the sheet by the plan, in order, from after this row; those with errors among them; records that come twice are only known to `problems`. */
  records(plan: SheetPlan, after?: number): Generator<SheetRecord>
}

export type ColumnGuess = { readonly decimal: DecimalGuess; readonly dates: DateGuess }

export type WorkOptions = {
  readonly signal?: AbortSignal
  /** Told about every thousand rows. */
  readonly onProgress?: (rows: number) => void
}

const batchRows = 1000

/** A draft over an opened import file (store/import-file.ts). Its functions throw SqliteError when the disk fails. */
export function draftOf(db: Database, clock: Clock): Draft {
  const rows = importRows(db, clock)
  const problems = importProblems(db)
  return {
    rows,
    problems,
    read: (book, sheet, headerRow, options) => readInto(rows, book, sheet, headerRow, options),
    guess: (column) => ({
      decimal: guessDecimal(textsOf(rows, column)),
      dates: guessDates(textsOf(rows, column)),
    }),
    guesses: (columns) => guessAll(rows, columns),
    check: (plan, options) => checkAll(rows, problems, plan, options),
    fix: (what, by, only) => {
      const change = fixer(by)
      return rows.edit(what, only ? numbersWith(rows, only) : numbersOf(rows), (row) => change(row.cells))
    },
    records: (plan, after = 0) => recordsOf(rows, plan, after),
  }
}

async function readInto(
  rows: ImportRows,
  book: Book,
  sheet: number,
  headerRow: number,
  { signal, onProgress }: WorkOptions = {},
): Promise<Fault | null> {
  let count = 0
  for await (const piece of book.rows(sheet, { batch: batchRows, ...(signal ? { signal } : {}) })) {
    if (!piece.ok) return piece.fault
    rows.add(piece.value.rows.filter((row) => row.number > headerRow))
    count += piece.value.rows.length
    onProgress?.(count)
  }
  return null
}

async function checkAll(
  rows: ImportRows,
  problems: ImportProblems,
  plan: SheetPlan,
  { signal, onProgress }: WorkOptions = {},
): Promise<Fault | null> {
  problems.clear()
  let found: Problem[] = []
  let records: CheckedRecord[] = []
  let count = 0
  for (const record of recordsOf(rows, plan, 0)) {
    records.push(summary(record, plan))
    found.push(...record.problems)
    count += record.rows.length
    if (records.length < batchRows) continue
    problems.add(records, found)
    records = []
    found = []
    onProgress?.(count)
    await turn()
    if (signal?.aborted) return fault('cancelled')
  }
  problems.add(records, found)
  problems.markRepeated(plan.identifier)
  onProgress?.(count)
  return null
}

async function guessAll(rows: ImportRows, columns: readonly number[]): Promise<Record<number, ColumnGuess>> {
  const guessers = columns.map((column) => ({ column, decimal: decimalGuesser(), dates: dateGuesser() }))
  let count = 0
  for (const row of columns.length === 0 ? [] : eachRow(rows, 0)) {
    for (const { column, decimal, dates } of guessers) {
      const cell = row.cells[column]
      if (typeof cell !== 'string') continue
      decimal.add(cell.trim())
      dates.add(cell.trim())
    }
    count++
    if (count % batchRows === 0) await turn()
  }
  return Object.fromEntries(
    guessers.map(({ column, decimal, dates }) => [
      column,
      { decimal: decimal.guess(), dates: dates.guess() },
    ]),
  )
}

function summary(record: SheetRecord, { identifier }: SheetPlan): CheckedRecord {
  const errors = record.problems.filter((one) => one.severity === 'error').length
  return {
    firstRow: record.row,
    lastRow: record.rows.at(-1) ?? record.row,
    label: String(record.values[identifier] ?? ''),
    mark: markOf(record.values, identifier),
    errors,
    warnings: record.problems.length - errors,
  }
}

function* recordsOf(rows: ImportRows, plan: SheetPlan, after: number): Generator<SheetRecord> {
  const check = rowChecker(plan)
  const builder = recordBuilder(plan)
  for (const row of eachRow(rows, after)) {
    const checked = check(row)
    const record = checked && builder.add(checked)
    if (record) yield record
  }
  const last = builder.end()
  if (last) yield last
}

function* eachRow(rows: ImportRows, after: number) {
  for (let last = after; ; ) {
    const batch = rows.after(last, batchRows)
    const end = batch.at(-1)
    if (!end) return
    yield* batch
    last = end.number
  }
}

/** The values of a column that are text; numbers and dates of a workbook need no guessing. */
function* textsOf(rows: ImportRows, column: number): Generator<string> {
  for (const row of eachRow(rows, 0)) {
    const cell = row.cells[column]
    if (typeof cell === 'string') yield cell.trim()
  }
}

function* numbersOf(rows: ImportRows): Generator<number> {
  for (const row of eachRow(rows, 0)) yield row.number
}

/** Found out before the first of them changes. */
function numbersWith(rows: ImportRows, kind: ProblemKind): readonly number[] {
  return rows.withProblem(kind, 0, Number.MAX_SAFE_INTEGER)
}
