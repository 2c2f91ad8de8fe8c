import { z } from 'zod'
import type { RingLimits } from '../../app/store/exchange-ring.ts'
import { defaultRing } from '../../app/store/exchanges.ts'
import type { Settings } from '../../app/store/settings.ts'

const day = 86_400_000

/** What may be asked for: 100 to 1,000,000 exchanges, 10 MB to 20 GB, one day to two years. */
export const retentionSchema = z.object({
  rows: z.int().min(100).max(1_000_000),
  bytes: z.int().min(10_000_000).max(20_000_000_000),
  ageMs: z
    .int()
    .min(day)
    .max(731 * day),
}) satisfies z.ZodType<RingLimits>

const key = 'exchange-limits'

/** The limits that were set, else those that a new installation has. */
export const readLimits = (settings: Settings): RingLimits =>
  settings.get(key, retentionSchema) ?? defaultRing

export const storeLimits = (settings: Settings, limits: RingLimits): void => settings.set(key, limits)
