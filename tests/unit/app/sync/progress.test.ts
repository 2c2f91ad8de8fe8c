import { expect, test } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import type { RunProgress } from '../../../../app/model/outcome.ts'
import type { RunLogLine } from '../../../../app/model/run-story.ts'
import { createProgress } from '../../../../app/sync/progress.ts'

function stage() {
  const told: RunProgress[] = []
  const log: RunLogLine[] = []
  const world = { nowMs: Date.UTC(2026, 4, 10, 12), requests: 0 }
  const progress = createProgress(3, 4, {
    clock: { now: () => world.nowMs },
    requests: () => world.requests,
    onChange: (now) => told.push(now),
    onLog: (line) => log.push(line),
  })
  return { told, log, world, progress }
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

test('the story has each list with what was planned and what it took, and each phase with its times', () => {
  const { progress, world } = stage()
  const since = '2026-05-01T00:00:00.000Z'
  progress.phase('reading', 'quotes')
  progress.reading('quote', 1, { way: 'changes', since })
  world.requests += 1
  progress.reading('quote', 1)
  world.requests += 1
  progress.read(130)
  world.nowMs += 2_000
  progress.reading('quoteline', 7, {
    way: 'per parent',
    why: 'Seven requests per parent, 12 for the whole list.',
  })
  world.requests += 9
  progress.read(40)
  progress.phase('writing', 'quotes')
  world.requests += 5
  progress.phase('checkpoint', 'quotes')
  progress.moved('quote', '2026-05-09T00:00:00.000Z')
  const { lists, phases } = progress.story()
  expect(lists).toMatchObject([
    {
      resource: 'quote',
      way: 'changes',
      planned: null,
      requests: 2,
      rows: 130,
      since,
      until: '2026-05-09T00:00:00.000Z',
    },
    { resource: 'quoteline', way: 'per parent', planned: 7, requests: 9, rows: 40, since: null, until: null },
  ])
  expect(lists.every(({ entity, endedAt }) => entity === 'quotes' && endedAt !== null)).toBe(true)
  expect(phases.map(({ phase }) => phase)).toEqual(['reading', 'writing', 'checkpoint'])
  expect(phases[0]).toMatchObject({
    startedAt: '2026-05-10T12:00:00.000Z',
    endedAt: '2026-05-10T12:00:02.000Z',
  })
  expect(phases[2]?.endedAt).toBeNull()
})

test('a second plan for a list that is being read is told apart from one more page of it', () => {
  const { progress } = stage()
  progress.phase('reading', 'quotes')
  progress.reading('quoteline', 3, { way: 'per parent', why: 'few' })
  progress.reading('quoteline', 1)
  progress.reading('quoteline', 5, { way: 'whole list', why: 'the filter is ignored' })
  expect(progress.story().lists.map(({ way, planned }) => [way, planned])).toEqual([
    ['per parent', 4],
    ['whole list', 5],
  ])
})

test('the log tells of lists read, long waits and failures, and stops repeating itself', () => {
  const { progress, log, world } = stage()
  progress.phase('reading', 'quotes')
  progress.reading('quote', 1, { way: 'changes' })
  progress.waiting('2026-05-10T12:00:02.000Z')
  progress.waiting(null)
  progress.waiting('2026-05-10T12:01:00.000Z')
  world.nowMs += 60_000
  progress.waiting(null)
  expect(progress.story().waitedMs).toBe(60_000)
  progress.phase('writing', 'quotes')
  for (let id = 1; id <= 300; id += 1)
    progress.failed({ entity: 'quotes', commerceId: id, label: `Q${id}`, fault: fault('record-invalid') })
  progress.count('quotes', 'created')
  progress.phase('checkpoint', 'quotes')
  expect(log.filter(({ what }) => what === 'waiting')).toHaveLength(1)
  expect(log.filter(({ what }) => what === 'record failed')).toHaveLength(200)
  expect(log.filter(({ what }) => what === 'more records failed')).toHaveLength(1)
  expect(log.at(-1)).toMatchObject({
    what: 'written',
    level: 'info',
    facts: { entity: 'quotes', created: 1 },
  })
})
