import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { type Fault, fault } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { Cell } from '../model/sheet/cell.ts'
import { markOf, recordBuilder, rowChecker, type SheetPlan, type SheetRecord } from '../model/sheet/check.ts'
import { type DateGuess, dateGuesser } from '../model/sheet/dates.ts'
import { fixer, type SheetFix } from '../model/sheet/fix.ts'
import { type MadeColumns, narrowed, widener } from '../model/sheet/made.ts'
import { type DecimalGuess, decimalGuesser } from '../model/sheet/numbers.ts'
import type { Problem } from '../model/sheet/problems.ts'
import {
  type CheckedRecord,
  type ImportProblems,
  importProblems,
  type RowRange,
} from '../store/import-problems.ts'
import { type ImportRows, importRows, type ProblemKind } from '../store/import-rows.ts'
import type { Book } from './book.ts'

/** An import that is being prepared: its rows in a file of its own, checked again after every change. */
export type Draft = {
  readonly rows: ImportRows
  readonly problems: ImportProblems
  /** Reads a sheet into the file, from the row after the headings. Answers a fault of the spreadsheet, or null. */
  read(book: Book, sheet: number, headerRow: number, options?: ReadOptions): Promise<Fault | null>
  /**
   * How the numbers and dates of columns are written, by all of their values, in one pass that lets others work in between. By column.
   * `made`: columns that are made of others.
   */
  guesses(
    columns: readonly number[],
    made?: readonly MadeColumns[],
  ): Promise<Readonly<Record<number, ColumnGuess>>>
  /** Checks every row by the plan; what an earlier check found is forgotten. Null when it came to its end. */
  check(plan: SheetPlan, options?: WorkOptions): Promise<Fault | null>
  /** Checks the rows around these again, which were changed; answers which rows those are. Only after a check by the same plan. */
  recheck(plan: SheetPlan, numbers: readonly number[]): readonly RowRange[]
  /** Changes all rows, or those with a problem of one kind; answers how many changed. Check again afterwards. */
  fix(what: string, fix: SheetFix, only?: ProblemKind, made?: readonly MadeColumns[]): number
  /** The records of the sheet by the plan, in order, from after this row to that one; those with errors among them; records that come twice are only known to `problems`. */
  records(plan: SheetPlan, after?: number, to?: number): Generator<SheetRecord>
}

export type ColumnGuess = { readonly decimal: DecimalGuess; readonly dates: DateGuess }

export type WorkOptions = {
  readonly signal?: AbortSignal
  /** Told about every thousand rows. */
  readonly onProgress?: (rows: number) => void
}

type ReadOptions = WorkOptions & {
  /** Told, batch by batch, how many cells the widest row so far has. */
  readonly onWidth?: (cells: number) => void
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
    guesses: (columns, made = []) => guessAll(rows, columns, made),
    check: (plan, options) => checkAll(rows, problems, plan, options),
    recheck: (plan, numbers) => recheckAround(rows, problems, plan, numbers),
    fix: (what, by, only, made = []) => {
      const change = madeChange(fixer(by), made)
      return rows.edit(what, only ? numbersWith(rows, only) : numbersOf(rows), (row) => change(row.cells))
    },
    records: (plan, after, to) => recordsOf(rows, plan, after, to),
  }
}

/** A change of a row as it is shown, made columns included, as one of the row as it is kept. */
export function madeChange(
  change: (cells: readonly Cell[]) => readonly Cell[] | null,
  made: readonly MadeColumns[],
): (stored: readonly Cell[]) => readonly Cell[] | null {
  const widen = widener(made)
  return (stored) => {
    const shown = widen(stored)
    const edited = change(shown)
    return edited && narrowed(made, stored, shown, edited)
  }
}

async function readInto(
  rows: ImportRows,
  book: Book,
  sheet: number,
  headerRow: number,
  { signal, onProgress, onWidth }: ReadOptions = {},
): Promise<Fault | null> {
  let count = 0
  let width = 0
  for await (const piece of book.rows(sheet, { batch: batchRows, ...(signal ? { signal } : {}) })) {
    if (!piece.ok) return piece.fault
    rows.add(piece.value.rows.filter((row) => row.number > headerRow))
    for (const { cells } of piece.value.rows) width = Math.max(width, cells.length)
    onWidth?.(width)
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
  for (const record of recordsOf(rows, plan)) {
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
  problems.markLeftOut()
  onProgress?.(count)
  return null
}

function recheckAround(
  rows: ImportRows,
  problems: ImportProblems,
  plan: SheetPlan,
  numbers: readonly number[],
): readonly RowRange[] {
  const ranges = problems.around(numbers)
  const marks = new Set<string>()
  for (const range of ranges) {
    for (const mark of problems.forget(range)) marks.add(mark)
    const records = [...recordsOf(rows, plan, range.from - 1, range.to)]
    const checked = records.map((record) => summary(record, plan))
    problems.add(
      checked,
      records.flatMap((record) => record.problems),
    )
    for (const { mark } of checked) marks.add(mark)
    problems.markLeftOut(range)
  }
  problems.markRepeated(plan.identifier, [...marks])
  return ranges
}

async function guessAll(
  rows: ImportRows,
  columns: readonly number[],
  made: readonly MadeColumns[],
): Promise<Record<number, ColumnGuess>> {
  const widen = widener(made)
  const guessers = columns.map((column) => ({ column, decimal: decimalGuesser(), dates: dateGuesser() }))
  let count = 0
  for (const row of columns.length === 0 ? [] : eachRow(rows, 0)) {
    const cells = widen(row.cells)
    for (const { column, decimal, dates } of guessers) {
      const cell = cells[column]
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

function* recordsOf(
  rows: ImportRows,
  plan: SheetPlan,
  after = 0,
  to = Number.MAX_SAFE_INTEGER,
): Generator<SheetRecord> {
  const check = rowChecker(plan)
  const builder = recordBuilder(plan)
  for (const row of eachRow(rows, after, to)) {
    const checked = check(row)
    const record = checked && builder.add(checked)
    if (record) yield record
  }
  const last = builder.end()
  if (last) yield last
}

function* eachRow(rows: ImportRows, after: number, to = Number.MAX_SAFE_INTEGER) {
  for (let last = after; last < to; ) {
    // Rows are numbered, so there are no more of them than numbers.
    const batch = rows.after(last, Math.min(batchRows, to - last))
    const end = batch.at(-1)
    if (!end || end.number > to) {
      yield* batch.filter((row) => row.number <= to)
      return
    }
    yield* batch
    last = end.number
  }
}

function* numbersOf(rows: ImportRows): Generator<number> {
  for (const row of eachRow(rows, 0)) yield row.number
}

/** Found out before the first of them changes. */
function numbersWith(rows: ImportRows, kind: ProblemKind): readonly number[] {
  return rows.withProblem(kind, 0, Number.MAX_SAFE_INTEGER)
}
