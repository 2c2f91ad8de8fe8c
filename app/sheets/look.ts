import { fail, fault, ok, type Result } from '../model/fault.ts'
import { type Cell, cellText, type SheetRow } from '../model/sheet/cell.ts'
import { sheetFields } from '../model/sheet/fields.ts'
import { guessHeader } from '../model/sheet/header.ts'
import { type ColumnMatch, headingsKey, matchColumns } from '../model/sheet/match.ts'
import type { Entity } from '../model/tenant.ts'
import type { Book } from './book.ts'

/** A column as the matching screen shows it. */
export type SheetColumn = {
  /** Place, from 0. */
  readonly column: number
  readonly heading: string
  /** Its first values that are not empty, three at most. */
  readonly samples: readonly Cell[]
}

/** What the first rows of a sheet tell. */
export type SheetLook = {
  /** The first twenty that have a value. */
  readonly rows: readonly SheetRow[]
  /** Number of the row of headings, as the spreadsheet counts. */
  readonly headerRow: number
  readonly columns: readonly SheetColumn[]
  readonly matches: readonly ColumnMatch[]
  /** Stands for files with the same headings: what was matched once is remembered by it. */
  readonly key: string
}

export type LookOptions = {
  /** Chosen by a person; else guessed. */
  readonly headerRow?: number
  /** Field key -> plain heading, as matched for such a file before. */
  readonly remembered?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const shownRows = 20
const sampleRows = 200
const samplesShown = 3

/** Looks at the first rows of a sheet, and at no more of it: half a second for any file. sheet-empty when it has none. */
export async function lookAt(
  book: Book,
  sheet: number,
  entity: Entity,
  { headerRow, remembered, signal }: LookOptions = {},
): Promise<Result<SheetLook>> {
  const rows: SheetRow[] = []
  for await (const piece of book.rows(sheet, { limit: sampleRows, ...(signal ? { signal } : {}) })) {
    if (!piece.ok) return piece
    rows.push(...piece.value.rows)
  }
  const fields = sheetFields[entity]
  const guessed = guessHeader(rows, fields)
  const at = headerRow === undefined ? guessed : rows.findIndex((row) => row.number === headerRow)
  const header = at === null ? undefined : rows[at]
  if (at === null || !header) {
    return fail(fault('sheet-empty', { facts: { sheet: book.sheets[sheet]?.name ?? '' } }))
  }
  const below = rows.slice(at + 1)
  const headings = widened(header.cells, below)
  return ok({
    rows: rows.slice(0, shownRows),
    headerRow: header.number,
    columns: columnsOf(headings, below),
    matches: matchColumns(
      headings,
      below.map((row) => row.cells),
      fields,
      remembered,
    ),
    key: headingsKey(headings),
  })
}

/** The columns below these headings, with samples from these rows. */
export const columnsOf = (headings: readonly Cell[], below: readonly SheetRow[]): SheetColumn[] =>
  widened(headings, below).flatMap((cell, column) => columnOf(cell, column, below))

/** A row may be wider than the headings. */
function widened(headings: readonly Cell[], below: readonly SheetRow[]): Cell[] {
  const width = Math.max(headings.length, ...below.map((row) => row.cells.length))
  return Array.from({ length: width }, (_, column) => headings[column] ?? null)
}

/** None for a column that has neither heading nor value. */
function columnOf(heading: Cell, column: number, below: readonly SheetRow[]): SheetColumn[] {
  const samples: Cell[] = []
  for (const row of below) {
    const cell = row.cells[column] ?? null
    if (cellText(cell).trim() !== '') samples.push(cell)
    if (samples.length === samplesShown) break
  }
  const text = cellText(heading).trim()
  return text === '' && samples.length === 0 ? [] : [{ column, heading: text, samples }]
}
