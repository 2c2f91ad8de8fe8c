/** A day of the reader: from one local midnight to the next, in UTC ISO. In a night when clocks change it has 23 or 25 hours. */
export type Day = { readonly key: string; readonly from: string; readonly to: string }

/** "2026-05-01", by the reader's calendar. */
export function dayKey(at: Date): string {
  const month = String(at.getMonth() + 1).padStart(2, '0')
  return `${at.getFullYear()}-${month}-${String(at.getDate()).padStart(2, '0')}`
}

/** The day that starts at midnight (or, in zones that skip it, at the first moment) of this calendar day. */
function dayFrom(year: number, month: number, date: number): Day {
  const from = new Date(year, month, date)
  return {
    key: dayKey(from),
    from: from.toISOString(),
    to: new Date(year, month, date + 1).toISOString(),
  }
}

/** The last days up to today, oldest first. */
export function lastDays(nowMs: number, count: number): readonly Day[] {
  const today = new Date(nowMs)
  return Array.from({ length: count }, (_, back) =>
    dayFrom(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - back)),
  )
}

/** The day that an address names ("2026-05-01"); null for anything else, and for a day that no calendar has. */
export function dayNamed(key: string | null): Day | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(key ?? '') ?? []
  if (!year || !month || !date) return null
  const day = dayFrom(Number(year), Number(month) - 1, Number(date))
  return day.key === key ? day : null
}

/** The borders between these days, one more than days. */
export const bordersOf = (days: readonly Day[]): string[] => [
  ...days.map(({ from }) => from),
  ...days.slice(-1).map(({ to }) => to),
]
