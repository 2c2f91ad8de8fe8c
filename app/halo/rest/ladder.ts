import { climb, type Rung } from '../../http/ladder.ts'
import { type Fault, fail, ok, type Result } from '../../model/fault.ts'
import type { TargetOf } from '../../model/halo-target.ts'
import type { newHaloLadder } from '../ladder.ts'
import type { HaloMeans, RestMeans } from '../open.ts'
import { readAddress } from './address.ts'
import { idOf, readList, textOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { createLookups } from './lookups.ts'
import { restApi } from './open.ts'
import { mayAskReports } from './report.ts'

type Ladder = ReturnType<typeof newHaloLadder>

/** Tries the way to Halo's API: address, network, certificate, login, rights, its own fields, one client. Reads only. */
export async function climbRest(
  ladder: Ladder,
  target: TargetOf<'rest'>,
  secret: string,
  means: HaloMeans & { readonly rest: RestMeans },
): Promise<void> {
  const place = await ladder.step('halo', async () => {
    const read = readAddress(target.address)
    return read.ok ? ok({ value: read.value, found: read.value.api }) : read
  })
  if (!place || !(await climbNetwork(ladder, place.api, means))) return
  const { rest, clock } = means
  const api = restApi({ target, secret, clock, http: rest.http, facts: rest.facts })
  const login = await ladder.step('halo-login', async () => {
    if (!api.ok) return api
    const token = await api.value.login()
    return token.ok ? ok({ value: true, found: 'accepted' }) : token
  })
  if (!login || !api.ok) return
  if (!(await ladder.step('halo-rights', () => rightsOf(api.value)))) return
  const fields = await ladder.step('schema', async () => {
    const known = await createLookups(api.value).customFields()
    if (!known.ok) return known
    const count = known.value.length
    return ok({ value: true, found: `${count} custom field${count === 1 ? '' : 's'} of clients` })
  })
  if (!fields) return
  await ladder.step('halo-record', () => recordOf(api.value))
}

/** The network's rungs as two of Halo's. On plain http (this machine alone) nobody shows a certificate. */
async function climbNetwork(
  ladder: Ladder,
  api: string,
  means: HaloMeans & { readonly rest: RestMeans },
): Promise<boolean> {
  const { network, rest } = means
  if (!network) return true
  const { proxyPassword, resolveProxy } = rest
  const rungs = await climb(api, { settings: network, proxyPassword, resolveProxy })
  const isTls = (rung: Rung): boolean => rung.step === 'tls'
  const fact = (step: Rung['step'], name: string): string =>
    String(rungs.find((rung) => rung.step === step)?.facts[name] ?? '')
  const trouble = (part: readonly Rung[]): Fault | undefined => part.find((rung) => rung.fault)?.fault
  const reached = await ladder.step('halo-network', async () => {
    const found = trouble(rungs.filter((rung) => !isTls(rung)))
    if (found) return fail(found)
    const way = fact('proxy', 'way')
    return ok({
      value: true,
      found: `${fact('dns', 'addresses')}${way === 'direct' ? '' : `, by way of ${way}`}`,
    })
  })
  if (!reached) return false
  const known = await ladder.step('halo-certificate', async () => {
    const found = trouble(rungs.filter(isTls))
    if (found) return fail(found)
    if (!rungs.some(isTls)) return ok({ value: true, found: 'not encrypted: Halo is on this computer' })
    // Trust in it is the network settings' business (own authorities): there is no certificate to accept for one Halo alone.
    const validTo = fact('tls', 'validTo').slice(0, 10)
    return ok({ value: true, found: `signed by ${fact('tls', 'issuer')}, valid until ${validTo}` })
  })
  return known !== null
}

const one = { pageinate: true, page_no: 1, page_size: 1 }
const lists = [
  ['/Client', 'clients'],
  ['/Site', 'sites'],
  ['/Users', 'users'],
  ['/Item', 'items'],
  ['/Quotation', 'quotations'],
  ['/SalesOrder', 'sales orders'],
  ['/DattoCommerceDetails', 'the Datto Commerce connections'],
] as const

/** What may be read. Whether it may be written shows with the first write: nothing is written for a test. */
async function rightsOf(api: HaloApi): Promise<Result<{ readonly value: true; readonly found: string }>> {
  for (const [path, name] of lists) {
    const answer = await api.get(path, path === '/DattoCommerceDetails' ? {} : one)
    if (answer.ok) continue
    return fail({ ...answer.fault, facts: { ...answer.fault.facts, table: name } })
  }
  const reports = await mayAskReports(api)
  const way = reports.ok ? 'reports too' : 'no reports, so records are looked for in whole lists'
  return ok({ value: true, found: `may read clients, items, quotations and sales orders; ${way}` })
}

async function recordOf(api: HaloApi): Promise<Result<{ readonly value: true; readonly found: string }>> {
  const answer = await api.get('/Client', one)
  if (!answer.ok) return answer
  const [client] = readList(answer.value).rows
  return ok({
    value: true,
    found: client ? `client ${idOf(client) ?? ''}, ${textOf(client.name)}` : 'Halo has no clients yet',
  })
}
