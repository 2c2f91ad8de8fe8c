/** A JSON value as lines of a tree, one a key, so that a list can show those on screen alone. */
export type JsonLine = {
  /** "$.lines[2].price": also the line's identity. */
  readonly path: string
  readonly depth: number
  /** The key or index; null at the root. */
  readonly key: string | null
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  /** What a value says, as JSON; for an object or list how much is in it. */
  readonly text: string
  readonly children: number
}

type Json = unknown

/** All lines but those below a closed path, in reading order. */
export function jsonLines(value: Json, closed: ReadonlySet<string>): readonly JsonLine[] {
  const lines: JsonLine[] = []
  // A stack of our own: a body may be nested deeper than the calls of a browser.
  const stack: { value: Json; path: string; depth: number; key: string | null }[] = [
    { value, path: '$', depth: 0, key: null },
  ]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { path, depth, key } = next
    const inner = entriesOf(next.value)
    lines.push({ path, depth, key, ...described(next.value, inner.length) })
    if (closed.has(path)) continue
    for (const [name, child, isIndex] of inner.toReversed()) {
      stack.push({ value: child, path: path + stepOf(name, isIndex), depth: depth + 1, key: name })
    }
  }
  return lines
}

/** Paths of objects and lists deeper than this many levels: what is closed when a body is first shown. */
export function deepPaths(value: Json, levels: number, most: number): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { path, depth, children } of jsonLines(value, found)) {
    if (depth >= levels && children > 0) found.add(path)
    if (found.size >= most) break
  }
  return found
}

/** Paths of lines whose key or value holds the text, in either case, also within what is closed; at most `most`. */
export function findInJson(value: Json, text: string, most: number): readonly string[] {
  const wanted = text.toLowerCase()
  if (wanted === '') return []
  const found: string[] = []
  for (const { path, key, text: shown, children } of jsonLines(value, new Set())) {
    const isHit =
      key?.toLowerCase().includes(wanted) || (children === 0 && shown.toLowerCase().includes(wanted))
    if (isHit) found.push(path)
    if (found.length >= most) break
  }
  return found
}

/** The paths above one, from the root on. */
export function pathsAbove(path: string): readonly string[] {
  const above: string[] = []
  for (let at = 1; at < path.length; at++) {
    if (path[at] === '"') {
      at = endOfQuote(path, at)
      continue
    }
    if (path[at] === '.' || path[at] === '[') above.push(path.slice(0, at))
  }
  return above
}

/** The value at a path that `jsonLines` gave; undefined when there is none. */
export function valueAt(value: Json, path: string): Json {
  let at: Json = value
  for (const step of path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)) {
    if (typeof at !== 'object' || at === null) return undefined
    const key: string = step[1] ?? step[2] ?? JSON.parse(step[3] ?? '""')
    at = Object.hasOwn(at, key) ? (at as Readonly<Record<string, Json>>)[key] : undefined
  }
  return at
}

function endOfQuote(path: string, start: number): number {
  let at = start + 1
  while (at < path.length && path[at] !== '"') at += path[at] === '\\' ? 2 : 1
  return at
}

function entriesOf(value: Json): readonly (readonly [string, Json, boolean])[] {
  if (Array.isArray(value)) return value.map((each, index) => [String(index), each, true] as const)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([name, each]) => [name, each, false] as const)
}

function stepOf(name: string, isIndex: boolean): string {
  if (isIndex) return `[${name}]`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

function described(value: Json, children: number): Pick<JsonLine, 'kind' | 'text' | 'children'> {
  if (Array.isArray(value)) return { kind: 'array', text: `[${children}]`, children }
  if (value === null) return { kind: 'null', text: 'null', children: 0 }
  if (typeof value === 'object') return { kind: 'object', text: `{${children}}`, children }
  const kind = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'boolean'
  return { kind, text: JSON.stringify(value) ?? '', children: 0 }
}
