import { describe, expect, it } from 'vitest'
import { good, known, type NewStage } from '../conformance.ts'
import { product } from '../records.ts'

export function productsConform(stage: NewStage): void {
  describe('a product', () => {
    it('becomes an item in the default group', async () => {
      const { put } = await stage()
      expect(await put('products', product(5, { isConsignable: true }))).toEqual({
        name: 'Product 5',
        sku: 'SKU-5',
        price: 10.5,
        recurringPrice: 0,
        isRecurring: false,
        billingPeriod: expect.any(Number),
        group: 'Datto Commerce',
        isConsignable: true,
      })
    })

    it('has a price a billing period when it recurs', async () => {
      const { put } = await stage()
      const recurring = product(6, { price: 0, isRecurring: true, recurringPrice: 9.99, billingPeriod: 4 })
      expect(await put('products', recurring)).toMatchObject({
        price: 0,
        recurringPrice: 9.99,
        isRecurring: true,
        billingPeriod: 4,
      })
    })

    it('goes to the group of its mapping, and stays where a person moved it when there is none', async () => {
      const { world, put, write } = await stage()
      const group = await world.newGroup('Licences')
      expect((await put('products', product(1, { groupId: group }))).group).toBe('Licences')
      expect((await put('products', product(1))).group).toBe('Licences')
      const [outcome] = await write('products', product(2, { groupId: 31_999 }))
      expect(outcome?.notes.map(({ code }) => code)).toEqual(['group-missing'])
    })

    it('goes to the default group of the tenant', async () => {
      const { world, owner } = await stage()
      const group = await world.newGroup('Hardware')
      const options = { owner, mode: 'write' as const, defaultGroup: group, createItemsFromQuotes: true }
      const [outcome] = good(await world.halo.write('products', known(product(3)), options))
      expect((await world.look('products', outcome?.haloId ?? 0))?.group).toBe('Hardware')
    })

    it('is not touched when nothing is new, and tells what is', async () => {
      const { write } = await stage()
      await write('products', product(1), product(2))
      const outcomes = await write('products', product(1), product(2, { price: 11 }))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['unchanged', 'updated'])
      expect(outcomes[1]?.changes.map(({ before, after }) => [before, after])).toEqual([[10.5, 11]])
    })
  })
}
