import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import { domainOf } from '../../model/match-customers.ts'
import type { CustomerLink, LinkOutcome, UnlinkedClients } from '../destination.ts'
import { flagOf, type HaloObject, idOf, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { mostRecords } from './context.ts'
import type { Finder } from './find.ts'
import { besideEachOther, wholeList } from './find-lists.ts'

/** Halo says -1, 0 or nothing where nothing is linked. */
const isUnlinked = (row: HaloObject): boolean => wholeOf(row.datto_commerce_id) === null

/** The active clients that no Commerce customer of any tenant is linked to, with the domains of their own fields and of their people. */
export async function readUnlinkedClients(api: HaloApi, tenant: number): Promise<Result<UnlinkedClients>> {
  const told = (row: HaloObject): boolean => 'datto_commerce_id' in row && 'ref' in row
  const rows = await wholeList(api, '/Client', { includeactive: true }, told)
  if (!rows.ok) return rows
  const domains = new Map<number, Set<string>>()
  const walked = await api.walk('/Users', { includeactive: true }, (people) => {
    for (const row of people) {
      const client = wholeOf(row.client_id)
      const domain = domainOf(textOf(row.emailaddress))
      if (client !== null && domain !== '')
        domains.set(client, (domains.get(client) ?? new Set()).add(domain))
    }
    return true
  })
  if (!walked.ok) return walked
  const clients = rows.value.flatMap((row) => {
    const haloId = idOf(row)
    if (haloId === null || !isUnlinked(row) || flagOf(row.inactive)) return []
    const own = [row.domain, row.website]
      .map((value) => domainOf(textOf(value)))
      .filter((domain) => domain !== '')
    const all = new Set([...own, ...(domains.get(haloId) ?? [])])
    return [{ haloId, name: textOf(row.name), number: textOf(row.ref), domains: [...all] }]
  })
  const isOurs = (row: HaloObject): boolean => (wholeOf(row.dattocommerce_tenantid) ?? tenant) === tenant
  const linkedIds = rows.value.flatMap((row) => (isOurs(row) ? (wholeOf(row.datto_commerce_id) ?? []) : []))
  return ok({ clients, linkedIds })
}

/**
 * Links customers to clients as a person confirmed: the Commerce id goes into the client, where every later sync finds it. One that is linked meanwhile, or
 * gone, or whose customer is linked elsewhere, is left alone and said.
 */
export async function linkClients(
  api: HaloApi,
  finder: Finder,
  tenant: number,
  links: readonly CustomerLink[],
): Promise<Result<LinkOutcome[]>> {
  const read = await readClients(api, links)
  if (!read.ok) return read
  const free = new Map([...read.value].map(([id, row]) => [id, isUnlinked(row)]))
  finder.forget()
  const owned = await finder.owned(
    'customers',
    links.map(({ commerceId }) => commerceId),
  )
  if (!owned.ok) return owned
  const taken = new Set(owned.value.filter((row) => row.tenant === tenant).map((row) => row.commerceId))
  const outcomes = links.map((link): LinkOutcome => {
    const isFree = free.get(link.haloId)
    const trouble =
      isFree === undefined ? gone(link) : !isFree || taken.has(link.commerceId) ? isTaken(link) : null
    if (!trouble) {
      taken.add(link.commerceId)
      free.set(link.haloId, false)
    }
    return { commerceId: link.commerceId, haloId: link.haloId, fault: trouble }
  })
  const wanted = links.filter((_, at) => !outcomes[at]?.fault)
  const posted = await post(
    api,
    wanted.map((link) => bodyOf(link, tenant)),
  )
  if (!posted.ok) return posted
  finder.forget()
  return ok(outcomes)
}

/** Takes links back: the client is as one that no customer was ever linked to. One that is another customer's by now stays so, and is said. */
export async function unlinkClients(
  api: HaloApi,
  finder: Finder,
  tenant: number,
  links: readonly Omit<CustomerLink, 'url'>[],
): Promise<Result<LinkOutcome[]>> {
  const read = await readClients(api, links)
  if (!read.ok) return read
  const outcomes = links.map(({ commerceId, haloId }): LinkOutcome => {
    const row = read.value.get(haloId)
    const isThere =
      wholeOf(row?.datto_commerce_id) === commerceId && wholeOf(row?.dattocommerce_tenantid) === tenant
    return { commerceId, haloId, fault: isThere ? null : gone({ haloId }) }
  })
  const freed = outcomes.filter(({ fault }) => fault === null)
  const posted = await post(
    api,
    freed.map(({ haloId }) => ({ id: haloId, datto_commerce_id: -1, dattocommerce_tenantid: 0 })),
  )
  finder.forget()
  return posted.ok ? ok(outcomes) : posted
}

/** The clients of these links as they are now, by their id; one that is gone is absent. */
async function readClients(
  api: HaloApi,
  links: readonly Pick<CustomerLink, 'haloId'>[],
): Promise<Result<Map<number, HaloObject>>> {
  const read = await besideEachOther([...new Set(links.map(({ haloId }) => haloId))], (id) =>
    api.get(`/Client/${id}`, { includedetails: true }),
  )
  if (!read.ok) return read
  const rows = read.value.map(readOne).filter((row) => row !== null)
  return ok(new Map(rows.map((row) => [idOf(row) ?? 0, row])))
}

async function post(api: HaloApi, bodies: readonly HaloObject[]): Promise<Result<null>> {
  for (let from = 0; from < bodies.length; from += mostRecords) {
    const answer = await api.post('/Client', bodies.slice(from, from + mostRecords), { isSafe: true })
    if (!answer.ok) return answer
  }
  return ok(null)
}

/** No link is no reason to clear one. */
const bodyOf = ({ commerceId, haloId, url }: CustomerLink, tenant: number): HaloObject => ({
  id: haloId,
  datto_commerce_id: commerceId,
  dattocommerce_tenantid: tenant,
  ...(url === '' ? {} : { datto_commerce_url: url }),
})

const gone = ({ haloId }: Pick<CustomerLink, 'haloId'>): Fault =>
  fault('halo-reference-missing', { facts: { table: 'clients', id: haloId } })
const isTaken = ({ commerceId, haloId }: CustomerLink): Fault =>
  fault('link-taken', { facts: { id: haloId, customerId: commerceId } })
