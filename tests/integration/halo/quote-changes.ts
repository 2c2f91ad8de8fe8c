import { afterEach, describe, expect, it } from 'vitest'
import type { QuoteActions, TicketQuery } from '../../../app/halo/quote-actions.ts'
import type { Result } from '../../../app/model/fault.ts'
import { good, type HaloWorld, stageOf } from './conformance.ts'
import { customer, instance, otherInstance, quote } from './records.ts'
import type { FoundRow, Tables } from './sql-world.ts'

type World = HaloWorld & { readonly tables: Tables }

const closedAt = '2026-01-09 10:00:00.000'

/** Quote 1 of customer 1, and tickets 101 to 108: of it, of customer 2 and of nobody; open, closed, deleted, merged. */
async function arranged(world: World) {
  const { halo, tables } = world
  const owner = good(await halo.owner(instance))
  const { write } = stageOf(world, owner)
  const [one, two] = await write('customers', customer(1), customer(2))
  const [made] = await write('quotes', quote(1))
  const own = one?.haloId ?? 0
  const other = two?.haloId ?? 0
  const ticket = (id: number, subject: string, client: number, more: FoundRow = {}) =>
    tables.insert('FAULTS', {
      ...{ Faultid: id, Symptom: subject, Areaint: client, Status: 2, FDeleted: 0, FMergedIntoFaultid: 0 },
      ...{ dateoccured: '2026-01-05 09:00:00.000', datecleared: null, ...more },
    })
  await ticket(101, 'Printer on fire', own)
  await ticket(102, 'Laptops for the new office', own, { datecleared: closedAt, Status: 9 })
  await ticket(103, 'New Laptops, 100% of them', other)
  await ticket(104, 'Laptops: deleted', own, { FDeleted: 1 })
  await ticket(105, 'Laptops: merged', own, { FMergedIntoFaultid: 101 })
  await ticket(106, 'Order 101 is late', own)
  await ticket(107, 'laptops nobody asked for', 0)
  await ticket(108, 'Laptops, long ago', other, { datecleared: closedAt })
  const actions: QuoteActions | undefined = halo.quoteActions
  if (!actions) throw new Error('The quotes of this Halo can be changed.')
  const quoteId = made?.haloId ?? 0
  const query: TicketQuery = { owner, quoteId, search: '', hasClosed: false, offset: 0, limit: 20 }
  const ids = async (more: Partial<TicketQuery> = {}): Promise<number[]> =>
    good(await actions.tickets({ ...query, ...more })).rows.map(({ id }) => id)
  return { actions, owner, write, quoteId, query, ids, own, other }
}

const code = (result: Result<unknown>): string | null => (result.ok ? null : result.fault.code)

/** What a destination must do besides whose quotes a person changes. */
export function changesQuotes(name: string, factory: () => Promise<World>): void {
  const open: World[] = []
  afterEach(async () => {
    for (const world of open.splice(0)) await world.close()
  })
  const stage = async () => {
    const world = await factory()
    open.push(world)
    return { world, ...(await arranged(world)) }
  }

  describe(`${name}: a quote's ticket`, () => {
    it('is found: the client’s first, the newest first, closed ones when asked, never deleted or merged ones', async () => {
      const { ids } = await stage()
      expect(await ids()).toEqual([106, 101, 107, 103])
      expect(await ids({ hasClosed: true })).toEqual([106, 101, 102, 107, 103, 108])
    })

    it('is found by words in any order and case, and by its number', async () => {
      const { ids } = await stage()
      expect(await ids({ search: 'LAPTOPS' })).toEqual([107, 103])
      expect(await ids({ search: '  laptops new ', hasClosed: true })).toEqual([102, 103])
      expect(await ids({ search: '0%' })).toEqual([103])
      expect(await ids({ search: '_' })).toEqual([])
      expect(await ids({ search: "x' or 1=1 --" })).toEqual([])
      expect((await ids({ search: '#101' })).toSorted()).toEqual([101, 106])
      expect(await ids({ search: 'fire printer' })).toEqual([101])
      expect(await ids({ search: '104' })).toEqual([])
      expect(await ids({ search: '9999999999' })).toEqual([])
    })

    it('is found in windows', async () => {
      const { actions, query } = await stage()
      const first = good(await actions.tickets({ ...query, limit: 3 }))
      expect([first.rows.map(({ id }) => id), first.hasMore]).toEqual([[106, 101, 107], true])
      const rest = good(await actions.tickets({ ...query, offset: 3, limit: 3 }))
      expect([rest.rows.map(({ id }) => id), rest.hasMore]).toEqual([[103], false])
    })

    it('is told with its client and whether it is open', async () => {
      const { actions, query, own } = await stage()
      const { rows } = good(await actions.tickets({ ...query, search: 'new office', hasClosed: true }))
      expect(rows).toEqual([
        {
          ...{ id: 102, subject: 'Laptops for the new office', isClosed: true },
          ...{ client: { id: own, name: 'Customer 1' }, openedAt: '2026-01-05T09:00:00.000Z' },
          status: expect.stringMatching(/^(9|Closed)$/),
        },
      ])
    })

    it('is linked, shown, replaced and taken away, and no sync touches it', async () => {
      const { actions, owner, quoteId, write, own } = await stage()
      const state = async () => good(await actions.state(owner, quoteId))
      expect(await state()).toEqual({
        ...{ client: { id: own, name: 'Customer 1' }, ticketId: null, ticket: null },
        ...{ statusId: 1, ticketObstacle: null },
      })
      expect(good(await actions.linkTicket(owner, quoteId, { to: 101 }))).toEqual({ was: null })
      expect((await state()).ticket).toMatchObject({ id: 101, subject: 'Printer on fire', isClosed: false })
      await write('quotes', quote(1, { title: 'Changed', lines: [] }))
      expect(await state()).toMatchObject({ ticketId: 101, statusId: 1 })
      expect(good(await actions.linkTicket(owner, quoteId, { to: 103 }))).toEqual({ was: 101 })
      expect(good(await actions.linkTicket(owner, quoteId, { to: null, from: 103 }))).toEqual({ was: 103 })
      expect(await state()).toMatchObject({ ticketId: null, ticket: null })
    })

    it('is not linked when it is gone, deleted, or the link was changed meanwhile', async () => {
      const { actions, owner, quoteId } = await stage()
      expect(code(await actions.linkTicket(owner, quoteId, { to: 999 }))).toBe('ticket-gone')
      expect(code(await actions.linkTicket(owner, quoteId, { to: 104 }))).toBe('ticket-gone')
      good(await actions.linkTicket(owner, quoteId, { to: 101 }))
      expect(code(await actions.linkTicket(owner, quoteId, { to: null, from: 106 }))).toBe(
        'changed-meanwhile',
      )
      expect(good(await actions.state(owner, quoteId)).ticketId).toBe(101)
    })
  })

  describe(`${name}: a quote's status`, () => {
    it('is changed, also to the first of the list, and stays through a sync', async () => {
      const { actions, owner, quoteId, write, world } = await stage()
      expect(good(await actions.setStatus(owner, quoteId, { to: 5 }))).toEqual({ was: 1 })
      await write('quotes', quote(1, { statusToWrite: null, title: 'Changed' }))
      expect((await world.look('quotes', quoteId))?.status).toBe(5)
      expect(good(await actions.setStatus(owner, quoteId, { to: 0, from: 5 }))).toEqual({ was: 5 })
      expect(good(await actions.state(owner, quoteId)).statusId).toBe(0)
    })

    it('changes nothing else of the quote', async () => {
      const { actions, owner, quoteId, world } = await stage()
      const before = await world.look('quotes', quoteId)
      good(await actions.setStatus(owner, quoteId, { to: 5 }))
      good(await actions.linkTicket(owner, quoteId, { to: 101 }))
      expect(await world.look('quotes', quoteId)).toEqual({ ...before, status: 5 })
    })

    it('is left alone when Halo has no such status, or somebody was faster', async () => {
      const { actions, owner, quoteId } = await stage()
      expect(code(await actions.setStatus(owner, quoteId, { to: 77 }))).toBe('status-gone')
      expect(code(await actions.setStatus(owner, quoteId, { to: 2, from: 3 }))).toBe('changed-meanwhile')
      expect(good(await actions.state(owner, quoteId)).statusId).toBe(1)
    })
  })

  it(`${name} says when the quote is gone, or another tenant's`, async () => {
    const { actions, owner, quoteId, query, world } = await stage()
    const other = good(await world.halo.owner(otherInstance))
    for (const [who, id] of [
      [owner, 99_999],
      [other, quoteId],
    ] as const) {
      expect(code(await actions.state(who, id))).toBe('quote-gone')
      expect(code(await actions.linkTicket(who, id, { to: 101 }))).toBe('quote-gone')
      expect(code(await actions.setStatus(who, id, { to: 2 }))).toBe('quote-gone')
      expect(code(await actions.tickets({ ...query, owner: who, quoteId: id }))).toBe('quote-gone')
    }
  })
}
