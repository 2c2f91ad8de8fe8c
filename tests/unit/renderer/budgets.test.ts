import { expect, it } from 'vitest'
import { budgetsByKey, busiest } from '../../../renderer/ui/budgets.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

const use = (minute: number, day: number) => ({
  minute,
  day,
  perMinute: 60,
  perDay: 10_000,
  blockedUntil: null,
})

it('shows one budget a key, and the one that has used most of a limit', () => {
  const { store } = tempStore()
  const add = (name: string) =>
    must(store.tenants.add({ name, instanceUrl: 'https://a.mydattocommerce.com' }))
  const views = ['North', 'South', 'West', 'Key of its own'].map((name, at) => ({
    tenant: add(name),
    key: at === 2 ? null : { setAt: '', endsIn: at === 3 ? '9999' : '1234' },
  }))
  const uses = [use(5, 900), use(5, 900), use(5, 900), use(1, 2_000)]
  const health = views.map(({ tenant }, at) => ({
    tenantId: tenant.id,
    freshness: 'fresh' as const,
    lastGoodAt: null,
    nextDueAt: null,
    recentRuns: [],
    records: { customers: 0, quotes: 0, salesOrders: 0, products: 0 },
    failures: { healing: 0, needsYou: 0 },
    budget: uses[at] ?? use(0, 0),
  }))
  const keys = budgetsByKey(health, views)
  expect(keys.map(({ names }) => names)).toEqual([['North', 'South'], ['West'], ['Key of its own']])
  expect(busiest(keys)?.names).toEqual(['Key of its own'])
  expect(busiest([])).toBeUndefined()
})
