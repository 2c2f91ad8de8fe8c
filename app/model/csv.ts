/**
 * Comma-separated values that a person opens in a spreadsheet: RFC 4180 quoting, and no cell that a spreadsheet would take for a formula
 * (owasp.org, CSV Injection). Pure, and the one place of it: every export uses this.
 */

export type CsvValue = string | number | boolean | null

export const csvSeparators = [',', ';', '\t'] as const
export type CsvFormat = {
  readonly separator: (typeof csvSeparators)[number]
  /** How numbers write their fraction: what the spreadsheet's own locale expects. */
  readonly decimal: '.' | ','
  /** Byte order mark in front: without it Excel reads UTF-8 as something else. */
  readonly hasMark: boolean
}

/** What a spreadsheet of this locale expects: where the comma is the decimal sign, cells are parted by semicolons. */
export function csvFormatOf(locale: string | undefined): CsvFormat {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  const isComma = parts.some(({ type, value }) => type === 'decimal' && value === ',')
  return { separator: isComma ? ';' : ',', decimal: isComma ? ',' : '.', hasMark: true }
}

/** What stands before the first row. */
export const csvStart = ({ hasMark }: CsvFormat): string => (hasMark ? '\uFEFF' : '')

/** One row with its line end. */
export const csvRow = (values: readonly CsvValue[], format: CsvFormat): string =>
  `${values.map((value) => csvCell(value, format)).join(format.separator)}\r\n`

/** One cell. Numbers stay numbers, below zero too; text that begins like a formula gets an apostrophe in front, which spreadsheets hide or show but never run. */
export function csvCell(value: CsvValue, format: CsvFormat): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return quoted(numberText(value, format.decimal), format.separator)
  return quoted(harmless(value), format.separator)
}

/** Never with an exponent: 1e21 is no amount of anybody's, and what is not finite is empty. */
function numberText(value: number, decimal: CsvFormat['decimal']): string {
  if (!Number.isFinite(value)) return ''
  const text = String(value === 0 ? 0 : value)
  const plain = text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text
  return decimal === ',' ? plain.replace('.', ',') : plain
}

/** Signs that begin a formula, their full-width forms too; tab and line breaks, which some programs strip before they look. */
const risky = /^[=+\-@\t\r\n＝＋－＠]/
/** What hides such a sign from a reader's first look: blanks and marks without width. */
const hidden = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]+/
const plainNumber = /^-\d{1,15}(?:\.\d{1,12})?$/

function harmless(text: string): string {
  if (plainNumber.test(text)) return text
  return risky.test(text) || risky.test(text.replace(hidden, '')) ? `'${text}` : text
}

function quoted(text: string, separator: string): string {
  const needsQuotes = text.includes(separator) || /["\r\n]|^\s|\s$/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}
