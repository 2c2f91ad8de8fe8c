import { describe, expect, it } from 'vitest'
import { good, known, openTestHalo, product } from './fixture.ts'

describe('products', () => {
  it('carry name, SKU, price, dates, group and tax, and never a cost', async () => {
    const { write, rows, owner } = await openTestHalo()
    const [outcome] = await write('products', product(9, { taxCode: 1, price: 0.1 + 0.2 }))
    expect(outcome).toMatchObject({ commerceId: 9, kind: 'created', haloId: 1 })
    expect(rows('select * from ITEM')[0]).toMatchObject({
      idesc: 'Product 9',
      IExternalReference: 'SKU-9',
      Ibaseprice: 0.3,
      IIsRecurringItem: 0,
      Igeneric: 1,
      Itaxcode: 1,
      IDoesNotNeedConsigning: 1,
      iserialiseonlyone: 0,
      idatecreated: '2026-01-01 09:00:00.000',
      ilastmodified: '2026-01-02 09:00:00.000',
      ithirdpartyid: '9',
      idattocommercetenant: owner.haloTenantId,
      ICostPrice: null,
    })
  })

  it('keep a cost that Halo knows', async () => {
    const { write, sql, rows } = await openTestHalo()
    await write('products', product(1))
    sql.exec('update ITEM set ICostPrice = 7.5')
    await write('products', product(1, { price: 99 }))
    expect(rows('select Ibaseprice, ICostPrice from ITEM')).toEqual([{ Ibaseprice: 99, ICostPrice: 7.5 }])
  })

  it('have a price a period when recurring, and are consigned when serialised', async () => {
    const { write, rows } = await openTestHalo()
    const recurring = { isRecurring: true, price: 0, recurringPrice: 12.5, billingPeriod: 4 } as const
    await write('products', product(1, recurring), product(2, { isConsignable: true }))
    expect(
      rows('select IIsRecurringItem as r, IRecurringPrice as p, idefaultbillingperiod as b from ITEM'),
    ).toEqual([
      { r: 1, p: 12.5, b: 4 },
      { r: 0, p: 0, b: 3 },
    ])
    expect(
      rows('select IDoesNotNeedConsigning as n, iserialiseonlyone as s from ITEM where Iid = 2'),
    ).toEqual([{ n: 0, s: 1 }])
  })

  it('change nothing when nothing is new, with the store or without', async () => {
    const { write, halo, owner, dump } = await openTestHalo()
    await write('products', product(1), product(2))
    const before = dump()
    const batch = [
      { record: product(1), haloId: 1 },
      { record: product(2), haloId: null },
    ]
    const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: true } as const
    const outcomes = good(await halo.write('products', batch, options))
    expect(outcomes.map(({ kind, haloId }) => [kind, haloId])).toEqual([
      ['unchanged', 1],
      ['unchanged', 2],
    ])
    expect(dump()).toBe(before)
  })

  it('do not take another integration’s row with the same third-party id', async () => {
    const { write, sql } = await openTestHalo()
    sql.exec("insert into ITEM (idesc, ithirdpartyid) values ('From accounting', '1')")
    expect(await write('products', product(1))).toMatchObject([{ kind: 'created', haloId: 2 }])
  })
})

describe('the group of a product', () => {
  it('is the mapped one, else the tenant’s default, else "Datto Commerce"', async () => {
    const { halo, owner, sql, rows } = await openTestHalo()
    sql.exec("insert into GENERIC (Ggeneric, gdesc) values (7, 'Licences'), (8, 'Hardware')")
    const batch = known(product(1, { groupId: 7 }), product(2))
    const options = { owner, mode: 'write', createItemsFromQuotes: true } as const
    good(await halo.write('products', batch, { ...options, defaultGroup: 8 }))
    good(await halo.write('products', known(product(3)), { ...options, defaultGroup: null }))
    expect(rows('select Igeneric from ITEM').map(({ Igeneric }) => Igeneric)).toEqual([7, 8, 1])
  })

  it('is made once when it is missing, with an allocated SMALLINT key', async () => {
    const { write, sql, rows } = await openTestHalo()
    sql.exec("update GENERIC set Ggeneric = 40, gdesc = 'Other'")
    await write('products', product(1), product(2))
    await write('products', product(3))
    expect(rows('select Ggeneric, gdesc from GENERIC order by Ggeneric')).toEqual([
      { Ggeneric: 40, gdesc: 'Other' },
      { Ggeneric: 41, gdesc: 'Datto Commerce' },
    ])
    expect(rows('select distinct Igeneric from ITEM')).toEqual([{ Igeneric: 41 }])
  })

  it('fails with the column when the small keys have run out', async () => {
    const { write, sql, rows } = await openTestHalo()
    sql.exec("update GENERIC set Ggeneric = 32767, gdesc = 'Last'")
    const [outcome] = await write('products', product(1))
    expect(outcome).toMatchObject({
      kind: 'failed',
      fault: { code: 'halo-value-refused', facts: { column: 'GENERIC.Ggeneric', value: 32768 } },
    })
    expect(rows('select count(*) as n from ITEM')).toEqual([{ n: 0 }])
  })

  it('that is not in Halo is a note, and the default is used', async () => {
    const { write, rows } = await openTestHalo()
    const [outcome] = await write('products', product(1, { groupId: 99 }))
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [{ code: 'group-missing', facts: { group: 99 } }],
    })
    expect(rows('select Igeneric from ITEM')).toEqual([{ Igeneric: 1 }])
  })

  it('that a person chose stays when no mapping places the product', async () => {
    const { write, sql, rows } = await openTestHalo()
    await write('products', product(1))
    sql.exec("insert into GENERIC (Ggeneric, gdesc) values (7, 'Mine'); update ITEM set Igeneric = 7")
    expect((await write('products', product(1)))[0]?.kind).toBe('unchanged')
    expect(rows('select Igeneric from ITEM')).toEqual([{ Igeneric: 7 }])
  })
})

describe('suppliers of products', () => {
  const withSupplier = (id: number, name: string) => product(id, { supplier: { name, partCode: `S-${id}` } })

  it('are found by name whatever its case, the oldest in use of two, and kept when unchanged', async () => {
    const { write, sql, rows } = await openTestHalo()
    sql.exec(`insert into COMPANY (Cnum, cdesc, CIsInactive) values
      (3, 'Wide World', 1), (4, 'wide world ', 0), (5, 'Wide World', 0)`)
    await write('products', withSupplier(1, 'Wide World'))
    const read = 'select Isupplier as s, idefaultsupplierpartcode as p from ITEM'
    expect(rows(read)).toEqual([{ s: 4, p: 'S-1' }])
    expect(await write('products', withSupplier(1, 'WIDE WORLD'))).toMatchObject([{ kind: 'unchanged' }])
    await write('products', product(1, { price: 5 }))
    expect(rows(read)).toEqual([{ s: 4, p: 'S-1' }])
  })

  it('are left alone, and named in a note, when Halo does not have them', async () => {
    const { write, rows, sql, halo } = await openTestHalo()
    const [outcome] = await write('products', withSupplier(1, 'Nobody'))
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [{ code: 'supplier-missing', facts: { supplier: 'Nobody' } }],
    })
    expect(rows('select Isupplier as s from ITEM')).toEqual([{ s: null }])
    sql.exec('drop table COMPANY')
    await halo.probe()
    expect(await write('products', withSupplier(2, 'Nobody'))).toMatchObject([{ kind: 'created' }])
  })
})
