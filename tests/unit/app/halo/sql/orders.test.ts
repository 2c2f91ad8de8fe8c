import { describe, expect, it } from 'vitest'
import { customer, good, known, line, openTestHalo, order, product, quote } from './fixture.ts'

/** As Halo's own reports join (apis.md §3.2, fact 2). */
const clients = `select OHid as id, AREA.adattocommerceid as customer from ORDERHEAD
  join SITE on SITE.Ssitenum = OHsitenum join AREA on AREA.Aarea = SITE.Sarea order by OHid`

const openWithCustomer = async () => {
  const test = await openTestHalo()
  await test.write('customers', customer(1), customer(2))
  return test
}

describe('a new order', () => {
  it('belongs to its customer by Halo’s own joins and links its quote', async () => {
    const { write, rows } = await openWithCustomer()
    await write('products', product(5))
    await write('quotes', quote(8))
    const lines = [line(11, 1, { productCommerceId: 5, billingPeriod: 2, periods: 12 }), line(12, 2)]
    const [outcome] = await write('salesOrders', order(1, { quoteCommerceId: 8, statusToWrite: 2, lines }))
    expect(outcome).toMatchObject({ kind: 'created', haloId: 1, notes: [] })
    expect(rows(clients)).toEqual([{ id: 1, customer: 1 }])
    expect(rows('select * from ORDERHEAD')[0]).toMatchObject({
      OHsitenum: 1,
      ohuserid: 1,
      OHusername: 'Ann 1',
      OHUserStatus: 2,
      OHtitle: 'Sales order SO1',
      OHsummary: 'SO1',
      OHponumber: 'PO-1',
      OHorderdate: '2026-01-05 09:00:00.000',
      OHQHID: 1,
      ohoverridedeliveryaddress: 1,
      ohdeladdress5: 'LS1 1AA',
      ohlastupdatetime: '2026-01-06 09:00:00.000',
    })
    expect(rows('select * from ORDERLINE')[0]).toMatchObject({
      OLid: 1,
      OLseq: 1,
      id: 1,
      OLitem: 1,
      OLDesc: 'Line 11',
      OLorderqty: 2,
      OLSellingPrice: 10,
      OLtax: 4,
      OLBillingPeriod: 2,
      olperiods: 12,
      ollinerecurring: 1,
      oldattocommercelineid: 11,
      OLCostPrice: null,
    })
  })

  it('whose quote is not in Halo is written with a note', async () => {
    const { write, rows } = await openWithCustomer()
    const [outcome] = await write('salesOrders', order(1, { quoteCommerceId: 404 }))
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [{ code: 'halo-reference-missing', facts: { label: 'SO1', table: 'QUOTATIONHEADER', id: 404 } }],
    })
    expect(rows('select OHQHID from ORDERHEAD')).toEqual([{ OHQHID: 0 }])
  })

  it('keeps charges, which have no Commerce line id, once', async () => {
    const { write, rows } = await openWithCustomer()
    const delivery = { ...order(1).delivery, instruction: 'Ring twice' }
    const charge = (sequence: number, description: string, price: number) =>
      line(0, sequence, { productCode: '', description, price, quantity: 1, tax: 0 })
    const record = order(1, {
      delivery,
      note: 'Thanks',
      lines: [line(1, 1), charge(2, 'Delivery', 9.5), charge(3, 'Coupon discount', -5)],
    })
    await write('salesOrders', record)
    expect((await write('salesOrders', record))[0]?.kind).toBe('unchanged')
    const dearer = { ...record, lines: [line(1, 1), line(2, 2), charge(3, 'Delivery', 12)] }
    await write('salesOrders', dearer)
    expect(rows('select id, OLDesc, OLSellingPrice as p, oldattocommercelineid as l from ORDERLINE')).toEqual(
      [
        { id: 1, OLDesc: 'Line 1', p: 10, l: 1 },
        { id: 2, OLDesc: 'Delivery', p: 12, l: null },
        { id: 4, OLDesc: 'Line 2', p: 10, l: 2 },
      ],
    )
    expect(rows('select OHnote from ORDERHEAD')).toEqual([{ OHnote: 'Thanks\n\nDelivery: Ring twice' }])
  })

  it('fails alone when its customer is not in Halo', async () => {
    const { write } = await openWithCustomer()
    const outcomes = await write('salesOrders', order(1, { customerCommerceId: 404 }), order(2))
    expect(outcomes.map(({ kind, fault }) => [kind, fault?.code])).toEqual([
      ['failed', 'customer-missing'],
      ['created', undefined],
    ])
  })
})

describe('an order written again', () => {
  const writeWith = async (
    test: Awaited<ReturnType<typeof openTestHalo>>,
    record: ReturnType<typeof order>,
    haloId: number | null,
  ) =>
    good(
      await test.halo.write('salesOrders', [{ record, haloId }], {
        owner: test.owner,
        mode: 'write',
        defaultGroup: null,
        createItemsFromQuotes: true,
      }),
    )[0]

  it('is found by the Commerce ids of its lines when the store was lost, and changes no byte', async () => {
    const test = await openWithCustomer()
    await test.write('salesOrders', order(1), order(2))
    const before = test.dump()
    expect(await writeWith(test, order(2), null)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(await writeWith(test, order(2), 1)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(await writeWith(test, order(2), 2)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(test.dump()).toBe(before)
  })

  it('without lines is found by its key alone', async () => {
    const test = await openWithCustomer()
    const empty = order(1, { lines: [] })
    await test.write('salesOrders', empty)
    expect(await writeWith(test, empty, 1)).toMatchObject({ kind: 'unchanged', haloId: 1 })
    expect(await writeWith(test, empty, null)).toMatchObject({ kind: 'created', haloId: 2 })
  })

  it('is not taken for another tenant’s order with the same line ids', async () => {
    const test = await openWithCustomer()
    await test.write('salesOrders', order(1))
    const south = good(await test.halo.owner('https://south.mydattocommerce.com'))
    const options = { owner: south, mode: 'write', defaultGroup: null, createItemsFromQuotes: true } as const
    good(await test.halo.write('customers', known(customer(1)), options))
    const [outcome] = good(await test.halo.write('salesOrders', known(order(1)), options))
    expect(outcome).toMatchObject({ kind: 'created', haloId: 2 })
    expect(test.rows(clients)).toHaveLength(2)
  })

  it('goes on in its rows when lines move, come and go; numbers within the order are never reused for others', async () => {
    const test = await openWithCustomer()
    await test.write('salesOrders', order(1, { lines: [line(1, 1), line(2, 2), line(3, 3)] }))
    await test.write('salesOrders', order(1, { lines: [line(3, 1), line(4, 2), line(1, 3)] }))
    expect(
      test.rows(
        'select id, OLseq, OLsortseq, oldattocommercelineid as line from ORDERLINE order by OLsortseq',
      ),
    ).toEqual([
      { id: 3, OLseq: 3, OLsortseq: 1, line: 3 },
      { id: 4, OLseq: 4, OLsortseq: 2, line: 4 },
      { id: 1, OLseq: 1, OLsortseq: 3, line: 1 },
    ])
  })

  it('never makes a charge out of a line that is gone, nor the other way round', async () => {
    const test = await openWithCustomer()
    const charge = line(0, 2, { productCode: '', description: 'Line 2' })
    await test.write('salesOrders', order(1, { lines: [line(1, 1), line(2, 2)] }))
    await test.write('salesOrders', order(1, { lines: [line(1, 1), charge] }))
    const rows = () => test.rows('select id, oldattocommercelineid as line from ORDERLINE order by OLsortseq')
    expect(rows()).toEqual([
      { id: 1, line: 1 },
      { id: 3, line: null },
    ])
    await test.write('salesOrders', order(1, { lines: [line(1, 1), line(2, 2)] }))
    expect(rows()).toEqual([
      { id: 1, line: 1 },
      { id: 4, line: 2 },
    ])
  })

  it('keeps a status and a site that a person chose', async () => {
    const test = await openWithCustomer()
    await test.write('salesOrders', order(1, { statusToWrite: 1 }))
    test.sql.exec("insert into SITE (sdesc, Sarea) values ('Depot', 1)")
    test.sql.exec('update ORDERHEAD set OHUserStatus = 4, OHsitenum = 3')
    await test.write('salesOrders', order(1, { title: 'New title' }))
    expect(test.rows('select OHUserStatus, OHsitenum, OHtitle from ORDERHEAD')).toEqual([
      { OHUserStatus: 4, OHsitenum: 3, OHtitle: 'New title' },
    ])
  })

  it('moves to another customer when Commerce says so', async () => {
    const test = await openWithCustomer()
    await test.write('salesOrders', order(1))
    await test.write('salesOrders', order(1, { customerCommerceId: 2 }))
    expect(test.rows(clients)).toEqual([{ id: 1, customer: 2 }])
  })
})
