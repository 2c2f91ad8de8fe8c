import { describe, expect, it } from 'vitest'
import { customer, heading, instance, line, openTestHalo, product, quote } from './fixture.ts'

/** As Halo's own reports join (apis.md §3.2, facts 1 and 3). */
const values = `select QHid as id, AREA.adattocommerceid as customer, USERS.uusername as contact, (
    select sum(QDPrice * QDQuantity) from QUOTATIONDETAIL
    where QDQHid = QHid and QDIsGroupDesc = 0 and coalesce(qdOptional, 0) = 0
  ) as value
  from QUOTATIONHEADER join USERS on USERS.Uid = QHUserID
  join SITE on SITE.Ssitenum = USERS.Usite join AREA on AREA.Aarea = SITE.Sarea order by QHid`

const openWithCustomer = async () => {
  const test = await openTestHalo()
  await test.write('customers', customer(1))
  return test
}

describe('a new quote', () => {
  it('belongs to its customer and has its value by Halo’s own joins', async () => {
    const { write, rows } = await openWithCustomer()
    const lines = [
      heading('Hardware', 1),
      line(11, 2, { price: 12.5, quantity: 3 }),
      line(12, 3, { price: 0.1, quantity: 1.5, description: '日本語 – “quoted”' }),
      line(13, 4, { price: 999, isOptional: true }),
    ]
    expect((await write('quotes', quote(1, { lines })))[0]).toMatchObject({ kind: 'created', haloId: 1 })
    expect(rows(values)).toEqual([{ id: 1, customer: 1, contact: 'Ann 1', value: 37.65 }])
    expect(
      rows('select QDDesc, QDIsGroupDesc as h, qdOptional as o, QDPrintItem as p from QUOTATIONDETAIL'),
    ).toEqual([
      { QDDesc: 'Hardware', h: 1, o: 0, p: 1 },
      { QDDesc: 'Line 11', h: 0, o: 0, p: 1 },
      { QDDesc: '日本語 – “quoted”', h: 0, o: 0, p: 1 },
      { QDDesc: 'Line 13', h: 0, o: 1, p: 1 },
    ])
  })

  it('has title, number, links, dates, delivery and note where Halo keeps them', async () => {
    const { write, rows, owner } = await openWithCustomer()
    const { address } = quote(1).delivery
    const delivery = { address, amount: 9.5, tax: 1.9, taxRate: 20, instruction: 'Ring twice' }
    await write('quotes', quote(3, { delivery, note: 'private', statusToWrite: 2 }))
    expect(rows('select * from QUOTATIONHEADER')[0]).toMatchObject({
      QHtitle: 'Quote 3',
      QHstatus: 2,
      QHDate: '2026-01-03 09:00:00.000',
      QHExpiryDate: '2026-02-03 09:00:00.000',
      QHNote: 'private',
      QHUserID: 1,
      QHCarriagePrice: 9.5,
      QHCarriageDesc: 'Delivery: Ring twice',
      qhdeladdress1: '1 High Street',
      qhdeladdress5: 'LS1 1AA',
      QHThirdPartyNumber: 'Q3',
      QHThirdPartyURL: `${instance}/quotes/3`,
      qhlastupdatetime: '2026-01-04 09:00:00.000',
      qhdattocommerceid: 3,
      qhdattocommerceurl: `${instance}/quotes/3`,
      qhdattocommercetenantid: owner.haloTenantId,
    })
  })

  it('links lines to the items of this tenant, and leaves cost alone', async () => {
    const { write, rows, sql } = await openWithCustomer()
    await write('products', product(5))
    sql.exec("insert into ITEM (idesc, ithirdpartyid, idattocommercetenant) values ('South’s', '6', 77)")
    const lines = [
      line(1, 1, { productCommerceId: 5 }),
      line(2, 2, { productCommerceId: 6 }),
      line(3, 3, { billingPeriod: 2, periods: 12, discount: 1.25 }),
    ]
    await write('quotes', quote(1, { lines }))
    expect(
      rows('select QDItemid, QDCostPrice, QDBillingPeriod, qdperiods, QDDiscount from QUOTATIONDETAIL'),
    ).toEqual([
      { QDItemid: 1, QDCostPrice: 0, QDBillingPeriod: 0, qdperiods: 0, QDDiscount: 0 },
      { QDItemid: 0, QDCostPrice: 0, QDBillingPeriod: 0, qdperiods: 0, QDDiscount: 0 },
      { QDItemid: 0, QDCostPrice: 0, QDBillingPeriod: 2, qdperiods: 12, QDDiscount: 1.25 },
    ])
  })
})

describe('the contact of a quote', () => {
  it('is matched by e-mail within its customer, then by name, made when missing, else the first', async () => {
    const { write, rows } = await openWithCustomer()
    await write('customers', customer(2))
    await write(
      'quotes',
      quote(1, { contact: { name: 'Somebody', email: 'ANN@c1.example' } }),
      quote(2, { contact: { name: 'ann 1', email: '' } }),
      quote(3, { contact: { name: 'Cleo Day', email: 'cleo@c1.example' } }),
      quote(4, { contact: { name: 'Cleo', email: 'cleo@c1.example' } }),
      quote(5, { contact: { name: '', email: '' } }),
      quote(6, { contact: { name: '', email: 'ann@c2.example' } }),
    )
    expect(rows(values).map(({ customer: owner, contact }) => [owner, contact])).toEqual([
      [1, 'Ann 1'],
      [1, 'Ann 1'],
      [1, 'Cleo Day'],
      [1, 'Cleo Day'],
      [1, 'Ann 1'],
      [1, 'ann@c2.example'],
    ])
    expect(rows("select uFirstName, uLastName, uarea from USERS where uusername = 'Cleo Day'")).toEqual([
      { uFirstName: 'Cleo', uLastName: 'Day', uarea: 1 },
    ])
  })

  it('is made even where Halo’s client has nobody and no site', async () => {
    const { write, sql, rows, owner } = await openTestHalo()
    sql.exec(
      `insert into AREA (aareadesc, adattocommerceid, adattocommercetenantid) values ('Bare', 1, ${owner.haloTenantId})`,
    )
    await write('quotes', quote(1, { contact: { name: '', email: '' } }), quote(2))
    expect(rows(values).map(({ customer: of, contact }) => [of, contact])).toEqual([
      [1, 'Bare'],
      [1, 'Ann 1'],
    ])
    expect(rows('select count(*) as n from SITE')).toEqual([{ n: 1 }])
  })

  it('is not made for a quote that fails', async () => {
    const { write, rows } = await openWithCustomer()
    const bad = quote(1, { number: 'x'.repeat(101), contact: { name: 'New', email: 'new@c1.example' } })
    const outcomes = await write(
      'quotes',
      bad,
      quote(2, { contact: { name: 'New', email: 'new@c1.example' } }),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'created'])
    expect(outcomes[0]?.fault).toMatchObject({
      code: 'halo-value-too-long',
      facts: { column: 'QUOTATIONHEADER.QHThirdPartyNumber', length: 101, limit: 100 },
    })
    expect(rows('select uusername from USERS')).toEqual([{ uusername: 'Ann 1' }, { uusername: 'New' }])
  })
})

describe('a quote without its customer in Halo', () => {
  it('fails alone', async () => {
    const { write, rows } = await openWithCustomer()
    const outcomes = await write('quotes', quote(1), quote(2, { customerCommerceId: 404 }), quote(3))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'failed', 'created'])
    expect(outcomes[1]?.fault).toMatchObject({
      code: 'customer-missing',
      next: 'stop',
      facts: { label: 'Q2', customerId: 404 },
    })
    expect(rows('select qhdattocommerceid as id from QUOTATIONHEADER')).toEqual([{ id: 1 }, { id: 3 }])
  })
})

describe('a quote written again', () => {
  it('changes no byte when nothing is new', async () => {
    const { write, dump } = await openWithCustomer()
    const batch = [
      quote(1),
      quote(2, { lines: [heading('A', 1), line(21, 2), heading('A', 3), line(21, 4)] }),
    ]
    await write('quotes', ...batch)
    const before = dump()
    expect((await write('quotes', ...batch)).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])
    expect(dump()).toBe(before)
  })

  it('keeps a status that a person set, until Commerce’s changes', async () => {
    const { write, sql, rows } = await openWithCustomer()
    await write('quotes', quote(1, { statusToWrite: 1 }))
    sql.exec('update QUOTATIONHEADER set QHstatus = 6')
    await write('quotes', quote(1, { title: 'Other', statusToWrite: null }))
    expect(rows('select QHstatus, QHtitle from QUOTATIONHEADER')).toEqual([{ QHstatus: 6, QHtitle: 'Other' }])
    const [outcome] = await write('quotes', quote(1, { title: 'Other', statusToWrite: 3 }))
    expect(outcome?.changes).toEqual([{ field: 'QUOTATIONHEADER.QHstatus', before: 6, after: 3 }])
  })

  it('keeps a linked ticket and a later change of Halo’s own', async () => {
    const { write, sql, rows } = await openWithCustomer()
    await write('quotes', quote(1))
    sql.exec("update QUOTATIONHEADER set QHfaultID = 12, qhlastupdatetime = '2026-05-01 00:00:00.000'")
    expect((await write('quotes', quote(1)))[0]?.kind).toBe('unchanged')
    expect(rows('select QHfaultID as f, qhlastupdatetime as t from QUOTATIONHEADER')).toEqual([
      { f: 12, t: '2026-05-01 00:00:00.000' },
    ])
  })

  it('goes on in the rows it has: moved, renamed, added and removed lines', async () => {
    const { write, rows } = await openWithCustomer()
    const before = [heading('H', 1), line(1, 2), line(2, 3), line(3, 4)]
    await write('quotes', quote(1, { lines: before }))
    const after = [
      heading('H', 1),
      line(9, 2, { description: 'Inserted' }),
      line(1, 3),
      line(3, 4, { description: 'Renamed', price: 11 }),
    ]
    const [outcome] = await write('quotes', quote(1, { lines: after }))
    expect(rows('select QDid, QDDesc, QDsortseq from QUOTATIONDETAIL order by QDsortseq')).toEqual([
      { QDid: 1, QDDesc: 'H', QDsortseq: 1 },
      { QDid: 5, QDDesc: 'Inserted', QDsortseq: 2 },
      { QDid: 2, QDDesc: 'Line 1', QDsortseq: 3 },
      { QDid: 4, QDDesc: 'Renamed', QDsortseq: 4 },
    ])
    expect(outcome?.changes).toContainEqual({ field: 'QUOTATIONDETAIL#4.QDPrice', before: 10, after: 11 })
    expect(outcome?.changes).toContainEqual({ field: 'QUOTATIONDETAIL#3', before: 'Line 2', after: null })
  })

  it('cuts a description that is too long for its column, says so, and is unchanged afterwards', async () => {
    const { write, rows } = await openWithCustomer()
    const long = quote(1, { lines: [line(1, 1, { description: 'd'.repeat(4001) })] })
    const [outcome] = await write('quotes', long)
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [
        {
          code: 'halo-value-too-long',
          facts: { column: 'QUOTATIONDETAIL.QDDesc', length: 4001, limit: 4000 },
        },
      ],
    })
    expect(rows('select length(QDDesc) as n, substr(QDDesc, -1) as last from QUOTATIONDETAIL')).toEqual([
      { n: 4000, last: '…' },
    ])
    expect((await write('quotes', long))[0]?.kind).toBe('unchanged')
  })

  it('moves to another customer when Commerce says so', async () => {
    const { write, rows } = await openWithCustomer()
    await write('customers', customer(2))
    await write('quotes', quote(1))
    const moved = quote(1, { customerCommerceId: 2, contact: { name: 'Ann 2', email: 'ann@c2.example' } })
    await write('quotes', moved)
    expect(rows(values)).toMatchObject([{ customer: 2, contact: 'Ann 2' }])
  })
})
