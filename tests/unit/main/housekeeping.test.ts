import { expect, test } from 'vitest'
import { noRunCounts } from '../../../app/model/outcome.ts'
import { dailyHousekeeping } from '../../../main/housekeeping.ts'
import { anOutcome, tempStore } from '../app/store/temp-store.ts'

const dayMs = 86_400_000

function stage() {
  const { store, clock } = tempStore()
  const troubles: string[] = []
  let exchangesPruned = 0
  const daily = dailyHousekeeping(
    store,
    () => {
      exchangesPruned += 1
    },
    (found, what) => troubles.push(`${what}: ${found.code}`),
  )
  const { id } = store.runs.start(1, 'preview', 'person')
  store.runs.addOutcomes(
    id,
    Array.from({ length: 12_000 }, (_, n) => anOutcome(n + 1)),
  )
  store.runs.end(id, { outcome: 'done', fault: null, requests: 1, counts: noRunCounts() })
  const total = () => store.runs.outcomes(id, { offset: 0, limit: 1 }).total
  return { store, clock, daily, troubles, total, pruned: () => exchangesPruned }
}

test('goes through everything, bite by bite, and is done', async () => {
  const { store, clock, daily, troubles, total, pruned } = stage()
  store.audit.add({ who: 'person', what: 'tenant changed', tenantId: 1 })
  clock.nowMs += 800 * dayMs
  store.audit.add({ who: 'person', what: 'tenant changed', tenantId: 1 })
  const tidied = daily.tidy()
  // The first bite is taken at once, the rest gives way to whoever waits.
  expect(total()).toBe(10_000)
  await tidied
  expect([total(), pruned(), troubles]).toEqual([0, 1, []])
  expect(store.audit.list(null, 0, 10)).toHaveLength(1)
})

test('stops between two bites when the program ends, and touches nothing after', async () => {
  const { clock, daily, total, pruned } = stage()
  clock.nowMs += 30 * dayMs
  const tidied = daily.tidy()
  daily.end()
  await tidied
  expect([total(), pruned()]).toEqual([10_000, 0])
})

test('tells of trouble and goes on living', async () => {
  const { store, daily, troubles } = stage()
  store.close()
  await daily.tidy()
  expect(troubles).toEqual(['housekeeping: store-locked'])
})
