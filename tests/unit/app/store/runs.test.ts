import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { noRunCounts, type Run } from '../../../../app/model/outcome.ts'
import { defaultRunLimits, pruneRuns } from '../../../../app/store/run-prune.ts'
import { anOutcome, tempStore } from './temp-store.ts'

const dayMs = 86_400_000
const counts = (created: number): Run['counts'] => ({
  ...noRunCounts(),
  quotes: { ...noRunCounts().quotes, created },
})

function stage() {
  const { store, clock } = tempStore()
  return { runs: store.runs, clock }
}

describe('a run', () => {
  it('starts, moves on, ends, and can be read at each step', () => {
    const { runs, clock } = stage()
    const run = runs.start(1, 'sync', 'person')
    expect(run).toMatchObject({
      tenantId: 1,
      phase: 'planning',
      outcome: null,
      endedAt: null,
      startedAt: clock.iso(),
    })
    runs.progress(run.id, { phase: 'writing', entity: 'quotes', requests: 7, counts: counts(3) })
    expect(runs.get(run.id)).toMatchObject({
      phase: 'writing',
      entity: 'quotes',
      requests: 7,
      counts: counts(3),
    })
    clock.nowMs += 5000
    const trouble = fault('api-down')
    runs.end(run.id, { outcome: 'stopped', fault: trouble, requests: 9, counts: counts(4) })
    const ended = runs.get(run.id)
    expect(ended).toMatchObject({
      phase: 'ended',
      outcome: 'stopped',
      fault: trouble,
      requests: 9,
      counts: counts(4),
      endedAt: clock.iso(),
    })
    runs.progress(run.id, { phase: 'reading', entity: null, requests: 1, counts: counts(0) })
    runs.end(run.id, { outcome: 'done', fault: null, requests: 0, counts: counts(0) })
    expect(runs.get(run.id)).toEqual(ended)
    expect(runs.get(999)).toBeNull()
  })

  it('that the process did not live to end is closed as stopped at the next start', () => {
    const { runs, clock } = stage()
    const done = runs.start(1, 'sync', 'cli')
    runs.end(done.id, { outcome: 'done', fault: null, requests: 1, counts: counts(1) })
    const cut = runs.start(1, 'sync', 'schedule')
    clock.nowMs += dayMs
    expect(runs.unfinished().map((run) => run.id)).toEqual([cut.id])
    expect(runs.get(cut.id)).toMatchObject({
      outcome: 'stopped',
      fault: { code: 'interrupted', next: 'retry' },
      endedAt: clock.iso(),
    })
    expect(runs.get(done.id)?.outcome).toBe('done')
    expect(runs.unfinished()).toEqual([])
  })
})

describe('lists of runs', () => {
  it('newest first, filtered, a window at a time', () => {
    const { runs, clock } = stage()
    const ids = [1, 2, 1, 1].map((tenantId, index) => {
      clock.nowMs += 1000
      return runs.start(tenantId, index === 2 ? 'preview' : 'sync', 'person').id
    })
    const [first, second, third, fourth] = ids
    runs.end(first ?? 0, { outcome: 'done', fault: null, requests: 1, counts: counts(1) })
    runs.end(second ?? 0, { outcome: 'partial', fault: null, requests: 1, counts: counts(1) })
    const idsOf = (query: Parameters<typeof runs.list>[0]) =>
      runs.list(query, 0, 10).rows.map((run) => run.id)
    expect(idsOf({})).toEqual([fourth, third, second, first])
    expect(idsOf({ tenantId: 1, kind: 'sync' })).toEqual([fourth, first])
    expect(idsOf({ outcome: 'running' })).toEqual([fourth, third])
    expect(idsOf({ outcome: 'partial' })).toEqual([second])
    expect(idsOf({ from: runs.get(third ?? 0)?.startedAt ?? '' })).toEqual([fourth, third])
    expect(idsOf({ to: runs.get(second ?? 0)?.startedAt ?? '' })).toEqual([first])
    expect(runs.list({}, 1, 2)).toMatchObject({ total: 4, rows: [{ id: third }, { id: second }] })
    expect(runs.lastGood(1)?.id).toBe(first)
    expect(runs.lastGood(3)).toBeNull()
  })
})

describe('outcomes', () => {
  it('are kept in the order of the work; the unchanged are not', () => {
    const { runs, clock } = stage()
    const run = runs.start(1, 'sync', 'person')
    const trouble = fault('status-unmapped', { facts: { status: 'Declined' } })
    const changes = [{ field: 'QHtitle', before: 'a', after: 'b' }]
    runs.addOutcomes(run.id, [
      anOutcome(3),
      anOutcome(1, { kind: 'unchanged' }),
      anOutcome(2, { kind: 'updated', changes }),
    ])
    runs.addOutcomes(run.id, [
      anOutcome(4, { kind: 'failed', fault: trouble, haloId: null, notes: [trouble] }),
    ])
    const { rows, total } = runs.outcomes(run.id, { offset: 0, limit: 10 })
    expect(total).toBe(3)
    expect(rows).toEqual([
      { ...anOutcome(3), runId: run.id, seq: 1, at: clock.iso() },
      { ...anOutcome(2, { kind: 'updated', changes }), runId: run.id, seq: 2, at: clock.iso() },
      {
        ...anOutcome(4, { kind: 'failed', fault: trouble, haloId: null, notes: [trouble] }),
        runId: run.id,
        seq: 3,
        at: clock.iso(),
      },
    ])
  })

  it('are filtered by entity, kind and label', () => {
    const { runs } = stage()
    const run = runs.start(1, 'sync', 'person')
    const other = runs.start(1, 'sync', 'person')
    runs.addOutcomes(run.id, [
      anOutcome(1, { label: 'Q-North' }),
      anOutcome(2, { kind: 'skipped' }),
      anOutcome(1, { entity: 'products', label: 'north star' }),
    ])
    runs.addOutcomes(other.id, [anOutcome(9)])
    const ids = (query: object) => {
      const { rows, total } = runs.outcomes(run.id, { offset: 0, limit: 10, ...query })
      expect(total).toBe(rows.length)
      return rows.map((row) => `${row.entity}/${row.commerceId}`)
    }
    expect(ids({})).toHaveLength(3)
    expect(ids({ entity: 'products' })).toEqual(['products/1'])
    expect(ids({ kind: 'skipped' })).toEqual(['quotes/2'])
    expect(ids({ search: 'NORTH' })).toEqual(['quotes/1', 'products/1'])
    expect(runs.outcomes(run.id, { offset: 1, limit: 1 })).toMatchObject({ total: 3, rows: [{ seq: 2 }] })
  })

  it('tell the history of one record, newest first, and not of another tenant’s', () => {
    const { runs } = stage()
    for (const tenantId of [1, 1, 2]) {
      runs.addOutcomes(runs.start(tenantId, 'sync', 'person').id, [anOutcome(1), anOutcome(2)])
    }
    expect(runs.history(1, 'quotes', 1, 10).map((row) => row.runId)).toEqual([2, 1])
    expect(runs.history(1, 'quotes', 1, 1)).toHaveLength(1)
  })

  it('of a tenant that was removed meanwhile are dropped', () => {
    const { runs } = stage()
    runs.addOutcomes(77, [anOutcome(1)])
    expect(runs.outcomes(77, { offset: 0, limit: 10 }).total).toBe(0)
  })
})

describe('pruning', () => {
  it('forgets only what is both old and not among the last 200 of its tenant', () => {
    const { runs, clock } = stage()
    const make = (tenantId: number, howMany: number) => {
      for (let n = 0; n < howMany; n += 1) {
        const run = runs.start(tenantId, 'sync', 'schedule')
        runs.addOutcomes(run.id, [anOutcome(n)])
        runs.end(run.id, { outcome: 'done', fault: null, requests: 1, counts: counts(1) })
      }
    }
    make(1, 150)
    make(2, 50)
    clock.nowMs += 91 * dayMs
    make(1, 60)
    while (runs.prune());
    expect(runs.list({ tenantId: 1 }, 0, 1).total).toBe(200)
    expect(runs.list({ tenantId: 2 }, 0, 1).total).toBe(50)
    expect(runs.outcomes(10, { offset: 0, limit: 1 }).total).toBe(0)
    expect(runs.outcomes(11, { offset: 0, limit: 1 }).total).toBe(1)
  })

  it('keeps all of the last 90 days, however many', () => {
    const { runs, clock } = stage()
    for (let n = 0; n < 230; n += 1) {
      runs.end(runs.start(1, 'sync', 'schedule').id, {
        outcome: 'done',
        fault: null,
        requests: 1,
        counts: counts(0),
      })
    }
    clock.nowMs += 89 * dayMs
    expect(runs.prune()).toBe(false)
    expect(runs.list({ tenantId: 1 }, 0, 1).total).toBe(230)
  })
})

describe('details', () => {
  const ended = (runs: ReturnType<typeof stage>['runs'], kind: Run['kind'], outcomes: number): number => {
    const { id } = runs.start(1, kind, 'person')
    runs.addOutcomes(
      id,
      Array.from({ length: outcomes }, (_, n) => anOutcome(n + 1)),
    )
    runs.keepStory(id, { lists: [], phases: [], waitedMs: 7 })
    runs.addLog(id, [
      { at: '2026-05-10T12:00:00.000Z', level: 'warn', what: 'waiting', facts: { until: 'noon' } },
    ])
    runs.end(id, { outcome: 'done', fault: null, requests: 1, counts: counts(outcomes) })
    return id
  }
  const total = (runs: ReturnType<typeof stage>['runs'], id: number): number =>
    runs.outcomes(id, { offset: 0, limit: 1 }).total

  it('of a run are its story and its log, filtered by level and words', () => {
    const { runs } = stage()
    const id = ended(runs, 'sync', 0)
    const at = '2026-05-10T12:00:01.000Z'
    runs.addLog(id, [{ at, level: 'debug', what: 'writing', facts: { entity: 'quotes' } }])
    expect(runs.story(id).waitedMs).toBe(7)
    expect(runs.story(99)).toEqual({ lists: [], phases: [], waitedMs: 0 })
    const all = { offset: 0, limit: 10 }
    expect(runs.log(id, all).rows.map(({ seq, what }) => [seq, what])).toEqual([
      [1, 'waiting'],
      [2, 'writing'],
    ])
    expect(runs.log(id, { ...all, levels: ['warn', 'error'] }).total).toBe(1)
    expect(runs.log(id, { ...all, search: 'QUOTES' }).rows).toMatchObject([{ facts: { entity: 'quotes' } }])
    runs.addLog(99, [{ at, level: 'info', what: 'writing', facts: {} }])
    expect(runs.log(99, all).total).toBe(0)
  })

  it('go with their run; the records of a preview go sooner, and its counts stay', () => {
    const { runs, clock } = stage()
    const previews = Array.from({ length: 7 }, () => ended(runs, 'preview', 3))
    const sync = ended(runs, 'sync', 3)
    while (runs.prune());
    expect(previews.map((id) => total(runs, id))).toEqual([0, 0, 3, 3, 3, 3, 3])
    expect(runs.get(previews[0] ?? 0)?.counts.quotes.created).toBe(3)
    clock.nowMs += 31 * dayMs
    while (runs.prune());
    expect(previews.some((id) => total(runs, id) > 0)).toBe(false)
    expect(total(runs, sync)).toBe(3)
    expect(runs.log(sync, { offset: 0, limit: 1 }).total).toBe(0)
    expect(runs.story(sync).waitedMs).toBe(7)
  })

  it('of the oldest runs go when there are too many records in all, a bite at a time', () => {
    const { store, clock } = tempStore()
    const first = ended(store.runs, 'sync', 7_000)
    const second = ended(store.runs, 'sync', 10)
    const prune = pruneRuns(store.db, clock, { ...defaultRunLimits, outcomes: 50 })
    expect(prune()).toBe(true)
    expect(total(store.runs, first)).toBe(5_000)
    while (prune());
    expect([total(store.runs, first), total(store.runs, second)]).toEqual([0, 10])
    expect(store.runs.get(first)?.counts.quotes.created).toBe(7_000)
  })

  it('can be read through by number, and compared with a run that followed', () => {
    const { runs } = stage()
    const preview = runs.start(1, 'preview', 'person').id
    runs.addOutcomes(preview, [anOutcome(1), anOutcome(2), anOutcome(3, { kind: 'updated' })])
    const sync = runs.start(1, 'sync', 'person').id
    // Met twice: the last word counts.
    runs.addOutcomes(sync, [
      anOutcome(2, { kind: 'failed' }),
      anOutcome(1),
      anOutcome(2, { kind: 'created' }),
    ])
    runs.addOutcomes(sync, [anOutcome(4)])
    expect(runs.outcomesAfter(sync, 2, 10).map(({ seq }) => seq)).toEqual([3, 4])
    expect(runs.outcome(sync, 4)?.commerceId).toBe(4)
    expect(runs.outcome(sync, 5)).toBeNull()
    expect(runs.differences(preview, sync, 10)).toEqual({
      total: 2,
      rows: [
        { entity: 'quotes', commerceId: 4, label: 'Q4', said: null, did: 'created' },
        { entity: 'quotes', commerceId: 3, label: 'Q3', said: 'updated', did: null },
      ],
    })
    expect(runs.differences(preview, sync, 1)).toMatchObject({ total: 2, rows: [{ commerceId: 4 }] })
    expect(runs.nextWriting(1, preview)?.id).toBe(sync)
    expect(runs.nextWriting(1, sync)).toBeNull()
  })
})
