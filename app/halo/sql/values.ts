import { readDate } from '../../model/dates.ts'
import { type Fault, fault } from '../../model/fault.ts'
import type { LiveColumn, LiveTable, SqlDialect, Value } from './dialect.ts'

/** A value as it will be stored, with a fault when it cannot be, or a note when it was cut. */
export type Fitted = { readonly value: Value; readonly trouble: Fault | null; readonly isCut: boolean }

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int: [-2_147_483_648, 2_147_483_647],
  small: [-32_768, 32_767],
  big: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
}

const fine = (value: Value): Fitted => ({ value, trouble: null, isCut: false })

/** The faults that concern one value: which column, what it held (shortened), what is allowed. */
const refused = (table: LiveTable, column: LiveColumn, value: Value | boolean): Fitted => ({
  value: null,
  trouble: fault('halo-value-refused', {
    facts: { column: `${table.spec.name}.${column.name}`, value: String(value).slice(0, 80) },
  }),
  isCut: false,
})

/**
 * Brings a value into its column's form: text within its length, whole numbers in range, decimals rounded to those that the column
 * keeps, floats to 15 digits, bits 0 or 1, dates (UTC ISO) as the database writes them. '' empties a column that is not text.
 */
export function fitValue(
  table: LiveTable,
  column: LiveColumn,
  value: string | number | boolean,
  dateText: SqlDialect['dateText'],
): Fitted {
  const { kind } = column.type
  if (kind === 'text' || kind === 'other') return fitText(table, column, value)
  if (value === '') return column.isNotNull ? refused(table, column, value) : fine(null)
  if (kind === 'date') {
    const iso = readDate(String(value))
    const text = iso === null ? null : dateText(iso, column)
    return text === null ? refused(table, column, value) : fine(text)
  }
  const number = Number(value)
  if (!Number.isFinite(number)) return refused(table, column, value)
  if (kind === 'bit') return fine(number === 0 ? 0 : 1)
  const range = ranges[kind]
  if (kind === 'float') return fine(exact(number))
  if (!range) return fine(round(number, column.type.scale))
  const isInRange = Number.isInteger(number) && number >= range[0] && number <= range[1]
  return isInRange ? fine(number) : refused(table, column, value)
}

function fitText(table: LiveTable, column: LiveColumn, value: string | number | boolean): Fitted {
  const given = typeof value === 'string' ? value : String(value)
  // No database but SQLite keeps a zero character, and half a character comes back as another one.
  const text = (given.includes('\0') ? given.replaceAll('\0', '') : given).toWellFormed()
  const { limit } = column.type
  if (limit === null || text.length <= limit) return fine(text)
  const trouble = fault('halo-value-too-long', {
    facts: { column: `${table.spec.name}.${column.name}`, length: text.length, limit },
  })
  if (!column.spec?.isCut) return { value: null, trouble, isCut: false }
  return { value: cut(text, limit), trouble, isCut: true }
}

/** Ends in an ellipsis and never in half a character. */
function cut(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 2)
  const isHalf = last >= 0xd800 && last <= 0xdbff
  return `${text.slice(0, isHalf ? limit - 2 : limit - 1)}…`
}

/** A double without the noise of its last digits (0.1 + 0.2 is 0.3); a unit price may need twelve decimals (docs/decisions/023). */
function exact(value: number): number {
  const short = Math.round(value * 1e4) / 1e4
  return (short === value ? value : Number(value.toPrecision(15))) + 0
}

function round(value: number, scale: number): number {
  const factor = 10 ** scale
  const rounded = Math.round(value * factor) / factor
  // Zero has one sign, and a number beyond the exact range stays itself.
  return Number.isSafeInteger(Math.round(value * factor)) ? rounded + 0 : value
}

/** Whether what Halo has (`current`) is what would be stored. Null and '' are the same text; decimals count as far as the column keeps them, floats to 15 digits, dates to the instant. */
export function isSame(column: LiveColumn, current: Value, stored: Value): boolean {
  if (current === stored) return true
  const { kind, scale } = column.type
  if (kind === 'text' || kind === 'other') return String(current ?? '') === String(stored ?? '')
  if (current === null || stored === null) return false
  if (kind === 'float') return exact(Number(current)) === exact(Number(stored))
  if (kind === 'date') return readDate(String(current)) === readDate(String(stored))
  return round(Number(current), scale) === round(Number(stored), scale)
}
