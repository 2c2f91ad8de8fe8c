import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../../app/model/tenant.ts'
import { good, type NewStage, type Stage, stageOf } from '../conformance.ts'
import { contact, customer, instance, order, otherInstance, product, quote } from '../records.ts'

const everything = ['products', 'customers', 'quotes', 'salesOrders'] as const satisfies readonly Entity[]

/** One of each, in the order in which a sync writes them. */
async function writeAll({ write }: Stage) {
  return [
    ...(await write('products', product(1))),
    ...(await write('customers', customer(1))),
    ...(await write('quotes', quote(1))),
    ...(await write('salesOrders', order(1, { quoteCommerceId: 1 }))),
  ]
}

const counts = ({ world }: Stage) => Promise.all(everything.map((entity) => world.count(entity)))

export function identityConforms(stage: NewStage): void {
  describe('identity', () => {
    it('lies in Halo itself: a program that remembers nothing makes nothing twice', async () => {
      const first = await stage()
      const made = await writeAll(first)
      const again = await first.world.again()
      const second = stageOf({ ...first.world, halo: again }, good(await again.owner(instance)))
      expect(second.owner).toEqual(first.owner)
      const found = await writeAll(second)
      expect(found.map(({ kind }) => kind)).toEqual(everything.map(() => 'unchanged'))
      expect(found.map(({ haloId }) => haloId)).toEqual(made.map(({ haloId }) => haloId))
      expect(await counts(second)).toEqual([1, 1, 1, 1])
      await again.close()
    })

    it('holds for an address of the instance in another spelling', async () => {
      const { world, owner } = await stage()
      expect(good(await world.halo.owner(`${instance.toUpperCase()}/`))).toEqual(owner)
      expect(good(await world.halo.owner(otherInstance)).haloTenantId).not.toBe(owner.haloTenantId)
    })

    it('does not hang on upper and lower case, whatever the database’s collation', async () => {
      const { world, write } = await stage()
      await write('customers', customer(1))
      const shouting = contact('Ann Hill1', 'ANN@C1.EXAMPLE')
      const [outcome] = await write('customers', customer(1, { contacts: [shouting] }))
      expect((await world.look('customers', outcome?.haloId ?? 0))?.contacts).toHaveLength(1)
      const quoted = { name: 'Ann Hill1', email: 'Ann@c1.Example' }
      const [made] = await write('quotes', quote(1, { contact: quoted }))
      expect(await world.look('quotes', made?.haloId ?? 0)).toMatchObject({ contact: 'Ann Hill1' })
      expect((await world.look('customers', outcome?.haloId ?? 0))?.contacts).toHaveLength(1)
    })

    it('does not trust a remembered id that is another record’s now', async () => {
      const { write, writeKnown, world } = await stage()
      const [one, two] = await write('customers', customer(1), customer(2))
      const [outcome] = await writeKnown('customers', { record: customer(1), haloId: two?.haloId ?? null })
      expect(outcome).toMatchObject({ kind: 'unchanged', haloId: one?.haloId })
      const [gone] = await writeKnown('customers', { record: customer(3), haloId: 987_654 })
      expect(gone?.kind).toBe('created')
      expect(await world.count('customers')).toBe(3)
    })

    it('is a tenant’s own: two instances may have the same ids', async () => {
      const north = await stage()
      const south = stageOf(north.world, good(await north.world.halo.owner(otherInstance)))
      await writeAll(north)
      const url = `${otherInstance}/customers/1`
      const outcomes = [
        ...(await south.write('products', product(1, { name: 'Of the south' }))),
        ...(await south.write('customers', customer(1, { name: 'Of the south', url }))),
        ...(await south.write('quotes', quote(1, { url: `${otherInstance}/quotes/1` }))),
      ]
      expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'created', 'created'])
      const quoteOfSouth = await north.world.look('quotes', outcomes[2]?.haloId ?? 0)
      expect(quoteOfSouth?.client).toBe('Of the south')
      const again = await writeAll(north)
      expect(again.map(({ kind }) => kind)).toEqual(everything.map(() => 'unchanged'))
    })

    it('makes one record of one that comes twice in a batch', async () => {
      const { write, world } = await stage()
      const outcomes = await write('customers', customer(1), customer(1, { name: 'Newer' }), customer(1))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'updated', 'updated'])
      expect(await world.count('customers')).toBe(1)
    })
  })

  describe('a preview', () => {
    it('tells what would happen and writes nothing', async () => {
      const all = await stage()
      const { preview, write } = all
      await write('customers', customer(1, { name: 'Before' }))
      const outcomes = [
        ...(await preview('products', product(1))),
        ...(await preview('customers', customer(1), customer(2))),
        ...(await preview('quotes', quote(1), quote(2, { customerCommerceId: 2 }))),
        ...(await preview('salesOrders', order(1, { quoteCommerceId: 1 }))),
      ]
      expect(outcomes.map(({ kind, haloId }) => [kind, haloId === null])).toEqual([
        ['created', true],
        ['updated', false],
        ['created', true],
        ['created', true],
        ['created', true],
        ['created', true],
      ])
      const [renamed] = (await preview('customers', customer(1)))[0]?.changes ?? []
      expect(renamed).toMatchObject({ before: 'Before', after: 'Customer 1' })
      expect(await counts(all)).toEqual([0, 1, 0, 0])
    })
  })
}
