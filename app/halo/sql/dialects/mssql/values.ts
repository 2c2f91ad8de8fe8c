import { TYPES } from 'tedious'
import type { LiveColumn, Value } from '../../dialect.ts'
import type { ColumnType } from '../../schema.ts'

type DataType = (typeof TYPES)[keyof typeof TYPES]

/** How a value travels: the type of the parameter or staged column, what its type takes, and the value itself. */
export type Carrier = {
  readonly type: DataType
  readonly options: { readonly length?: number; readonly precision?: number; readonly scale?: number }
  /** The same, as a column is declared. */
  readonly declared: string
  readonly carry: (value: Value) => string | number | boolean | Date | null
}

const asIs = (value: Value): Value => value

const longText: Carrier = {
  ...{ type: TYPES.NVarChar, options: { length: 2 ** 30 - 1 }, declared: 'NVARCHAR(MAX)', carry: asIs },
}
/** One length for all, so that texts of different lengths share a plan. A column's own shorter length is its own to enforce. */
const shortText: Carrier = {
  ...{ type: TYPES.NVarChar, options: { length: 4000 }, declared: 'NVARCHAR(4000)', carry: asIs },
}
const float: Carrier = { type: TYPES.Float, options: {}, declared: 'FLOAT(53)', carry: asIs }
const big: Carrier = {
  ...{ type: TYPES.BigInt, options: {}, declared: 'BIGINT' },
  // The driver writes a BIGINT from its digits.
  carry: (value) => (value === null ? null : String(value)),
}
const int: Carrier = { type: TYPES.Int, options: {}, declared: 'INT', carry: asIs }

const carriers: Readonly<Record<ColumnType['kind'], Carrier>> = {
  int,
  big,
  small: { type: TYPES.SmallInt, options: {}, declared: 'SMALLINT', carry: asIs },
  bit: {
    ...{ type: TYPES.Bit, options: {}, declared: 'BIT' },
    carry: (value) => (value === null ? null : value !== 0),
  },
  float,
  decimal: float,
  text: shortText,
  other: shortText,
  // Wide enough for every kind of date; the values are rounded as their column rounds already.
  date: {
    ...{ type: TYPES.DateTime2, options: { scale: 3 }, declared: 'DATETIME2(3)' },
    carry: (value) => (value === null ? null : new Date(`${String(value).replace(' ', 'T')}Z`)),
  },
}

/** How the values of a column travel. Money and decimals go with the column's own decimals, so that no double is rounded on the way. */
export function carrierOf(column: LiveColumn): Carrier {
  const { kind, limit, scale } = column.type
  if (kind === 'text') return limit !== null && limit <= 4000 ? shortText : longText
  if (kind !== 'decimal') return carriers[kind]
  const precision = Math.max(28, scale)
  return {
    ...{ type: TYPES.Decimal, options: { precision, scale }, carry: asIs },
    declared: `DECIMAL(${precision}, ${scale})`,
  }
}

/** How a value that is only compared travels. A whole number must not come as a float, or no index would serve. */
export function carrierOfValue(value: Value): Carrier {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return float
    return Math.abs(value) < 2 ** 31 ? int : big
  }
  return value === null || value.length <= 4000 ? shortText : longText
}

/** A value as the driver gives it: bits as 0 and 1, dates as UTC text, decimals and BIGINTs as numbers. */
export function readValue(given: unknown, type: string): Value {
  if (given === null || given === undefined) return null
  if (typeof given === 'boolean') return given ? 1 : 0
  if (given instanceof Date) return isoText(given)
  if (typeof given === 'bigint') return Number(given)
  if (typeof given === 'number') return given
  if (Buffer.isBuffer(given)) return given.toString('hex')
  // The driver gives a BIGINT as text; one that may be NULL comes as IntN, as does every whole number that may be.
  return type === 'BigInt' || type === 'IntN' ? Number(given) : String(given)
}

const isoText = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '')

/**
 * The text that a column will give back for an instant. DATETIME keeps three hundredths of a second (.000, .003, .007), SMALLDATETIME minutes,
 * DATE days, DATETIME2(n) n decimals. Null beyond the column's range (learn.microsoft.com, datetime and smalldatetime).
 */
export function dateText(iso: string, column: LiveColumn): string | null {
  const ms = Date.parse(iso)
  const base = /^\w+/.exec(column.declared)?.[0]?.toLowerCase() ?? ''
  const [first, last] = base === 'smalldatetime' ? smallRange : base === 'datetime' ? range : wideRange
  if (ms < first || ms > last) return null
  return isoText(new Date(rounded(ms, base, column.declared)))
}

function rounded(ms: number, base: string, declared: string): number {
  // A day has a whole number of ticks, so rounding the instant rounds the time of day.
  if (base === 'datetime') return Math.round((Math.round((ms * 3) / 10) * 10) / 3)
  if (base === 'smalldatetime') return Math.round(ms / 60_000) * 60_000
  if (base === 'date') return Math.floor(ms / 86_400_000) * 86_400_000
  const decimals = /\((\d)\)/.exec(declared)?.[1]
  const step = decimals === undefined ? 1 : Math.max(1, 10 ** (3 - Number(decimals)))
  return Math.round(ms / step) * step
}

const smallRange = [Date.UTC(1900, 0, 1), Date.UTC(2079, 5, 6, 23, 59)] as const
const range = [Date.UTC(1753, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 997)] as const
const wideRange = [Date.UTC(1753, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)] as const
