import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Fault, fail, fault, type Result } from '../model/fault.ts'
import { sheetLimits } from '../model/sheet/cell.ts'
import type { TextForm } from '../model/sheet/text-form.ts'
import type { Book } from './book.ts'
import { openCsv } from './csv/open.ts'
import { kindOf } from './kind.ts'
import { troubleOf } from './pieces.ts'
import { openXls, usualXlsLimits, type XlsLimits } from './xls/open.ts'
import { openXlsx } from './xlsx/open.ts'

export type OpenOptions = {
  /** What a person chose for a text file in place of what was found out. */
  readonly text?: Partial<TextForm>
  readonly xls?: XlsLimits
}

/**
 * Opens a spreadsheet file by its content, whatever its name. Its faults (sheet-*) name the file. Nothing of the file is worked out,
 * followed or written anywhere: formulas, links and macros are data at most.
 */
export async function openBook(file: string, options: OpenOptions = {}): Promise<Result<Book>> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, 'r')
    const opened = await byKind(handle, options)
    if (opened.ok) return { ok: true, value: named(opened.value, file) }
    await handle.close()
    return fail(naming(opened.fault, file))
  } catch (error) {
    await handle?.close()
    return fail(naming(troubleOf(error), file))
  }
}

async function byKind(handle: FileHandle, { text, xls }: OpenOptions): Promise<Result<Book>> {
  const stats = await handle.stat()
  if (!stats.isFile()) return fail(fault('sheet-missing', { facts: { reason: 'it is a folder' } }))
  const kind = await kindOf(handle, stats.size)
  if (kind.kind === 'none') return fail(kind.fault)
  if (kind.kind === 'text') return openCsv(handle, stats.size, text)
  if (stats.size > sheetLimits.fileBytes) return fail(fault('sheet-too-large', { facts: { most: '200 MB' } }))
  return kind.kind === 'ole'
    ? openXls(handle, stats.size, xls ?? usualXlsLimits)
    : openXlsx(handle, stats.size)
}

/** Faults of its rows name the file, too. */
function named(book: Book, file: string): Book {
  return {
    ...book,
    rows: async function* (sheet, options) {
      for await (const piece of book.rows(sheet, options)) {
        yield piece.ok ? piece : fail(naming(piece.fault, file))
      }
    },
  }
}

const naming = (trouble: Fault, file: string): Fault =>
  trouble.code.startsWith('sheet-')
    ? { ...trouble, facts: { file: basename(file), ...trouble.facts } }
    : trouble
