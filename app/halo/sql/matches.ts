import { setImmediate } from 'node:timers/promises'
import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import { domainOf } from '../../model/match-customers.ts'
import type { CustomerLink, LinkOutcome, UnlinkedClients } from '../destination.ts'
import type { Context } from './context.ts'
import type { LiveTable, Row } from './dialect.ts'
import { areaIdentity } from './people.ts'
import { rowKey } from './rows.ts'
import { readRows, selectAll } from './statements.ts'

type Reader = Pick<Context, 'session' | 'statements' | 'schema' | 'tenant'>

const identityColumns = ['Aarea', areaIdentity.id, areaIdentity.tenant]
const clientColumns = ['Aarea', 'aareadesc', 'Aarearef', 'ADomain', 'AWebsite', 'AIsInactive']

/** Halo writes -1 where nothing is linked, older versions NULL or 0. */
const isUnlinked = (row: Row): boolean => Number(row[areaIdentity.id] ?? 0) <= 0

/** Rows read between two pauses: the embedded database answers on this thread, and others wait for it. */
const sliceRows = 512

/** The rows whose `where` column has one of the keys, read in slices. */
async function readSlices(
  { session, statements }: Reader,
  table: LiveTable,
  columns: readonly string[],
  where: string,
  keys: readonly number[],
): Promise<Row[]> {
  const rows: Row[] = []
  for (let from = 0; from < keys.length; from += sliceRows) {
    const slice = keys.slice(from, from + sliceRows)
    for (const row of await readRows(session, statements, table, columns, where, slice)) rows.push(row)
    await setImmediate()
  }
  return rows
}

/** The active clients that no Commerce customer of any tenant is linked to, with the domains of their own columns and of their people. */
export async function readUnlinkedClients(reader: Reader): Promise<UnlinkedClients> {
  const { session, statements, schema, tenant } = reader
  const { area } = schema.tables
  const all = await selectAll(session, statements, area, identityColumns)
  const keys = all.filter(isUnlinked).map((row) => rowKey(area, row))
  const rows = (await readSlices(reader, area, clientColumns, 'Aarea', keys)).filter(
    (row) => Number(row.AIsInactive ?? 0) === 0,
  )
  const domains = await domainsOf(
    reader,
    rows.map((row) => rowKey(area, row)),
  )
  const clients = rows.map((row) => {
    const haloId = rowKey(area, row)
    const own = [row.ADomain, row.AWebsite].map((value) => domainOf(String(value ?? '')))
    const every = new Set([...own.filter((domain) => domain !== ''), ...(domains.get(haloId) ?? [])])
    return {
      ...{ haloId, name: String(row.aareadesc ?? ''), number: String(row.Aarearef ?? '') },
      domains: [...every],
    }
  })
  const isOurs = (row: Row): boolean => (row[areaIdentity.tenant] ?? tenant) === tenant
  const linked = all.filter((row) => !isUnlinked(row) && isOurs(row))
  return { clients, linkedIds: linked.map((row) => Number(row[areaIdentity.id])) }
}

/** The e-mail domains of the people at these clients' sites. */
async function domainsOf(reader: Reader, areas: readonly number[]): Promise<Map<number, Set<string>>> {
  const { site, user } = reader.schema.tables
  const sites = await readSlices(reader, site, ['Ssitenum', 'Sarea'], 'Sarea', areas)
  const areaOf = new Map(sites.map((row) => [rowKey(site, row), Number(row.Sarea)]))
  const people = await readSlices(reader, user, ['Uid', 'Usite', 'uemail'], 'Usite', [...areaOf.keys()])
  const domains = new Map<number, Set<string>>()
  for (const row of people) {
    const owner = areaOf.get(Number(row.Usite))
    const domain = domainOf(String(row.uemail ?? ''))
    if (owner === undefined || domain === '') continue
    domains.set(owner, (domains.get(owner) ?? new Set()).add(domain))
  }
  return domains
}

/**
 * Links customers to clients as a person confirmed: the Commerce id goes into AREA, where every later sync finds it. One that is linked meanwhile, or
 * gone, or whose customer is linked elsewhere, is left alone and said.
 */
export async function linkClients(
  reader: Reader,
  links: readonly CustomerLink[],
): Promise<Result<LinkOutcome[]>> {
  const { session, statements, schema, tenant } = reader
  const { area } = schema.tables
  const read = (where: string, keys: number[]): Promise<Row[]> =>
    readRows(session, statements, area, identityColumns, where, keys)
  const haloIds = links.map(({ haloId }) => haloId)
  const commerceIds = links.map(({ commerceId }) => commerceId)
  const clients = new Map((await read('Aarea', haloIds)).map((row) => [rowKey(area, row), row]))
  const linked = await read(areaIdentity.id, commerceIds)
  const taken = new Set(
    linked.filter((row) => row[areaIdentity.tenant] === tenant).map((row) => Number(row[areaIdentity.id])),
  )
  const outcomes = links.map((link): LinkOutcome => {
    const row = clients.get(link.haloId)
    const trouble = !row ? gone(link) : !isUnlinked(row) || taken.has(link.commerceId) ? isTaken(link) : null
    if (!trouble) {
      taken.add(link.commerceId)
      clients.set(link.haloId, { ...row, [areaIdentity.id]: link.commerceId })
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

/** Takes links back: the client is as one that no customer was ever linked to. One that is another customer's by now stays so, and is said. */
export async function unlinkClients(
  { session, statements, schema, tenant }: Reader,
  links: readonly Omit<CustomerLink, 'url'>[],
): Promise<Result<LinkOutcome[]>> {
  const { area } = schema.tables
  const haloIds = links.map(({ haloId }) => haloId)
  const rows = await readRows(session, statements, area, identityColumns, 'Aarea', haloIds)
  const clients = new Map(rows.map((row) => [rowKey(area, row), row]))
  const outcomes = links.map(({ commerceId, haloId }): LinkOutcome => {
    const row = clients.get(haloId)
    const isThere = row && Number(row[areaIdentity.id]) === commerceId && row[areaIdentity.tenant] === tenant
    return { commerceId, haloId, fault: isThere ? null : gone({ haloId }) }
  })
  // An id below 1 is nobody's, whatever the tenant beside it.
  const nobody = area.columns.get(areaIdentity.tenant)?.isNotNull ? 0 : null
  const freed = outcomes.filter(({ fault }) => fault === null).map(({ haloId }) => [-1, nobody, haloId])
  if (freed.length > 0) await session.update(area, [areaIdentity.id, areaIdentity.tenant], freed)
  return ok(outcomes)
}

const gone = ({ haloId }: Pick<CustomerLink, 'haloId'>): Fault =>
  fault('halo-reference-missing', { facts: { table: 'AREA', id: haloId } })
const isTaken = ({ commerceId, haloId }: CustomerLink): Fault =>
  fault('link-taken', { facts: { id: haloId, customerId: commerceId } })
