import { type FilterKey, filterKeys, keyMeanings, type Term } from './filter.ts'
import { piecesOf, printTerm, readFilter } from './filter-line.ts'

/** What could stand where the person is typing. `line` and `caret` are what the line becomes when it is taken. */
export type Suggestion = {
  readonly text: string
  readonly means: string
  readonly line: string
  readonly caret: number
}

/** Names that only the running program knows: numbers with what people call them. */
export type KnownValues = Partial<Record<FilterKey, readonly (readonly [value: string, name: string])[]>>

const most = 9

/** Keys while a key is being typed, values after its colon. Empty where nothing fits. */
export function suggest(line: string, caret: number, known: KnownValues = {}): readonly Suggestion[] {
  const piece = piecesOf(line).find(({ at, text }) => caret >= at && caret <= at + text.length)
  const at = piece?.at ?? caret
  const typed = line.slice(at, caret)
  if (typed.includes('"')) return []
  const end = piece ? piece.at + piece.text.length : caret
  const minus = typed.startsWith('-') ? '-' : ''
  const colon = typed.indexOf(':')
  const take = (text: string, means: string, isDone: boolean): Suggestion => {
    const space = isDone && !/^\s/.test(line.slice(end)) ? ' ' : ''
    const before = line.slice(0, at) + text + space
    return { text, means, line: before + line.slice(end), caret: before.length }
  }
  if (colon < 0) {
    const begun = typed.slice(minus.length).toLowerCase()
    return filterKeys
      .filter((key) => key.startsWith(begun) && key !== 'cause' && key !== 'call')
      .slice(0, begun === '' ? filterKeys.length : most)
      .map((key) => take(`${minus}${key}:`, keyMeanings[key].means, false))
  }
  const key = filterKeys.find((each) => each === typed.slice(minus.length, colon).toLowerCase())
  if (!key) return []
  const comma = Math.max(typed.lastIndexOf(','), colon)
  const begun = typed.slice(comma + 1).toLowerCase()
  return valuesFor(key, known)
    .filter(([value, name]) => value.toLowerCase().startsWith(begun) || name.toLowerCase().includes(begun))
    .slice(0, most)
    .map(([value, name]) => take(typed.slice(0, comma + 1) + value, name, true))
}

function valuesFor(key: FilterKey, known: KnownValues): readonly (readonly [string, string])[] {
  return known[key] ?? keyMeanings[key].examples.map((value) => [value, ''] as const)
}

/** The line without this term, or with it. */
export function toggled(line: string, term: Term): string {
  const { terms } = readFilter(line)
  const wanted = printTerm(term)
  const without = terms.filter((each) => printTerm(each) !== wanted)
  return (without.length < terms.length ? without : [...terms, term]).map(printTerm).join(' ')
}

/** The line with the terms of some keys replaced; null takes a key out. */
export function withTerms(line: string, changes: Partial<Record<FilterKey, string | null>>): string {
  const kept = readFilter(line).terms.filter(({ key }) => !(key in changes))
  const added = Object.entries(changes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : readFilter(`${key}:${quotedIfNeeded(value)}`).terms,
  )
  return [...kept, ...added].map(printTerm).join(' ')
}

const quotedIfNeeded = (value: string): string =>
  /[\s",\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value

/** Filters that everybody has. */
export const savedFilters = [
  { name: 'Errors today', line: 'kind:failures since:today' },
  { name: 'Throttled', line: 'kind:throttled' },
  { name: 'Slow', line: 'slower:2s' },
  { name: 'By people', line: 'kind:people' },
] as const
