import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { Owner } from '../destination.ts'
import type { Change, HaloClient, QuoteActions, QuoteState } from '../quote-actions.ts'
import type { LiveTable, Row, SqlDialect, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { obstacleTo } from './probe.ts'
import { rowKey } from './rows.ts'
import { readRows } from './statements.ts'
import { findTickets, readTickets, type TicketPlace } from './tickets.ts'

/** What a person may change of a quote, over any dialect. `schema` is asked for at each call: a probe may have read it anew. */
export function sqlQuoteActions(dialect: SqlDialect, schema: () => LiveSchema): QuoteActions {
  const { statements } = dialect
  const at = <T>(
    mode: 'read' | 'write',
    owner: Owner,
    quoteId: number,
    work: (place: TicketPlace, quote: Row) => Promise<Result<T>>,
  ): Promise<Result<T>> =>
    dialect.transaction(mode, async (session) => {
      const place = { session, statements, schema: schema() }
      const obstacle = obstacleTo(place.schema, 'quotes')
      if (obstacle) return fail(obstacle)
      const { quote } = place.schema.tables
      const [row] = await readRows(session, statements, quote, columns, 'QHid', [quoteId])
      const holder = row?.qhdattocommercetenantid ?? null
      const isOwn = holder === null || Number(holder) === owner.haloTenantId
      return row && isOwn ? work(place, row) : fail(fault('quote-gone', { facts: { id: quoteId } }))
    })
  return {
    state: (owner, quoteId) => at('read', owner, quoteId, stateOf),
    tickets: (query) =>
      at('read', query.owner, query.quoteId, async (place, row) => {
        const obstacle = ticketObstacle(place.schema)
        return obstacle ? fail(obstacle) : findTickets(place, await clientOf(place, row), query)
      }),
    linkTicket: (owner, quoteId, change) =>
      at('write', owner, quoteId, (place, row) => linkTicket(place, row, change)),
    setStatus: (owner, quoteId, change) =>
      at('write', owner, quoteId, (place, row) => setStatus(place, row, change)),
  }
}

const columns = ['QHid', 'QHfaultID', 'QHstatus', 'QHUserID', 'qhdattocommercetenantid']

/** 0 is Halo's "none"; older ones have -1. */
const numberOr = (value: Value | undefined): number | null => {
  const number = Number(value ?? 0)
  return number > 0 ? number : null
}
const statusOf = (row: Row): number | null => (row.QHstatus === null ? null : Number(row.QHstatus))

async function stateOf(place: TicketPlace, row: Row): Promise<Result<QuoteState>> {
  const ticketId = numberOr(row.QHfaultID)
  const [ticket = null] = ticketId === null ? [] : await readTickets(place, [ticketId])
  return ok({
    client: await clientOf(place, row),
    ticketId,
    ticket,
    statusId: statusOf(row),
    ticketObstacle: ticketObstacle(place.schema),
  })
}

/** A quote has no client of its own: its contact has a site, and that has one (apis.md §3.2). */
async function clientOf(
  { session, statements, schema }: TicketPlace,
  quote: Row,
): Promise<HaloClient | null> {
  const { user, site, area } = schema.tables
  const one = async (table: LiveTable, wanted: readonly string[], key: number | null): Promise<Row | null> =>
    key === null
      ? null
      : ((await readRows(session, statements, table, wanted, table.spec.key, [key]))[0] ?? null)
  const person = await one(user, ['Uid', 'Usite'], numberOr(quote.QHUserID))
  const place = await one(site, ['Ssitenum', 'Sarea'], numberOr(person?.Usite))
  const client = await one(area, ['Aarea', 'aareadesc'], numberOr(place?.Sarea))
  return client && { id: rowKey(area, client), name: String(client.aareadesc ?? '') }
}

/** Older Halos lack a place for the link, or tickets as they are looked for here. */
function ticketObstacle({ tables: { quote, ticket } }: LiveSchema): Fault | null {
  const needed = [
    [quote, 'QHfaultID'],
    [ticket, 'Faultid'],
    [ticket, 'Symptom'],
  ] as const
  const missing = needed.filter(([table, column]) => !table.columns.has(column))
  if (missing.length === 0) return null
  const listed = missing.map(([table, column]) => `${table.spec.name}.${column}`).join(', ')
  return fault('halo-column-missing', { facts: { columns: listed, count: missing.length } })
}

type Changed = Promise<Result<{ readonly was: number | null }>>

async function linkTicket(place: TicketPlace, row: Row, { to, from }: Change<number | null>): Changed {
  const obstacle = ticketObstacle(place.schema)
  if (obstacle) return fail(obstacle)
  const was = numberOr(row.QHfaultID)
  if (from !== undefined && from !== was) return fail(fault('changed-meanwhile'))
  if (to !== null && (await readTickets(place, [to])).length === 0)
    return fail(fault('ticket-gone', { facts: { ticket: to } }))
  if (to !== was) await update(place, row, 'QHfaultID', to ?? 0)
  return ok({ was })
}

async function setStatus(place: TicketPlace, row: Row, { to, from }: Change<number | null>): Changed {
  const was = statusOf(row)
  if (from !== undefined && from !== was) return fail(fault('changed-meanwhile'))
  if (to !== null && !(await hasStatus(place, to)))
    return fail(fault('status-gone', { facts: { status: to } }))
  if (to !== was) await update(place, row, 'QHstatus', to)
  return ok({ was })
}

async function hasStatus({ session, statements, schema }: TicketPlace, status: number): Promise<boolean> {
  const wanted = ['fid', 'fcode', 'finactive']
  const rows = await readRows(session, statements, schema.tables.lookup, wanted, 'fid', [39])
  return rows.some((row) => Number(row.fcode) === status && Number(row.finactive ?? 0) === 0)
}

async function update({ session, schema }: TicketPlace, row: Row, column: string, value: number | null) {
  const { quote } = schema.tables
  await session.update(quote, [column], [[value, rowKey(quote, row)]])
}
