import { describe, expect, it } from 'vitest'
import { proposeMatches } from '../../../../app/model/match-customers.ts'
import { good, type NewStage, type Stage } from '../conformance.ts'
import { customer } from '../records.ts'

/** Clients that nobody is linked to, as somebody may have typed them: written, and their links taken back. */
async function typed({ write, world, owner }: Stage, ...ids: number[]) {
  const written = await write('customers', ...ids.map((id) => customer(id)))
  const links = written.map(({ commerceId, haloId }) => ({ commerceId, haloId: haloId ?? 0 }))
  good(await world.halo.unlinkCustomers?.(owner, links))
  return links.map(({ haloId }) => haloId)
}

export function matchesConform(stage: NewStage): void {
  describe('matching', () => {
    it('finds the clients without a link, with number and domains, and who is linked', async () => {
      const all = await stage()
      const [first, second] = await typed(all, 1, 2)
      await all.write('customers', customer(3))
      const found = good(await all.world.halo.unlinkedClients?.(all.owner))
      expect(found.linkedIds).toEqual([3])
      const { name, reference, contacts } = customer(1)
      expect(found.clients.map(({ haloId }) => haloId)).toEqual([first, second])
      const domains = [contacts[0]?.email.split('@')[1]]
      expect(found.clients[0]).toEqual({ haloId: first, name, number: reference, domains })
      const asked = { commerceId: 7, name: name.toUpperCase(), number: reference, domains: [] }
      expect(proposeMatches([asked], found.clients)).toMatchObject([
        { candidates: [{ haloId: first, by: ['number', 'name'] }], sureness: 'sure' },
      ])
    })

    it('links: the next write finds the client, and no second one is made', async () => {
      const all = await stage()
      const [first] = await typed(all, 1)
      const links = [{ commerceId: 7, haloId: first ?? 0, url: '' }]
      expect(good(await all.world.halo.linkCustomers?.(all.owner, links))).toEqual([
        { commerceId: 7, haloId: first, fault: null },
      ])
      const [outcome] = await all.write('customers', customer(7))
      expect(outcome).toMatchObject({ kind: 'updated', haloId: first })
      expect(await all.world.count('customers')).toBe(1)
    })

    it('refuses what is linked or gone, each by itself, and two customers for one client', async () => {
      const all = await stage()
      const [first = 0, second = 0] = await typed(all, 1, 2)
      const [linked] = await all.write('customers', customer(9))
      const outcomes = good(
        await all.world.halo.linkCustomers?.(all.owner, [
          { commerceId: 1, haloId: linked?.haloId ?? 0, url: '' },
          { commerceId: 9, haloId: first, url: '' },
          { commerceId: 2, haloId: 987_654, url: '' },
          { commerceId: 3, haloId: second, url: '' },
          { commerceId: 4, haloId: second, url: '' },
        ]),
      )
      expect(outcomes.map(({ fault }) => fault?.code ?? 'linked')).toEqual([
        ...['link-taken', 'link-taken', 'halo-reference-missing', 'linked', 'link-taken'],
      ])
      expect(await all.world.look('customers', second)).toMatchObject({ commerceId: 3 })
    })

    it('takes a link back, but not one that is another customer’s', async () => {
      const all = await stage()
      const [first = 0] = await typed(all, 1)
      good(await all.world.halo.linkCustomers?.(all.owner, [{ commerceId: 7, haloId: first, url: '' }]))
      const takeBack = async (commerceId: number) =>
        good(await all.world.halo.unlinkCustomers?.(all.owner, [{ commerceId, haloId: first }]))[0]?.fault
          ?.code
      expect(await takeBack(8)).toBe('halo-reference-missing')
      expect(await all.world.look('customers', first)).toMatchObject({ commerceId: 7 })
      expect(await takeBack(7)).toBeUndefined()
      expect(good(await all.world.halo.unlinkedClients?.(all.owner)).clients).toHaveLength(1)
      const [outcome] = await all.write('customers', customer(7))
      expect(outcome?.kind).toBe('created')
    })
  })
}
