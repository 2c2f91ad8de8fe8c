import { jsonLines } from './json-lines.ts'

/** One difference; null on a side where there is nothing. */
export type Difference = {
  readonly name: string
  readonly left: string | null
  readonly right: string | null
}

type Pairs = readonly (readonly [string, string])[]

/** Headers that differ, by name in either case; one that comes several times is one text. */
export function compareHeaders(left: Pairs, right: Pairs): readonly Difference[] {
  return differences(joined(left), joined(right))
}

function joined(pairs: Pairs): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of pairs) {
    const key = name.toLowerCase()
    found.set(key, found.has(key) ? `${found.get(key)}, ${value}` : value)
  }
  return found
}

/** Most differences of bodies that are listed. */
const most = 500

/** Bodies by the paths of their values; a body that is no JSON is compared line by line. Empty when they are equal. */
export function compareBodies(left: string | null, right: string | null): readonly Difference[] {
  if (left === right) return []
  const [a, b] = [leavesOf(left), leavesOf(right)]
  return a && b ? differences(a, b).slice(0, most) : differences(linesOf(left), linesOf(right)).slice(0, most)
}

function leavesOf(body: string | null): Map<string, string> | null {
  if (body === null || body.trim() === '') return new Map()
  try {
    const lines = jsonLines(JSON.parse(body), new Set())
    return new Map(lines.filter(({ children }) => children === 0).map(({ path, text }) => [path, text]))
  } catch {
    // No JSON, or cut: lines are compared instead.
    return null
  }
}

const linesOf = (body: string | null): Map<string, string> =>
  new Map((body ?? '').split('\n').map((line, at) => [`line ${at + 1}`, line]))

function differences(left: Map<string, string>, right: Map<string, string>): readonly Difference[] {
  const names = [...new Set([...left.keys(), ...right.keys()])]
  return names.flatMap((name) => {
    const a = left.get(name) ?? null
    const b = right.get(name) ?? null
    return a === b ? [] : [{ name, left: a, right: b }]
  })
}
