const dayMs = 86_400_000
/** Day 0 of the two ways in which workbooks count days. */
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)
/** The last day that they know: 9999-12-31. */
const lastDay = 2_958_466

/**
 * A day number as local text: "2024-01-31", or with a time "2024-01-31T10:15:00" (to the second; a time alone is on day 0).
 * Null for a number that is no date. The day 60 of the older count, 29 February 1900, never was; it and what is before it follow
 * the programs that wrote them.
 */
export function serialDate(serial: number, is1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= lastDay) return null
  const shifted = !is1904 && serial > 0 && serial < 60 ? serial + 1 : serial
  const seconds = Math.round(shifted * 86_400)
  const at = new Date((is1904 ? epoch1904 : epoch1900) + seconds * 1000)
  const text = at.toISOString()
  return at.getTime() % dayMs === 0 ? text.slice(0, 10) : text.slice(0, 19)
}
