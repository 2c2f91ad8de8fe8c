import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { Cell } from '../app/model/sheet/cell.ts'
import type { TextForm } from '../app/model/sheet/text-form.ts'
import { lookAt, type SheetLook } from '../app/sheets/look.ts'
import { openBook } from '../app/sheets/open.ts'
import type { ImportMemory, Recalled } from './import-memory.ts'
import type { FileLook, LookRequest } from './import-port.ts'

/** Looks at the first rows of a file; again, when something is remembered for its headings: they are known only after the first look. */
export async function lookInto(
  path: string,
  request: LookRequest,
  recall: ImportMemory['recall'],
): Promise<Result<FileLook>> {
  const first = await lookOnce(path, request, request.text, recall)
  if (!first.ok || request.text || !first.value.recalled.text) return first
  return lookOnce(path, request, first.value.recalled.text, recall)
}

async function lookOnce(
  path: string,
  request: LookRequest,
  chosen: Partial<TextForm> | undefined,
  recall: ImportMemory['recall'],
): Promise<Result<FileLook & { readonly recalled: Recalled }>> {
  const opened = await openBook(path, chosen ? { text: chosen } : {})
  if (!opened.ok) return opened
  const book = opened.value
  try {
    const wanted = request.sheet ?? book.sheets.find((one) => !one.isHidden)?.name
    const at = book.sheets.findIndex((one) => one.name === wanted)
    if (at < 0) return fail(sheetUnknown(request.sheet))
    const headerRow = request.headerRow === undefined ? {} : { headerRow: request.headerRow }
    const look = await lookAt(book, at, request.entity, headerRow)
    if (!look.ok) return look
    const recalled = recall(request.tenantId, request.entity, headingsOf(look.value))
    const remembered = recalled.fields
    const again =
      Object.keys(remembered).length === 0
        ? look
        : await lookAt(book, at, request.entity, { ...headerRow, remembered })
    if (!again.ok) return again
    const { kind, sheets, text, foundText, hasLinks } = book
    const sheet = book.sheets[at]?.name ?? ''
    return ok({ ...again.value, kind, sheets, text, foundText, hasLinks, sheet, recalled })
  } finally {
    await book.close()
  }
}

/** The headings of a look; none where its row of headings is further down than it went. */
export const headingsOf = ({ rows, headerRow }: Pick<SheetLook, 'rows' | 'headerRow'>): readonly Cell[] =>
  rows.find((row) => row.number === headerRow)?.cells ?? []

const sheetUnknown = (sheet: string | undefined): Fault =>
  fault('input-invalid', { facts: { field: 'sheet', problem: `There is no sheet "${sheet ?? ''}".` } })
