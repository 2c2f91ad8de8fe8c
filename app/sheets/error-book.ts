import type { Cell, SheetRow } from '../model/sheet/cell.ts'

/** A row that was not imported, and why. */
export type ErrorRow = { readonly row: SheetRow; readonly reason: string }

const reasonHeading = 'Reason'

/**
 * Writes the rows that failed to an .xlsx file, as a stream: the original headings and values and a last column with the reason. It can be
 * corrected and imported again: the reason's column is matched to nothing. Texts are written as texts, never as formulas.
 */
export async function writeErrorBook(
  file: string,
  headings: readonly Cell[],
  rows: Iterable<ErrorRow>,
): Promise<number> {
  // Read when it is needed: a large library.
  const { default: Excel } = await import('exceljs')
  const book = new Excel.stream.xlsx.WorkbookWriter({
    filename: file,
    useStyles: true,
    useSharedStrings: false,
  })
  const sheet = book.addWorksheet('Not imported', { views: [{ state: 'frozen', ySplit: 1 }] })
  const width = headings.length
  const head = sheet.addRow([...headings.map(plainValue), reasonHeading])
  head.font = { bold: true }
  head.commit()
  let count = 0
  for (const { row, reason } of rows) {
    const cells = Array.from({ length: Math.max(width, row.cells.length) }, (_, at) => row.cells[at] ?? null)
    const line = sheet.addRow([
      ...cells.slice(0, width).map(plainValue),
      reason,
      ...cells.slice(width).map(plainValue),
    ])
    for (const [at, cell] of cells.entries()) {
      if (typeof cell === 'object' && cell?.kind === 'date') {
        line.getCell(at < width ? at + 1 : at + 2).numFmt =
          cell.text.length > 10 ? 'yyyy-mm-dd hh:mm:ss' : 'yyyy-mm-dd'
      }
    }
    line.commit()
    count++
  }
  await book.commit()
  return count
}

function plainValue(cell: Cell): string | number | boolean | Date | null {
  if (typeof cell !== 'object' || cell === null) return cell
  return cell.kind === 'date'
    ? new Date(cell.text.length > 10 ? `${cell.text}Z` : `${cell.text}T00:00:00Z`)
    : cell.text
}
