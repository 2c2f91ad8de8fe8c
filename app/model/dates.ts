/**
 * Dates as Commerce sends them: ISO text with or without a zone (none means UTC, apis.md §1.2: unknown, so the database's
 * habit is assumed), year 1 for "never".
 */
const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/** UTC ISO with milliseconds, or null for an absent, unreadable or "year 1" date. Never depends on the machine's zone. */
export function readDate(value: string | null | undefined): string | null {
  if (!value) return null
  const found = shape.exec(value.trim())
  if (!found) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found
  if (Number(year) <= 1) return null
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3)
  const offset =
    zone.toUpperCase() === 'Z' ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
