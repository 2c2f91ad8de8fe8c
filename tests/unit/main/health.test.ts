import { expect, test } from 'vitest'
import { firstProgress } from '../../../app/model/outcome.ts'
import type { Schedule, Tenant } from '../../../app/model/tenant.ts'
import { budgetBook } from '../../../app/store/budget.ts'
import { freshnessOf, healthOf } from '../../../main/health.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

const hourly: Schedule = { kind: 'every', minutes: 60, between: null, zone: 'UTC' }

function stage(patch: Partial<Tenant> = {}) {
  const { store, clock } = tempStore()
  const tenant = must(
    store.tenants.add({
      name: 'North',
      instanceUrl: 'https://north.mydattocommerce.com',
      schedule: hourly,
      ...patch,
    }),
  )
  const hoursAgo = (hours: number) => new Date(clock.nowMs - hours * 3_600_000).toISOString()
  return { store, clock, tenant, hoursAgo }
}

test('freshness is the age of the last good run, in distances of the schedule', () => {
  const { tenant, clock, hoursAgo } = stage()
  const at = (hours: number, change: Partial<Tenant> = {}) =>
    freshnessOf({ ...tenant, ...change }, hoursAgo(hours), clock.nowMs)
  expect([1, 2, 3, 4, 5].map((hours) => at(hours))).toEqual(['fresh', 'fresh', 'late', 'late', 'stale'])
  expect(at(47, { schedule: { kind: 'cron', line: '0 3 * * *', zone: 'UTC' } })).toBe('fresh')
  expect(at(49, { schedule: { kind: 'cron', line: '0 3 * * *', zone: 'UTC' } })).toBe('late')
  expect(at(47, { schedule: { ...hourly, between: { from: '08:00', to: '18:00' } } })).toBe('fresh')
  expect(at(9999, { schedule: { kind: 'off' } })).toBe('fresh')
  expect(freshnessOf(tenant, null, clock.nowMs)).toBe('never')
  expect(at(9999, { isEnabled: false })).toBe('disabled')
  expect(at(9999, { pausedUntil: hoursAgo(-1) })).toBe('paused')
  expect(at(9999, { pausedUntil: hoursAgo(1) })).toBe('stale')
})

test('health puts together what the store knows', () => {
  const { store, clock, tenant } = stage()
  const book = budgetBook(store.db)
  book.take('a-key', { perMinute: 60, perDay: 10_000, reserve: 0 }, clock.nowMs)
  const run = store.runs.start(tenant.id, 'sync', 'person')
  const { counts } = firstProgress(run.id, tenant.id)
  store.runs.end(run.id, { outcome: 'done', fault: null, requests: 1, counts })
  const health = healthOf({ store, book, clock, budgetKeyOf: () => 'a-key' }, tenant)
  expect(health).toMatchObject({
    ...{ tenantId: tenant.id, freshness: 'fresh', lastGoodAt: clock.iso() },
    budget: { perMinute: 60, perDay: 10_000, minute: 1, day: 1, blockedUntil: null },
  })
  expect(health.recentRuns.map((one) => one.id)).toEqual([run.id])
  const keyless = healthOf({ store, book, clock, budgetKeyOf: () => null }, tenant)
  expect(keyless.budget).toMatchObject({ minute: 0, day: 0 })
})
