import type { BudgetBook, Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { Freshness, TenantHealth } from './api/port.ts'

type HealthParts = {
  readonly store: Store
  readonly book: BudgetBook
  readonly clock: Clock
  /** The budget's name for a tenant's key; null when there is no key. */
  readonly budgetKeyOf: (tenantId: number) => string | null
}

/** How a tenant is doing, from what the store knows. */
export function healthOf(parts: HealthParts, tenant: Tenant): TenantHealth {
  const { store, clock } = parts
  const now = clock.now()
  const lastGoodAt = store.runs.lastGood(tenant.id)?.endedAt ?? null
  const { nextDue } = store.schedules.get(tenant.id)
  return {
    tenantId: tenant.id,
    freshness: freshnessOf(tenant, lastGoodAt, now),
    lastGoodAt,
    nextDueAt: tenant.isEnabled && tenant.schedule.kind !== 'off' ? nextDue : null,
    recentRuns: store.runs.list({ tenantId: tenant.id }, 0, 30).rows,
    records: store.records.counts(tenant.id),
    failures: store.failures.counts(tenant.id),
    budget: budgetUse(parts, tenant, now),
  }
}

/** A day for a cron line, whose distance is not fixed; the schedule's own distance else. */
function usualDistanceMs(tenant: Tenant): number {
  return tenant.schedule.kind === 'every' && !tenant.schedule.between
    ? tenant.schedule.minutes * 60_000
    : 86_400_000
}

/** fresh: the last good run is at most two distances old; late: at most four; stale: older. */
export function freshnessOf(tenant: Tenant, lastGoodAt: string | null, nowMs: number): Freshness {
  if (!tenant.isEnabled) return 'disabled'
  if (tenant.pausedUntil && Date.parse(tenant.pausedUntil) > nowMs) return 'paused'
  if (!lastGoodAt) return 'never'
  const age = nowMs - Date.parse(lastGoodAt)
  if (tenant.schedule.kind === 'off') return 'fresh'
  const distance = usualDistanceMs(tenant)
  return age <= 2 * distance ? 'fresh' : age <= 4 * distance ? 'late' : 'stale'
}

function budgetUse(parts: HealthParts, tenant: Tenant, now: number): TenantHealth['budget'] {
  const limits = { perMinute: tenant.requestsPerMinute, perDay: tenant.requestsPerDay }
  const key = parts.budgetKeyOf(tenant.id)
  if (!key) return { ...limits, minute: 0, day: 0, blockedUntil: null }
  const { minute, day, blockedUntilMs } = parts.book.usage(key, now)
  return {
    ...limits,
    minute,
    day,
    blockedUntil: blockedUntilMs ? new Date(blockedUntilMs).toISOString() : null,
  }
}
