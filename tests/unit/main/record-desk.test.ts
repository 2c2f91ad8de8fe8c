import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { mapOne, rootOf } from '../../../app/sync/prepare.ts'
import { createRecordDesk, type RecordDesk } from '../../../main/record-desk.ts'
import { aRecord, must, type TestClock, tempStore } from '../app/store/temp-store.ts'

let store: Store
let clock: TestClock
let tenant: Tenant
let desk: RecordDesk
let file: string

const put = (resource: string, id: number, body: object, parentId: number | null = null): void => {
  store.sources.putPage(
    tenant.id,
    resource,
    [{ id, parentId, modifiedAt: null, body: JSON.stringify({ id, ...body }) }],
    1,
    {
      marksChildren: false,
    },
  )
}

/** Customer 10 with quote 30 of two lines (one of them optional and not taken) in the mirror. */
beforeEach(() => {
  const made = tempStore()
  store = made.store
  clock = made.clock
  file = `${made.folder}/halo.db`
  tenant = must(
    store.tenants.add({
      name: 'North',
      instanceUrl: 'https://north.mydattocommerce.com',
      halo: { kind: 'sqlite', file },
    }),
  )
  desk = createRecordDesk({ store, open: () => openSqliteHalo({ file, clock }) })
  put('customer', 10, { name: 'Northwind', accountNumber: 'NW-1' })
  put('customeraddress', 11, { customerID: 10, address: '2 Side Street', city: 'Leeds' }, 10)
  put('quote', 30, {
    quoteNumber: 'Q-30',
    code: 'abc',
    title: 'New servers',
    status: 1,
    customerID: 10,
    salesOrderId: 60,
  })
  put('quotesection', 40, { quoteID: 30, type: 0, lineNumber: 1, title: 'Hardware' }, 30)
  const line = { quoteSectionID: 40, price: 100, quantity: 2, tax: 40, taxRate: 20, isSelected: true }
  put('quoteline', 50, { ...line, lineNumber: 1, title: 'Server' }, 40)
  put('quoteline', 51, { ...line, lineNumber: 2, title: 'Rack', isOptional: true, isSelected: false }, 40)
})

/** Writes customer and quote into Halo as a run would, and keeps their places. */
async function inHalo(): Promise<Database.Database> {
  const halo = must(await openSqliteHalo({ file, clock }))
  const owner = must(await halo.owner(tenant.instanceUrl))
  for (const [entity, id] of [
    ['customers', 10],
    ['quotes', 30],
  ] as const) {
    const row = store.sources.get(tenant.id, rootOf[entity], id)
    const mapped = row && mapOne({ store, tenant, missingProducts: new Set() }, entity, row, null)
    if (!mapped || !('record' in mapped)) throw new Error('It can be mapped.')
    const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: true }
    const [written] = must(await halo.write(entity, [{ record: mapped.record, haloId: null }], options))
    const own = { entity, haloId: written?.haloId ?? null, statusSeen: 1 }
    store.records.putOutcomes(tenant.id, 1, [aRecord(id, own)])
  }
  await halo.close()
  return new Database(file)
}

describe('a view', () => {
  it('has what becomes of a quote, its lines, its order and its links', () => {
    const view = desk.view(tenant.id, 'quotes', 30)
    expect(view?.mapped).toMatchObject({ number: 'Q-30', title: 'New servers', customerCommerceId: 10 })
    expect(view?.lines?.sections[0]?.lines.map(({ description, why }) => [description, why])).toEqual([
      ['Server', null],
      ['Rack', 'optional'],
    ])
    expect(view?.lines?.totals.once.total).toBe(240)
    expect(view?.counterpart).toBeNull()
    store.records.putOutcomes(tenant.id, 1, [aRecord(60, { entity: 'salesOrders', label: 'SO-60' })])
    expect(desk.view(tenant.id, 'quotes', 30)?.counterpart).toEqual({ commerceId: 60, label: 'SO-60' })
    expect(view?.links).toEqual({ view: tenant.instanceUrl, raise: tenant.instanceUrl })
  })

  it('of a customer has its addresses; of what the mirror does not hold there is none', () => {
    expect(desk.view(tenant.id, 'customers', 10)?.addresses).toMatchObject([{ city: 'Leeds' }])
    expect(desk.view(tenant.id, 'customers', 99)).toBeNull()
    expect(desk.view(99, 'customers', 10)).toBeNull()
  })

  it('says why an order is left out', () => {
    put('salesorder', 60, { orderNumber: 'SO-60', status: 1, customerID: 10, quoteID: 30 })
    store.records.putOutcomes(tenant.id, 1, [aRecord(30, { label: 'Q-30' })])
    expect(desk.view(tenant.id, 'salesOrders', 60)).toMatchObject({
      mapped: null,
      obstacle: { code: 'status-not-chosen' },
      counterpart: { commerceId: 30, label: 'Q-30' },
      lines: null,
    })
  })
})

describe('a comparison', () => {
  it('finds nothing right after the write, and writes nothing itself', async () => {
    const halo = await inHalo()
    const before = halo.prepare('SELECT * FROM QUOTATIONDETAIL').all()
    const compared = must(await desk.compare(tenant.id, 'quotes', 30))
    if (compared.state !== 'compared') throw new Error('It is in Halo.')
    expect(compared.comparison).toMatchObject({ differences: 0, haloLines: 3, lines: [] })
    expect(compared.comparison.fields.find(({ label }) => label === 'Title')).toMatchObject({
      commerce: 'New servers',
      halo: 'New servers',
    })
    expect(halo.prepare('SELECT * FROM QUOTATIONDETAIL').all()).toEqual(before)
    halo.close()
  })

  it('shows what somebody changed in Halo, line by line, and the linked ticket', async () => {
    const halo = await inHalo()
    halo.exec(`UPDATE QUOTATIONHEADER SET QHtitle = 'By hand', QHfaultID = 77;
      UPDATE QUOTATIONDETAIL SET QDPrice = 111 WHERE QDDesc = 'Server';
      DELETE FROM QUOTATIONDETAIL WHERE QDDesc = 'Rack'`)
    const compared = must(await desk.compare(tenant.id, 'quotes', 30))
    if (compared.state !== 'compared') throw new Error('It is in Halo.')
    expect(compared.ticketId).toBe(77)
    expect(compared.comparison.fields.filter(({ differs }) => differs)).toMatchObject([
      { label: 'Title', commerce: 'New servers', halo: 'By hand' },
    ])
    expect(compared.comparison.lines.map(({ sequence, state }) => [sequence, state])).toEqual([
      [2, 'differs'],
      [3, 'missing'],
    ])
    halo.close()
  })

  it('says when it was never synced, and when Halo has lost it', async () => {
    expect(must(await desk.compare(tenant.id, 'quotes', 30))).toEqual({ state: 'notSynced' })
    const halo = await inHalo()
    halo.exec('DELETE FROM QUOTATIONHEADER')
    halo.close()
    expect(must(await desk.compare(tenant.id, 'quotes', 30))).toEqual({ state: 'notInHalo' })
  })
})
