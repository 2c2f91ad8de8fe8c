import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createHaloKeeper, type HaloKeeper } from '../../../main/halo-keeper.ts'
import { createMatchDesk, type MatchDesk } from '../../../main/match-desk.ts'
import type { MatchShow } from '../../../main/match-list.ts'
import { aRecord, must, tempStore } from '../app/store/temp-store.ts'

let store: Store
let tenant: Tenant
let desk: MatchDesk
let halos: HaloKeeper
let halo: Database.Database
let bumps: number
let isBusy: boolean

const put = (resource: string, id: number, body: object, parentId: number | null = null): void => {
  const row = { id, parentId, modifiedAt: null, body: JSON.stringify({ id, ...body }) }
  store.sources.putPage(tenant.id, resource, [row], 1, { marksChildren: false })
}

/** Customers 10 and 11 in the mirror, 11 already synced; clients 51 and 52 in Halo, typed by somebody. */
beforeEach(async () => {
  const { store: made, folder, clock } = tempStore()
  store = made
  const file = `${folder}/halo.db`
  const instanceUrl = 'https://north.mydattocommerce.com'
  tenant = must(store.tenants.add({ name: 'North', instanceUrl, halo: { kind: 'sqlite', file } }))
  const open = () => openSqliteHalo({ file, clock })
  await must(await open()).close()
  halo = new Database(file)
  halo.exec(
    "insert into AREA (Aarea, aareadesc, ADomain) values (51, 'Northwind Ltd', ''), (52, 'Vale', 'vale.example')",
  )
  put('customer', 10, { name: 'Northwind', accountNumber: 'NW-1' })
  put('customer', 11, { name: 'Vale', accountNumber: 'V-1' })
  put('customer', 12, { name: 'Valley of Vale', accountNumber: '' })
  put('contact', 20, { customerID: 12, email: 'Ann@Vale.example' }, 12)
  const run = store.runs.start(tenant.id, 'sync', 'person')
  store.records.putOutcomes(tenant.id, run.id, [aRecord(11, { entity: 'customers', haloId: 99 })])
  halos = createHaloKeeper(open)
  bumps = 0
  isBusy = false
  const onChange = () => void bumps++
  desk = createMatchDesk({ store, clock, halos, isBusy: () => isBusy, onChange, who: 'Ann' })
})
afterEach(async () => {
  halo.close()
  await halos.close()
})

const byName = { search: '', sort: 'name', isDescending: false } as const
const page = { offset: 0, limit: 10 }
const idsOf = async (show: MatchShow, search = '') =>
  must(await desk.list(tenant.id, { ...byName, show, search }, page)).rows.map(({ commerceId }) => commerceId)
const linkedIds = () =>
  halo.prepare('select adattocommerceid as id from AREA order by Aarea').pluck().all() as number[]

test('proposes for customers that no sync has written and Halo has no link for', async () => {
  expect(must(await desk.look(tenant.id, true))).toEqual({
    comparedAt: '2026-05-10T12:00:00.000Z',
    counts: { alike: 2, sure: 1, likely: 1, unsure: 0, none: 0, new: 0, all: 2 },
    sure: [[10, 51]],
    links: { auditIds: [], customers: 0 },
  })
  expect(must(await desk.list(tenant.id, { ...byName, show: 'alike' }, page))).toEqual({
    total: 2,
    rows: [
      {
        ...{ commerceId: 10, name: 'Northwind', number: 'NW-1', domains: [], isNew: false },
        sureness: 'sure',
        candidates: [{ haloId: 51, name: 'Northwind Ltd', number: '', by: ['name'] }],
      },
      {
        ...{ commerceId: 12, name: 'Valley of Vale', number: '', domains: ['vale.example'], isNew: false },
        sureness: 'likely',
        candidates: [{ haloId: 52, name: 'Vale', number: '', by: ['domain'] }],
      },
    ],
  })
  expect(await desk.look(99, true)).toMatchObject({ ok: false, fault: { code: 'tenant-unknown' } })
})

test('a customer that Halo’s own integration has linked is not asked about', async () => {
  const { haloTenantId } = must(await halos.use(tenant, (one) => one.owner(tenant.instanceUrl)))
  halo
    .prepare(
      'insert into AREA (Aarea, aareadesc, adattocommerceid, adattocommercetenantid) values (?, ?, ?, ?)',
    )
    .run(60, 'Northwind of theirs', 10, haloTenantId)
  expect(must(await desk.look(tenant.id, true)).counts).toMatchObject({ all: 1 })
  expect(await idsOf('all')).toEqual([12])
})

test('lists by windows, sorted and searched', async () => {
  const query = { show: 'all', search: '', sort: 'client', isDescending: true } as const
  const window = { offset: 1, limit: 1 }
  expect(must(await desk.list(tenant.id, query, window))).toMatchObject({
    total: 2,
    rows: [{ commerceId: 10 }],
  })
  expect(await idsOf('all', 'NORTHWIND LTD')).toEqual([10])
  expect(await idsOf('likely')).toEqual([12])
  expect(await idsOf('none')).toEqual([])
  expect(must(await desk.clients(tenant.id, 'vale.ex'))).toMatchObject([{ haloId: 52, name: 'Vale' }])
})

test('links what is confirmed, once, and notes it', async () => {
  const pairs = [
    { commerceId: 10, haloId: 51 },
    { commerceId: 12, haloId: 51 },
  ]
  const { outcomes, auditId } = must(await desk.confirm(tenant.id, pairs))
  expect(outcomes.map(({ fault }) => fault?.code ?? 'linked')).toEqual(['linked', 'link-taken'])
  expect(linkedIds()).toEqual([10, -1])
  const [noted] = store.audit.list(tenant.id, 0, 1)
  expect(noted).toMatchObject({
    id: auditId,
    who: 'Ann',
    what: 'customers linked to clients',
    after: [{ commerceId: 10, haloId: 51 }],
  })
  expect(bumps).toBe(1)
  expect(await idsOf('all')).toEqual([12])
  expect(must(await desk.clients(tenant.id, 'north'))).toEqual([])
})

test('links are taken back until a sync has used them', async () => {
  const pairs = [
    { commerceId: 10, haloId: 51 },
    { commerceId: 12, haloId: 52 },
  ]
  const { auditId } = must(await desk.confirm(tenant.id, pairs))
  const ids = [auditId ?? 0]
  expect(must(await desk.look(tenant.id, true)).links).toEqual({ auditIds: ids, customers: 2 })
  isBusy = true
  expect(await desk.undo(tenant.id, ids)).toMatchObject({ ok: false, fault: { code: 'already-running' } })
  isBusy = false
  const run = store.runs.start(tenant.id, 'sync', 'person')
  store.records.putOutcomes(tenant.id, run.id, [aRecord(12, { entity: 'customers', haloId: 52 })])
  expect(must(await desk.look(tenant.id, true)).links).toEqual({ auditIds: ids, customers: 1 })
  expect(must(await desk.undo(tenant.id, ids))).toEqual({ takenBack: 1, left: 1 })
  expect(linkedIds()).toEqual([-1, 12])
  expect(must(await desk.look(tenant.id, true))).toMatchObject({
    counts: { all: 1 },
    links: { auditIds: [], customers: 0 },
  })
  expect(await desk.undo(tenant.id, [9_999])).toMatchObject({ ok: false, fault: { code: 'input-invalid' } })
})

test('who is new is not asked about again, and that can be taken back', async () => {
  await desk.look(tenant.id, true)
  must(await desk.setNew(tenant.id, [10], true))
  expect(await idsOf('alike')).toEqual([12])
  expect(await idsOf('new')).toEqual([10])
  expect(must(await desk.look(tenant.id, true))).toMatchObject({ counts: { alike: 1, new: 1 }, sure: [] })
  expect(must(await desk.alike(tenant.id, 'always'))).toEqual({ customers: 1 })
  must(await desk.setNew(tenant.id, [10], false))
  expect(must(await desk.alike(tenant.id, 'always'))).toEqual({ customers: 2 })
})

test('where a sync has written customers, Halo is not asked before the next one', async () => {
  halo.exec('drop table AREA')
  expect(must(await desk.alike(tenant.id, 'first sync'))).toEqual({ customers: 0 })
  expect(await desk.alike(tenant.id, 'always')).toMatchObject({ ok: false })
})

test('a run that ended makes what was compared out of date', async () => {
  expect(await idsOf('all')).toEqual([10, 12])
  const run = store.runs.start(tenant.id, 'sync', 'person')
  store.records.putOutcomes(tenant.id, run.id, [aRecord(12, { entity: 'customers', haloId: 52 })])
  desk.forget(tenant.id)
  expect(await idsOf('all')).toEqual([10])
})

test('others have their turn while thousands are compared', async () => {
  for (let id = 1_000; id < 2_000; id++) put('customer', id, { name: `Customer ${id}`, accountNumber: '' })
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  expect(must(await desk.look(tenant.id, true)).counts.all).toBe(1_002)
  isDone = true
  expect(turns).toBeGreaterThan(10)
})
