import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteHalo } from '../../app/halo/sql/open.ts'
import { linesOfOrder, shownTotals, totalsOfOrder } from '../../app/model/new-order.ts'
import { createHaloKeeper } from '../../main/halo-keeper.ts'
import { createOrderDesk } from '../../main/order-desk.ts'
import { good } from './ground.ts'
import { done, makeRig, none, type Rig } from './rig.ts'

/** A synced quote of two lines, and a person who orders from it. */
async function orderable() {
  const rig = await makeRig()
  const { id: quoteId } = rig.world.addQuote({ status: 2 })
  expect(await rig.sync()).toMatchObject(done)
  const halos = createHaloKeeper(() => openSqliteHalo({ file: rig.halo, clock: rig.clock }))
  onTestFinished(() => halos.close())
  const desk = createOrderDesk({ ...rig, halos, onChange: () => undefined, who: 'Ann' })
  const orderAll = async (): Promise<number> => {
    const { offer, orders } = good(await desk.start(rig.tenantId, quoteId))
    const lines = offer.lines.flatMap(({ id, kind, quantity }) => (kind === 'line' ? [{ id, quantity }] : []))
    const order = {
      ...{ title: 'Ordered by telephone', reference: 'PO 7', note: 'By Friday', statusId: null },
      ...{ orderedAt: '2026-06-01T12:00:00.000Z', lines, delivery: null },
      shown: shownTotals(totalsOfOrder(good(linesOfOrder(offer.lines, lines, null)))),
      known: orders.map(({ haloId }) => haloId),
    }
    return good(await desk.make(rig.tenantId, quoteId, order)).haloId
  }
  return { rig, quoteId, orderAll, later: () => rig.clock.pass(15) }
}

const ordersIn = ({ rows }: Rig) => rows('SELECT OHid AS id, OHponumber AS reference FROM ORDERHEAD')
const linesOf = ({ rows }: Rig, id: number): unknown =>
  rows(
    'SELECT count(*) AS n, count(nullif(oldattocommercelineid, 0)) AS ours FROM ORDERLINE WHERE OLid = ?',
    id,
  )
const madeIn = ({ store, tenantId }: Rig, quoteId: number) => store.madeOrders.ofQuotes(tenantId, [quoteId])

test('an order is made without a word to Commerce, and left alone by syncs and reconciles', async () => {
  const { rig, quoteId, orderAll, later } = await orderable()
  const before = ordersIn(rig).length
  rig.api.resetStats()
  const id = await orderAll()
  expect(rig.api.stats().total).toBe(0)
  const made = ordersIn(rig)
  expect(made).toHaveLength(before + 1)
  expect(made).toContainEqual({ id, reference: 'PO 7' })
  const halo = rig.dump()
  for (const kind of ['sync', 'reconcile'] as const) {
    later()
    expect(await rig.sync(kind)).toMatchObject(done)
  }
  expect(rig.dump()).toEqual(halo)
  expect(madeIn(rig, quoteId)).toMatchObject([{ haloId: id, orderId: null, who: 'Ann' }])
})

test('the order that Commerce makes later becomes the one that is there: said in the preview, done by the sync', async () => {
  const { rig, quoteId, orderAll, later } = await orderable()
  const id = await orderAll()
  const there = ordersIn(rig).length
  later()
  const { salesOrderId } = rig.world.changeStatus(quoteId, 3)
  const adopted = { entity: 'salesOrders', commerceId: salesOrderId, kind: 'updated', haloId: id }
  const preview = await rig.sync('preview')
  expect(preview.outcomes).toContainEqual(
    expect.objectContaining({
      ...adopted,
      notes: expect.arrayContaining([expect.objectContaining({ code: 'order-adopted' })]),
    }),
  )
  expect(ordersIn(rig)).toHaveLength(there)
  expect(madeIn(rig, quoteId)).toMatchObject([{ orderId: null }])

  const run = await rig.sync()
  expect(run).toMatchObject(done)
  expect(run.outcomes).toContainEqual(expect.objectContaining(adopted))
  expect(ordersIn(rig)).toHaveLength(there)
  const { n, ours } = (linesOf(rig, id) as { n: number; ours: number }[])[0] ?? { n: 0, ours: -1 }
  expect(ours).toBe(n)
  // What a person entered stays where Commerce says nothing.
  expect(ordersIn(rig)).toContainEqual({ id, reference: 'PO 7' })
  expect(madeIn(rig, quoteId)).toMatchObject([{ haloId: id, orderId: salesOrderId }])

  later()
  expect((await rig.sync('reconcile')).counts.salesOrders).toMatchObject({
    ...none,
    unchanged: expect.any(Number),
  })
  expect(ordersIn(rig)).toHaveLength(there)
})

test('a program that ended before it noted the order finds it again, and so does one with a new store', async () => {
  for (const forget of ['never heard of', 'not remembered'] as const) {
    const { rig, quoteId, orderAll, later } = await orderable()
    const id = await orderAll()
    const there = ordersIn(rig).length
    rig.store.madeOrders.forget(rig.tenantId)
    if (forget === 'never heard of') rig.store.madeOrders.begin(rig.tenantId, quoteId, 'Ann')
    later()
    const { salesOrderId } = rig.world.changeStatus(quoteId, 3)
    expect(await rig.sync()).toMatchObject(done)
    expect(ordersIn(rig)).toHaveLength(there)
    expect(rig.record('salesOrders', salesOrderId ?? 0)).toMatchObject({ haloId: id })
    const kept = forget === 'never heard of' ? [{ haloId: id, orderId: salesOrderId }] : []
    expect(madeIn(rig, quoteId)).toMatchObject(kept)
  }
})

test('an order that a person made in Halo itself is not taken for Commerce’s', async () => {
  const { rig, quoteId, orderAll, later } = await orderable()
  const id = await orderAll()
  rig.store.madeOrders.forget(rig.tenantId)
  const halo = new Database(rig.halo)
  halo.prepare('UPDATE ORDERHEAD SET OHsummary = ? WHERE OHid = ?').run('Entered by hand', id)
  halo.close()
  const there = ordersIn(rig).length
  later()
  rig.world.changeStatus(quoteId, 3)
  const run = await rig.sync()
  expect(run.counts.salesOrders).toMatchObject({ created: 1 })
  expect(ordersIn(rig)).toHaveLength(there + 1)
})
