import { afterEach, describe, expect, it } from 'vitest'
import { good, type HaloWorld, stageOf } from './conformance.ts'
import { customer, instance, line, order, product, quote } from './records.ts'
import type { Tables } from './sql-world.ts'

/** What Halo's own integration has left behind: the ids are in its columns, older rows without a tenant. */
async function prefill(tables: Tables): Promise<void> {
  const url = 'https://NORTH.mydattocommerce.com/'
  await tables.insert('DattoCommerceDetails', { DCDid: 71, DCDUrl: url })
  await tables.insert('GENERIC', { Ggeneric: 40, gdesc: 'Licences' })
  const area = { adattocommercetenantid: 71, Aarearef: 'C1' }
  await tables.insert('AREA', { Aarea: 31, aareadesc: 'Hill Ltd', adattocommerceid: 1, ...area })
  await tables.insert('AREA', {
    Aarea: 32,
    aareadesc: 'Vale Ltd',
    adattocommerceid: 2,
    adattocommercetenantid: null,
  })
  // Another instance has the same ids.
  await tables.insert('AREA', {
    Aarea: 33,
    aareadesc: 'Theirs',
    adattocommerceid: 1,
    adattocommercetenantid: 72,
  })
  for (const [site, client] of [
    [41, 31],
    [42, 32],
    [43, 33],
  ] as const) {
    await tables.insert('SITE', { Ssitenum: site, sdesc: 'Head office', Sarea: client })
    await tables.insert('USERS', { Uid: site + 10, Usite: site, uusername: 'General User', uemail: null })
  }
  await tables.insert('ITEM', {
    Iid: 61,
    idesc: 'Old name',
    ithirdpartyid: '1',
    idattocommercetenant: 71,
    Igeneric: 40,
  })
  // Another integration's product with the same id.
  await tables.insert('ITEM', { Iid: 62, idesc: 'Of another', ithirdpartyid: '1', Igeneric: 40 })
  await tables.insert('QUOTATIONHEADER', {
    QHid: 81,
    QHtitle: 'Old title',
    QHstatus: 5,
    QHUserID: 51,
    qhdattocommerceid: 1,
    qhdattocommercetenantid: 71,
    QHfaultID: 4711,
  })
  await tables.insert('QUOTATIONDETAIL', {
    QDid: 91,
    QDQHid: 81,
    QDDesc: 'Line 11',
    QDProductCode: 'SKU-11',
    QDPrice: 9,
    QDQuantity: 2,
    QDsortseq: 1,
  })
  await tables.insert('ORDERHEAD', {
    OHid: 101,
    OHsitenum: 41,
    ohuserid: 51,
    OHtitle: 'Old order',
    OHUserStatus: 2,
  })
  await tables.insert('ORDERLINE', {
    OLid: 101,
    OLseq: 1,
    id: 111,
    OLDesc: 'Line 11',
    oldattocommercelineid: 11,
    OLorderqty: 1,
    OLSellingPrice: 9,
  })
}

/** A Halo that its own integration has fed before: nothing is made twice, what is there goes on. */
export function takesOver(
  name: string,
  factory: () => Promise<HaloWorld & { readonly tables: Tables }>,
): void {
  describe(`${name} that Halo’s own integration has fed`, () => {
    const open: HaloWorld[] = []
    afterEach(async () => {
      for (const world of open.splice(0)) await world.close()
    })
    const stage = async () => {
      const world = await factory()
      open.push(world)
      await prefill(world.tables)
      return { ...stageOf(world, good(await world.halo.owner(instance))), tables: world.tables }
    }

    it('is taken over without a duplicate', async () => {
      const { write, world, owner, tables } = await stage()
      expect(owner.haloTenantId).toBe(71)
      const before = await Promise.all(
        ['AREA', 'SITE', 'ITEM', 'QUOTATIONHEADER', 'ORDERHEAD'].map(tables.count),
      )
      const outcomes = [
        ...(await write('products', product(1))),
        ...(await write('customers', customer(1), customer(2))),
        ...(await write('quotes', quote(1, { statusToWrite: null, lines: [line(11, 1), line(12, 2)] }))),
        ...(await write('salesOrders', order(1, { statusToWrite: null, lines: [line(11, 1), line(12, 2)] }))),
      ]
      expect(outcomes.map(({ kind, haloId }) => [kind, haloId])).toEqual([
        ['updated', 61],
        ['updated', 31],
        ['updated', 32],
        ['updated', 81],
        ['updated', 101],
      ])
      const after = await Promise.all(
        ['AREA', 'SITE', 'ITEM', 'QUOTATIONHEADER', 'ORDERHEAD'].map(tables.count),
      )
      expect(after).toEqual(before)
      expect(await tables.count('QUOTATIONDETAIL')).toBe(2)
      expect(await tables.count('ORDERLINE')).toBe(2)
      const theirs = await world.look('customers', 33)
      expect(theirs?.name).toBe('Theirs')
    })

    it('keeps what people did there: ticket, status, site’s name, group', async () => {
      const { write, tables, world } = await stage()
      await write('products', product(1))
      await write('customers', customer(1))
      await write('quotes', quote(1, { statusToWrite: null }))
      const [head] = await tables.rows('QUOTATIONHEADER', 'QHid', 81)
      expect(head).toMatchObject({ QHfaultID: 4711, QHstatus: 5, QHtitle: 'Quote 1' })
      expect((await world.look('customers', 31))?.site).toBe('Head office')
      expect((await world.look('products', 61))?.group).toBe('Licences')
    })

    it('is the same for the second time', async () => {
      const { write } = await stage()
      const all = async () => [
        ...(await write('products', product(1))),
        ...(await write('customers', customer(1), customer(2))),
        ...(await write('quotes', quote(1, { statusToWrite: null }))),
        ...(await write('salesOrders', order(1, { statusToWrite: null }))),
      ]
      await all()
      expect((await all()).map(({ kind }) => kind)).toEqual(Array(5).fill('unchanged'))
    })
  })
}
