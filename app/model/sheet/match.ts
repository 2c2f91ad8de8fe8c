import { type Cell, cellText } from './cell.ts'
import { guessDates } from './dates.ts'
import type { SheetField } from './field-type.ts'
import { readSheetNumber } from './numbers.ts'
import { readValue, usualForm } from './values.ts'

/** Why a column was taken for a field. */
export type MatchReason = 'remembered' | 'same name' | 'synonym' | 'similar name' | 'content' | 'chosen'

export type ColumnMatch = {
  readonly field: string
  /** Place of the column, from 0. */
  readonly column: number
  readonly reason: MatchReason
  /** 0 to 1; below `sure` a person should look. */
  readonly certainty: number
}

/** Matches at least this certain are ticked without asking. */
export const sure = 0.75

/** A heading without what people add to it: "* Customer_Name:" is "customer name". */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[*:_()[\]]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Stands for the headings of a file, whatever their order and case: files of the same making have the same. */
export const headingsKey = (headings: readonly Cell[]): string =>
  [...new Set(headings.map((cell) => plainHeading(cellText(cell))).filter((text) => text !== ''))]
    .sort()
    .join('|')

/**
 * Proposes a column for each field, each column once: by what was remembered for this heading, by name, synonym, likeness, and last by
 * what the values look like. `remembered`: field key -> plain heading.
 */
export function matchColumns(
  headings: readonly Cell[],
  samples: readonly (readonly Cell[])[],
  fields: readonly SheetField[],
  remembered: Readonly<Record<string, string>> = {},
): ColumnMatch[] {
  const names = headings.map((cell) => plainHeading(cellText(cell)))
  const candidates = fields.flatMap((field, at) =>
    names.flatMap((name, column) => {
      const found = judge(field, name, () => samples.map((row) => row[column] ?? null), remembered[field.key])
      return found ? [{ ...found, field: field.key, column, at }] : []
    }),
  )
  // The surest first; of two alike the earlier field, which is the more usual one, and the earlier column.
  candidates.sort((a, b) => b.certainty - a.certainty || a.at - b.at || a.column - b.column)
  const taken = new Set<number>()
  const matched = new Map<string, ColumnMatch>()
  for (const { field, column, reason, certainty } of candidates) {
    if (taken.has(column) || matched.has(field)) continue
    taken.add(column)
    matched.set(field, { field, column, reason, certainty })
  }
  return fields.flatMap((field) => matched.get(field.key) ?? [])
}

function judge(
  field: SheetField,
  name: string,
  values: () => readonly Cell[],
  remembered: string | undefined,
): Pick<ColumnMatch, 'reason' | 'certainty'> | null {
  if (remembered !== undefined && remembered === name && name !== '')
    return { reason: 'remembered', certainty: 1 }
  const byName = nameCertainty(field, name)
  if (byName) {
    // A good name over values that do not fit is no longer sure.
    const fit = fitOf(field, values())
    return { ...byName, certainty: byName.certainty * (fit === null ? 1 : 0.7 + 0.3 * fit) }
  }
  const certainty = contentCertainty(field, values())
  return certainty > 0 ? { reason: 'content', certainty } : null
}

function nameCertainty(
  field: SheetField,
  name: string,
): { readonly reason: MatchReason; readonly certainty: number } | null {
  if (name === '') return null
  const label = plainHeading(field.label)
  if (name === label || name === plainHeading(field.key)) return { reason: 'same name', certainty: 0.99 }
  const place = field.synonyms.indexOf(name)
  if (place >= 0) return { reason: 'synonym', certainty: 0.95 - Math.min(place, 20) * 0.002 }
  const likeness = Math.max(...[label, ...field.synonyms].map((other) => alike(name, other)))
  return likeness >= 0.7 ? { reason: 'similar name', certainty: likeness * 0.8 } : null
}

/** How many letter pairs two texts share, 0 to 1 (Dice's coefficient). */
export function alike(a: string, b: string): number {
  if (a === b) return 1
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
  const left = pairs(a)
  const right = pairs(b)
  if (left.length === 0 || right.length === 0) return 0
  const rest = [...right]
  let shared = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    shared++
    rest.splice(at, 1)
  }
  return (2 * shared) / (left.length + right.length)
}

/** The share of the values that the field could hold; null when there are none to judge by. */
function fitOf(field: SheetField, values: readonly Cell[]): number | null {
  const filled = values.filter((cell) => cellText(cell).trim() !== '')
  if (filled.length === 0) return null
  return filled.filter((cell) => fits(field, cell)).length / filled.length
}

function fits(field: SheetField, cell: Cell): boolean {
  if (field.type === 'date' && typeof cell === 'string') {
    return guessDates([cell]).unsure !== null || readsAsDate(cell, field)
  }
  if (typeof cell === 'string' && ['money', 'number', 'percent', 'whole number'].includes(field.type)) {
    return readSheetNumber(cell, '.') !== null || readSheetNumber(cell, ',') !== null
  }
  return 'value' in readValue(cell, field, usualForm)
}

const readsAsDate = (text: string, field: SheetField): boolean =>
  (['dmy', 'mdy'] as const).some((dates) => 'value' in readValue(text, field, { ...usualForm, dates }))

/** Only what looks like nothing else is found by its values alone. */
function contentCertainty(field: SheetField, values: readonly Cell[]): number {
  const isTelling = field.type === 'e-mail' || field.type === 'choice'
  const filled = values.filter((cell) => cellText(cell).trim() !== '')
  if (!isTelling || filled.length < 2) return 0
  if (field.type === 'choice' && filled.some((cell) => typeof cell === 'number')) return 0
  const fit = fitOf(field, filled) ?? 0
  return fit >= 0.9 ? 0.5 * fit : 0
}
