import { type SheetInfo, sheetLimits } from '../../model/sheet/cell.ts'
import { attribute } from '../xml/scan.ts'
import { trouble } from '../zip/part.ts'
import { type Parts, type Relation, relationsOf, scanPart } from './parts.ts'

export type WorkbookSheet = SheetInfo & { readonly part: string }

export type Workbook = {
  readonly sheets: readonly WorkbookSheet[]
  readonly strings: string | null
  readonly styles: string | null
  /** Days are counted from 1904, as old Macs did. */
  readonly is1904: boolean
  readonly hasLinks: boolean
}

/** What a workbook holds and where (ECMA-376 part 1, 18.2). Chart sheets and dialogs are left out. Throws SheetTrouble. */
export async function readWorkbook(parts: Parts): Promise<Workbook> {
  const root = [...(await relationsOf(parts, '')).values()].find((one) => one.type === 'officeDocument')
  const name = root?.target ?? 'xl/workbook.xml'
  if (!parts.entries.has(name)) throw trouble('sheet-unknown', { found: 'a zip file, but no workbook' })
  const relations = await relationsOf(parts, name)
  const sheets: WorkbookSheet[] = []
  let is1904 = false
  await scanPart(parts, name, {
    wantsText: false,
    text: () => {},
    close: () => {},
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = isTrue(attribute(attributes, 'date1904'))
      const sheet = tag === 'sheet' ? sheetOf(attributes, relations) : null
      if (sheet) sheets.push(sheet)
      if (sheets.length > sheetLimits.entries)
        throw trouble('sheet-unsafe', { problem: 'it has too many sheets' })
    },
  })
  const all = [...relations.values()]
  if (all.some((one) => one.type === 'vbaProject')) throw trouble('sheet-macros', {})
  if (sheets.length === 0) throw trouble('sheet-empty', {})
  const partOf = (type: string): string | null => all.find((one) => one.type === type)?.target ?? null
  return {
    sheets,
    strings: partOf('sharedStrings'),
    styles: partOf('styles'),
    is1904,
    hasLinks: all.some((one) => one.type === 'externalLink'),
  }
}

function sheetOf(attributes: string, relations: ReadonlyMap<string, Relation>): WorkbookSheet | null {
  const relation = relations.get(attribute(attributes, 'id') ?? '')
  if (relation?.type !== 'worksheet') return null
  return {
    name: attribute(attributes, 'name') ?? '',
    isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
    part: relation.target,
  }
}

/** How the standard writes yes. */
export const isTrue = (value: string | null): boolean => value === '1' || value === 'true'
