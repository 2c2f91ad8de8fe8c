import type { FileHandle } from 'node:fs/promises'
import { fail, ok, type Result } from '../../model/fault.ts'
import { sheetLimits } from '../../model/sheet/cell.ts'
import { type Book, type ReadOptions, type SheetPiece, usualBatch } from '../book.ts'
import { cutOff, nextBatch, rowsOf } from '../pieces.ts'
import { XmlScan } from '../xml/scan.ts'
import { zipDirectory } from '../zip/directory.ts'
import { newAllowance } from '../zip/part.ts'
import { type Parts, partText } from './parts.ts'
import { type SheetAround, SheetEars } from './sheet.ts'
import { sharedStrings } from './strings.ts'
import { dateStyles } from './styles.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

/** Opens an .xlsx workbook: reads its table of contents, and its shared texts as the rows ask for them. Throws SheetTrouble. */
export async function openXlsx(handle: FileHandle, size: number): Promise<Result<Book>> {
  const entries = await zipDirectory(handle, size)
  if (!entries.ok) return entries
  const parts: Parts = { handle, entries: entries.value, allowance: newAllowance() }
  const workbook = await readWorkbook(parts)
  const around = once(() => aroundOf(parts, workbook))
  return ok({
    kind: 'xlsx',
    sheets: workbook.sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    ...{ text: null, foundText: null },
    hasLinks: workbook.hasLinks,
    rows: (sheet, options = {}) => rowsOf(() => sheetRows(parts, workbook, sheet, around, options)),
    close: () => handle.close(),
  })
}

async function aroundOf(parts: Parts, workbook: Workbook): Promise<SheetAround> {
  return {
    strings: sharedStrings(parts, workbook.strings),
    isDate: await dateStyles(parts, workbook.styles),
    is1904: workbook.is1904,
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}

async function* sheetRows(
  parts: Parts,
  workbook: Workbook,
  sheet: number,
  around: () => Promise<SheetAround>,
  { limit = Number.POSITIVE_INFINITY, batch = usualBatch, signal }: ReadOptions,
): AsyncGenerator<Result<SheetPiece>> {
  const part = workbook.sheets[sheet]?.part
  if (part === undefined) throw new RangeError(`There is no sheet ${sheet}`)
  const shared = await around()
  const ears = new SheetEars(shared)
  const scan = new XmlScan(part, ears)
  let count = 0
  for await (const text of partText(parts, part, { left: sheetLimits.sheetBytes })) {
    if (signal?.aborted) return yield fail(cutOff)
    scan.write(text)
    if (count + ears.rows.length >= limit) break
    for (let rows = nextBatch(ears.rows, batch); rows.length > 0; rows = nextBatch(ears.rows, batch)) {
      await ears.fill()
      count += rows.length
      yield ok({ rows: rows.map(ears.filled), end: null })
    }
  }
  const isCut = count + ears.rows.length >= limit
  if (!isCut) {
    scan.end()
    // What no row refers to is read as well: its checksum vouches for the rest.
    await shared.strings.upTo(Number.POSITIVE_INFINITY)
  }
  await ears.fill()
  const rows = ears.rows.slice(0, limit - count).map(ears.filled)
  yield ok({ rows, end: { rows: count + rows.length, merged: ears.merged } })
}
