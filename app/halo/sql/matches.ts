import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import { domainOf, type UnlinkedClient } from '../../model/match-customers.ts'
import type { CustomerLink, LinkOutcome } from '../destination.ts'
import type { Context } from './context.ts'
import type { LiveTable, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { areaIdentity } from './people.ts'
import { rowKey } from './rows.ts'
import { readRows, type Statements, selectAll } from './statements.ts'

type Reader = { readonly session: SqlSession; readonly statements: Statements; readonly schema: LiveSchema }

const clientColumns = [
  'Aarea',
  'aareadesc',
  'Aarearef',
  'ADomain',
  'AWebsite',
  'AIsInactive',
  areaIdentity.id,
]

/** Halo writes -1 where nothing is linked, older versions NULL or 0. */
const isUnlinked = (row: Row): boolean => Number(row[areaIdentity.id] ?? 0) <= 0

/** The active clients that no Commerce customer of any tenant is linked to, with the domains of their own columns and of their people. */
export async function readUnlinkedClients({
  session,
  statements,
  schema,
}: Reader): Promise<UnlinkedClient[]> {
  const { area, site, user } = schema.tables
  const rows = (await selectAll(session, statements, area, clientColumns)).filter(
    (row) => isUnlinked(row) && Number(row.AIsInactive ?? 0) === 0,
  )
  const read = (table: LiveTable, columns: string[], where: string, keys: Iterable<number>): Promise<Row[]> =>
    readRows(session, statements, table, columns, where, keys)
  const sites = await read(
    site,
    ['Ssitenum', 'Sarea'],
    'Sarea',
    rows.map((row) => rowKey(area, row)),
  )
  const areaOf = new Map(sites.map((row) => [rowKey(site, row), Number(row.Sarea)]))
  const people = await read(user, ['Uid', 'Usite', 'uemail'], 'Usite', areaOf.keys())
  const domains = new Map<number, Set<string>>()
  for (const row of people) {
    const owner = areaOf.get(Number(row.Usite))
    const domain = domainOf(String(row.uemail ?? ''))
    if (owner === undefined || domain === '') continue
    domains.set(owner, (domains.get(owner) ?? new Set()).add(domain))
  }
  return rows.map((row) => {
    const haloId = rowKey(area, row)
    const own = [row.ADomain, row.AWebsite].map((value) => domainOf(String(value ?? '')))
    const all = new Set([...own.filter((domain) => domain !== ''), ...(domains.get(haloId) ?? [])])
    return {
      ...{ haloId, name: String(row.aareadesc ?? ''), number: String(row.Aarearef ?? '') },
      domains: [...all],
    }
  })
}

/**
 * Links customers to clients as a person confirmed: the Commerce id goes into AREA, where every later sync finds it. One that is linked meanwhile, or
 * gone, or whose customer is linked elsewhere, is left alone and said.
 */
export async function linkClients(
  { session, statements, schema, tenant }: Pick<Context, 'session' | 'statements' | 'schema' | 'tenant'>,
  links: readonly CustomerLink[],
): Promise<Result<LinkOutcome[]>> {
  const { area } = schema.tables
  const columns = ['Aarea', areaIdentity.id, areaIdentity.tenant]
  const read = (where: string, keys: number[]): Promise<Row[]> =>
    readRows(session, statements, area, columns, where, keys)
  const clients = new Map(
    (
      await read(
        'Aarea',
        links.map(({ haloId }) => haloId),
      )
    ).map((row) => [rowKey(area, row), row]),
  )
  const linked = await read(
    areaIdentity.id,
    links.map(({ commerceId }) => commerceId),
  )
  const taken = new Set(
    linked.filter((row) => row[areaIdentity.tenant] === tenant).map((row) => Number(row[areaIdentity.id])),
  )
  const outcomes = links.map((link): LinkOutcome => {
    const row = clients.get(link.haloId)
    const trouble = !row ? gone(link) : !isUnlinked(row) || taken.has(link.commerceId) ? isTaken(link) : null
    if (!trouble) {
      taken.add(link.commerceId)
      clients.delete(link.haloId)
    }
    return { commerceId: link.commerceId, haloId: link.haloId, fault: trouble }
  })
  const wanted = [areaIdentity.id, areaIdentity.tenant, areaIdentity.url]
  // No link is no reason to clear one.
  const hasUrl = links.some(({ url }) => url !== '')
  const written = wanted.filter((name) => area.columns.has(name) && (hasUrl || name !== areaIdentity.url))
  const rows = links.flatMap((link, at) => {
    if (outcomes[at]?.fault) return []
    const values = {
      [areaIdentity.id]: link.commerceId,
      [areaIdentity.tenant]: tenant,
      [areaIdentity.url]: link.url,
    }
    return [[...written.map((name) => values[name] ?? null), link.haloId]]
  })
  if (rows.length > 0) await session.update(area, written, rows)
  return ok(outcomes)
}

const gone = ({ haloId }: CustomerLink): Fault =>
  fault('halo-reference-missing', { facts: { table: 'AREA', id: haloId } })
const isTaken = ({ commerceId, haloId }: CustomerLink): Fault =>
  fault('link-taken', { facts: { id: haloId, customerId: commerceId } })
