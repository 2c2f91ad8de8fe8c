import { fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Owner } from '../destination.ts'
import type { Change, HaloClient, HaloTicket, QuoteActions } from '../quote-actions.ts'
import { type HaloObject, readOne, textOf, wholeOf } from './answers.ts'
import { findTickets, readTicket, type TicketPlace } from './tickets.ts'

/**
 * What a person may change of a quote, by /Quotation and /Tickets. A change is posted as that one property and read again after: whether Halo takes 0 for
 * "no ticket" is in no document.
 */
export function restQuoteActions(place: TicketPlace): QuoteActions {
  return {
    state: async (owner, quoteId) => {
      const quote = await readQuote(place, owner, quoteId)
      if (!quote.ok) return quote
      const ticketId = wholeOf(quote.value.ticket_id)
      const ticket = ticketId === null ? ok<HaloTicket | null>(null) : await readTicket(place, ticketId)
      if (!ticket.ok) return ticket
      const client = await namedClient(place, quote.value)
      if (!client.ok) return client
      return ok({
        ...{ client: client.value, ticketId, ticket: ticket.value },
        ...{ statusId: statusOf(quote.value), ticketObstacle: null },
      })
    },
    tickets: async (query) => {
      const quote = await readQuote(place, query.owner, query.quoteId)
      return quote.ok ? findTickets(place, clientOf(quote.value), query) : quote
    },
    linkTicket: async (owner, quoteId, change) => {
      const { to } = change
      if (to !== null) {
        const ticket = await readTicket(place, to)
        if (!ticket.ok) return ticket
        if (!ticket.value) return fail(fault('ticket-gone', { facts: { ticket: to } }))
      }
      return changed(place, owner, quoteId, { ...change, of: (row) => wholeOf(row.ticket_id) }, (value) => ({
        ticket_id: value ?? 0,
      }))
    },
    setStatus: async (owner, quoteId, change) => {
      const { to } = change
      // A status may have been made, or made inactive, since it was read.
      place.lookups.forget()
      const statuses = await place.lookups.statuses(39)
      if (!statuses.ok) return statuses
      if (to !== null && !statuses.value.some(({ id }) => id === to))
        return fail(fault('status-gone', { facts: { status: to } }))
      return changed(place, owner, quoteId, { ...change, of: statusOf }, (status) => ({ status }))
    },
  }
}

/** Statuses count from 0. */
function statusOf({ status }: HaloObject): number | null {
  const number = typeof status === 'string' && status !== '' ? Number(status) : status
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null
}

function clientOf(quote: HaloObject): HaloClient | null {
  const id = wholeOf(quote.client_id)
  return id === null ? null : { id, name: textOf(quote.client_name) }
}

async function namedClient({ api }: TicketPlace, quote: HaloObject): Promise<Result<HaloClient | null>> {
  const client = clientOf(quote)
  if (client === null || client.name !== '') return ok(client)
  const answer = await api.get(`/Client/${client.id}`, { includedetails: true })
  return answer.ok ? ok({ ...client, name: textOf(readOne(answer.value)?.name) }) : answer
}

async function readQuote({ api }: TicketPlace, owner: Owner, id: number): Promise<Result<HaloObject>> {
  const answer = await api.get(`/Quotation/${id}`, { includedetails: true })
  if (!answer.ok) return answer
  const row = readOne(answer.value)
  const holder = row ? wholeOf(row.dattocommerce_tenantid) : null
  const isOwn = holder === null || holder === owner.haloTenantId
  return row && isOwn ? ok(row) : fail(fault('quote-gone', { facts: { id } }))
}

type Field = Change<number | null> & { readonly of: (row: HaloObject) => number | null }

async function changed(
  place: TicketPlace,
  owner: Owner,
  id: number,
  { to, from, of }: Field,
  body: (value: number | null) => HaloObject,
): Promise<Result<{ readonly was: number | null }>> {
  const before = await readQuote(place, owner, id)
  if (!before.ok) return before
  const was = of(before.value)
  if (from !== undefined && from !== was) return fail(fault('changed-meanwhile'))
  if (to === was) return ok({ was })
  const posted = await place.api.post('/Quotation', [{ id, ...body(to) }], { isSafe: true })
  if (!posted.ok) return posted
  const after = await readQuote(place, owner, id)
  if (!after.ok) return after
  return of(after.value) === to
    ? ok({ was })
    : fail(fault('halo-error', { raw: 'Halo took the change without a word, and has the quote as it was.' }))
}
