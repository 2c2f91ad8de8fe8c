import { type Cell, cellText } from './cell.ts'

/**
 * How a text is told into parts. 'first word': "Ada Lovelace King" is "Ada" and "Lovelace King"; 'last word': "Ada Lovelace" and "King",
 * and a single word is the last; anything else is a text that stands between the parts, the last of which has all that follows.
 */
export type SplitBy = 'first word' | 'last word' | (string & {})

/** Columns that no file has: the parts of one of its columns, or several of them in one. Places count from 0, beyond the file's own. */
export type MadeColumns =
  | { readonly do: 'split'; readonly from: number; readonly by: SplitBy; readonly into: readonly number[] }
  | {
      readonly do: 'join'
      readonly from: readonly number[]
      readonly with: string
      readonly into: readonly [number]
    }

/** So many parts at most. */
export const mostParts = 9

/** The parts of a text, always as many as asked for, trimmed; '' for one that is not there. Words are told apart by any white space. */
export function splitText(text: string, by: SplitBy, parts: number): readonly string[] {
  const whole = text.trim()
  if (by === 'first word' || by === 'last word') return wordParts(whole, by === 'first word')
  const found = by.trim() === '' ? whole.split(/\s+/) : whole.split(by)
  const first = found.slice(0, parts - 1)
  const rest = found.slice(parts - 1).join(by)
  const all = [...first, rest].map((part) => part.trim())
  return [...all, ...Array.from({ length: Math.max(0, parts - all.length) }, () => '')]
}

function wordParts(whole: string, isFirst: boolean): readonly string[] {
  const found = (isFirst ? /^(\S+)(.*)$/s : /^(.*?)(\S+)$/s).exec(whole)
  return found ? [(found[1] ?? '').trim(), (found[2] ?? '').trim()] : ['', '']
}

/** Texts in one, those that are empty left out. */
export const joinTexts = (texts: readonly string[], between: string): string =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join(between)

/** What one row has in made columns, in the order of `into`. A formula that failed spoils each of them, so that the check tells of it. */
export function madeValues(made: MadeColumns, cells: readonly Cell[]): readonly Cell[] {
  const sources = made.do === 'split' ? [cells[made.from] ?? null] : made.from.map((at) => cells[at] ?? null)
  const broken = sources.find((cell) => typeof cell === 'object' && cell?.kind === 'error')
  if (broken) return made.into.map(() => broken)
  const texts = sources.map(cellText)
  const values =
    made.do === 'split' ? splitText(texts[0] ?? '', made.by, made.into.length) : [joinTexts(texts, made.with)]
  return values.map((value) => value || null)
}

/**
 * A row as a person sees it, made columns included. What was corrected in a made column is stored at its place and goes before what its
 * source says: null there means "as made", '' "empty, by a person".
 */
export function widener(made: readonly MadeColumns[]): (stored: readonly Cell[]) => readonly Cell[] {
  if (made.length === 0) return (stored) => stored
  const end = Math.max(...made.flatMap((one) => one.into)) + 1
  return (stored) => {
    const cells = [...stored]
    while (cells.length < end) cells.push(null)
    for (const one of made) {
      const values = madeValues(one, stored)
      for (const [at, place] of one.into.entries()) {
        const own = stored[place] ?? null
        cells[place] = own === null ? (values[at] ?? null) : own === '' ? null : own
      }
    }
    return cells
  }
}

/**
 * What is stored of a row that was shown wide and then edited: its own cells, and of the made ones only those that the edit changed, so
 * that the others still follow their source.
 */
export function narrowed(
  made: readonly MadeColumns[],
  stored: readonly Cell[],
  shown: readonly Cell[],
  edited: readonly Cell[],
): readonly Cell[] {
  if (made.length === 0) return edited
  const places = new Set(made.flatMap((one) => one.into))
  const cells = Array.from({ length: Math.max(edited.length, stored.length) }, (_, at): Cell => {
    const cell = edited[at] ?? null
    if (!places.has(at)) return cell
    return isSame(cell, shown[at] ?? null) ? (stored[at] ?? null) : (cell ?? '')
  })
  while (cells.length > stored.length && cells.at(-1) === null) cells.pop()
  return cells
}

const isSame = (a: Cell, b: Cell): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
