import { ok, type Result } from '../../model/fault.ts'
import type { HaloApi } from './api.ts'
import { findByLists } from './find-lists.ts'
import { findByReports } from './find-reports.ts'
import { mayAskReports } from './report.ts'

/** A record of Halo's that carries a Commerce id. Ids are unique within one Commerce instance only. */
export type Owned = {
  readonly haloId: number
  readonly commerceId: number
  /** DattoCommerceDetails.id; null where Halo keeps none. */
  readonly tenant: number | null
  readonly url: string
  readonly name: string
}

/** An order by one of its lines, with the client it belongs to. */
export type OwnedOrder = {
  readonly haloId: number
  readonly lineId: number
  readonly clientId: number | null
}

export type OrderFromQuote = { readonly haloId: number; readonly quoteId: number }

export type SiteRow = { readonly id: number; readonly clientId: number; readonly isInactive: boolean }
export type UserRow = {
  readonly id: number
  readonly siteId: number
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly mobile: string
  readonly isInactive: boolean
}

export type OwnedKind = 'customers' | 'products' | 'quotes'

/** Finds Halo's own records by what Commerce calls them. */
export type Finder = {
  owned(kind: OwnedKind, commerceIds: readonly number[]): Promise<Result<readonly Owned[]>>
  /** Clients by Halo's id: whose they are. */
  clients(haloIds: readonly number[]): Promise<Result<readonly Owned[]>>
  orders(lineIds: readonly number[]): Promise<Result<readonly OwnedOrder[]>>
  /** The orders that came from these quotes, by Halo's ids. */
  ofQuotes(quoteIds: readonly number[]): Promise<Result<readonly OrderFromQuote[]>>
  /** Sites and users of clients, by Halo's ids. */
  people(
    clientIds: readonly number[],
  ): Promise<Result<{ readonly sites: readonly SiteRow[]; readonly users: readonly UserRow[] }>>
  /** Told of what was made, so that a remembered list stays true. */
  made(kind: OwnedKind, record: Owned): void
  madeOrder(lines: readonly OwnedOrder[]): void
  /** What was remembered may no longer hold: an answer was lost, or another program wrote. */
  forget(): void
  readonly way: 'reports' | 'lists'
}

/** By report questions where this agent may ask them (one request for hundreds of ids), else by walking lists. Faults: those that no other way would cure. */
export async function createFinder(api: HaloApi): Promise<Result<Finder>> {
  const may = await mayAskReports(api)
  if (may.ok) return ok(findByReports(api))
  const { code, side } = may.fault
  const isHopeless =
    side !== 'halo' ||
    ['halo-login', 'halo-clock', 'halo-unreachable', 'halo-auth-elsewhere', 'rate-limited'].includes(code)
  return isHopeless ? may : ok(findByLists(api))
}
