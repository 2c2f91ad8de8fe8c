import { expect, test } from 'vitest'
import type { RunProgress } from '../../../../app/model/outcome.ts'
import { createProgress } from '../../../../app/sync/progress.ts'

function stage() {
  const told: RunProgress[] = []
  return { told, progress: createProgress(3, 4, (now) => told.push(now)) }
}

test('each step is told with the figures so far', () => {
  const { told, progress } = stage()
  progress.phase('reading', 'quotes')
  progress.reading('quote', 1)
  progress.reading('quote', 2)
  progress.read(100)
  progress.read(40)
  expect(told.at(-1)).toMatchObject({
    ...{
      runId: 3,
      tenantId: 4,
      phase: 'reading',
      entity: 'quotes',
      resource: 'quote',
      recordsRead: 140,
      plannedRequests: 3,
    },
  })
  progress.phase('writing', 'quotes')
  progress.toWrite(2)
  progress.count('quotes', 'created')
  progress.count('quotes', 'failed')
  expect(progress.now()).toMatchObject({ resource: null, recordsDone: 2, recordsTotal: 2 })
  expect(progress.now().counts.quotes).toEqual({
    created: 1,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    failed: 1,
  })
})

test('what was told does not change afterwards, and counts are not told one by one', () => {
  const { told, progress } = stage()
  progress.phase('writing', 'products')
  progress.count('products', 'created')
  expect(told).toHaveLength(1)
  expect(told[0]?.counts.products.created).toBe(0)
  progress.waiting('2026-05-10T12:01:00.000Z')
  expect(told.at(-1)).toMatchObject({ waitingUntil: '2026-05-10T12:01:00.000Z' })
  progress.waiting(null)
  expect(told.at(-1)?.waitingUntil).toBeNull()
})
