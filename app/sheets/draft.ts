import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { type Fault, fault, type Result } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import type { Cell } from '../model/sheet/cell.ts'
import { markOf, recordBuilder, rowChecker, type SheetPlan, type SheetRecord } from '../model/sheet/check.ts'
import { fixer, type SheetFix } from '../model/sheet/fix.ts'
import { type MadeColumns, narrowed, widener } from '../model/sheet/made.ts'
import type { Problem } from '../model/sheet/problems.ts'
import type { EditStep } from '../store/import-edits.ts'
import {
  type CheckedRecord,
  type ImportProblems,
  importProblems,
  type RowRange,
} from '../store/import-problems.ts'
import { type ImportRows, importRows, type ProblemKind } from '../store/import-rows.ts'
import { distinctInBites, eachRow, editInBites, undoInBites } from './bites.ts'
import type { Book } from './book.ts'
import { type ColumnGuess, guessColumns } from './guess.ts'

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
  /**
   * Changes all rows, or those with a problem of one kind, in bites that let others work in between; answers how many changed. Cancelled,
   * it is taken back. Check again afterwards.
   */
  fix(what: string, fix: SheetFix, options?: FixOptions): Promise<Result<number>>
  /** Leaves all rows with such a problem out, or takes them back; as `fix`. `isWhole`: all rows of their records with them. */
  leaveOut(
    what: string,
    only: ProblemKind,
    isLeftOut: boolean,
    options?: WorkOptions & { readonly isWhole?: boolean },
  ): Promise<Result<number>>
  /** Takes the last step back, in bites; what it was, or null when there is none. Check again afterwards. */
  undo(onProgress?: (rows: number) => void): Promise<string | null>
  /** The values of a column with how often each stands there, the most frequent first. Dates and failed formulas as their text. */
  distinct(
    column: number,
    limit: number,
    made?: readonly MadeColumns[],
    onProgress?: (rows: number) => void,
  ): Promise<readonly { readonly value: string; readonly count: number }[]>
  /** The records of the sheet by the plan, in order, from after this row to that one; those with errors among them; records that come twice are only known to `problems`. */
  records(plan: SheetPlan, after?: number, to?: number): Generator<SheetRecord>
}

export type WorkOptions = {
  readonly signal?: AbortSignal
  /** Told about every thousand rows. */
  readonly onProgress?: (rows: number) => void
}

export type FixOptions = WorkOptions & {
  readonly only?: ProblemKind | undefined
  /** Columns that are made of others. */
  readonly made?: readonly MadeColumns[]
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
    guesses: (columns, made = []) => guessColumns(rows, columns, made),
    check: (plan, options) => checkAll(rows, problems, plan, options),
    recheck: (plan, numbers) => recheckAround(rows, problems, plan, numbers),
    fix: (what, by, { only, made = [], ...options } = {}) => {
      const change = madeChange(fixer(by), made)
      const act = (step: EditStep, numbers: readonly number[]): void =>
        step.change(numbers, (row) => change(row.cells))
      return editInBites(rows, what, only, act, options)
    },
    leaveOut: (what, only, isLeftOut, options) =>
      editInBites(
        rows,
        what,
        only,
        (step, numbers) => {
          const all = options?.isWhole ? problems.withTheirRecords(numbers) : numbers
          step.leaveOut(all, isLeftOut)
        },
        options,
      ),
    undo: (onProgress) => undoInBites(rows, onProgress),
    distinct: (column, limit, made = [], onProgress) =>
      distinctInBites(rows, column, limit, made, onProgress),
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
