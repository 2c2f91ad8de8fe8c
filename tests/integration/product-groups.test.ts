import { expect, test } from 'vitest'
import { openHalo } from '../../app/halo/open.ts'
import { createGroupDesk } from '../../main/group-desk.ts'
import { createHaloKeeper } from '../../main/halo-keeper.ts'
import { good } from './ground.ts'
import { done, makeRig } from './rig.ts'

async function arranged() {
  const rig = await makeRig()
  expect(await rig.sync()).toMatchObject(done)
  const halos = createHaloKeeper((tenant) => openHalo(tenant.halo, { clock: rig.clock }))
  const desk = createGroupDesk({ store: rig.store, halos, onChange: () => undefined, who: 'test' })
  const { id: chosen } = good(await desk.add(rig.tenantId, 'Chosen'))
  const { id: mapped } = good(await desk.add(rig.tenantId, 'Mapped'))
  const ids = rig.rows('SELECT Iid FROM ITEM ORDER BY Iid LIMIT 3').map((row) => Number(row.Iid))
  const groupsOf = (): unknown[] =>
    rig
      .rows(`SELECT Igeneric FROM ITEM WHERE Iid IN (${ids.join()}) ORDER BY Iid`)
      .map(({ Igeneric }) => Igeneric)
  const mapAll = (): void => {
    const categories = rig.store.sources.all(rig.tenantId, 'category')
    rig.remap({ groups: Object.fromEntries(categories.map((row) => [String(row.id), mapped])) })
  }
  const next = async () => {
    rig.clock.pass(15)
    return rig.sync()
  }
  return { rig, halos, desk, chosen, mapped, ids, groupsOf, mapAll, next }
}

test('a product that a person moved stays where it is, whatever the mapping of its category says later', async () => {
  const { rig, halos, desk, chosen, mapped, ids, groupsOf, mapAll, next } = await arranged()
  good(await desk.move(rig.tenantId, { haloIds: ids.slice(0, 1) }, chosen))
  const before = rig.dump()
  expect(await next()).toMatchObject(done)
  expect(rig.dump()).toBe(before)

  mapAll()
  expect(await next()).toMatchObject(done)
  expect(groupsOf()).toEqual([chosen, mapped, mapped])

  const record = rig.store.records.list({
    ...{ entity: 'products' as const, sort: 'name' as const, isDescending: false, offset: 0, limit: 100 },
  })
  const commerceId = record.rows.find(({ haloId }) => haloId === ids[0])?.commerceId ?? 0
  good(await desk.release(rig.tenantId, [commerceId]))
  expect(await next()).toMatchObject(done)
  expect(groupsOf()).toEqual([mapped, mapped, mapped])
  await halos.close()
})

test('a move that a run overtakes is set right by the next one', async () => {
  const { rig, halos, desk, chosen, ids, groupsOf, next } = await arranged()
  good(await desk.move(rig.tenantId, { haloIds: ids.slice(0, 1) }, chosen))
  // As a run would that had mapped the product before the move: it writes the old group, and says that it is clean.
  good(
    await halos.use(rig.current(), async (halo) => {
      const owner = good(await halo.owner(rig.current().instanceUrl))
      return (
        halo.groups?.move(owner, ids.slice(0, 1), 1) ?? Promise.reject(new Error('This Halo has groups.'))
      )
    }),
  )
  rig.store.sources.clean(
    rig.tenantId,
    'product',
    rig.store.sources.dirtyIds(rig.tenantId, 'product', 0, 999),
  )
  expect(groupsOf()[0]).toBe(1)
  expect(await next()).toMatchObject(done)
  expect(groupsOf()[0]).toBe(chosen)
  await halos.close()
})
