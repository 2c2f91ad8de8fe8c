/**
 * Which rows of a table may hold a text: twelve bytes a row instead of the text, so that a table of a million rows is read through once for
 * an import and not once for each of its parts. What it answers has to be looked at; what it leaves out is not there.
 */
export class KeyIndex {
  #hashes = new Uint32Array(1 << 10)
  #keys = new Float64Array(1 << 10)
  #count = 0
  /** All rows up to this key have been added. */
  readTo = 0

  /** A row whose text has changed is added again. */
  add(text: string, key: number): void {
    if (this.#count === this.#keys.length) {
      const [hashes, keys] = [this.#hashes, this.#keys]
      this.#hashes = new Uint32Array(this.#count * 2)
      this.#hashes.set(hashes)
      this.#keys = new Float64Array(this.#count * 2)
      this.#keys.set(keys)
    }
    this.#hashes[this.#count] = hashOf(text)
    this.#keys[this.#count++] = key
  }

  /** Keys of the rows that may hold one of these texts, in the order in which they were added; one may come twice. */
  candidates(texts: Iterable<string>): readonly number[] {
    const wanted = new Set<number>()
    // Almost every row is ruled out by one look at this.
    const marks = new Uint8Array(markCount)
    for (const text of texts) {
      const hash = hashOf(text)
      wanted.add(hash)
      marks[hash % markCount] = 1
    }
    const found: number[] = []
    for (let at = 0; at < this.#count; at++) {
      const hash = this.#hashes[at] ?? 0
      if (marks[hash % markCount] === 1 && wanted.has(hash)) found.push(this.#keys[at] ?? 0)
    }
    return found
  }
}

const markCount = 1 << 18

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
