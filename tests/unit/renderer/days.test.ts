import { afterEach, expect, test } from 'vitest'
import { bordersOf, dayKey, dayNamed, lastDays } from '../../../renderer/screens/runs/days.ts'

const zone = process.env.TZ
afterEach(() => {
  process.env.TZ = zone
  if (zone === undefined) delete process.env.TZ
})

test.each([
  ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z', 23],
  ['Europe/London', '2026-10-25', '2026-10-24T23:00:00.000Z', 25],
  ['Asia/Kolkata', '2026-03-29', '2026-03-28T18:30:00.000Z', 24],
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
  // The clock goes from 23:59 to 01:00: this day has no midnight.
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', 23],
])('in %s the day %s begins at %s and has %i hours', (timeZone, key, from, hours) => {
  process.env.TZ = timeZone
  const day = dayNamed(key)
  expect(day).toMatchObject({ key, from })
  expect((Date.parse(day?.to ?? '') - Date.parse(from)) / 3_600_000).toBe(hours)
})

test('the last days end with today, by the reader’s calendar, and each begins where the one before ends', () => {
  process.env.TZ = 'Australia/Lord_Howe'
  const days = lastDays(Date.UTC(2026, 3, 5, 14), 30)
  expect(days).toHaveLength(30)
  expect(days.at(-1)?.key).toBe('2026-04-06')
  days.slice(1).forEach((day, at) => {
    expect(day.from).toBe(days[at]?.to)
  })
  expect(bordersOf(days)).toHaveLength(31)
  expect(dayKey(new Date(days[0]?.from ?? ''))).toBe('2026-03-08')
})

test.each([null, '', '2026-02-30', '2026-13-01', '2026-1-1', 'today', '2026-01-01x'])(
  '%j names no day',
  (key) => {
    expect(dayNamed(key)).toBeNull()
  },
)
