import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createHaloKeeper, type HaloKeeper } from '../../../main/halo-keeper.ts'
import { createMatchDesk, type MatchDesk } from '../../../main/match-desk.ts'
import { aRecord, must, tempStore } from '../app/store/temp-store.ts'

let store: Store
let tenant: Tenant
let desk: MatchDesk
let halos: HaloKeeper
let halo: Database.Database
let bumps: number

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
  desk = createMatchDesk({ store, halos, onChange: () => void bumps++, who: 'Ann' })
})
afterEach(async () => {
  halo.close()
  await halos.close()
})

test('proposes for customers that no sync has written', async () => {
  const proposals = must(await desk.propose(tenant.id))
  expect(proposals).toEqual([
    {
      commerceId: 10,
      name: 'Northwind',
      isClear: true,
      candidates: [{ haloId: 51, name: 'Northwind Ltd', number: '', by: ['name'] }],
    },
    {
      commerceId: 12,
      name: 'Valley of Vale',
      isClear: true,
      candidates: [{ haloId: 52, name: 'Vale', number: '', by: ['domain'] }],
    },
  ])
  expect(await desk.propose(99)).toMatchObject({ ok: false, fault: { code: 'tenant-unknown' } })
})

test('links what is confirmed, once, and notes it', async () => {
  const pairs = [
    { commerceId: 10, haloId: 51 },
    { commerceId: 12, haloId: 51 },
  ]
  const outcomes = must(await desk.confirm(tenant.id, pairs))
  expect(outcomes.map(({ fault }) => fault?.code ?? 'linked')).toEqual(['linked', 'halo-reference-missing'])
  expect(halo.prepare('select adattocommerceid as id from AREA order by Aarea').pluck().all()).toEqual([
    10, -1,
  ])
  const [noted] = store.audit.list(tenant.id, 0, 1)
  expect(noted).toMatchObject({
    who: 'Ann',
    what: 'customers linked to clients',
    after: [{ commerceId: 10, haloId: 51 }],
  })
  expect(bumps).toBe(1)
  expect(must(await desk.propose(tenant.id)).map(({ commerceId }) => commerceId)).toEqual([12])
})
