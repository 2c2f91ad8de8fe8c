import { type Cell, cellText } from './cell.ts'
import { type DateOrder, readSheetDate } from './dates.ts'
import type { SheetField } from './field-type.ts'
import { type Decimal, readSheetNumber } from './numbers.ts'

/** How the text of a column is to be understood; decided once for a whole column. */
export type ColumnForm = {
  readonly decimal: Decimal
  readonly dates: DateOrder
  /** What a person said that a value stands for, by the value in lower case: "lost deal" -> "Declined"; '' for "as if empty". */
  readonly replace: Readonly<Record<string, string>>
}

export const usualForm: ColumnForm = { decimal: '.', dates: 'ymd', replace: {} }

/** A checked value: money and numbers as numbers, dates as "2024-01-31" or with a time, choices as their number. */
export type SheetValue = string | number | boolean | null

export type ValueProblem =
  | 'mandatory'
  | 'failed-formula'
  | 'no-number'
  | 'no-whole-number'
  | 'no-date'
  | 'no-yes-no'
  | 'no-e-mail'
  | 'unknown-choice'
  | 'too-long'
  | 'out-of-range'

export type Read = { readonly value: SheetValue } | { readonly problem: ValueProblem }

/** The greatest number that Halo's money columns and our arithmetic both hold exactly. */
const mostNumber = 900_000_000_000

/** Reads one cell as its field wants it. Text is trimmed at its ends; an empty one is null, or a problem where it is mandatory. */
export function readValue(cell: Cell, field: SheetField, form: ColumnForm): Read {
  const replaced = replace(cell, form)
  const value = typeof replaced === 'string' ? replaced.trim() : replaced
  if (value === null || value === '') return field.isMandatory ? { problem: 'mandatory' } : { value: null }
  if (typeof value === 'object' && value.kind === 'error') return { problem: 'failed-formula' }
  switch (field.type) {
    case 'text':
    case 'long text':
      return limited(cellText(value), field)
    case 'e-mail':
      return email(cellText(value))
    case 'date':
      return date(value, form)
    case 'yes/no':
      return yesNo(value)
    case 'choice':
      return chosen(value, field)
    default:
      return number(value, field, form)
  }
}

function replace(cell: Cell, { replace: by }: ColumnForm): Cell {
  if (isEmpty(by)) return cell
  const text = cellText(cell).trim().toLowerCase()
  return Object.hasOwn(by, text) ? (by[text] ?? null) : cell
}

/** Usual, and asked for every cell. */
function isEmpty(by: ColumnForm['replace']): boolean {
  for (const _ in by) return false
  return true
}

const limited = (text: string, { maxLength }: SheetField): Read =>
  maxLength !== null && text.length > maxLength ? { problem: 'too-long' } : { value: text }

function email(text: string): Read {
  const bare = text.replace(/^mailto:/i, '').toLowerCase()
  return /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(bare) && bare.length <= 255
    ? { value: bare }
    : { problem: 'no-e-mail' }
}

function date(cell: Cell, { dates }: ColumnForm): Read {
  if (typeof cell === 'object' && cell !== null) return { value: cell.text }
  const read = typeof cell === 'string' ? readSheetDate(cell, dates) : null
  return read === null ? { problem: 'no-date' } : { value: read }
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'oui', 'si', 'sí', 'on', 'wahr'])
const no = new Set(['no', 'n', 'false', '0', '-', 'nein', 'non', 'off', 'falsch'])

function yesNo(cell: Cell): Read {
  if (typeof cell === 'boolean') return { value: cell }
  const word = cellText(cell).toLowerCase()
  if (yes.has(word)) return { value: true }
  return no.has(word) ? { value: false } : { problem: 'no-yes-no' }
}

function chosen(cell: Cell, { choices }: SheetField): Read {
  const word = cellText(cell).toLowerCase()
  const found = choices.find(
    (one) => one.word.toLowerCase() === word || one.also.includes(word) || String(one.value) === word,
  )
  return found ? { value: found.value } : { problem: 'unknown-choice' }
}

function number(cell: Cell, field: SheetField, { decimal }: ColumnForm): Read {
  const read =
    typeof cell === 'number' ? cell : typeof cell === 'string' ? readSheetNumber(cell, decimal) : null
  if (read === null || !Number.isFinite(read)) return { problem: 'no-number' }
  if (Math.abs(read) > mostNumber) return { problem: 'out-of-range' }
  if (field.type === 'whole number' && !Number.isInteger(read)) return { problem: 'no-whole-number' }
  return { value: read }
}
