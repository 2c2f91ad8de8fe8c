import { sheetLimits } from '../../model/sheet/cell.ts'
import { attribute } from '../xml/scan.ts'
import { trouble } from '../zip/part.ts'
import { type Parts, scanPart } from './parts.ts'

/** Built-in formats that show a number as a date or time (ECMA-376 part 1, 18.8.30). */
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** By the number of a cell's style: whether its numbers are dates. */
export async function dateStyles(parts: Parts, name: string | null): Promise<readonly boolean[]> {
  if (name === null || !parts.entries.has(name)) return []
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let isInCells = false
  await scanPart(parts, name, {
    wantsText: false,
    text: () => {},
    close: (tag) => {
      if (tag === 'cellXfs') isInCells = false
    },
    open: (tag, attributes) => {
      if (Math.max(styles.length, custom.size) > sheetLimits.styles) {
        throw trouble('sheet-too-large', { problem: 'it has more styles of cells than any spreadsheet' })
      }
      if (tag === 'cellXfs') isInCells = true
      if (tag === 'numFmt') {
        custom.set(
          Number(attribute(attributes, 'numFmtId')),
          isDateFormat(attribute(attributes, 'formatCode') ?? ''),
        )
      }
      if (tag === 'xf' && isInCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        styles.push(custom.get(id) ?? builtIn(id))
      }
    },
  })
  return styles
}

/** A format that writes days, months, years, hours or seconds, once its quoted words, escapes, colours and conditions are out of it. */
export function isDateFormat(code: string): boolean {
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')[0]
  return /[dmyhs]/i.test(bare ?? '') && !/^general$/i.test((bare ?? '').trim())
}
