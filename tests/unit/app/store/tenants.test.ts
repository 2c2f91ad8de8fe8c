import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { defaultTemplate } from '../../../../app/model/mail/template.ts'
import { defaultMapping } from '../../../../app/model/mapping.ts'
import { anOutcome, aRecord, must, tempStore } from './temp-store.ts'

const north = { name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }

describe('tenants', () => {
  it('start with sensible defaults: what changes from now on', () => {
    const { store, clock, folder } = tempStore()
    const tenant = must(store.tenants.add(north))
    expect(tenant).toEqual({
      id: 1,
      ...north,
      apiUrl: 'https://api.kaseyaquotemanager.com',
      keyIn: 'header',
      isEnabled: true,
      syncFrom: clock.iso(),
      requestsPerMinute: 60,
      requestsPerDay: 10_000,
      reserve: 0.1,
      halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
      schedule: { kind: 'every', minutes: 15, between: null, zone: 'UTC' },
      reconcile: { kind: 'cron', line: '0 3 * * 0', zone: 'UTC' },
      pausedUntil: null,
      entities: ['products', 'customers', 'quotes', 'salesOrders'],
      mapping: defaultMapping,
      createdAt: clock.iso(),
    })
    expect(store.tenants.get(1)).toEqual(tenant)
    expect(store.tenants.list()).toEqual([tenant])
    expect(store.tenants.byName(' nORTH ')).toEqual(tenant)
    expect(store.tenants.get(2)).toBeNull()
    expect(store.tenants.byName('South')).toBeNull()
  })

  it('take what is given', () => {
    const { store } = tempStore()
    const given = {
      ...north,
      requestsPerMinute: 600,
      entities: ['quotes' as const],
      syncFrom: '2020-01-01T00:00:00.000Z',
    }
    expect(must(store.tenants.add(given))).toMatchObject(given)
  })

  it('have names of their own, upper and lower case alike', () => {
    const { store } = tempStore()
    store.tenants.add(north)
    const south = must(store.tenants.add({ ...north, name: 'South' }))
    const taken = { ok: false, fault: { code: 'name-taken', facts: { field: 'name' } } }
    expect(store.tenants.add({ ...north, name: ' north ' })).toMatchObject(taken)
    expect(store.tenants.update(south.id, { name: 'NORTH' })).toMatchObject(taken)
    expect(store.tenants.list().map((tenant) => tenant.name)).toEqual(['North', 'South'])
    expect(store.tenants.update(south.id, { name: 'SOUTH' })).toMatchObject({
      ok: true,
      value: { name: 'SOUTH' },
    })
  })

  it('are changed in what is named, and in nothing else', () => {
    const { store, clock } = tempStore()
    const before = must(store.tenants.add(north))
    clock.nowMs += 1000
    const after = must(store.tenants.update(before.id, { isEnabled: false }))
    expect(after).toEqual({ ...before, isEnabled: false })
    expect(store.tenants.get(before.id)).toEqual(after)
    expect(store.tenants.update(9, { isEnabled: false })).toMatchObject({
      ok: false,
      fault: { code: 'tenant-unknown' },
    })
  })

  it.each([
    ['requestsPerMinute', { requestsPerMinute: 0 }],
    ['name', { name: '   ' }],
    ['reserve', { reserve: 0.9 }],
  ])('refuse a bad %s and say which field it is', (field, bad) => {
    const { store } = tempStore()
    expect(store.tenants.add({ ...north, ...bad })).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid', facts: { field } },
    })
    const tenant = must(store.tenants.add(north))
    expect(store.tenants.update(tenant.id, bad)).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid' },
    })
    expect(store.tenants.get(tenant.id)).toEqual(tenant)
  })

  it('read settings of an older program (fields missing) and keep those of a newer one', () => {
    const { store } = tempStore()
    const tenant = must(store.tenants.add(north))
    const config = JSON.parse(String(store.db.prepare('SELECT config FROM tenant').pluck().get()))
    const { keyIn: _keyIn, ...older } = config
    const { raiseQuoteLink: _link, ...interpretation } = older.mapping.interpretation
    const stored = { ...older, mapping: { ...older.mapping, interpretation }, future: { a: 1 } }
    store.db.prepare('UPDATE tenant SET config = ?').run(JSON.stringify(stored))
    expect(store.tenants.get(1)).toEqual(tenant)
    must(store.tenants.update(1, { reserve: 0.2 }))
    const kept = JSON.parse(String(store.db.prepare('SELECT config FROM tenant').pluck().get()))
    expect(kept).toMatchObject({ version: 1, future: { a: 1 }, reserve: 0.2, keyIn: 'header' })
  })
})

describe('removing a tenant', () => {
  it('takes all of its rows in every table, nobody else’s, and says what was lost', () => {
    const { store } = tempStore()
    for (const name of ['One', 'Two']) fill(store, must(store.tenants.add({ ...north, name })).id)
    const tables = store.db
      .prepare<[], string>(
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' WHERE m.type = 'table'",
      )
      .pluck()
      .all()
      .filter((table) => table !== 'audit')
    const rows = (table: string, id: number) =>
      store.db.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE tenant_id = ?`).pluck().get(id)
    expect(tables.length).toBeGreaterThanOrEqual(10)
    for (const table of tables) expect([table, rows(table, 1)]).not.toEqual([table, 0])
    const losses = { links: 1, runs: 1, failures: 1 }
    expect(store.tenants.losses(1)).toEqual(losses)
    expect(store.tenants.remove(1)).toEqual({ ok: true, value: losses })
    for (const table of tables) {
      expect([table, rows(table, 1)]).toEqual([table, 0])
      expect([table, rows(table, 2)]).not.toEqual([table, 0])
    }
    expect(store.audit.list(1, 0, 10)).toHaveLength(1)
    expect(store.tenants.remove(1)).toMatchObject({ ok: false, fault: { code: 'tenant-unknown' } })
    expect(must(store.tenants.add({ ...north, name: 'Three' })).id).toBe(3)
  })
})

function fill(store: ReturnType<typeof tempStore>['store'], id: number): void {
  store.sources.putPage(id, 'quote', [{ id: 1, parentId: null, modifiedAt: null, body: '{}' }], 1, {
    marksChildren: true,
  })
  const product = { id: 1, parentId: null, modifiedAt: null, body: '{"categoryID":7}' }
  store.sources.putPage(id, 'product', [product], 1, { marksChildren: false })
  store.sources.rememberSize(id, 'quote', 1)
  const run = store.runs.start(id, 'sync', 'cli')
  store.runs.addOutcomes(run.id, [anOutcome(1)])
  store.runs.keepStory(run.id, { lists: [], phases: [], waitedMs: 0 })
  store.runs.addLog(run.id, [{ at: '2026-01-01T00:00:00.000Z', level: 'info', what: 'writing', facts: {} }])
  store.records.putOutcomes(id, run.id, [aRecord(1), aRecord(2, { haloId: null })])
  const entity = 'quotes' as const
  store.failures.record({
    tenantId: id,
    entity,
    commerceId: 2,
    label: 'Q2',
    fault: fault('bug'),
    payload: null,
  })
  store.groupChoices.set(id, [{ commerceId: 1, groupId: 2 }])
  store.madeOrders.begin(id, 1, 'Ann')
  store.templates.set(id, defaultTemplate)
  store.templates.setLogo(id, { type: 'image/png', data: Buffer.from('logo') })
  store.sentMails.begin({
    ...{ token: `token ${id}`, tenantId: id, commerceId: 1, who: 'Ann', messageId: `<${id}@a.example>` },
    ...{
      sender: 'a@a.example',
      receivers: { to: ['b@b.example'], cc: [], bcc: [] },
      subject: 'Q1',
      text: '',
      fileName: 'Q1.pdf',
    },
    pdf: new Uint8Array(1),
  })
  store.statusChoices.set(id, {
    ...{ quoteId: 1, haloStatus: 5, name: 'Approved', commerceStatus: 1 },
    ...{ chosenAt: '2026-01-01T00:00:00.000Z', who: 'Ann' },
  })
  store.watermarks.move(id, 'quote', '2026-01-01T00:00:00.000Z', run.id)
  store.watermarks.keepReading(id, 'quote', {
    since: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    nextPage: 2,
  })
  store.watermarks.noteQuirk(id, 'ignores-filter', 'yes')
  store.schedules.set(id, { nextDue: '2026-01-01T00:00:00.000Z' })
  store.reconciles.set(id, { nextDue: '2026-01-01T00:00:00.000Z' })
  store.audit.add({ who: 'test', what: 'tenant.add', tenantId: id })
}
