import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOff, retryAfter, sleep } from '../../../../app/http/retry.ts'

const now = Date.UTC(2026, 4, 10, 12)

describe('the wait before another try', () => {
  it('doubles from a second to a minute, and anything below it is possible', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((attempt) => backOff(attempt, () => 1))
    expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(backOff(5, () => 0)).toBe(0)
  })

  it('never leaves its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const ms = backOff(n, () => share)
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThanOrEqual(60_000)
        },
      ),
    )
  })
})

describe('Retry-After', () => {
  it.each([
    ['5', 5000],
    [' 0 ', 0],
    ['1.5', 1500],
    ['99999999', 86_400_000],
    ['Sun, 10 May 2026 12:01:00 GMT', 60_000],
    ['2026-05-10T12:01:00Z', 60_000],
    ['Sun, 10 May 2020 12:01:00 GMT', 0],
    ['Sun, 10 May 2099 12:01:00 GMT', 86_400_000],
    ['10 May 2026 12:01:00', null],
    ['-5', null],
    ['a while', null],
    ['', null],
    [undefined, null],
  ])('%s is %s ms', (value, ms) => {
    expect(retryAfter(value, now)).toBe(ms)
  })
})

describe('sleeping', () => {
  it('ends at once when it is cancelled, before or meanwhile', async () => {
    await sleep(1e6, AbortSignal.abort())
    const stop = new AbortController()
    const slept = sleep(1e6, stop.signal)
    stop.abort()
    await slept
    await sleep(1, new AbortController().signal)
    expect(stop.signal.aborted).toBe(true)
  })
})
