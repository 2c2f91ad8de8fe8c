import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteHalo } from '../../../app/halo/sql/open.ts'
import type { HaloProduct } from '../../../app/model/halo.ts'
import { defaultMapping } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { Store } from '../../../app/store/open.ts'
import { createGroupDesk, type GroupDesk } from '../../../main/group-desk.ts'
import { createHaloKeeper, type HaloKeeper } from '../../../main/halo-keeper.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

const aProduct = (commerceId: number, groupId: number): HaloProduct => ({
  commerceId,
  name: `Product ${commerceId}`,
  sku: `SKU-${commerceId}`,
  groupId,
  price: 10,
  recurringPrice: null,
  billingPeriod: 0,
  isRecurring: false,
  isConsignable: false,
  taxCode: null,
  isActive: true,
  createdAt: null,
  modifiedAt: null,
})

let store: Store
let tenant: Tenant
let desk: GroupDesk
let halos: HaloKeeper
let halo: Database.Database
let bumps: number

/** A Halo with the groups 7 Laptops and 8 Services, and the products 1 and 2 in 7, 3 in 8. */
beforeEach(async () => {
  const made = tempStore()
  store = made.store
  const file = `${made.folder}/halo.db`
  tenant = must(
    store.tenants.add({
      name: 'North',
      instanceUrl: 'https://north.mydattocommerce.com',
      halo: { kind: 'sqlite', file },
    }),
  )
  const open = () => openSqliteHalo({ file, clock: made.clock })
  const opened = must(await open())
  const owner = must(await opened.owner(tenant.instanceUrl))
  halo = new Database(file)
  halo.exec("INSERT INTO GENERIC (Ggeneric, gdesc) VALUES (7, 'Laptops'), (8, 'Services')")
  const records = [aProduct(1, 7), aProduct(2, 7), aProduct(3, 8)]
  must(
    await opened.write(
      'products',
      records.map((record) => ({ record, haloId: null })),
      { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: true },
    ),
  )
  await opened.close()
  bumps = 0
  halos = createHaloKeeper(open)
  desk = createGroupDesk({ store, halos, onChange: () => bumps++, who: 'Ann' })
})
afterEach(async () => {
  await halos.close()
  halo.close()
})

const groupsInHalo = (): unknown[] => halo.prepare('SELECT Igeneric FROM ITEM ORDER BY Iid').pluck().all()
const audited = (): string[] => store.audit.list(tenant.id, 0, 10).map(({ what, who }) => `${who}: ${what}`)

describe('moving products', () => {
  it('moves them in Halo, keeps the choice, and says so in the audit trail', async () => {
    const moved = must(await desk.move(tenant.id, { haloIds: [1, 3, 99] }, 8))
    expect(moved).toMatchObject({ moved: 2, gone: 1 })
    expect(groupsInHalo()).toEqual([8, 7, 8])
    expect([...store.groupChoices.of(tenant.id, [1, 2, 3])]).toEqual([
      [1, 8],
      [3, 8],
    ])
    expect(audited()).toEqual(['Ann: products moved'])
    expect(bumps).toBe(1)
    const list = must(await desk.items(tenant.id, whole))
    expect(list.rows.map(({ commerceId, isChosen }) => [commerceId, isChosen])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
  })

  it('moves a whole group', async () => {
    expect(must(await desk.move(tenant.id, { groupId: 7 }, 1)).moved).toBe(2)
    expect(groupsInHalo()).toEqual([1, 1, 8])
  })

  it('is undone: the groups of before, and the choices of before', async () => {
    must(await desk.move(tenant.id, { haloIds: [1] }, 8))
    const { auditId } = must(await desk.move(tenant.id, { haloIds: [1, 2] }, 1))
    if (auditId === null) throw new Error('A move has a number.')
    expect(must(await desk.undoMove(tenant.id, auditId))).toEqual({ moved: 2 })
    expect(groupsInHalo()).toEqual([8, 7, 8])
    expect([...store.groupChoices.of(tenant.id, [1, 2])]).toEqual([[1, 8]])
    expect(audited()[0]).toBe('Ann: products moved back')
  })

  it('undoes nothing else than a move of this tenant', async () => {
    const { auditId } = must(await desk.move(tenant.id, { haloIds: [1] }, 8))
    const other = must(
      store.tenants.add({ name: 'South', instanceUrl: 'https://south.example', halo: tenant.halo }),
    )
    for (const [id, change] of [
      [other.id, auditId ?? 0],
      [tenant.id, 12_345],
    ] as const)
      expect(await desk.undoMove(id, change)).toMatchObject({ fault: { code: 'input-invalid' } })
    expect(groupsInHalo()[0]).toBe(8)
  })

  it('into a group that is not there changes nothing and is not noted', async () => {
    expect(await desk.move(tenant.id, { haloIds: [1] }, 77)).toMatchObject({
      fault: { code: 'group-missing' },
    })
    expect(store.groupChoices.of(tenant.id, [1]).size).toBe(0)
    expect(audited()).toEqual([])
  })

  it('of nothing that is there has nothing to undo', async () => {
    expect(must(await desk.move(tenant.id, { haloIds: [99] }, 8))).toEqual({
      moved: 0,
      gone: 1,
      auditId: null,
    })
  })

  it('can be taken back for good: the category decides again', async () => {
    must(await desk.move(tenant.id, { haloIds: [1] }, 8))
    expect(must(await desk.release(tenant.id, [1, 2]))).toEqual({ released: 1 })
    expect(store.groupChoices.of(tenant.id, [1]).size).toBe(0)
    expect(must(await desk.release(tenant.id, [1, 2]))).toEqual({ released: 0 })
  })
})
const whole = {
  groupId: null,
  search: '',
  sort: 'name' as const,
  isDescending: false,
  offset: 0,
  limit: 50,
}

describe('groups', () => {
  it('are made and renamed, each change noted', async () => {
    const { id } = must(await desk.add(tenant.id, 'Phones'))
    expect(must(await desk.rename(tenant.id, id, 'Telephones'))).toEqual({ was: 'Phones' })
    expect(await desk.add(tenant.id, 'laptops')).toMatchObject({ fault: { code: 'name-taken' } })
    expect(must(await desk.list(tenant.id)).map(({ name, products }) => [name, products])).toEqual([
      ['Datto Commerce', 0],
      ['Laptops', 2],
      ['Services', 1],
      ['Telephones', 0],
    ])
    expect(audited()).toEqual(['Ann: product group renamed', 'Ann: product group added'])
  })

  it('when the default group gets another name, it stays the default by its number, for every tenant of this Halo', async () => {
    const same = must(
      store.tenants.add({ name: 'South', instanceUrl: 'https://south.example', halo: tenant.halo }),
    )
    const chosen = must(
      store.tenants.add({
        name: 'West',
        instanceUrl: 'https://west.example',
        halo: tenant.halo,
        mapping: { ...defaultMapping, defaultGroup: 8 },
      }),
    )
    must(await desk.rename(tenant.id, 1, 'From Commerce'))
    const defaultOf = (id: number) => store.tenants.get(id)?.mapping.defaultGroup
    expect([defaultOf(tenant.id), defaultOf(same.id), defaultOf(chosen.id)]).toEqual([1, 1, 8])
  })
})

it('says when there is no such tenant, and when its Halo is not there', async () => {
  expect(await desk.list(99)).toMatchObject({ fault: { code: 'tenant-unknown' } })
  const lost = createGroupDesk({
    store,
    onChange: () => undefined,
    who: 'Ann',
    halos: createHaloKeeper(() =>
      openSqliteHalo({ file: '/nowhere/at/all/halo.db', clock: { now: () => 0 } }),
    ),
  })
  expect(await lost.list(tenant.id)).toMatchObject({ fault: { code: 'halo-unreachable' } })
})
