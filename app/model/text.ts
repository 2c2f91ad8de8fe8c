import { htmlToText } from './html.ts'

/** Text as people typed it, made fit for a database field: no control characters, no markup, no broken letters. */

/** Marks that steer the direction of writing (a way to disguise text), soft hyphen and the byte order mark. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Letters, digits and signs of plain English on one line: nothing in it is to be cleaned but its ends. Most texts are so. */
const plainLine = /^[\x20-\x7e]*$/

/** Without control characters (line breaks become \n, tabs blanks), unpaired surrogates and invisible marks. Lines stay. */
export function cleanText(value: string): string {
  if (plainLine.test(value)) return value.trim()
  return value
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(invisible, '')
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n')
    .trim()
}

/** The same on one line: every run of white space is one blank. */
export const cleanLine = (value: string): string => cleanText(value).replace(/\s+/g, ' ')

/** Plain text of a description that may be HTML: see html.ts. Cut to `limit` characters where one is given. */
export function readableText(value: string, limit?: number): string {
  const text = cleanText(htmlToText(cleanText(value)))
    .replace(/\n{3,}/g, '\n\n')
    // Never leave anything that a later reader could take for a tag.
    .replace(/<(?=[a-z/!?])/gi, '< ')
  return limit === undefined ? text : cutText(text, limit)
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * At most `limit` UTF-16 units (as NVARCHAR counts), never through the middle of what a person sees as one character. Only a single
 * character longer than the limit itself is cut, at a whole code point.
 */
export function cutText(value: string, limit: number): string {
  if (value.length <= limit) return value
  if (limit <= 0) return ''
  // A little beyond the limit is enough to see where the character on the edge begins; it keeps hostile text cheap.
  const head = value.slice(0, limit + 100)
  const edge = graphemes.segment(head).containing(limit)?.index ?? limit
  const at = edge > 0 ? edge : limit
  const cut = value.slice(0, at)
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trimEnd()
}

/** A line, cut to `limit`. */
export const line = (value: string, limit: number): string => cutText(cleanLine(value), limit)

/**
 * One e-mail address in lower case, or '' when there is none. Takes "Name <a@b.c>", "mailto:a@b.c" and the first of several.
 */
export function normalEmail(value: string): string {
  for (const part of cleanLine(value)
    .slice(0, 2000)
    .split(/[;,\s<>]+/)) {
    const address = part.replace(/^mailto:/i, '').toLowerCase()
    if (address.length <= 254 && /^[^@"()[\]\\]+@[^@."()[\]\\]+(\.[^@."()[\]\\]+)*$/.test(address))
      return address
  }
  return ''
}

/** A person's name in two: "Ada Lovelace", "Lovelace, Ada"; what follows the first word is the last name. A single word is a first name. */
export function splitName(value: string): { readonly first: string; readonly last: string } {
  const name = cleanLine(value)
  const comma = name.indexOf(',')
  if (comma > 0 && comma < name.length - 1 && name.indexOf(',', comma + 1) === -1) {
    return { first: name.slice(comma + 1).trim(), last: name.slice(0, comma).trim() }
  }
  const blank = name.indexOf(' ')
  return blank === -1
    ? { first: name, last: '' }
    : { first: name.slice(0, blank), last: name.slice(blank + 1) }
}
