/** What people add to a company's name or leave away: no part of how alike two names are. */
const forms = new Set(
  'ltd limited inc incorporated llc llp plc corp corporation co company gmbh ag kg ohg ug bv nv sa sarl srl spa pty ab as oy'.split(
    ' ',
  ),
)

/** At least so alike are names that may be meant; of the letter pairs of both, more than half are shared. */
const nearFrom = 0.55

/** A name without case, accents, punctuation and, unless nothing else is left, the company's form at its end. */
function plainName(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  while (words.length > 1 && forms.has(words.at(-1) ?? '')) words.pop()
  return words.join(' ')
}

type Pairs = ReadonlyMap<string, number>

function pairsOf(text: string): Pairs {
  const pairs = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at++) {
    const pair = text.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

type Candidate = { readonly name: string; readonly likeness: number }

export type NearFinder = {
  /** Some of the names that there are. */
  add(names: readonly string[]): void
  /** By wanted value: the names that read like it, the nearest first; none for one that is like no other. */
  found(): ReadonlyMap<string, readonly string[]>
}

/**
 * Finds, for values that nobody knows, the names that may be meant: by the letter pairs that both share (Dice's coefficient: twice the shared
 * ones over all of both), at least 0.55, three names at most. Each name is looked at once, however many values are wanted.
 */
export function nearFinder(wanted: readonly string[], most = 3): NearFinder {
  const values = wanted.map((value) => ({ value, plain: plainName(value), best: [] as Candidate[] }))
  const holders = new Map<string, { readonly at: number; readonly times: number }[]>()
  for (const [at, { plain }] of values.entries()) {
    for (const [pair, times] of pairsOf(plain)) {
      const known = holders.get(pair)
      if (known) known.push({ at, times })
      else holders.set(pair, [{ at, times }])
    }
  }
  const look = (name: string): void => {
    const plain = plainName(name)
    const shared = new Map<number, number>()
    for (const [pair, times] of pairsOf(plain)) {
      for (const { at, times: own } of holders.get(pair) ?? []) {
        shared.set(at, (shared.get(at) ?? 0) + Math.min(times, own))
      }
    }
    for (const [at, count] of shared) {
      const one = values[at]
      const likeness = one ? (2 * count) / (plain.length + one.plain.length - 2) : 0
      if (one && likeness >= nearFrom) keep(one.best, { name, likeness }, most)
    }
  }
  return {
    add: (names) => {
      for (const name of names) look(name)
    },
    found: () => new Map(values.map(({ value, best }) => [value, best.map(({ name }) => name)])),
  }
}

/** Of two alike the one that comes first in the alphabet, so that the order in which they are told says nothing. */
const order = (a: Candidate, b: Candidate): number =>
  b.likeness - a.likeness || (a.name < b.name ? -1 : a.name === b.name ? 0 : 1)

/** Keeps the best few, in order. */
function keep(best: Candidate[], candidate: Candidate, most: number): void {
  const last = best.at(-1)
  if (last && best.length === most && order(last, candidate) <= 0) return
  if (best.some(({ name }) => name === candidate.name)) return
  best.push(candidate)
  best.sort(order)
  if (best.length > most) best.pop()
}
