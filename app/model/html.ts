import { decodeEntities } from './html-entities.ts'

/**
 * HTML of a description as plain text, in one pass over the input whatever it is: a tag that never ends, a quote that never closes or a
 * million opening brackets cost no more than ordinary text. It is a reader for people, not a sanitiser to render from.
 */

/** Elements whose content no person reads. */
const dropped = new Set([
  'applet',
  'audio',
  'canvas',
  'head',
  'iframe',
  'math',
  'noembed',
  'noframes',
  'noscript',
  'object',
  'script',
  'style',
  'svg',
  'template',
  'title',
  'video',
  'xml',
])

const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'br',
  'caption',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'legend',
  'main',
  'nav',
  'ol',
  'option',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
])

const looksLikeTag = /<(?:\/?[a-z][^<>]*|!--[^<>]*|![a-z][^<>]*)>/i

/** Plain text: blocks and rows become lines, list items start with "- ", table cells are separated by " | ". Text without tags keeps its own lines. */
export function htmlToText(html: string): string {
  if (!looksLikeTag.test(html)) return decodeEntities(html)
  return new TextReader(html).read()
}

class TextReader {
  readonly #html: string
  readonly #out: string[] = []
  /** The last character put out, so that nothing ever has to look at the whole output again. */
  #last = '\n'
  #at = 0
  #isCellOpen = false

  constructor(html: string) {
    this.#html = html
  }

  read(): string {
    while (this.#at < this.#html.length) {
      const open = this.#html.indexOf('<', this.#at)
      if (open === -1) {
        this.#text(this.#html.slice(this.#at))
        break
      }
      this.#text(this.#html.slice(this.#at, open))
      this.#at = this.#markup(open)
    }
    const lines = this.#out.join('').split('\n')
    return lines
      .map((line) => line.trim())
      .filter((line) => line !== '' && line !== '-')
      .join('\n')
  }

  #put(text: string): void {
    if (text === '') return
    this.#out.push(text)
    this.#last = text.at(-1) ?? this.#last
  }

  /** Handles what starts at this "<" and answers where to go on. */
  #markup(open: number): number {
    if (this.#html.startsWith('<!--', open)) return this.#after('-->', open + 4)
    const next = this.#html[open + 1] ?? ''
    if (next === '!' || next === '?') return this.#after('>', open + 1)
    const name = /\/?[a-z][a-z0-9:-]{0,40}/iy
    name.lastIndex = open + 1
    const found = name.exec(this.#html)?.[0].toLowerCase()
    const end = found ? this.#tagEnd(name.lastIndex) : -1
    if (!found || end === -1) {
      this.#text('<')
      return open + 1
    }
    if (dropped.has(found) && this.#html[end - 1] !== '/') {
      return this.#afterElement(found, end + 1)
    }
    this.#tag(found)
    return end + 1
  }

  #tag(name: string): void {
    const element = name.replace('/', '')
    if (name === 'li') this.#item()
    else if (element === 'td' || element === 'th') this.#cell(name !== element)
    else if (element === 'li' || blocks.has(element)) this.#break()
  }

  #item(): void {
    this.#put('\n- ')
    this.#last = '\n'
  }

  #cell(isEnd: boolean): void {
    if (!isEnd && this.#isCellOpen) this.#put(this.#last === ' ' ? '| ' : ' | ')
    this.#isCellOpen = true
  }

  #break(): void {
    this.#isCellOpen = false
    // Nothing on the line yet, or only the dash of a list item: the next words may as well stay here.
    if (this.#last !== '\n') this.#put('\n')
  }

  #text(raw: string): void {
    const text = raw.replace(/\s+/g, ' ')
    this.#put(decodeEntities(this.#last === ' ' || this.#last === '\n' ? text.replace(/^ /, '') : text))
  }

  /**
   * The ">" of a tag, quotes respected; -1 when another tag starts first or none ends it: then the bracket was text. No place is passed by
   * more than three such scans (outside quotes, inside either kind), because two in the same state are one, so the work stays linear.
   */
  #tagEnd(from: number): number {
    for (let i = from; i < this.#html.length; i++) {
      const letter = this.#html[i]
      if (letter === '>') return i
      if (letter === '<') return -1
      if (letter === '"' || letter === "'") {
        const close = this.#html.indexOf(letter, i + 1)
        if (close !== -1) i = close
      }
    }
    return -1
  }

  #after(mark: string, from: number): number {
    const found = this.#html.indexOf(mark, from)
    return found === -1 ? this.#html.length : found + mark.length
  }

  #afterElement(name: string, from: number): number {
    const close = new RegExp(`</${name}\\b[^>]*>?`, 'gi')
    close.lastIndex = from
    return close.exec(this.#html) ? close.lastIndex : this.#html.length
  }
}
