import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { toAdopt } from '../made-orders.ts'
import type { Context } from './context.ts'
import { findOrders } from './order-identity.ts'
import { ordersOfQuotes } from './orders-of-quotes.ts'
import type { Client } from './people.ts'
import { keyOf, type Ref } from './rows.ts'

/** Where an order is in Halo. `isMadeHere`: a person made it there from its quote; `isAdopted`: and now it becomes Commerce's. */
export type OrderPlace = {
  readonly key: number | null
  readonly isMadeHere: boolean
  readonly isAdopted: boolean
}
export const nowhere: OrderPlace = { key: null, isMadeHere: false, isAdopted: false }

/** The orders that are Commerce's already, and for those that are not an order that was made here from the same quote, for the same client. */
export async function placesOf(
  context: Context,
  batch: readonly Known<HaloOrder>[],
  clients: ReadonlyMap<number, Client>,
  quotes: ReadonlyMap<number, Ref>,
): Promise<OrderPlace[]> {
  const found = await findOrders(context, batch)
  const quoteOf = ({ record }: Known<HaloOrder>): number => {
    const quote = record.commerceId < 0 ? undefined : quotes.get(record.quoteCommerceId ?? 0)
    return quote === undefined ? 0 : (keyOf(quote) ?? 0)
  }
  const isNew = (at: number, { made = [] }: Known<HaloOrder>): boolean => {
    const key = found[at] ?? null
    return key === null || made.includes(key)
  }
  const made = await ordersOfQuotes(
    context,
    batch.flatMap((known, at) => (isNew(at, known) ? quoteOf(known) : [])),
  )
  const taken = new Set<number>()
  return batch.map((known, at) => {
    const key = found[at] ?? null
    if (!isNew(at, known)) return { ...nowhere, key }
    const sites = clients.get(known.record.customerCommerceId)?.sites
    const orders = (made.get(quoteOf(known)) ?? []).filter(
      ({ haloId, site }) => sites?.has(site) && !taken.has(haloId) && (key === null || haloId === key),
    )
    const own = toAdopt(orders, known.made ?? [])
    if (own !== null) taken.add(own)
    return { key: key ?? own, isMadeHere: key !== null || own !== null, isAdopted: own !== null }
  })
}
