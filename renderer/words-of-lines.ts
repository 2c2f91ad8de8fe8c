import type { HaloBillingPeriod } from '../app/model/halo.ts'
import type { WhyUnchosen } from '../app/model/lines-view.ts'

/** Words for lines and prices of quotes, orders and products. */

const periods: Record<HaloBillingPeriod, string> = { 0: 'Once', 2: 'Monthly', 4: 'Quarterly', 3: 'Yearly' }
export const periodWord = (period: HaloBillingPeriod): string => periods[period]

export const whyWords: Record<WhyUnchosen, string> = {
  section: 'Its section was not chosen',
  choice: 'Another choice was taken',
  optional: 'Optional, not taken',
}
