import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { noRunCounts } from '../../../../app/model/outcome.ts'
import { apiRouter } from '../../../../main/api/router.ts'
import { anOutcome, must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function setUp() {
  const { store, clock } = tempStore()
  const tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }))
  const engine = testPort(store)
  const end = (id: number): void =>
    store.runs.end(id, { outcome: 'done', fault: null, requests: 3, counts: noRunCounts() })
  return { store, clock, end, engine, tenantId: tenant.id, api: apiRouter.createCaller({ engine }) }
}
const window = { offset: 0, limit: 200 }

describe('outcomes', () => {
  it('come with the changes that tell something, and whole one by one', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'preview', 'person')
    const line = (n: number) => ({ field: `QUOTATIONDETAIL#${n}.QDDesc`, before: null, after: `Line ${n}` })
    const changes = [
      { field: 'QUOTATIONHEADER.qhdattocommerceid', before: null, after: 7 },
      ...Array.from({ length: 20 }, (_, n) => line(n + 1)),
    ]
    store.runs.addOutcomes(run.id, [anOutcome(1, { changes })])
    const { rows } = await api.runPage.outcomes({ runId: run.id, filter: {}, window })
    expect(rows[0]?.changeCount).toBe(21)
    expect(rows[0]?.changes.map(({ field }) => field)).toEqual([1, 2, 3, 4, 5, 6].map((n) => line(n).field))
    expect((await api.runPage.outcome({ runId: run.id, seq: 1 }))?.changes).toHaveLength(21)
    expect(await api.runPage.export({ runId: run.id, after: 0 })).toMatchObject([{ seq: 1, changes }])
    expect(await api.runPage.export({ runId: run.id, after: 1 })).toEqual([])
  })
})

describe('a preview', () => {
  it('knows what happened since: a run that wrote, and a change of settings', async () => {
    const { store, clock, end, tenantId, api } = setUp()
    const preview = store.runs.start(tenantId, 'preview', 'person').id
    expect(await api.runPage.since({ runId: preview })).toBeNull()
    end(preview)
    expect(await api.runPage.since({ runId: preview })).toEqual({ nextRun: null, settingsChangedAt: null })
    clock.nowMs += 1_000
    store.audit.add({ who: 'person', what: 'tenant changed', tenantId, before: { a: 1 }, after: { a: 2 } })
    const sync = store.runs.start(tenantId, 'sync', 'person').id
    expect(await api.runPage.since({ runId: preview })).toMatchObject({
      nextRun: { id: sync },
      settingsChangedAt: clock.iso(),
    })
    expect(await api.runPage.differences({ previewId: preview, runId: sync })).toEqual({ rows: [], total: 0 })
  })
})

describe('the timeline', () => {
  it('has changes of settings with the names of what changed, and their values on demand', async () => {
    const { store, tenantId, api } = setUp()
    const before = { name: 'North', isEnabled: true }
    const what = 'tenant changed'
    const id = store.audit.add({
      who: 'person',
      what,
      tenantId,
      before,
      after: { ...before, isEnabled: false },
    })
    const run = store.runs.start(tenantId, 'sync', 'schedule')
    const { rows, total } = await api.timeline.list({ filter: {}, window })
    expect(total).toBe(2)
    expect(rows.find((row) => row.type === 'run')).toMatchObject({ run: { id: run.id } })
    expect(rows.find((row) => row.type === 'change')).toMatchObject({
      change: { id, who: 'person', tenantName: 'North', fields: ['Enabled'] },
    })
    expect((await api.timeline.change({ id }))?.differences).toEqual([
      { field: 'Enabled', detail: '', before: 'yes', after: 'no' },
    ])
    expect(await api.timeline.change({ id: id + 1 })).toBeNull()
    await expect(api.timeline.days({ borders: ['today', 'tomorrow'], filter: {} })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})

describe('a failed record', () => {
  it('comes with its tries, without previews, and with what the mirror has of it', async () => {
    const { store, clock, tenantId, api } = setUp()
    const trouble = fault('customer-missing', { facts: { id: 5 } })
    const failed = { tenantId, entity: 'quotes' as const, label: 'Q5', fault: trouble, payload: null }
    store.failures.record({ ...failed, commerceId: 5 })
    store.failures.record({ ...failed, commerceId: 6 })
    const put = (resource: string, id: number, parentId: number | null) =>
      store.sources.putPage(
        tenantId,
        resource,
        [{ id, parentId, modifiedAt: null, body: `{"id":${id}}` }],
        1,
        { marksChildren: false },
      )
    put('quote', 5, null)
    put('quotesection', 50, 5)
    put('quoteline', 500, 50)
    put('quoteline', 501, 50)
    clock.nowMs += 1_000
    for (const kind of ['sync', 'preview'] as const)
      store.runs.addOutcomes(store.runs.start(tenantId, kind, 'person').id, [
        anOutcome(5, { kind: 'failed', fault: trouble }),
      ])
    const id = store.failures.ofRecord(tenantId, 'quotes', 5)?.id ?? 0
    const found = await api.failures.get({ id })
    expect(found?.tries).toHaveLength(1)
    expect(found?.payload).toEqual([
      { name: 'quote', text: '{"id":5}' },
      { name: 'quotesection', text: '[{"id":50}]' },
      { name: 'quoteline', text: '[{"id":500},{"id":501}]' },
    ])
    expect(await api.failures.get({ id: 99 })).toBeNull()
    // A group of several names no single one of them.
    expect((await api.failures.groups())[0]?.fault.facts).toBeUndefined()
  })

  it('is ignored for a reason, which stays, and taken back', async () => {
    const { store, tenantId, api } = setUp()
    const failed = { tenantId, entity: 'quotes' as const, commerceId: 5, label: 'Q5', payload: null }
    store.failures.record({ ...failed, fault: fault('halo-locked') })
    const which = { ids: [1] }
    await expect(api.failures.ignore({ which, reason: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(must(await api.failures.ignore({ which, reason: 'a test' })).count).toBe(1)
    expect(await api.failures.states({})).toEqual({ open: 0, parked: 0, ignored: 1, closed: 0 })
    const { rows } = await api.failures.list({ filter: { state: 'ignored' }, window })
    expect(rows).toMatchObject([{ ignoredReason: 'a test' }])
    expect(must(await api.failures.reopen(which)).count).toBe(1)
    expect(await api.failures.ofRecord({ tenantId, entity: 'quotes', commerceId: 5 })).toMatchObject({
      ignoredReason: null,
    })
  })
})
