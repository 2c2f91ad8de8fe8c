import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, type Zippable, zipSync } from 'fflate'
import type { Fault } from '../../../../app/model/fault.ts'
import type { SheetEnd, SheetRow } from '../../../../app/model/sheet/cell.ts'
import { openBook } from '../../../../app/sheets/open.ts'

const folder = mkdtempSync(join(tmpdir(), 'sheets-'))
let made = 0

/** A file in a folder of its own, with this content. */
export function fileOf(content: string | Uint8Array, name = 'file.bin'): string {
  made++
  const file = join(folder, `${made}-${name}`)
  writeFileSync(file, content)
  return file
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a small workbook with one sheet; `more` adds or replaces parts. */
export function bookParts(
  sheetData: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>
      <Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/>
      <Relationship Id="rId3" Type="${relations}/styles" Target="/xl/styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet ${main}><sheetData>${sheetData}</sheetData></worksheet>`,
    ...more,
  }
}

/** A workbook as bytes. */
export function zipOf(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const files: Zippable = {}
  for (const [name, part] of Object.entries(parts))
    files[name] = typeof part === 'string' ? strToU8(part) : part
  return zipSync(files, { level: 6 })
}

/** A workbook as a file. */
export const bookOf = (sheetData: string, more: Readonly<Record<string, string>> = {}): string =>
  fileOf(zipOf(bookParts(sheetData, more)), 'book.xlsx')

export type Read = {
  readonly rows: readonly SheetRow[]
  readonly end: SheetEnd | null
  readonly fault: Fault | null
}

/** Opens a file and reads a sheet to its end. */
export async function readAll(file: string, sheet = 0): Promise<Read> {
  const book = await openBook(file)
  if (!book.ok) return { rows: [], end: null, fault: book.fault }
  const rows: SheetRow[] = []
  let end: SheetEnd | null = null
  let fault: Fault | null = null
  for await (const piece of book.value.rows(sheet)) {
    if (!piece.ok) fault = piece.fault
    else {
      rows.push(...piece.value.rows)
      end = piece.value.end
    }
  }
  await book.value.close()
  return { rows, end, fault }
}

/** The values alone. */
export const cellsOf = ({ rows }: Read) => rows.map((row) => row.cells)
