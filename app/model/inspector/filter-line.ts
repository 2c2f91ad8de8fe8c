import { type FilterKey, filterKeys, keyMeanings, type Term } from './filter.ts'

/** Something in the line that is not understood. `at` and `length` are characters of the line. */
type FilterProblem = { readonly at: number; readonly length: number; readonly words: string }

type FilterLine = { readonly terms: readonly Term[]; readonly problems: readonly FilterProblem[] }

/** One piece of the line between blanks, quotes respected. */
export type Piece = { readonly at: number; readonly text: string }

/** Reads a line. What is not understood is a problem and no term; what is, holds. Never throws. */
export function readFilter(line: string): FilterLine {
  const terms: Term[] = []
  const problems: FilterProblem[] = []
  for (const piece of piecesOf(line)) {
    const read = readPiece(piece)
    if ('words' in read) problems.push(read)
    else terms.push(read)
  }
  return { terms, problems }
}

/** The line that says these terms: reading it gives the same terms. */
export function printFilter(terms: readonly Term[]): string {
  return terms.map(printTerm).join(' ')
}

export function printTerm({ key, isNot, values }: Term): string {
  return `${isNot ? '-' : ''}${key}:${values.map(quoted).join(',')}`
}

/** The pieces of a line with their places; a quote that is not closed runs to the end. */
export function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = []
  let start = -1
  let isQuoted = false
  for (let at = 0; at <= line.length; at++) {
    const letter = line[at]
    const isEnd = letter === undefined || (!isQuoted && /\s/.test(letter))
    if (isEnd) {
      if (start >= 0) pieces.push({ at: start, text: line.slice(start, at) })
      start = -1
      continue
    }
    if (start < 0) start = at
    if (letter === '"') isQuoted = !isQuoted
    else if (letter === '\\' && isQuoted) at++
  }
  return pieces
}

function readPiece({ at, text }: Piece): Term | FilterProblem {
  const isNot = text.startsWith('-') && text.length > 1
  const rest = isNot ? text.slice(1) : text
  const problem = (words: string): FilterProblem => ({ at, length: text.length, words })
  if (openQuote(rest)) return problem('The closing quotation mark is missing.')
  const colon = rest.startsWith('"') ? -1 : rest.indexOf(':')
  if (colon < 0) return readTerm('text', isNot, [unquoted(rest)], problem)
  const name = rest.slice(0, colon).toLowerCase()
  const key = filterKeys.find((each) => each === name)
  if (!key) return problem(unknownKey(name, rest))
  return readTerm(key, isNot, valuesOf(rest.slice(colon + 1)), problem)
}

function readTerm(
  key: FilterKey,
  isNot: boolean,
  given: readonly string[],
  problem: (words: string) => FilterProblem,
): Term | FilterProblem {
  const { read, examples, isSingle } = keyMeanings[key]
  const such = examples.length > 0 ? ` It takes ${examples.slice(0, 4).join(', ')} and the like.` : ''
  if (given.every((value) => value === '')) return problem(`After "${key}:" a value is missing.${such}`)
  if (isSingle && given.length > 1) return problem(`"${key}:" takes one value.`)
  const values: string[] = []
  for (const value of given) {
    const canonical = read(value)
    if (canonical === null) return problem(`"${value}" is no value of "${key}:".${such}`)
    if (!values.includes(canonical)) values.push(canonical)
  }
  return { key, isNot, values }
}

function unknownKey(name: string, whole: string): string {
  const near = filterKeys.find((key) => key.startsWith(name.slice(0, 2)) || distance(key, name) <= 2)
  const hint = near ? ` Is "${near}:" meant?` : ''
  return `"${name}:" is not known.${hint} To look for these letters, write them in quotation marks: "${whole.replaceAll('"', '')}".`
}

/** Letters to change, add or take away to come from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const kept = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Values between commas, quotes respected. */
function valuesOf(text: string): string[] {
  const values: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at]
    if (letter === undefined || (letter === ',' && !isQuoted)) {
      values.push(unquoted(text.slice(start, at)))
      start = at + 1
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === '\\' && isQuoted) at++
  }
  return values
}

function openQuote(text: string): boolean {
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === '\\' && isQuoted) at++
  }
  return isQuoted
}

/** Takes the quotation marks away wherever they stand; within them a backslash makes the next letter plain. */
function unquoted(text: string): string {
  let out = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === '\\' && isQuoted) out += text[++at] ?? ''
    else out += text[at]
  }
  return out
}

function quoted(value: string): string {
  const isPlain = value !== '' && !/[\s",\\]/.test(value)
  return isPlain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}
