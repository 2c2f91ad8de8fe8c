import { trouble } from '../zip/part.ts'
import { decodeEntities } from './entities.ts'

/** What is told of a document as it is met. Names come without their namespace's prefix. */
export type XmlEars = {
  /** `attributes` is the text between name and end of the tag: see `attribute`. An empty element is opened and closed. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Text inside an element, in one or more pieces, with its entities resolved. Only told while `wantsText`. */
  text(piece: string): void
  wantsText: boolean
}

const greater = 62
const double = 34
const single = 39
const slash = 47
const colon = 58
const bang = 33
const question = 63
/** A tag longer than this is none. */
const longestTag = 1_000_000

/**
 * Reads XML piece by piece and keeps nothing of it. It knows what workbooks are made of: elements, attributes, text, CDATA, comments.
 * A document type is refused, since entities of its own are how a small file becomes a huge one. Throws SheetTrouble.
 */
export class XmlScan {
  #rest = ''
  readonly #ears: XmlEars
  readonly #part: string

  constructor(part: string, ears: XmlEars) {
    this.#part = part
    this.#ears = ears
  }

  write(piece: string): void {
    const text = this.#rest === '' ? piece : this.#rest + piece
    let at = 0
    for (;;) {
      const open = text.indexOf('<', at)
      if (open < 0) {
        // An entity may be cut in two: its beginning waits for the rest.
        const safe = this.#safeEnd(text, at)
        this.#say(text, at, safe)
        this.#rest = text.slice(safe)
        return
      }
      if (open > at) this.#say(text, at, open)
      const next = this.#tag(text, open)
      if (next < 0) {
        if (text.length - open > longestTag) throw this.#broken()
        this.#rest = text.slice(open)
        return
      }
      at = next
    }
  }

  end(): void {
    if (this.#rest.includes('<')) throw this.#broken()
    this.#say(this.#rest, 0, this.#rest.length)
    this.#rest = ''
  }

  #broken() {
    return trouble('sheet-damaged', { problem: `the part ${this.#part} breaks off or is no XML` })
  }

  #safeEnd(text: string, from: number): number {
    const amp = text.lastIndexOf('&')
    return amp >= from && text.length - amp < 12 && text.indexOf(';', amp) < 0 ? amp : text.length
  }

  #say(text: string, from: number, to: number): void {
    if (to > from && this.#ears.wantsText) this.#ears.text(decodeEntities(text.slice(from, to)))
  }

  /** The place after the tag that begins at `open`, or -1 when its end is not there yet. */
  #tag(text: string, open: number): number {
    const first = text.charCodeAt(open + 1)
    if (first === bang) return this.#special(text, open)
    if (first === question) {
      const end = text.indexOf('?>', open + 2)
      return end < 0 ? -1 : end + 2
    }
    const end = tagEnd(text, open)
    if (end < 0) return -1
    if (first === slash) this.#ears.close(nameOf(text, open + 2, end))
    else this.#opened(text, open, end)
    return end + 1
  }

  #opened(text: string, open: number, end: number): void {
    const isEmpty = text.charCodeAt(end - 1) === slash
    const stop = isEmpty ? end - 1 : end
    const nameEnd = endOfName(text, open + 1, stop)
    if (nameEnd === open + 1) throw this.#broken()
    const name = nameOf(text, open + 1, nameEnd)
    this.#ears.open(name, nameEnd < stop ? text.slice(nameEnd, stop) : '')
    if (isEmpty) this.#ears.close(name)
  }

  #special(text: string, open: number): number {
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open + 4)
      return end < 0 ? -1 : end + 3
    }
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open + 9)
      if (end < 0) return -1
      if (this.#ears.wantsText) this.#ears.text(text.slice(open + 9, end))
      return end + 3
    }
    if (text.length - open < 9) return -1
    throw trouble('sheet-unsafe', { problem: `its part ${this.#part} declares entities of its own` })
  }
}

/** The place of the '>' that ends the tag; one inside quotes does not. -1 when it is not there yet. */
function tagEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === greater) return at
    if (code !== double && code !== single) continue
    at = text.indexOf(code === double ? '"' : "'", at + 1)
    if (at < 0) return -1
  }
  return -1
}

function endOfName(text: string, from: number, to: number): number {
  let at = from
  while (at < to && text.charCodeAt(at) > 32) at++
  return at
}

/** Without prefix and without the space after it. Looks no further than `to`. */
function nameOf(text: string, from: number, to: number): string {
  let start = from
  let end = to
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === colon) start = at + 1
    else if (code <= 32) {
      end = at
      break
    }
  }
  return text.slice(start, end)
}

/** The value of an attribute by its name without prefix; null when it is not there. */
export function attribute(attributes: string, name: string): string | null {
  let at = 0
  for (;;) {
    const start = skipSpace(attributes, at)
    const equals = attributes.indexOf('=', start)
    if (equals < 0) return null
    const open = skipSpace(attributes, equals + 1)
    const close = attributes.indexOf(attributes.charAt(open), open + 1)
    if (close < 0) return null
    if (nameOf(attributes, start, equals) === name) return decodeEntities(attributes.slice(open + 1, close))
    at = close + 1
  }
}

/** The next place that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= 32) at++
  return at
}
