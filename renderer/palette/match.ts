/** What can be found by its words. `words` are others by which somebody may look for it. */
export type Findable = { readonly name: string; readonly words: string }

/** Those that have every word of the text, best first: the name begins so, a word of the name begins so, anywhere. No text: all, as they are. */
export function matching<T extends Findable>(text: string, all: readonly T[]): readonly T[] {
  const wanted = text.trim().toLocaleLowerCase()
  if (wanted === '') return all
  const parts = wanted.split(/\s+/)
  const ranked = all.flatMap((one) => {
    const name = one.name.toLocaleLowerCase()
    const everything = `${name} ${one.words.toLocaleLowerCase()}`
    if (!parts.every((part) => everything.includes(part))) return []
    if (name.startsWith(wanted)) return [{ one, rank: 0 }]
    const isWordStart = parts.every((part) => name.split(/\s+/).some((word) => word.startsWith(part)))
    return [{ one, rank: isWordStart ? 1 : 2 }]
  })
  // The sort is stable: equals stay in the order in which they were given.
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one)
}
