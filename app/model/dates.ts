/**
 * Dates as Commerce sends them: ISO text with or without a zone (none means UTC, apis.md §1.2: unknown, so the database's
 * habit is assumed), year 1 for "never".
 */
const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/** SQL Server's DATETIME, which Halo uses, begins here; nothing in this business is older, so an earlier year is rubbish. */
const firstYear = 1753

/**
 * UTC ISO with milliseconds, or null for an absent, unreadable or "year 1" date (any that Halo's columns could not hold, and a day that
 * no month has). Never depends on the machine's zone.
 */
export function readDate(value: string | null | undefined): string | null {
  if (!value) return null
  // What this program has written itself, thousands of times a second: 2026-03-01T09:30:00.000Z.
  if (value.length === 24 && value.endsWith('Z') && value >= '1753') {
    const instant = new Date(value)
    if (!Number.isNaN(instant.getTime()) && instant.toISOString() === value) return value
  }
  const found = shape.exec(value.trim())
  if (!found) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found
  if (Number(day) > daysIn(Number(year), Number(month))) return null
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3)
  const offset =
    zone.toUpperCase() === 'Z' ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`)
  const utcYear = instant.getUTCFullYear()
  return utcYear >= firstYear && utcYear <= 9999 ? instant.toISOString() : null
}

/** 0 for a month that does not exist. JavaScript itself would read 31 February as 3 March. */
function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}
