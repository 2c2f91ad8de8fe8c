import { describe, expect, it } from 'vitest'
import type { MadeOrders, NewOrder, OrderOffer } from '../../../../app/halo/made-orders.ts'
import { linesOfOrder, shownTotals, totalsOfOrder } from '../../../../app/model/new-order.ts'
import { good, type NewStage, type Stage } from '../conformance.ts'
import { customer, heading, line, order, product, quote } from '../records.ts'
import { plain } from './quotes.ts'

const quoteLines = [
  heading('Hardware', 1),
  line(41, 2, { productCommerceId: 9, description: 'Laptop', price: 900.5, quantity: 3, tax: 540.3 }),
  line(42, 3, { description: 'Bag', isOptional: true, discount: 1.25 }),
  heading('Care', 4, 2),
  line(43, 5, { description: 'Support', groupSequence: 2, billingPeriod: 2, periods: 12, price: 25 }),
]

/** A synced quote of customer 1, and short ways to order from it. */
async function quoted(stage: NewStage) {
  const on = await stage()
  await on.write('customers', customer(1))
  await on.write('products', product(9))
  const delivery = { ...quote(4).delivery, amount: 7.5, tax: 1.5, taxRate: 20 }
  const [made] = await on.write('quotes', quote(4, { lines: quoteLines, delivery }))
  const key = { commerceId: 4, haloId: made?.haloId ?? 0 }
  return {
    ...on,
    key,
    orders: ordersOf(on),
    offer: async () => good(await ordersOf(on).offer(on.owner, key)),
  }
}

function ordersOf({ world }: Stage): MadeOrders {
  if (!world.halo.madeOrders) throw new Error('Orders can be made in this Halo.')
  return world.halo.madeOrders
}

/** An order of these of the offered lines, by description, as a person would confirm it. */
function wanted(offer: OrderOffer, of: Record<string, number>, more: Partial<NewOrder> = {}): NewOrder {
  const lines = offer.lines.flatMap(({ id, kind, description }) =>
    kind === 'line' && of[description] !== undefined ? [{ id, quantity: of[description] }] : [],
  )
  const delivery = more.delivery ?? null
  return {
    ...{ title: 'Laptops for the office', reference: 'PO 77', note: 'By Friday', statusId: 1 },
    ...{ orderedAt: '2026-01-20T12:00:00.000Z', madeAt: '2026-01-20T14:30:00.000Z' },
    ...{ lines, delivery, known: [] },
    shown: shownTotals(totalsOfOrder(good(linesOfOrder(offer.lines, lines, delivery)))),
    ...more,
  }
}

export function madeOrdersConform(stage: NewStage): void {
  describe('a sales order made from a quote', () => {
    offers(stage)
    makes(stage)
    refuses(stage)
    isAdopted(stage)
  })
}

function offers(stage: NewStage): void {
  it('is offered with what Halo has of the quote, and no cost', async () => {
    const { offer, key } = await quoted(stage)
    const found = await offer()
    expect(found).toMatchObject({
      haloId: key.haloId,
      number: 'Q4',
      title: 'Quote 4',
      client: 'Customer 1',
      contact: 'Ann Hill1',
      carriage: 7.5,
      orders: [],
    })
    expect(found.lines.map(({ kind, description }) => [kind, description])).toEqual([
      ['heading', 'Hardware'],
      ['line', 'Laptop'],
      ['line', 'Bag'],
      ['heading', 'Care'],
      ['line', 'Support'],
    ])
    expect(found.lines[2]).toMatchObject({ isOptional: true, price: 10, quantity: 2, discount: 1.25, tax: 4 })
    expect(found.lines[4]).toMatchObject({ billingPeriod: 2, periods: 12, groupSequence: 2 })
    expect(JSON.stringify(found)).not.toMatch(/cost/i)
  })
}

function makes(stage: NewStage): void {
  it('belongs to the quote and its client, and has the chosen lines', async () => {
    const { orders, owner, key, offer, world } = await quoted(stage)
    const delivery = { amount: 7.5, tax: 1.5, taxRate: 20 }
    const order = wanted(await offer(), { Laptop: 2, Bag: 1 }, { delivery })
    const { haloId } = good(await orders.make(owner, key, order))
    expect(await world.look('salesOrders', haloId)).toEqual({
      title: 'Laptops for the office',
      reference: 'PO 77',
      status: 1,
      client: 'Customer 1',
      contact: 'Ann Hill1',
      orderedAt: '2026-01-20T12:00:00.000Z',
      note: 'By Friday',
      quote: 'Quote 4',
      lines: [
        { ...plain('Hardware'), isHeading: true, price: 0, quantity: 0 },
        { ...plain('Laptop'), product: 'Product 9', price: 900.5, quantity: 2 },
        { ...plain('Bag'), quantity: 1, discount: 1.25 },
        { ...plain('Delivery'), quantity: 1, price: 7.5 },
      ],
    })
    expect((await offer()).orders).toMatchObject([
      { haloId, title: 'Laptops for the office', isFromCommerce: false },
    ])
  })

  it('leaves the quote as it was', async () => {
    const { orders, owner, key, offer, world } = await quoted(stage)
    const before = await world.look('quotes', key.haloId)
    good(await orders.make(owner, key, wanted(await offer(), { Support: 2 })))
    expect(await world.look('quotes', key.haloId)).toEqual(before)
  })
}

function refuses(stage: NewStage): void {
  it('is not made twice by who does not know of the first', async () => {
    const { orders, owner, key, offer, world } = await quoted(stage)
    const order = wanted(await offer(), { Laptop: 1 })
    const { haloId } = good(await orders.make(owner, key, order))
    expect(await orders.make(owner, key, order)).toMatchObject({
      fault: { code: 'order-there', facts: { order: haloId, label: 'Q4' } },
    })
    expect(await world.count('salesOrders')).toBe(1)
    good(await orders.make(owner, key, { ...order, known: [haloId] }))
    expect(await world.count('salesOrders')).toBe(2)
  })

  it('is not made of a quote that has changed, is gone or is another tenant’s', async () => {
    const { orders, owner, key, offer, write, world } = await quoted(stage)
    const order = wanted(await offer(), { Laptop: 1 })
    const stranger = { haloTenantId: owner.haloTenantId + 1000 }
    const other = { commerceId: 4, haloId: 876_543 }
    expect(await orders.make(stranger, key, order)).toMatchObject({ fault: { code: 'quote-gone' } })
    expect(await orders.offer(owner, other)).toMatchObject({ fault: { code: 'quote-gone' } })
    const dearer = quoteLines.map((one) => (one.commerceId === 41 ? { ...one, price: 950 } : one))
    await write('quotes', quote(4, { lines: dearer }))
    expect(await orders.make(owner, key, order)).toMatchObject({ fault: { code: 'quote-changed' } })
    expect(await world.count('salesOrders')).toBe(0)
  })
}

const fromCommerce = order(5, {
  quoteCommerceId: 4,
  reference: '',
  lines: [
    line(51, 1, { description: 'Laptop', productCommerceId: 9, price: 900.5, quantity: 3, tax: 540.3 }),
    line(52, 2, { description: 'Support', billingPeriod: 2, periods: 12, price: 25 }),
    line(53, 3, { description: 'Cable' }),
  ],
})

function isAdopted(stage: NewStage): void {
  it('becomes the order that Commerce makes later, and no second one', async () => {
    const { orders, owner, key, offer, write, preview, world } = await quoted(stage)
    const order = wanted(await offer(), { Laptop: 2, Support: 2 })
    const { haloId } = good(await orders.make(owner, key, order))
    const told = { code: 'order-adopted', facts: { label: 'SO5', order: haloId } }
    expect(await preview('salesOrders', fromCommerce)).toMatchObject([
      { kind: 'updated', haloId, notes: [told] },
    ])
    expect(await write('salesOrders', fromCommerce)).toMatchObject([
      { kind: 'updated', haloId, notes: [told] },
    ])
    const seen = await world.look('salesOrders', haloId)
    expect(seen).toMatchObject({ title: 'Sales order SO5', reference: 'PO 77', quote: 'Quote 4' })
    expect(seen?.lines.map(({ description, quantity }) => [description, quantity])).toEqual([
      ['Laptop', 3],
      ['Support', 2],
      ['Cable', 2],
    ])
    expect(await write('salesOrders', fromCommerce)).toMatchObject([{ haloId, notes: [] }])
    expect(await world.count('salesOrders')).toBe(1)
    expect((await offer()).orders).toMatchObject([{ haloId, isFromCommerce: true }])
  })

  it('is adopted once, and keeps what a person entered as long as it is known to be made here', async () => {
    const { orders, owner, key, offer, write, writeKnown, world } = await quoted(stage)
    const { haloId } = good(await orders.make(owner, key, wanted(await offer(), { Laptop: 1 })))
    const second = { ...fromCommerce, commerceId: 6, number: 'SO6', lines: [line(61, 1)] }
    const both = await write('salesOrders', fromCommerce, second)
    expect(both).toMatchObject([{ kind: 'updated', haloId }, { kind: 'created' }])
    const record = { ...fromCommerce, note: 'Called', statusToWrite: null }
    const [again] = await writeKnown('salesOrders', { record, haloId, made: [haloId] })
    expect(again).toMatchObject({ kind: 'updated', haloId, notes: [] })
    expect(await world.look('salesOrders', haloId)).toMatchObject({ reference: 'PO 77', note: 'Called' })
  })

  it('is adopted by its number alone, where somebody has changed its sign', async () => {
    const { orders, owner, key, offer, writeKnown, world } = await quoted(stage)
    const { haloId } = good(await orders.make(owner, key, wanted(await offer(), { Laptop: 1 })))
    await world.unsign(haloId)
    const written = await writeKnown('salesOrders', { record: fromCommerce, haloId: null, made: [haloId] })
    expect(written).toMatchObject([{ kind: 'updated', haloId }])
  })

  it('is left alone when a person made it in Halo itself, or it is another quote’s', async () => {
    const { orders, owner, key, offer, write, world } = await quoted(stage)
    const { haloId } = good(await orders.make(owner, key, wanted(await offer(), { Laptop: 1 })))
    await write('quotes', quote(8))
    const elsewhere = { ...fromCommerce, commerceId: 7, quoteCommerceId: 8, lines: [line(71, 1)] }
    expect(await write('salesOrders', elsewhere)).toMatchObject([{ kind: 'created' }])
    await world.unsign(haloId)
    expect(await write('salesOrders', fromCommerce)).toMatchObject([{ kind: 'created' }])
    expect(await world.look('salesOrders', haloId)).toMatchObject({ title: 'Laptops for the office' })
  })
}
