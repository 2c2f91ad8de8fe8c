import { readDate } from '../../model/dates.ts'
import { ok, type Result } from '../../model/fault.ts'
import type { HaloClient, HaloTicket, TicketList, TicketQuery } from '../quote-actions.ts'
import { flagOf, type HaloObject, idOf, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi, Query } from './api.ts'
import type { Lookups } from './lookups.ts'

export type TicketPlace = { readonly api: HaloApi; readonly lookups: Lookups }

/** A Halo that ignores `search` is looked through this far, a hundred tickets a request: then a person waits no longer than for a page of the web. */
const mostPages = 5

/** What is asked for one after the other, until the window is full. */
type Part = { readonly query: Query; readonly isClosed: boolean; readonly isClients: boolean }

/**
 * One window of tickets. Halo's list is asked part by part, in the order wanted: the client's open ones, its closed ones, then everybody's. `search`
 * and the other filters may be ignored (apis.md §2.2), so every row is looked at again.
 */
export async function findTickets(
  place: TicketPlace,
  client: HaloClient | null,
  wanted: Omit<TicketQuery, 'owner' | 'quoteId'>,
): Promise<Result<TicketList>> {
  const search = wanted.search.trim().toLowerCase()
  const end = wanted.offset + wanted.limit
  const found = new Map<number, HaloTicket>()
  const named = await namer(place)
  const number = /^#?(\d{1,10})$/.exec(search)?.[1]
  if (number !== undefined) {
    const one = await readTicket(place, Number(number))
    if (!one.ok) return one
    if (one.value && (wanted.hasClosed || !one.value.isClosed)) found.set(one.value.id, one.value)
  }
  let isCut = false
  for (const part of partsOf(client, search, wanted.hasClosed)) {
    if (found.size > end) break
    const walked = await walkPart(place, part, (row) => {
      const ticket = isLive(row) && fits(row, search) ? ticketOf(row, named, part.isClosed) : null
      const isHere = ticket && (!part.isClients || ticket.client?.id === client?.id)
      if (isHere && ticket.isClosed === part.isClosed) keep(found, ticket)
      return found.size <= end
    })
    if (!walked.ok) return walked
    isCut ||= walked.value.isCut
  }
  const rows = [...found.values()]
  return ok({ rows: rows.slice(wanted.offset, end), hasMore: rows.length > end, isCut })
}

const keep = (found: Map<number, HaloTicket>, ticket: HaloTicket): void => {
  if (!found.has(ticket.id)) found.set(ticket.id, ticket)
}

function partsOf(client: HaloClient | null, search: string, hasClosed: boolean): Part[] {
  // Whether Halo takes several words as a phrase is not said: it is given the longest, and the others are looked for here.
  const [word = ''] = search.split(/\s+/).sort((a, b) => b.length - a.length)
  const text = word === '' ? {} : { search: word.replace('#', '') }
  const newest = { order: 'id', orderdesc: true }
  const states = hasClosed ? [false, true] : [false]
  return (client ? [true, false] : [false]).flatMap((isClients) =>
    states.map((isClosed) => ({
      ...{ isClosed, isClients },
      query: {
        ...newest,
        ...text,
        ...(isClients && client ? { client_id: client.id } : {}),
        ...(isClosed ? { closed_only: true } : { open_only: true }),
      },
    })),
  )
}

/** Newest first, within a page as among pages. `take` answers false when it has enough. */
async function walkPart(
  { api }: TicketPlace,
  { query }: Part,
  take: (row: HaloObject) => boolean,
): Promise<Result<{ readonly isCut: boolean }>> {
  let pages = 0
  let isCut = false
  const walked = await api.walk('/Tickets', query, (rows, total) => {
    pages += 1
    const newestFirst = rows.toSorted((a, b) => (idOf(b) ?? 0) - (idOf(a) ?? 0))
    if (newestFirst.some((row) => !take(row))) return false
    isCut = pages >= mostPages && (total === null || total > pages * rows.length)
    return pages < mostPages
  })
  return walked.ok ? ok({ isCut }) : walked
}

/** One ticket; null when it is not there, deleted or merged into another. */
export async function readTicket(place: TicketPlace, id: number): Promise<Result<HaloTicket | null>> {
  const answer = await place.api.get(`/Tickets/${id}`, { includedetails: true })
  if (!answer.ok) return answer
  const row = readOne(answer.value)
  return ok(row && isLive(row) ? ticketOf(row, await namer(place), false) : null)
}

const isLive = (row: HaloObject): boolean =>
  idOf(row) !== null && !flagOf(row.deleted) && wholeOf(row.merged_into_id) === null

/** A number is a ticket's, or stands in a subject; else each word does. */
function fits(row: HaloObject, search: string): boolean {
  const subject = textOf(row.summary).toLowerCase()
  const number = /^#?(\d{1,10})$/.exec(search)?.[1]
  if (number !== undefined) return idOf(row) === Number(number) || subject.includes(number)
  return search
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => subject.includes(word))
}

type Namer = (row: HaloObject) => string

/** Lists tell the number of a status alone. An agent who may not read the statuses sees the number. */
async function namer({ lookups }: TicketPlace): Promise<Namer> {
  const statuses = await lookups.ticketStatuses()
  const names = new Map(statuses.ok ? statuses.value.map(({ id, name }) => [id, name]) : [])
  return (row) => {
    const id = wholeOf(row.status_id)
    return textOf(row.status_name) || (id === null ? '' : names.get(id) || String(id))
  }
}

/** `otherwise`: whether it is closed, where the row does not tell. */
function ticketOf(row: HaloObject, named: Namer, otherwise: boolean): HaloTicket {
  const client = wholeOf(row.client_id)
  const closed = 'dateclosed' in row ? dateOf(row.dateclosed) !== null : otherwise
  return {
    id: idOf(row) ?? 0,
    subject: textOf(row.summary),
    status: named(row),
    isClosed: closed,
    client: client === null ? null : { id: client, name: textOf(row.client_name) },
    openedAt: dateOf(row.dateoccurred),
  }
}

/** Halo's columns begin at 1 January 1900, which means "never". */
function dateOf(value: unknown): string | null {
  const iso = typeof value === 'string' ? readDate(value) : null
  return iso !== null && iso > '1950' ? iso : null
}
