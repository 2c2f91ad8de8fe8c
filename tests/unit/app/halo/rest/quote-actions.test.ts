import { afterEach, expect, test } from 'vitest'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { good } from '../../../../integration/halo/conformance.ts'
import { customer, instance, quote } from '../../../../integration/halo/records.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) {
    await stage.close()
    expect(stage.fake.violations).toEqual([])
  }
})

/** A Halo with a quote and `tickets` tickets of its client, numbered from 1. */
async function withTickets(tickets: number, quirks: Partial<Quirks> = {}) {
  const stage = await restStage(quirks)
  stages.push(stage)
  const halo = await stage.open()
  const owner = good(await halo.owner(instance))
  const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: false } as const
  good(await halo.write('customers', [{ record: customer(1), haloId: null }], options))
  const [made] = good(await halo.write('quotes', [{ record: quote(1), haloId: null }], options))
  const { rows } = stage.fake.tables
  for (let id = 1; id <= tickets; id++)
    rows.Tickets.set(id, {
      id,
      summary: `Ticket ${id}`,
      client_id: 1,
      client_name: 'Customer 1',
      status_id: 2,
    })
  stage.fake.asked.length = 0
  const actions = halo.quoteActions
  if (!actions) throw new Error('The quotes of this Halo can be changed.')
  const quoteId = made?.haloId ?? 0
  const query = { owner, quoteId, search: '', hasClosed: false, offset: 0, limit: 20 }
  const asked = () => stage.fake.asked.filter(({ path }) => path === '/Tickets').map(({ query: q }) => q)
  return { ...stage, actions, owner, quoteId, query, asked }
}

test('The list is asked with all three parameters of paging, for the client first, the newest first', async () => {
  const { actions, query, asked } = await withTickets(30)
  const { rows, hasMore, isCut } = good(await actions.tickets(query))
  expect([rows.length, rows[0]?.id, rows[0]?.status, hasMore, isCut]).toEqual([
    20,
    30,
    'In Progress',
    true,
    false,
  ])
  expect(asked().map(String)).toEqual([
    'order=id&orderdesc=true&client_id=1&open_only=true&pageinate=true&page_no=1&page_size=100',
  ])
})

test('A Halo that ignores the search is looked through for five pages, and that is said', async () => {
  const { actions, query, asked } = await withTickets(900)
  const found = good(await actions.tickets({ ...query, search: 'Ticket 7 ' }))
  expect([found.hasMore, found.isCut]).toEqual([true, false])
  expect(found.rows.every(({ subject }) => subject.includes('7'))).toBe(true)
  const none = good(await actions.tickets({ ...query, search: 'there is no such' }))
  expect([none.rows, none.hasMore, none.isCut]).toEqual([[], false, true])
  expect(asked().length).toBeLessThanOrEqual(20)
  expect(good(await actions.tickets({ ...query, search: '3' })).rows[0]?.id).toBe(3)
})

test('A ticket’s status is its number for an agent who may not read the statuses', async () => {
  const forbidden = [{ method: 'GET' as const, path: '/Status' }]
  const { actions, query } = await withTickets(1, { forbidden })
  expect(good(await actions.tickets(query)).rows[0]?.status).toBe('2')
})

test('A change is one property of the quote; what Halo does not take is said', async () => {
  const { actions, owner, quoteId, fake } = await withTickets(1)
  good(await actions.linkTicket(owner, quoteId, { to: 1 }))
  good(await actions.setStatus(owner, quoteId, { to: 0 }))
  const posts = fake.asked.filter(({ method }) => method === 'POST')
  expect(posts.map(({ path, body }) => [path, body])).toEqual([
    ['/Quotation', [{ id: quoteId, ticket_id: 1 }]],
    ['/Quotation', [{ id: quoteId, status: 0 }]],
  ])
  const { Quotation } = fake.tables.rows
  const set = Quotation.set.bind(Quotation)
  Quotation.set = (id, row) => set(id, { ...row, ticket_id: 1 })
  expect(await actions.linkTicket(owner, quoteId, { to: null })).toMatchObject({
    ok: false,
    fault: { code: 'halo-error' },
  })
})

test('An answer that was lost is asked for again, and the change is there once', async () => {
  const { actions, owner, quoteId, fake } = await withTickets(1)
  fake.quirks.trouble.push({ method: 'POST', path: '/Quotation', how: 'lost-after' })
  expect(good(await actions.linkTicket(owner, quoteId, { to: 1 }))).toEqual({ was: null })
  expect(fake.tables.rows.Quotation.get(quoteId)?.ticket_id).toBe(1)
})
