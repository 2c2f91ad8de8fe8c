/** A date or time as the sheet has it: local to nobody, "2024-01-31" or "2024-01-31T10:15:00". */
export type SheetDate = { readonly kind: 'date'; readonly text: string }
/** What a formula came to when it failed: "#N/A". */
export type SheetError = { readonly kind: 'error'; readonly text: string }

/** One value of a spreadsheet as its reader gives it; null for an empty cell. Text is as it stands there, never trimmed. */
export type Cell = string | number | boolean | SheetDate | SheetError | null

/** One row. `cells` may be shorter than the sheet is wide; empty rows are left out by the readers. */
export type SheetRow = {
  /** As the program that made the sheet counts: from 1, empty and hidden rows included. */
  readonly number: number
  readonly cells: readonly Cell[]
  readonly isHidden: boolean
  /** Places (from 0) whose value is what a formula came to when the file was saved. */
  readonly formulas: readonly number[]
  /** A person left it out of the import; no reader does. */
  readonly isLeftOut?: boolean
}

export type SheetInfo = {
  readonly name: string
  readonly isHidden: boolean
}

/** What the reader noticed once the whole sheet was read. */
export type SheetEnd = {
  readonly rows: number
  /** Ranges like "A1:C1": only the first cell of each has a value. The first 1,000 of them. */
  readonly merged: readonly string[]
}

/** What is read of a file at most; the same for every reader. */
export const sheetLimits = {
  fileBytes: 200_000_000,
  oldFileBytes: 20_000_000,
  /** All parts of a workbook together, as they unpack. */
  unpackedBytes: 300_000_000,
  /** One sheet, which is read in passing and never kept: a million rows of twelve columns come to 500 MB and more. */
  sheetBytes: 1_500_000_000,
  /** A part that is neither a sheet nor the texts of one. */
  smallPartBytes: 30_000_000,
  /** Styles of cells; a spreadsheet program keeps 65,490. */
  styles: 100_000,
  entries: 2_000,
  /** Unpacked to packed, once more than `ratioFrom` bytes came out. */
  ratio: 200,
  ratioFrom: 10_000_000,
  columns: 16_384,
  rows: 1_048_576,
  /** Cells of a sheet, the empty ones before the last value of each row included. */
  cells: 200_000_000,
  /** As many cells of which hardly one in a hundred has a value are no table. */
  emptyCells: 20_000_000,
  /** As the programs that make workbooks allow (characters). */
  cellLength: 32_767,
} as const

/** "A" for 0, "AA" for 26. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

/** A cell as a person reads it; dates and numbers in a form that reads back the same. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'object') return cell.text
  return typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : String(cell)
}
