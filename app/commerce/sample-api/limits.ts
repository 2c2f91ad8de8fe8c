import type { Clock } from '../../model/ports.ts'

/** The vendor's own limits (apis.md §1.4). */
export const vendorLimits = { perMinute: 60, perDay: 10_000 }
export type Limits = typeof vendorLimits

const minuteMs = 60_000
const dayMs = 86_400_000

/** Grants requests within a sliding minute and the UTC day; null when granted, else the milliseconds until the next one would be. */
export function makeLimiter(limits: Limits, clock: Clock): { take(): number | null } {
  // A ring of the last `perMinute` grants: the oldest must be a minute old before another fits.
  const ring = new Float64Array(limits.perMinute).fill(Number.NEGATIVE_INFINITY)
  let at = 0
  let day = -1
  let today = 0
  return {
    take: () => {
      const nowMs = clock.now()
      if (Math.floor(nowMs / dayMs) !== day) {
        day = Math.floor(nowMs / dayMs)
        today = 0
      }
      if (today >= limits.perDay) return (day + 1) * dayMs - nowMs
      const freeMs = (ring[at] ?? 0) + minuteMs
      if (freeMs > nowMs) return freeMs - nowMs
      ring[at] = nowMs
      at = (at + 1) % ring.length
      today++
      return null
    },
  }
}
