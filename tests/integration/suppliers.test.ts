import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { done, listsOnce, makeRig, now } from './rig.ts'

/** Halo's suppliers, named as in Commerce. */
function addSuppliers(file: string, names: readonly string[]): void {
  const halo = new Database(file)
  const insert = halo.prepare('INSERT INTO COMPANY (Cnum, cdesc) VALUES (?, ?)')
  for (const [index, name] of names.entries()) insert.run(100 + index, name.toUpperCase())
  halo.close()
}

const withSupplier = 'SELECT count(*) AS n FROM ITEM WHERE Isupplier IS NOT NULL'

test('suppliers are set from when a person asks for them on, in few requests, and read no more after', async () => {
  const rig = await makeRig()
  const first = await rig.sync()
  expect(Object.keys(first.paths)).not.toContain('/v1/supplier')
  expect(rig.rows(withSupplier)).toEqual([{ n: 0 }])

  const names = rig.world.list('supplier').map(({ name }) => name)
  addSuppliers(rig.halo, names)
  rig.remap({ setProductSupplier: true })
  rig.clock.pass(15)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.paths).toMatchObject({ '/v1/supplier': expect.any(Number) })
  const links = rig.world.list('productsupplier')
  const bought = new Set(links.map(({ productID }) => productID))
  expect(rig.rows(withSupplier)).toEqual([{ n: bought.size }])
  const [link] = links.toSorted((a, b) => a.id - b.id)
  const index = rig.world.ids('supplier').indexOf(link?.supplierID ?? 0)
  expect(
    rig.rows(
      'SELECT Isupplier, idefaultsupplierpartcode FROM ITEM WHERE ithirdpartyid = ?',
      String(link?.productID),
    ),
  ).toEqual([{ Isupplier: 100 + index, idefaultsupplierpartcode: link?.productNumber }])

  rig.clock.pass(15)
  const third = await rig.sync()
  expect(third.paths).toEqual({ ...listsOnce, '/v1/productsupplier': 1, '/v1/supplier': 1 })
  expect(third.counts.products.updated).toBe(0)
})

test('a product that a new quote brings along comes with its supplier', async () => {
  const rig = await makeRig({ ...now, mapping: { setProductSupplier: true } })
  rig.clock.pass(1)
  rig.world.addQuote({})
  const run = await rig.sync()
  expect(run.counts.products.created).toBeGreaterThan(0)
  expect(run.counts.products.failed).toBe(0)
  const noted = run.outcomes.filter(({ entity, notes }) => entity === 'products' && notes.length > 0)
  expect(noted.flatMap(({ notes }) => notes.map(({ code }) => code))).toContain('supplier-missing')
})
