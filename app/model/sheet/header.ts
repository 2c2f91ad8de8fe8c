import { type Cell, cellText, type SheetRow } from './cell.ts'
import type { SheetField } from './field-type.ts'
import { plainHeading } from './match.ts'

/**
 * The row of headings among the first rows of a sheet, as its place in `rows`: the one whose texts are most like names of columns, above
 * rows that are filled alike. 0 for a sheet that gives no hint; null for one without rows.
 */
export function guessHeader(rows: readonly SheetRow[], fields: readonly SheetField[]): number | null {
  if (rows.length === 0) return null
  const known = new Set(fields.flatMap((field) => [plainHeading(field.label), ...field.synonyms]))
  let best = { at: 0, score: 0 }
  for (const [at, row] of rows.slice(0, 20).entries()) {
    const score = scoreOf(row.cells, rows[at + 1]?.cells ?? [], known)
    if (score > best.score) best = { at, score }
  }
  return best.at
}

function scoreOf(cells: readonly Cell[], below: readonly Cell[], known: ReadonlySet<string>): number {
  const texts = cells.flatMap((cell) =>
    typeof cell === 'string' && cell.trim() !== '' ? [plainHeading(cell)] : [],
  )
  const filled = cells.filter((cell) => cellText(cell).trim() !== '').length
  if (texts.length === 0) return 0
  const distinct = new Set(texts).size
  const names = texts.filter((text) => known.has(text)).length
  const short = texts.filter((text) => text.length <= 40).length
  const isAboveAlike =
    below.length > 0 && Math.abs(below.length - cells.length) <= Math.max(1, cells.length / 3)
  return (
    names * 4 +
    (distinct === texts.length ? 1 : 0) +
    (short / texts.length) * (texts.length / Math.max(1, filled)) +
    (texts.length > 1 ? 1 : 0) +
    (isAboveAlike ? 1 : 0)
  )
}

/** Whether a row at the end of a table only adds up what is above it: few values, and nothing but the word for "total" in one of them. */
export function isTotalRow(cells: readonly Cell[], width: number): boolean {
  const filled = cells.filter((cell) => cellText(cell).trim() !== '')
  if (filled.length === 0 || filled.length > Math.max(2, width / 2)) return false
  return filled.some(
    (cell) =>
      typeof cell === 'string' &&
      /^(?:grand |sub-?)?(?:total|totals|sum|summe|gesamt|gesamtsumme):?$/i.test(cell.trim()),
  )
}
