import { describe, expect, it } from 'vitest'
import type { ItemQuery, ProductGroups } from '../../../../app/halo/product-groups.ts'
import { good, type NewStage } from '../conformance.ts'
import { product } from '../records.ts'

/** Groups Laptops (products 1 and 2) and services (product 3, recurring), and product 4 where nothing maps it. */
async function arranged(stage: NewStage) {
  const { world, owner, write } = await stage()
  const laptops = await world.newGroup('Laptops')
  const services = await world.newGroup('services')
  const recurring = { price: 0, recurringPrice: 25, isRecurring: true, billingPeriod: 2 as const }
  const outcomes = await write(
    'products',
    product(1, { groupId: laptops, name: 'Book 13', sku: 'B-13', price: 900 }),
    product(2, { groupId: laptops, name: 'book 15 100%', sku: 'A-15', price: 1200 }),
    product(3, { groupId: services, name: 'Care', ...recurring }),
    product(4, { name: 'Desk' }),
  )
  const groups: ProductGroups | undefined = world.halo.groups
  if (!groups) throw new Error('This Halo has groups.')
  const query: ItemQuery = {
    ...{ owner, groupId: null, search: '', sort: 'name', isDescending: false, offset: 0, limit: 100 },
  }
  const namesOf = async (more: Partial<ItemQuery>): Promise<string[]> =>
    good(await groups.items({ ...query, ...more })).rows.map(({ name }) => name)
  const ids = outcomes.map(({ haloId }) => haloId ?? 0)
  return { owner, groups, query, namesOf, laptops, services, ids }
}

export function groupsConform(stage: NewStage): void {
  describe('product groups', () => {
    it('are listed by name with what is in them, and add up', async () => {
      const { groups, owner, query } = await arranged(stage)
      const list = good(await groups.list(owner))
      expect(list.map(({ name, products }) => [name, products])).toEqual([
        ['Datto Commerce', 1],
        ['Laptops', 2],
        ['services', 1],
      ])
      expect(good(await groups.items(query)).total).toBe(4)
    })

    it('have their products found, sorted and in windows', async () => {
      const { groups, query, namesOf, laptops } = await arranged(stage)
      expect(await namesOf({})).toEqual(['Book 13', 'book 15 100%', 'Care', 'Desk'])
      expect(await namesOf({ groupId: laptops, isDescending: true })).toEqual(['book 15 100%', 'Book 13'])
      expect(await namesOf({ sort: 'price' })).toEqual(['Desk', 'Care', 'Book 13', 'book 15 100%'])
      expect(await namesOf({ sort: 'sku', limit: 2 })).toEqual(['book 15 100%', 'Book 13'])
      expect(await namesOf({ search: 'BOOK' })).toEqual(['Book 13', 'book 15 100%'])
      expect(await namesOf({ search: '0%' })).toEqual(['book 15 100%'])
      expect(await namesOf({ search: '_' })).toEqual([])
      expect(await namesOf({ search: "x' or 1=1 --" })).toEqual([])
      const window = good(await groups.items({ ...query, offset: 1, limit: 2 }))
      expect([window.rows.map(({ name }) => name), window.total]).toEqual([['book 15 100%', 'Care'], 4])
    })

    it('tell of a product what a sync writes, and no cost', async () => {
      const { groups, query, services, ids } = await arranged(stage)
      const { rows } = good(await groups.items({ ...query, groupId: services }))
      expect(rows).toEqual([
        {
          haloId: ids[2],
          commerceId: 3,
          name: 'Care',
          sku: 'SKU-3',
          groupId: services,
          price: 0,
          isRecurring: true,
          recurringPrice: 25,
          billingPeriod: 2,
          isConsignable: false,
          tax: '',
          createdAt: expect.stringMatching(/^2026-/),
          modifiedAt: expect.stringMatching(/^2026-/),
        },
      ])
    })

    it('are made and renamed, but not under a name that is there', async () => {
      const { groups, owner } = await arranged(stage)
      const { id } = good(await groups.add('Phones'))
      expect(good(await groups.rename(id, 'Telephones'))).toEqual({ was: 'Phones' })
      expect(good(await groups.list(owner)).find((group) => group.id === id)?.name).toBe('Telephones')
      expect(await groups.add('LAPTOPS')).toMatchObject({ ok: false, fault: { code: 'name-taken' } })
      expect(await groups.rename(id, 'laptops')).toMatchObject({ ok: false, fault: { code: 'name-taken' } })
      expect(await groups.rename(31_998, 'Other')).toMatchObject({ fault: { code: 'group-missing' } })
    })

    it('get products moved, which answers where they were', async () => {
      const { groups, owner, namesOf, laptops, services, ids } = await arranged(stage)
      const [first = 0, , third = 0] = ids
      const moved = good(await groups.move(owner, [first, third, 876_543], services))
      const byId = moved.from.toSorted((a, b) => a.haloId - b.haloId)
      expect(byId).toEqual([
        { haloId: first, commerceId: 1, groupId: laptops },
        { haloId: third, commerceId: 3, groupId: services },
      ])
      expect(moved.gone).toEqual([876_543])
      expect(await namesOf({ groupId: services })).toEqual(['Book 13', 'Care'])
      expect(await groups.move(owner, [first], 31_998)).toMatchObject({ fault: { code: 'group-missing' } })
      const stranger = { haloTenantId: owner.haloTenantId + 1000 }
      expect(good(await groups.move(stranger, [first], laptops))).toEqual({ from: [], gone: [first] })
    })
  })
}
