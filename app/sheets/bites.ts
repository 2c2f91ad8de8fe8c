import { setImmediate as turn } from 'node:timers/promises'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import { type Cell, cellText } from '../model/sheet/cell.ts'
import { type MadeColumns, widener } from '../model/sheet/made.ts'
import type { EditStep } from '../store/import-edits.ts'
import type { ImportRows, ProblemKind } from '../store/import-rows.ts'
import type { WorkOptions } from './draft.ts'

/** Rows in one transaction; some 15 ms, after which everybody else has a turn. */
const biteRows = 1_000

/** Changes all rows, or those with a problem of one kind, as one step; answers how many changed. Cancelled, it is taken back whole. */
export async function editInBites(
  rows: ImportRows,
  what: string,
  only: ProblemKind | undefined,
  change: (step: EditStep, numbers: readonly number[]) => void,
  { signal, onProgress }: WorkOptions = {},
): Promise<Result<number>> {
  const step = rows.begin(what)
  let seen = 0
  for (let last = 0; ; ) {
    const bite = only ? rows.withProblem(only, last, biteRows) : rows.numbers(last, biteRows)
    const end = bite.at(-1)
    if (end === undefined) return ok(step.end())
    if (signal?.aborted) {
      await undoInBites(rows)
      return fail(fault('cancelled'))
    }
    change(step, bite)
    last = end
    seen += bite.length
    onProgress?.(seen)
    await turn()
    if (!rows.isOpen()) return fail(fault('cancelled'))
  }
}

/** Takes the last step back; what it was, or null when there is none. It is not left half done. */
export async function undoInBites(
  rows: ImportRows,
  onProgress?: (rows: number) => void,
): Promise<string | null> {
  let seen = 0
  for (;;) {
    const undone = rows.undoSome(biteRows)
    if (!undone || undone.isDone) return undone?.what ?? null
    seen += undone.rows
    onProgress?.(seen)
    await turn()
    if (!rows.isOpen()) return null
  }
}

/** The values of a column with how often each stands there, the most frequent first. Dates and failed formulas as their text. */
export async function distinctInBites(
  rows: ImportRows,
  column: number,
  limit: number,
  made: readonly MadeColumns[],
  onProgress?: (rows: number) => void,
): Promise<readonly { readonly value: string; readonly count: number }[]> {
  const widen = widener(made)
  const tally = rows.tally()
  let seen = 0
  try {
    for (let last = 0; ; ) {
      const bite = rows.after(last, biteRows)
      const end = bite.at(-1)
      if (!end) return tally.top(limit)
      tally.add(bite.flatMap(({ cells }) => textOf(widen(cells)[column] ?? null)))
      last = end.number
      seen += bite.length
      onProgress?.(seen)
      await turn()
      if (!rows.isOpen()) return []
    }
  } finally {
    if (rows.isOpen()) tally.drop()
  }
}

const textOf = (cell: Cell): readonly string[] => {
  const text = cellText(cell).trim()
  return text === '' ? [] : [text]
}

/** Rows after one and up to another, in order; read a thousand at a time. */
export function* eachRow(rows: ImportRows, after: number, to = Number.MAX_SAFE_INTEGER) {
  for (let last = after; last < to; ) {
    // Rows are numbered, so there are no more of them than numbers.
    const batch = rows.after(last, Math.min(biteRows, to - last))
    const end = batch.at(-1)
    if (!end || end.number > to) {
      yield* batch.filter((row) => row.number <= to)
      return
    }
    yield* batch
    last = end.number
  }
}
