import type { Entity, Tenant } from '../../app/model/tenant.ts'
import type { StoreReads } from './port.ts'

/** The lists that are read whole for each kind of record. */
const listsOf: Readonly<Record<Entity, readonly string[]>> = {
  products: ['category', 'product'],
  customers: ['customer', 'contact', 'customeraddress'],
  quotes: ['quote', 'quotesection', 'quoteline'],
  salesOrders: ['salesorder', 'salesorderline'],
}
/** A page of Commerce's API (apis.md §1.2). */
const pageRows = 100

/**
 * What reading every list of a tenant costs in requests, as far as the lists' lengths are known from earlier reads; `unknown` of them count
 * as one request each.
 */
export function wholeCost(
  sources: Pick<StoreReads['sources'], 'size'>,
  tenant: Pick<Tenant, 'id' | 'entities' | 'requestsPerMinute'>,
): { readonly requests: number; readonly unknown: number; readonly perMinute: number } {
  const sizes = tenant.entities
    .flatMap((entity) => listsOf[entity])
    .map((resource) => sources.size(tenant.id, resource)?.rows ?? null)
  const requests = sizes.reduce<number>(
    (sum, rows) => sum + Math.max(1, Math.ceil((rows ?? 0) / pageRows)),
    0,
  )
  return {
    requests,
    unknown: sizes.filter((rows) => rows === null).length,
    perMinute: tenant.requestsPerMinute,
  }
}
