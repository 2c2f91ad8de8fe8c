import type { HaloBillingPeriod } from '../halo.ts'

/** Commerce's recurring types in Halo's billing period codes (apis.md §1.5, §2.4: two independent sources). */
const periods: readonly HaloBillingPeriod[] = [2, 4, 3]

export type Recurring = {
  readonly isRecurring: boolean
  readonly recurringType: number | null
}

/** The billing period, 0 when paid once. A recurring type nobody knows (or none) counts as monthly, and `isKnown` is false. */
export function billingPeriodOf(source: Recurring): {
  readonly period: HaloBillingPeriod
  readonly isKnown: boolean
} {
  if (!source.isRecurring) return { period: 0, isKnown: true }
  const period = source.recurringType === null ? undefined : periods[source.recurringType]
  return { period: period ?? 2, isKnown: period !== undefined }
}
