import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { noRunCounts } from '../../../../app/model/outcome.ts'
import { apiRouter } from '../../../../main/api/router.ts'
import { anOutcome, aRecord, must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function setUp() {
  const { store } = tempStore()
  const engine = testPort(store)
  const tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }))
  return { store, engine, tenantId: tenant.id, api: apiRouter.createCaller({ engine }) }
}
const window = { offset: 0, limit: 200 }
const counts = {
  ...noRunCounts(),
  quotes: { ...noRunCounts().quotes, created: 2, failed: 1 },
}

describe('status', () => {
  it('answers a wait at once when something has changed, and wakes a wait that is under way', async () => {
    const { engine, api } = setUp()
    const { version } = await api.status.changes({ since: 0 })
    const waiting = api.status.changes({ since: version })
    engine.bump()
    expect((await waiting).version).toBe(version + 1)
  })

  it('ends a wait when the asker goes away', async () => {
    const { engine } = setUp()
    const gone = new AbortController()
    const api = apiRouter.createCaller({ engine }, { signal: gone.signal })
    const waiting = api.status.changes({ since: engine.changes.version() })
    gone.abort()
    await expect(waiting).resolves.toEqual({ version: engine.changes.version() })
  })
})

describe('tenants', () => {
  it('adds, changes and removes through the engine; the key never comes back', async () => {
    const { engine, api } = setUp()
    const key = 'key-of-many-letters'
    const added = await api.tenants.add({
      tenant: { name: 'South', instanceUrl: 'https://south.mydattocommerce.com' },
      key,
    })
    const id = must(added).id
    await api.tenants.update({ id, patch: { name: 'Deep South' } })
    await api.tenants.setKey({ id, key: 'another' })
    expect(await api.tenants.get({ id })).toMatchObject({
      tenant: { name: 'Deep South' },
      key: { endsIn: '1234' },
    })
    expect(JSON.stringify(await api.tenants.list())).not.toContain(key)
    expect(must(await api.tenants.remove({ id }))).toBeNull()
    expect(await api.tenants.get({ id })).toBeNull()
    expect(engine.asked).toEqual(['add South', `update ${id}`, `setKey ${id}`, `remove ${id}`])
  })

  it('counts what removing would forget', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'sync', 'person')
    store.records.putOutcomes(tenantId, run.id, [aRecord(1), aRecord(2)])
    expect(await api.tenants.losses({ id: tenantId })).toEqual({ links: 2, runs: 1, failures: 0 })
  })

  it('tests a stored tenant or a draft', async () => {
    const { engine, tenantId, api } = setUp()
    await api.tenants.test({ tenant: { id: tenantId } })
    await api.tenants.test({ tenant: { name: 'Draft', instanceUrl: 'https://d.example' }, key: 'k' })
    expect(engine.asked).toEqual([`test ${tenantId}`, 'test Draft'])
  })

  it.each([
    { tenant: { name: '', instanceUrl: 'https://a.example' }, key: 'k' },
    { tenant: { name: 'A', instanceUrl: '' }, key: 'k' },
    { tenant: { name: 'A', instanceUrl: 'https://a.example' }, key: ' ' },
    { tenant: { name: 'A', instanceUrl: 'https://a.example', requestsPerMinute: 0 }, key: 'k' },
    { tenant: { name: 'A', instanceUrl: 'https://a.example', syncFrom: 'yesterday' }, key: 'k' },
  ])('refuses %j', async (input) => {
    await expect(setUp().api.tenants.add(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('runs', () => {
  it('starts and cancels', async () => {
    const { engine, tenantId, api } = setUp()
    const { runId } = must(await api.runs.start({ tenantId, kind: 'preview' }))
    await api.runs.cancel({ id: runId })
    expect(engine.asked).toEqual([`start ${tenantId} preview`, `cancel ${runId}`])
  })

  it('lists by tenant, kind and result, and gives the outcomes of one', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'sync', 'schedule')
    store.runs.start(tenantId, 'preview', 'person')
    store.runs.addOutcomes(run.id, [anOutcome(1), anOutcome(2), anOutcome(3, { kind: 'failed' })])
    store.runs.end(run.id, { outcome: 'partial', fault: null, requests: 9, counts })
    const listed = await api.runs.list({ filter: { tenantId, outcome: 'partial' }, window })
    expect(listed).toMatchObject({ total: 1, rows: [{ id: run.id, requests: 9, counts }] })
    expect((await api.runs.list({ filter: { outcome: 'running' }, window })).rows[0]?.kind).toBe('preview')
    const failed = await api.runPage.outcomes({ runId: run.id, filter: { kind: 'failed' }, window })
    expect(failed).toMatchObject({ total: 1, rows: [{ commerceId: 3, seq: 3 }] })
    expect(await api.runs.get({ id: 999 })).toBeNull()
  })

  it('numbers outcomes without gaps, so that a number is a place', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'sync', 'schedule')
    store.runs.addOutcomes(run.id, [anOutcome(1), anOutcome(2, { kind: 'unchanged' }), anOutcome(3)])
    const second = await api.runPage.outcomes({ runId: run.id, filter: {}, window: { offset: 1, limit: 1 } })
    expect(second.rows).toMatchObject([{ seq: 2, commerceId: 3 }])
  })
})

describe('records', () => {
  it('lists a window, filtered and sorted', async () => {
    const { store, tenantId, api } = setUp()
    store.records.putOutcomes(tenantId, 1, [
      aRecord(1),
      aRecord(2, { status: 3 }),
      aRecord(3, { kind: 'failed' }),
    ])
    const list = (more: object) =>
      api.records.list({ query: { entity: 'quotes', sort: 'amount', isDescending: true, ...more }, window })
    expect((await list({})).rows.map((row) => row.commerceId)).toEqual([3, 2, 1])
    expect((await list({ statuses: [3] })).rows.map((row) => row.commerceId)).toEqual([2])
    expect((await list({ kinds: ['failed'] })).rows.map((row) => row.commerceId)).toEqual([3])
    expect((await list({ search: 'quote 1' })).rows.map((row) => row.commerceId)).toEqual([1])
  })

  it('gives one with its history and what Commerce sent', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'sync', 'person')
    store.records.putOutcomes(tenantId, run.id, [aRecord(5)])
    store.runs.addOutcomes(run.id, [anOutcome(5)])
    store.sources.putPage(
      tenantId,
      'quote',
      [{ id: 5, parentId: null, modifiedAt: null, body: '{"id":5}' }],
      run.id,
      { marksChildren: false },
    )
    expect(await api.records.get({ tenantId, entity: 'quotes', commerceId: 5 })).toMatchObject({
      record: { label: 'Q5' },
      history: [{ runId: run.id, kind: 'created' }],
      source: '{"id":5}',
    })
    expect(await api.records.get({ tenantId, entity: 'quotes', commerceId: 6 })).toBeNull()
  })

  it('gives the history of one that never could be read', async () => {
    const { store, tenantId, api } = setUp()
    const run = store.runs.start(tenantId, 'sync', 'person')
    store.runs.addOutcomes(run.id, [anOutcome(8, { kind: 'failed', fault: fault('record-invalid') })])
    expect(await api.records.get({ tenantId, entity: 'quotes', commerceId: 8 })).toMatchObject({
      record: null,
      history: [{ label: 'Q8', fault: { code: 'record-invalid' } }],
      source: null,
    })
  })

  it.each([{ limit: 0 }, { limit: 501 }, { offset: -1 }])('refuses the window %j', async (part) => {
    const query = { entity: 'quotes', sort: 'name', isDescending: false } as const
    const asked = setUp().api.records.list({ query, window: { ...window, ...part } })
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('failures', () => {
  it('groups by cause, lists a group, and retries it', async () => {
    const { store, engine, tenantId, api } = setUp()
    for (const commerceId of [1, 2]) {
      const trouble = fault('halo-field-mandatory', { facts: { field: 'Site' } })
      store.failures.record({
        tenantId,
        entity: 'quotes',
        commerceId,
        label: `Q${commerceId}`,
        fault: trouble,
        payload: null,
      })
    }
    const [group] = await api.failures.groups()
    expect(group).toMatchObject({ count: 2, entity: 'quotes' })
    expect(await api.failures.counts()).toEqual({ healing: 0, needsYou: 2 })
    const key = String(group?.key)
    expect((await api.failures.list({ filter: { group: key }, window })).total).toBe(2)
    await api.failures.retry({ group: key })
    await api.failures.retry({ ids: [1] })
    expect(engine.asked).toEqual([`retry ${JSON.stringify({ group: key })}`, 'retry {"ids":[1]}'])
    store.tenants.update(tenantId, { isEnabled: false })
    expect(await api.failures.counts()).toEqual({ healing: 0, needsYou: 0 })
  })
})

describe('requests', () => {
  it('lists those of a run, newest first, and gives one whole', async () => {
    const { engine, api } = setUp()
    const save = (runId: number, status: number) =>
      engine.exchanges.sink.save({
        callId: `call-${status}`,
        attempt: 1,
        tenantId: 1,
        runId,
        host: 'commerce',
        purpose: 'sync',
        method: 'GET',
        url: 'https://api.kaseyaquotemanager.com/v1/quote?page=1',
        requestHeaders: [['accept', 'application/json']],
        requestBody: null,
        status,
        responseHeaders: [],
        responseBody: { text: '[]', bytes: 2, isCut: false },
        faultCode: null,
        errorText: null,
        startedAt: `2026-05-10T12:00:00.${status}Z`,
        timing: {
          queueMs: 0,
          dnsMs: null,
          connectMs: null,
          tlsMs: null,
          waitMs: 4,
          receiveMs: 1,
          totalMs: 5,
        },
        connection: null,
        waitMs: null,
      })
    save(7, 200)
    save(7, 429)
    save(8, 200)
    engine.exchanges.flush()
    const listed = await api.exchanges.list({ filter: { runId: 7 }, window })
    expect(listed).toMatchObject({ total: 2, rows: [{ status: 429 }, { status: 200, totalMs: 5 }] })
    const first = await api.inspector.get({ id: listed.rows[1]?.id ?? 0 })
    expect(first?.exchange).toMatchObject({ runId: 7, responseBody: { text: '[]' } })
    expect(await api.inspector.get({ id: 999 })).toBeNull()
  })
})
