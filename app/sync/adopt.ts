import type { HaloRecord } from '../model/halo.ts'
import type { RecordOutcome } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'
import type { SyncContext } from './context.ts'
import type { Prepared } from './prepare.ts'

type Parts = Pick<SyncContext, 'store' | 'tenant'>

const quoteOf = (entity: Entity, record: HaloRecord[Entity]): number | null =>
  entity === 'salesOrders' ? (record as HaloRecord['salesOrders']).quoteCommerceId : null

/** Of each sales order, the orders in Halo that were made here from its quote: one of them may be it (docs/decisions/140). */
export function madeFor<E extends Entity>(
  { store, tenant }: Parts,
  entity: E,
  records: readonly HaloRecord[E][],
): (record: HaloRecord[E]) => { readonly made?: readonly number[] } {
  const quotes = records.flatMap((record) => quoteOf(entity, record) ?? [])
  if (quotes.length === 0) return () => ({})
  const byQuote = Map.groupBy(store.madeOrders.ofQuotes(tenant.id, quotes), ({ quoteId }) => quoteId)
  return (record) => {
    const all = byQuote.get(quoteOf(entity, record) ?? 0) ?? []
    // One that is another order of Commerce's by now is not this one.
    const own = all.filter(({ orderId }) => orderId === null || orderId === record.commerceId)
    const made = own.flatMap(({ haloId }) => haloId ?? [])
    return made.length === 0 ? {} : { made }
  }
}

/**
 * Keeps which of Commerce's orders an order that was made here has become. Part of the transaction that keeps the outcomes; a run that ended between
 * Halo's commit and this one is made good by the next.
 */
export function keepAdopted<E extends Entity>(
  { store, tenant }: Parts,
  entity: E,
  batch: readonly Prepared<E>[],
  outcomes: readonly RecordOutcome[],
): void {
  const written = batch.flatMap(({ step }, at) => {
    const quoteId = step.do === 'write' ? quoteOf(entity, step.record) : null
    const { haloId = null, commerceId = 0, notes = [] } = outcomes[at] ?? {}
    return quoteId === null || haloId === null ? [] : [{ quoteId, haloId, orderId: commerceId, notes }]
  })
  if (written.length === 0) return
  const quotes = written.map(({ quoteId }) => quoteId)
  const open = store.madeOrders.ofQuotes(tenant.id, quotes).filter(({ orderId }) => orderId === null)
  for (const { notes, ...made } of written) {
    const isOurs = open.some(({ haloId }) => haloId === made.haloId)
    if (isOurs || notes.some(({ code }) => code === 'order-adopted')) store.madeOrders.adopt(tenant.id, made)
  }
}
