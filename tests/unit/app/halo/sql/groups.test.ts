import { describe, expect, test } from 'vitest'
import type { ItemQuery, ProductGroups } from '../../../../../app/halo/product-groups.ts'
import { good, openTestHalo, product, type TestHalo } from './fixture.ts'

/** A Halo with groups 1 (Datto Commerce), 7 Laptops and 8 Services, and products 1 to 4: two laptops, one service, one in no mapped group. */
async function arranged(): Promise<TestHalo & { groups: ProductGroups; query: ItemQuery }> {
  const halo = await openTestHalo()
  halo.sql.exec("INSERT INTO GENERIC (Ggeneric, gdesc) VALUES (7, 'Laptops'), (8, 'services')")
  await halo.write(
    'products',
    product(1, { groupId: 7, name: 'Book 13', sku: 'B-13', price: 900 }),
    product(2, { groupId: 7, name: 'book 15 100%', sku: 'A-15', price: 1200 }),
    product(3, {
      groupId: 8,
      name: 'Care',
      price: 0,
      recurringPrice: 25,
      isRecurring: true,
      billingPeriod: 2,
      isConsignable: true,
    }),
    product(4),
  )
  halo.sql.exec("INSERT INTO ITEM (Iid, idesc, Igeneric) VALUES (900, 'Made by hand', 7)")
  const { groups } = halo.halo
  if (!groups) throw new Error('This Halo has groups.')
  const query = {
    owner: halo.owner,
    groupId: null,
    search: '',
    sort: 'name' as const,
    isDescending: false,
    offset: 0,
    limit: 100,
  }
  return { ...halo, groups, query }
}

const names = (list: { readonly rows: readonly { readonly name: string }[] }): string[] =>
  list.rows.map(({ name }) => name)

describe('groups', () => {
  test('all of them by name, with this tenant’s products and those of others', async () => {
    const { groups, owner } = await arranged()
    expect(good(await groups.list(owner))).toEqual([
      { id: 1, name: 'Datto Commerce', products: 1, others: 0 },
      { id: 7, name: 'Laptops', products: 2, others: 1 },
      { id: 8, name: 'services', products: 1, others: 0 },
    ])
  })

  test('products in no group, or in one that is gone, are counted too: the groups add up to all', async () => {
    const { groups, owner, query, sql } = await arranged()
    sql.exec('UPDATE ITEM SET Igeneric = NULL WHERE Iid = 1; UPDATE ITEM SET Igeneric = 77 WHERE Iid = 2')
    const list = good(await groups.list(owner))
    expect(list.filter(({ name }) => name === '')).toEqual([
      { id: 0, name: '', products: 1, others: 0 },
      { id: 77, name: '', products: 1, others: 0 },
    ])
    const { total } = good(await groups.items(query))
    expect(list.reduce((sum, { products }) => sum + products, 0)).toBe(total)
    expect(names(good(await groups.items({ ...query, groupId: 0 })))).toEqual(['Book 13'])
  })

  test('a new one has the next number; a name that is there, in any case, is refused', async () => {
    const { groups, rows } = await arranged()
    expect(good(await groups.add('  Phones '))).toEqual({ id: 9 })
    expect(rows('select gdesc from GENERIC where Ggeneric = 9')).toEqual([{ gdesc: 'Phones' }])
    expect(await groups.add('LAPTOPS')).toMatchObject({ ok: false, fault: { code: 'name-taken' } })
  })

  test('renaming answers the old name; its own name in other case is no conflict', async () => {
    const { groups, rows } = await arranged()
    expect(good(await groups.rename(8, 'Services'))).toEqual({ was: 'services' })
    expect(await groups.rename(8, 'laptops')).toMatchObject({ ok: false, fault: { code: 'name-taken' } })
    expect(await groups.rename(77, 'Other')).toMatchObject({ ok: false, fault: { code: 'group-missing' } })
    expect(rows('select gdesc from GENERIC order by Ggeneric').map((row) => row.gdesc)).toEqual([
      'Datto Commerce',
      'Laptops',
      'Services',
    ])
  })
})

describe('products of a group', () => {
  test('only the owner’s, with every field of the sync and no cost', async () => {
    const { groups, query, sql } = await arranged()
    sql.exec('UPDATE ITEM SET ICostPrice = 12.34')
    const { rows, total } = good(await groups.items({ ...query, groupId: 8 }))
    expect(total).toBe(1)
    expect(rows).toEqual([
      {
        haloId: 3,
        commerceId: 3,
        name: 'Care',
        sku: 'SKU-3',
        groupId: 8,
        price: 0,
        isRecurring: true,
        recurringPrice: 25,
        billingPeriod: 2,
        isConsignable: true,
        tax: '',
        createdAt: '2026-01-01T09:00:00.000Z',
        modifiedAt: '2026-01-02T09:00:00.000Z',
      },
    ])
  })

  test('sorted without regard to case, by the price that counts, and in windows', async () => {
    const { groups, query } = await arranged()
    expect(names(good(await groups.items(query)))).toEqual(['Book 13', 'book 15 100%', 'Care', 'Product 4'])
    expect(names(good(await groups.items({ ...query, sort: 'price', isDescending: true })))).toEqual([
      'book 15 100%',
      'Book 13',
      'Care',
      'Product 4',
    ])
    const window = good(await groups.items({ ...query, offset: 1, limit: 2 }))
    expect(names(window)).toEqual(['book 15 100%', 'Care'])
    expect(window.total).toBe(4)
  })

  test.each([
    ['BOOK', ['Book 13', 'book 15 100%']],
    ['a-15', ['book 15 100%']],
    ['100%', ['book 15 100%']],
    ['_', []],
    ["x' or 1=1 --", []],
  ])('searching %s means these very characters', async (search, found) => {
    const { groups, query } = await arranged()
    expect(names(good(await groups.items({ ...query, search })))).toEqual(found)
  })

  test('the tax has its name; a Halo without dates of change is read all the same', async () => {
    const { groups, query, sql, halo } = await arranged()
    sql.exec('UPDATE ITEM SET Itaxcode = 1 WHERE Iid = 1; ALTER TABLE ITEM DROP COLUMN ilastmodified')
    good(await halo.probe())
    const { rows } = good(await groups.items({ ...query, sort: 'modifiedAt' }))
    expect(rows.map(({ tax, modifiedAt }) => [tax, modifiedAt])).toEqual([
      ['Standard rate', null],
      ['', null],
      ['', null],
      ['', null],
    ])
  })
})

describe('moving products', () => {
  test('changes the group and nothing else, and answers where each one was', async () => {
    const { groups, owner, rows } = await arranged()
    const before = rows('select * from ITEM where Iid in (1, 3) order by Iid')
    const moved = good(await groups.move(owner, [1, 3, 900, 5000], 1))
    expect(moved.from).toEqual([
      { haloId: 1, commerceId: 1, groupId: 7 },
      { haloId: 3, commerceId: 3, groupId: 8 },
    ])
    expect(moved.gone).toEqual([900, 5000])
    expect(rows('select * from ITEM where Iid in (1, 3) order by Iid')).toEqual(
      before.map((row) => ({ ...row, Igeneric: 1 })),
    )
    expect(rows('select Igeneric from ITEM where Iid = 900')).toEqual([{ Igeneric: 7 }])
  })

  test('into a group that is not there moves nothing', async () => {
    const { groups, owner, dump } = await arranged()
    const before = dump()
    expect(await groups.move(owner, [1], 99)).toMatchObject({ ok: false, fault: { code: 'group-missing' } })
    expect(dump()).toBe(before)
  })
})
