import { setImmediate as turn } from 'node:timers/promises'
import { type DateGuess, dateGuesser } from '../model/sheet/dates.ts'
import { type MadeColumns, widener } from '../model/sheet/made.ts'
import { type DecimalGuess, decimalGuesser } from '../model/sheet/numbers.ts'
import type { ImportRows } from '../store/import-rows.ts'
import { eachRow } from './bites.ts'

/** How the numbers and dates of a column are written. */
export type ColumnGuess = { readonly decimal: DecimalGuess; readonly dates: DateGuess }

const batchRows = 1_000

/** By column, in one pass over all rows that lets others work in between. `made`: columns that are made of others. */
export async function guessColumns(
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
