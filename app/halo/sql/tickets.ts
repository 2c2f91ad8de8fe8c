import { type RawBuilder, sql } from 'kysely'
import { readDate } from '../../model/dates.ts'
import { ok, type Result } from '../../model/fault.ts'
import type { HaloClient, HaloTicket, TicketList, TicketQuery } from '../quote-actions.ts'
import type { LiveTable, Row, SqlSession, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { rowKey } from './rows.ts'
import { liveName, readRows, type Statements } from './statements.ts'

/** What reading tickets needs of one transaction. */
export type TicketPlace = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
}

const columns = [
  'Faultid',
  'Symptom',
  'Areaint',
  'Status',
  'FDeleted',
  'FMergedIntoFaultid',
  'dateoccured',
  'datecleared',
]
/** Halo's columns begin at day 0, which is 1 January 1900 and means "never". */
const never = '1950-01-01T00:00:00.000Z'
const largestKey = 2_147_483_647

type Piece = { readonly text: RawBuilder<unknown>; readonly values: readonly Value[] }
const ref = (table: LiveTable, column: string): RawBuilder<unknown> =>
  sql`${sql.ref(liveName(table, column))}`

/** One window of tickets for a quote of this client. Keys come first, by row_number, which every database here has; their rows after. */
export async function findTickets(
  place: TicketPlace,
  client: HaloClient | null,
  { search, hasClosed, offset, limit }: Omit<TicketQuery, 'owner' | 'quoteId'>,
): Promise<Result<TicketList>> {
  const { session, statements, schema } = place
  const { ticket } = schema.tables
  const order = orderOf(place, client)
  const where = conditionOf(place, search, hasClosed)
  const shape = [...order, where].map(({ values }) => values.map((value) => typeof value).join('+')).join()
  const keys = await session.all(
    statements.kept(`tickets ${[...ticket.columns.keys()].join()} ${shape} ${hasClosed}`, (build) =>
      sql`select k from (select ${ref(ticket, 'Faultid')} as k, row_number() over (order by ${sql.join(
        order.map(({ text }) => text),
        sql`, `,
      )}) as n from ${sql.table(ticket.live)} where ${where.text}) w where n > ${0} and n <= ${0} order by n`.compile(
        build,
      ),
    ),
    [...order.flatMap(({ values }) => values), ...where.values, offset, offset + limit + 1],
  )
  const ids = keys.slice(0, limit).map((row) => Number(row.k))
  const found = new Map((await readTickets(place, ids)).map((one) => [one.id, one]))
  return ok({ rows: ids.flatMap((id) => found.get(id) ?? []), hasMore: keys.length > limit, isCut: false })
}

/** Tickets by number, with the names of their clients and statuses; deleted ones and those merged into others are left out. */
export async function readTickets(
  place: TicketPlace,
  ids: readonly number[],
): Promise<readonly HaloTicket[]> {
  const { session, statements, schema } = place
  const { ticket, ticketStatus, area } = schema.tables
  const read = (table: LiveTable, wanted: readonly string[], keys: Iterable<number>): Promise<Row[]> =>
    table.columns.has(table.spec.key)
      ? readRows(session, statements, table, wanted, table.spec.key, keys)
      : Promise.resolve([])
  const all = await read(ticket, columns, ids)
  const rows = all.filter((row) => !isTrue(row.FDeleted) && Number(row.FMergedIntoFaultid ?? 0) === 0)
  const numbersIn = (column: string): number[] => rows.flatMap((row) => Number(row[column] ?? 0) || [])
  const areas = await read(area, ['Aarea', 'aareadesc'], numbersIn('Areaint'))
  const states = await read(ticketStatus, ['Tstatus', 'tstatusdesc'], numbersIn('Status'))
  const clients = new Map(areas.map((row) => [rowKey(area, row), String(row.aareadesc ?? '')]))
  const names = new Map(states.map((row) => [rowKey(ticketStatus, row), String(row.tstatusdesc ?? '')]))
  return rows.map((row) => {
    const client = Number(row.Areaint ?? 0)
    const status = Number(row.Status ?? 0)
    return {
      id: rowKey(ticket, row),
      subject: String(row.Symptom ?? ''),
      status: status === 0 ? '' : names.get(status) || String(status),
      isClosed: dateOf(row.datecleared) !== null,
      client: client === 0 ? null : { id: client, name: clients.get(client) ?? '' },
      openedAt: dateOf(row.dateoccured),
    }
  })
}

const isTrue = (value: Value | undefined): boolean => Number(value ?? 0) !== 0

function dateOf(value: Value | undefined): string | null {
  const iso = readDate(String(value ?? ''))
  return iso !== null && iso > never ? iso : null
}

/** Whether it is closed, as a condition; null where this Halo does not tell. */
function closedIn({ schema }: TicketPlace): Piece | null {
  const { ticket } = schema.tables
  const column = ticket.columns.get('datecleared')
  const edge = column ? schema.dateText(never, column) : null
  return edge === null ? null : { text: sql`${ref(ticket, 'datecleared')} > ${''}`, values: [edge] }
}

function orderOf(place: TicketPlace, client: HaloClient | null): Piece[] {
  const { ticket } = place.schema.tables
  const closed = closedIn(place)
  const byClient =
    client && ticket.columns.has('Areaint')
      ? [{ text: sql`case when ${ref(ticket, 'Areaint')} = ${0} then 0 else 1 end`, values: [client.id] }]
      : []
  const byState = closed ? [{ ...closed, text: sql`case when ${closed.text} then 1 else 0 end` }] : []
  return [...byClient, ...byState, { text: sql`${ref(ticket, 'Faultid')} desc`, values: [] }]
}

function conditionOf(place: TicketPlace, search: string, hasClosed: boolean): Piece {
  const { ticket } = place.schema.tables
  const pieces: Piece[] = ['FDeleted', 'FMergedIntoFaultid']
    .filter((name) => ticket.columns.has(name))
    .map((name) => ({
      text: sql`(${ref(ticket, name)} is null or ${ref(ticket, name)} = ${0})`,
      values: [0],
    }))
  const closed = closedIn(place)
  if (closed && !hasClosed)
    pieces.push({ ...closed, text: sql`(${ref(ticket, 'datecleared')} is null or not ${closed.text})` })
  const wanted = search.trim().toLowerCase()
  const number = /^#?\d{1,10}$/.test(wanted) ? Number(wanted.replace('#', '')) : null
  if (number !== null && number <= largestKey) pieces.push(eitherOf(ticket, number))
  else pieces.push(...wordsOf(wanted).map((word) => like(ticket, word)))
  return {
    text:
      pieces.length === 0
        ? sql`1 = 1`
        : sql.join(
            pieces.map(({ text }) => text),
            sql` and `,
          ),
    values: pieces.flatMap(({ values }) => values),
  }
}

/** More words than these tell no ticket from another. */
const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean).slice(0, 8)

function like(ticket: LiveTable, word: string): Piece {
  const text = sql`lower(${ref(ticket, 'Symptom')}) like ${''} escape '~'`
  return { text, values: [`%${word.replace(/[~%_[\]]/g, '~$&')}%`] }
}

/** A number is a ticket's, or stands in a subject. */
function eitherOf(ticket: LiveTable, number: number): Piece {
  const inText = like(ticket, String(number))
  return {
    text: sql`(${ref(ticket, 'Faultid')} = ${0} or ${inText.text})`,
    values: [number, ...inText.values],
  }
}
