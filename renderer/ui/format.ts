/** Numbers, money and times in the user's own locale. Money has no sign: Commerce does not say which currency it is in. */

const whole = new Intl.NumberFormat()
const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const exact = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})
const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

export const count = (value: number): string => whole.format(value)
export const amount = (value: number): string => money.format(value)
/** With the weekday, seconds and zone: what stands on hover. */
export const exactTime = (iso: string): string => exact.format(new Date(iso))
export const dayOf = (iso: string): string => day.format(new Date(iso))

const steps = [
  { unit: 'second', ms: 1_000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 86_400_000 },
  { unit: 'day', ms: 86_400_000, below: 30 * 86_400_000 },
] as const

/** "5 min. ago", "in 2 hr."; past a month the day itself, since "7 weeks ago" helps nobody. */
export function relativeTime(iso: string, nowMs: number): string {
  const distance = new Date(iso).getTime() - nowMs
  const step = steps.find(({ below }) => Math.abs(distance) < below)
  if (!step) return dayOf(iso)
  const value = Math.trunc(distance / step.ms)
  if (step.unit === 'second' && Math.abs(value) < 10) return value > 0 ? 'in a moment' : 'just now'
  return relative.format(value, step.unit)
}

/** "84 ms", "12 s", "3 min 5 s", "2 h 10 min". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "1 quote", "3 quotes"; the plural is the singular with an s unless given. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** "240 B", "12 kB", "3.4 MB". */
export function bytes(value: number): string {
  if (value < 1_000) return `${value} B`
  if (value < 1_000_000) return `${Math.round(value / 1_000)} kB`
  return `${(value / 1_000_000).toFixed(1)} MB`
}
