import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import { defaultMapping } from '../../../app/model/mapping.ts'
import { linesOfOrder, shownTotals, totalsOfOrder } from '../../../app/model/new-order.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createHaloKeeper, type HaloKeeper } from '../../../main/halo-keeper.ts'
import { createOrderDesk, type OrderDesk, type OrderStart } from '../../../main/order-desk.ts'
import { customer, line, quote } from '../../integration/halo/records.ts'
import { aRecord, must, tempStore } from '../app/store/temp-store.ts'

let store: Store
let tenant: Tenant
let desk: OrderDesk
let halos: HaloKeeper
let halo: Database.Database
let bumps: number

/** Quote 7 in Halo with a laptop and an optional bag; quote 8 is not in Halo. */
beforeEach(async () => {
  const made = tempStore()
  store = made.store
  const file = `${made.folder}/halo.db`
  tenant = must(
    store.tenants.add({
      ...{ name: 'North', instanceUrl: 'https://north.mydattocommerce.com', halo: { kind: 'sqlite', file } },
      mapping: { ...defaultMapping, orderStatus: { '2': 3 } },
    }),
  )
  const open = () => openSqliteHalo({ file, clock: made.clock })
  const opened = must(await open())
  const owner = must(await opened.owner(tenant.instanceUrl))
  const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: false } as const
  const lines = [
    line(41, 1, { description: 'Laptop', price: 900.5, quantity: 3, tax: 540.3 }),
    line(42, 2, { description: 'Bag', isOptional: true }),
  ]
  must(await opened.write('customers', [{ record: customer(1), haloId: null }], options))
  const [written] = must(
    await opened.write('quotes', [{ record: quote(7, { lines }), haloId: null }], options),
  )
  await opened.close()
  halo = new Database(file)
  store.records.putOutcomes(tenant.id, 1, [
    aRecord(7, { haloId: written?.haloId ?? null, label: 'Q7' }),
    aRecord(8, { haloId: null }),
  ])
  bumps = 0
  halos = createHaloKeeper(open)
  desk = createOrderDesk({ store, halos, clock: made.clock, onChange: () => bumps++, who: 'Ann' })
})
afterEach(async () => {
  await halos.close()
  halo.close()
})

const inHalo = (): unknown => halo.prepare('SELECT count(*) FROM ORDERHEAD').pluck().get()
const begin = async (): Promise<OrderStart> => must(await desk.start(tenant.id, 7))
const audited = () => store.audit.list(tenant.id, 0, 10).map(({ who, what }) => `${who}: ${what}`)

/** So many laptops, as a person would confirm them who sees what `start` says. */
function order({ offer, orders }: OrderStart, quantity = 3) {
  const lines = offer.lines.flatMap(({ id, description }) =>
    description === 'Laptop' ? [{ id, quantity }] : [],
  )
  return {
    ...{ title: 'Laptops', reference: 'PO 7', note: '', orderedAt: '2026-01-20T12:00:00.000Z', statusId: 3 },
    ...{ lines, delivery: null, known: orders.map(({ haloId }) => haloId) },
    shown: shownTotals(totalsOfOrder(must(linesOfOrder(offer.lines, lines, null)))),
  }
}

/** What Commerce says of quote 7. */
function commerceSays(salesOrderId: number): void {
  const row = { id: 7, parentId: null, modifiedAt: null, body: JSON.stringify({ id: 7, salesOrderId }) }
  store.sources.putPage(tenant.id, 'quote', [row], 1, { marksChildren: false })
}

describe('an order of a quote', () => {
  it('is offered with its usual status, and made with who made it', async () => {
    const start = await begin()
    expect(start).toMatchObject({ statusId: 3, orders: [], commerceOrder: null, delivery: null })
    expect(start.offer.lines.map(({ description, isOptional }) => [description, isOptional])).toEqual([
      ['Laptop', false],
      ['Bag', true],
    ])
    const { haloId } = must(await desk.make(tenant.id, 7, order(start)))
    expect(halo.prepare('SELECT OHtitle AS title, OHponumber AS po FROM ORDERHEAD').get()).toEqual({
      title: 'Laptops',
      po: 'PO 7',
    })
    expect(audited()).toEqual(['Ann: sales order made from a quote'])
    expect(bumps).toBe(1)
    expect((await begin()).orders).toMatchObject([{ haloId, made: { who: 'Ann' }, page: '' }])
  })

  it('has a page where it is known how Halo is opened', async () => {
    const interpretation = { ...defaultMapping.interpretation, haloAddress: 'https://halo.north.example/' }
    must(store.tenants.update(tenant.id, { mapping: { ...defaultMapping, interpretation } }))
    const { haloId, page } = must(await desk.make(tenant.id, 7, order(await begin())))
    expect(page).toBe(`https://halo.north.example/order?salesorderid=${haloId}`)
  })

  it('is made once by two clicks at the same time, and again only by who knows of the first', async () => {
    const wanted = order(await begin())
    const both = await Promise.all([desk.make(tenant.id, 7, wanted), desk.make(tenant.id, 7, wanted)])
    expect(both.map((one) => (one.ok ? 'made' : one.fault.code))).toEqual(['made', 'order-there'])
    expect(inHalo()).toBe(1)
    must(await desk.make(tenant.id, 7, order(await begin(), 1)))
    expect(inHalo()).toBe(2)
  })

  it('is not made where Commerce has one of its own', async () => {
    const wanted = order(await begin())
    commerceSays(15)
    expect((await begin()).commerceOrder).toEqual({ commerceId: 15, label: '15', isInHalo: false })
    expect(await desk.make(tenant.id, 7, wanted)).toMatchObject({ fault: { code: 'order-there' } })
    expect(inHalo()).toBe(0)
    expect(store.madeOrders.ofQuotes(tenant.id, [7])).toEqual([])
  })

  it('is refused when the quote came to something else, and nothing is remembered', async () => {
    const wanted = order(await begin())
    halo.exec('UPDATE QUOTATIONDETAIL SET QDPrice = 950')
    expect(await desk.make(tenant.id, 7, wanted)).toMatchObject({ fault: { code: 'quote-changed' } })
    expect([inHalo(), audited(), store.madeOrders.ofQuotes(tenant.id, [7])]).toEqual([0, [], []])
  })

  it('whose answer never came is known again by its sign, and forgotten when Halo has none', async () => {
    must(await desk.make(tenant.id, 7, order(await begin())))
    const [first] = store.madeOrders.ofQuotes(tenant.id, [7])
    store.madeOrders.forget(tenant.id)
    store.madeOrders.begin(tenant.id, 7, 'Bob')
    store.madeOrders.begin(tenant.id, 7, 'Cleo')
    expect((await begin()).orders).toMatchObject([{ haloId: first?.haloId, made: { who: 'Bob' } }])
    expect(store.madeOrders.ofQuotes(tenant.id, [7])).toHaveLength(1)
  })

  it('of a quote that is not in Halo, or of no tenant, is refused', async () => {
    expect(await desk.start(tenant.id, 8)).toMatchObject({ fault: { code: 'quote-gone' } })
    expect(await desk.start(99, 7)).toMatchObject({ fault: { code: 'tenant-unknown' } })
  })
})
