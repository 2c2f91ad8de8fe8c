import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import { domainOf, type UnlinkedClient } from '../../model/match-customers.ts'
import type { CustomerLink, LinkOutcome } from '../destination.ts'
import { flagOf, type HaloObject, idOf, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { mostRecords } from './context.ts'
import type { Finder } from './find.ts'
import { besideEachOther, wholeList } from './find-lists.ts'

/** Halo says -1, 0 or nothing where nothing is linked. */
const isUnlinked = (row: HaloObject): boolean => wholeOf(row.datto_commerce_id) === null

/** The active clients that no Commerce customer of any tenant is linked to, with the domains of their own fields and of their people. */
export async function readUnlinkedClients(api: HaloApi): Promise<Result<UnlinkedClient[]>> {
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
  return ok(
    rows.value.flatMap((row) => {
      const haloId = idOf(row)
      if (haloId === null || !isUnlinked(row) || flagOf(row.inactive)) return []
      const own = [row.domain, row.website]
        .map((value) => domainOf(textOf(value)))
        .filter((domain) => domain !== '')
      const all = new Set([...own, ...(domains.get(haloId) ?? [])])
      return [{ haloId, name: textOf(row.name), number: textOf(row.ref), domains: [...all] }]
    }),
  )
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
  const read = await besideEachOther([...new Set(links.map(({ haloId }) => haloId))], (id) =>
    api.get(`/Client/${id}`, { includedetails: true }),
  )
  if (!read.ok) return read
  const rows = read.value.map(readOne).filter((row) => row !== null)
  const free = new Map(rows.map((row) => [idOf(row) ?? 0, isUnlinked(row)]))
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
      free.delete(link.haloId)
    }
    return { commerceId: link.commerceId, haloId: link.haloId, fault: trouble }
  })
  const wanted = links.filter((_, at) => !outcomes[at]?.fault)
  for (let from = 0; from < wanted.length; from += mostRecords) {
    const bodies = wanted.slice(from, from + mostRecords).map((link) => bodyOf(link, tenant))
    const answer = await api.post('/Client', bodies, { isSafe: true })
    if (!answer.ok) return answer
  }
  finder.forget()
  return ok(outcomes)
}

/** No link is no reason to clear one. */
const bodyOf = ({ commerceId, haloId, url }: CustomerLink, tenant: number): HaloObject => ({
  id: haloId,
  datto_commerce_id: commerceId,
  dattocommerce_tenantid: tenant,
  ...(url === '' ? {} : { datto_commerce_url: url }),
})

const gone = ({ haloId }: CustomerLink): Fault =>
  fault('halo-reference-missing', { facts: { table: 'clients', id: haloId } })
const isTaken = ({ commerceId, haloId }: CustomerLink): Fault =>
  fault('link-taken', { facts: { id: haloId, customerId: commerceId } })
