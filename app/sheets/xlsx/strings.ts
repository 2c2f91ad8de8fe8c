import { sheetLimits } from '../../model/sheet/cell.ts'
import { decodeEscapes } from '../xml/entities.ts'
import { type XmlEars, XmlScan } from '../xml/scan.ts'
import { trouble } from '../zip/part.ts'
import { type Parts, partText } from './parts.ts'

/** The texts that a workbook keeps once for all its cells, as far as they have been read. */
export type SharedStrings = {
  readonly count: number
  /** Null for one that is not there, or not read yet. */
  at(index: number): string | null
  /** Reads on until this one is there, or the end. Throws SheetTrouble. */
  upTo(index: number): Promise<void>
}

/**
 * Reads them as they are needed, since the first rows refer to the first texts, into one block of bytes with the place of each: a
 * million texts cost what their letters cost, not a million objects. Formatting inside a text and its reading aids (phonetic runs)
 * are left out.
 */
export function sharedStrings(parts: Parts, name: string | null): SharedStrings {
  const block = new TextBlock()
  if (name === null || !parts.entries.has(name)) return { count: 0, at: () => null, upTo: async () => {} }
  const scan = new XmlScan(name, stringEars(block))
  const pieces = partText(parts, name, parts.allowance)
  let isWhole = false
  return {
    get count() {
      return block.count
    },
    at: (index) => block.at(index),
    upTo: async (index) => {
      while (!isWhole && block.count <= index) {
        const piece = await pieces.next()
        if (piece.done) scan.end()
        else scan.write(piece.value)
        isWhole = piece.done ?? false
      }
    },
  }
}

function stringEars(block: TextBlock): XmlEars {
  let phonetic = 0
  let text = ''
  const ears = {
    wantsText: false,
    text: (piece: string) => {
      text += piece
      if (text.length > sheetLimits.cellLength * 4) {
        throw trouble('sheet-too-large', { problem: 'one of its texts is longer than any cell may hold' })
      }
    },
    open: (tag: string) => {
      if (tag === 'si') text = ''
      else if (tag === 'rPh') phonetic++
      else if (tag === 't') ears.wantsText = phonetic === 0
    },
    close: (tag: string) => {
      if (tag === 't') ears.wantsText = false
      else if (tag === 'rPh') phonetic--
      else if (tag === 'si') block.add(decodeEscapes(text))
    },
  }
  return ears
}

/** Texts one after the other as UTF-8. Those used again and again are kept as strings, too. */
class TextBlock {
  #bytes = Buffer.allocUnsafe(1 << 16)
  #ends = new Uint32Array(1 << 10)
  #used = 0
  count = 0
  readonly #recent = new Map<number, string>()

  add(text: string): void {
    const most = this.#used + text.length * 3
    if (most > this.#bytes.length) this.#bytes = larger(this.#bytes, most)
    if (this.count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2)
      ends.set(this.#ends)
      this.#ends = ends
    }
    this.#used += this.#bytes.write(text, this.#used)
    this.#ends[this.count++] = this.#used
  }

  at(index: number): string | null {
    if (!(index >= 0 && index < this.count)) return null
    const known = this.#recent.get(index)
    if (known !== undefined) return known
    const from = index === 0 ? 0 : (this.#ends[index - 1] ?? 0)
    const text = this.#bytes.toString('utf8', from, this.#ends[index])
    if (this.#recent.size >= recentMost) this.#recent.clear()
    this.#recent.set(index, text)
    return text
  }
}
const recentMost = 4096

function larger(bytes: Buffer, needed: number): Buffer<ArrayBuffer> {
  const next = Buffer.allocUnsafe(Math.max(needed, Math.floor(bytes.length * 1.5)))
  bytes.copy(next)
  return next
}
