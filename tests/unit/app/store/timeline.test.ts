import { expect, test } from 'vitest'
import { noRunCounts } from '../../../../app/model/outcome.ts'
import { tempStore } from './temp-store.ts'

const hourMs = 3_600_000

function stage() {
  const { store, clock } = tempStore()
  const at = (iso: string): void => {
    clock.nowMs = Date.parse(iso)
  }
  const run = (tenantId: number, requests = 1, kind: 'sync' | 'preview' = 'sync'): number => {
    const { id } = store.runs.start(tenantId, kind, 'schedule')
    store.runs.end(id, { outcome: 'done', fault: null, requests, counts: noRunCounts() })
    return id
  }
  return { store, timeline: store.timeline, clock, at, run }
}

test('runs and changes of settings stand in the order in which they happened, by tenant, kind, result and time', () => {
  const { store, timeline, clock, run } = stage()
  const first = run(1)
  clock.nowMs += hourMs
  store.audit.add({ who: 'person', what: 'tenant changed', tenantId: 1, before: { a: 1 }, after: { a: 2 } })
  clock.nowMs += hourMs
  const second = run(2, 1, 'preview')
  store.runs.start(1, 'sync', 'person')
  const names = (query: Parameters<typeof timeline.list>[0]): string[] =>
    timeline
      .list(query, 0, 10)
      .rows.map((row) => (row.type === 'run' ? `run ${row.run.id}` : row.change.what))
  expect(names({})).toEqual(['run 3', `run ${second}`, 'tenant changed', `run ${first}`])
  expect(names({ tenantId: 1 })).toEqual(['run 3', 'tenant changed', `run ${first}`])
  expect(names({ kind: 'settings' })).toEqual(['tenant changed'])
  expect(names({ kind: 'preview' })).toEqual([`run ${second}`])
  expect(names({ outcome: 'done' })).toEqual([`run ${second}`, `run ${first}`])
  expect(names({ outcome: 'running' })).toEqual(['run 3'])
  expect(names({ kind: 'settings', outcome: 'done' })).toEqual([])
  expect(names({ from: '2026-05-10T13:00:00.000Z', to: '2026-05-10T14:00:00.000Z' })).toEqual([
    'tenant changed',
  ])
  expect(timeline.list({}, 1, 1)).toMatchObject({ total: 4, rows: [{ run: { id: second } }] })
})

test('days go from one of the reader’s midnights to the next, be they 23 or 25 hours apart', () => {
  const { timeline, at, run } = stage()
  // London: the night of 29 March 2026 has 23 hours, so this local day ends at 23:00 UTC.
  const borders = [
    '2026-03-28T00:00:00.000Z',
    '2026-03-29T00:00:00.000Z',
    '2026-03-29T23:00:00.000Z',
    '2026-03-30T23:00:00.000Z',
  ]
  for (const [iso, requests] of [
    ['2026-03-27T23:59:59.999Z', 1],
    ['2026-03-28T00:00:00.000Z', 2],
    ['2026-03-29T22:59:59.999Z', 4],
    ['2026-03-29T23:00:00.000Z', 8],
    ['2026-03-30T23:00:00.000Z', 16],
  ] as const) {
    at(iso)
    run(1, requests)
  }
  expect(timeline.days(borders, {}).map((day) => [day.runs.done, day.requests])).toEqual([
    [1, 2],
    [1, 4],
    [1, 8],
  ])
  expect(timeline.days(borders, { tenantId: 2 }).every((day) => day.requests === 0)).toBe(true)
  expect(timeline.days(borders, { kind: 'settings' }).every((day) => day.runs.done === 0)).toBe(true)
})
