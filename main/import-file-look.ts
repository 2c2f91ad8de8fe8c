import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import { lookAt } from '../app/sheets/look.ts'
import { openBook } from '../app/sheets/open.ts'
import type { ImportMemory } from './import-memory.ts'
import type { FileLook, LookRequest } from './import-port.ts'

/** Looks at the first rows of a file; twice, when something is remembered for its headings: they are known only after the first look. */
export async function lookInto(
  path: string,
  request: LookRequest,
  recall: ImportMemory['recall'],
): Promise<Result<FileLook>> {
  const opened = await openBook(path)
  if (!opened.ok) return opened
  const book = opened.value
  try {
    const wanted = request.sheet ?? book.sheets.find((one) => !one.isHidden)?.name
    const at = book.sheets.findIndex((one) => one.name === wanted)
    if (at < 0) return fail(sheetUnknown(request.sheet))
    const headerRow = request.headerRow === undefined ? {} : { headerRow: request.headerRow }
    const look = await lookAt(book, at, request.entity, headerRow)
    if (!look.ok) return look
    const headings = look.value.rows.find((row) => row.number === look.value.headerRow)?.cells ?? []
    const remembered = recall(request.tenantId, request.entity, headings)
    const again =
      Object.keys(remembered).length === 0
        ? look
        : await lookAt(book, at, request.entity, { ...headerRow, remembered })
    if (!again.ok) return again
    const { kind, sheets, text, hasLinks } = book
    return ok({ ...again.value, kind, sheets, text, hasLinks, sheet: book.sheets[at]?.name ?? '' })
  } finally {
    await book.close()
  }
}

const sheetUnknown = (sheet: string | undefined): Fault =>
  fault('input-invalid', { facts: { field: 'sheet', problem: `There is no sheet "${sheet ?? ''}".` } })
