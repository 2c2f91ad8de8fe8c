import type { Destination, HaloChoice, Owner } from '../app/halo/destination.ts'
import {
  isSigned,
  type MadeOrders,
  type NewOrder,
  type OrderOffer,
  type OrderOfQuote,
  type QuoteKey,
} from '../app/halo/made-orders.ts'
import { quoteSchema } from '../app/model/commerce.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloQuote } from '../app/model/halo.ts'
import type { DeliveryCharge } from '../app/model/new-order.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import { haloAddressOf } from '../app/model/ticket-link.ts'
import type { MadeOrder } from '../app/store/made-orders.ts'
import type { Store } from '../app/store/open.ts'
import { mapOne } from '../app/sync/prepare.ts'
import type { HaloKeeper } from './halo-keeper.ts'

/** An order that the quote has in Halo. `made`: who made it here; null: nobody, as far as is known. `page`: its page in Halo, '' where it has no address. */
export type KnownOrder = OrderOfQuote & {
  readonly made: Pick<MadeOrder, 'who' | 'madeAt'> | null
  readonly page: string
}

/** All that a person needs to see before an order is made. */
export type OrderStart = {
  readonly offer: OrderOffer
  /** What the quote charges for delivery; null: nothing. */
  readonly delivery: DeliveryCharge | null
  readonly statuses: readonly HaloChoice[]
  /** The one that an approved order of Commerce gets by the mapping; null: none is mapped, so Halo decides. */
  readonly statusId: number | null
  readonly orders: readonly KnownOrder[]
  /** The order that Commerce itself has made of the quote: then none can be made here. `isInHalo`: a sync has brought it. */
  readonly commerceOrder: CommerceOrder | null
}
export type CommerceOrder = {
  readonly commerceId: number
  readonly label: string
  readonly isInHalo: boolean
}

/** Sales orders made in Halo from quotes, for a person. Commerce is neither asked nor told. */
export type OrderDesk = {
  /** Faults: quote-gone, and Halo's. */
  start(tenantId: number, quoteId: number): Promise<Result<OrderStart>>
  /** Faults besides: order-there when Commerce has made one, or Halo has one that is not among `known`; quote-changed; input-invalid. */
  make(
    tenantId: number,
    quoteId: number,
    order: Omit<NewOrder, 'madeAt'>,
  ): Promise<Result<{ readonly haloId: number; readonly page: string }>>
}

export type OrderDeskParts = {
  readonly store: Store
  readonly clock: Clock
  readonly halos: HaloKeeper
  readonly onChange: () => void
  /** For the audit trail. */
  readonly who: string
}

type Open = {
  readonly tenant: Tenant
  readonly halo: Destination
  readonly orders: MadeOrders
  readonly owner: Owner
  readonly quote: QuoteKey
}

export function createOrderDesk(parts: OrderDeskParts): OrderDesk {
  const inTurn = turns()
  const at = <T>(
    tenantId: number,
    quoteId: number,
    work: (open: Open) => Promise<Result<T>>,
  ): Promise<Result<T>> =>
    inTurn(`${tenantId}:${quoteId}`, async () => {
      const tenant = parts.store.tenants.get(tenantId)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id: tenantId } }))
      const record = parts.store.records.get(tenantId, 'quotes', quoteId)
      if (!record?.haloId) return fail(fault('quote-gone', { facts: { label: record?.label ?? quoteId } }))
      const quote = { commerceId: quoteId, haloId: record.haloId }
      return parts.halos.use(tenant, (halo) => withOrders(halo, tenant, quote, work))
    })
  return {
    start: (tenantId, quoteId) => at(tenantId, quoteId, (open) => start(parts, open)),
    make: (tenantId, quoteId, order) => at(tenantId, quoteId, (open) => make(parts, open, order)),
  }
}

/** One thing at a time about one quote: two clicks must not both find that there is no order yet. */
function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work)
    const quiet = mine.then(
      () => undefined,
      () => undefined,
    )
    last.set(key, quiet)
    void quiet.then(() => last.get(key) === quiet && last.delete(key))
    return mine
  }
}

async function withOrders<T>(
  halo: Destination,
  tenant: Tenant,
  quote: QuoteKey,
  work: (open: Open) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!halo.madeOrders)
    return fail(fault('halo-error', { raw: 'No orders can be made from here in this kind of Halo.' }))
  const owner = await halo.owner(tenant.instanceUrl, 'preview')
  return owner.ok ? work({ tenant, halo, orders: halo.madeOrders, owner: owner.value, quote }) : owner
}

async function start(parts: OrderDeskParts, open: Open): Promise<Result<OrderStart>> {
  const { tenant, halo, orders, owner, quote } = open
  const offered = await orders.offer(owner, quote)
  if (!offered.ok) return offered
  const statuses = await halo.choices('orderStatus')
  if (!statuses.ok) return statuses
  const offer = offered.value
  const made = settle(parts.store, tenant.id, quote.commerceId, offer)
  return ok({
    offer,
    delivery: deliveryOf(parts.store, tenant, quote.commerceId, offer),
    statuses: statuses.value,
    statusId: usualStatus(tenant, statuses.value),
    orders: offer.orders.map((order) => ({
      ...order,
      made: made.get(order.haloId) ?? null,
      page: orderPage(tenant, order.haloId),
    })),
    commerceOrder: commerceOrderOf(parts.store, tenant.id, quote.commerceId),
  })
}

/** What was begun and never ended is known by now: Halo has it, or has not. Answers who made what, by Halo's keys. */
function settle(
  store: Store,
  tenantId: number,
  quoteId: number,
  { orders }: OrderOffer,
): ReadonlyMap<number, MadeOrder> {
  const told = store.madeOrders.ofQuotes(tenantId, [quoteId])
  const known = new Set(told.map(({ haloId }) => haloId))
  const strange = orders.filter(({ haloId, summary }) => isSigned(summary) && !known.has(haloId))
  for (const { id, haloId } of told) {
    if (haloId !== null) continue
    const found = strange.shift()
    if (found) store.madeOrders.finish(id, found.haloId)
    else store.madeOrders.drop(id)
  }
  const now = store.madeOrders.ofQuotes(tenantId, [quoteId])
  return new Map(now.flatMap((one) => (one.haloId === null ? [] : [[one.haloId, one] as const])))
}

/** Halo keeps the amount alone; its tax is what Commerce said, as long as it is the same amount. */
function deliveryOf(
  store: Store,
  tenant: Tenant,
  quoteId: number,
  { carriage }: OrderOffer,
): DeliveryCharge | null {
  const row = store.sources.get(tenant.id, 'quote', quoteId)
  const mapped = row && mapOne({ store, tenant, missingProducts: new Set() }, 'quotes', row, null)
  const record: HaloQuote | null = mapped && 'record' in mapped ? mapped.record : null
  if (record && record.delivery.amount === carriage) {
    const { amount, tax, taxRate } = record.delivery
    return amount === 0 && tax === 0 ? null : { amount, tax, taxRate }
  }
  return carriage === 0 ? null : { amount: carriage, tax: 0, taxRate: 0 }
}

/** Commerce's number of an approved sales order (apis.md §1.5): what an order is that a customer has agreed to. */
const approved = 2

function usualStatus({ mapping }: Tenant, statuses: readonly HaloChoice[]): number | null {
  const mapped = [approved, ...mapping.orderStatusesToImport].flatMap(
    (status) => mapping.orderStatus[String(status)] ?? [],
  )
  return mapped.find((id) => statuses.some((one) => one.id === id)) ?? null
}

/** Alone, so that a quote of which something else cannot be read does not get a second order. */
const orderOfQuote = quoteSchema.pick({ salesOrderId: true })

function commerceOrderOf(store: Store, tenantId: number, quoteId: number): CommerceOrder | null {
  const row = store.sources.get(tenantId, 'quote', quoteId)
  const commerceId = row ? (orderOfQuote.safeParse(JSON.parse(row.body)).data?.salesOrderId ?? 0) : 0
  if (commerceId <= 0) return null
  const record = store.records.get(tenantId, 'salesOrders', commerceId)
  return { commerceId, label: record?.label ?? String(commerceId), isInHalo: record?.haloId != null }
}

/** The page of an order in Halo (apis.md §2.4, "Halo web addresses"); '' where its address is not known. */
function orderPage({ halo, mapping }: Tenant, haloId: number): string {
  const address = haloAddressOf(halo, mapping.interpretation)
  return address === '' ? '' : `${address}/order?salesorderid=${haloId}`
}

async function make(parts: OrderDeskParts, open: Open, wanted: Omit<NewOrder, 'madeAt'>) {
  const { store, clock } = parts
  const { tenant, orders, owner, quote } = open
  const own = commerceOrderOf(store, tenant.id, quote.commerceId)
  const label = store.records.get(tenant.id, 'quotes', quote.commerceId)?.label ?? ''
  if (own) return fail(fault('order-there', { facts: { label, number: own.label } }))
  const row = store.madeOrders.begin(tenant.id, quote.commerceId, parts.who)
  const madeAt = new Date(clock.now()).toISOString()
  const done = await orders.make(owner, quote, { ...wanted, madeAt })
  if (!done.ok) {
    // After a lost answer nobody knows: the next look at Halo tells.
    if (done.fault.next !== 'retry') store.madeOrders.drop(row)
    return done
  }
  const { haloId } = done.value
  store.inTransaction(() => {
    store.madeOrders.finish(row, haloId)
    const { title, reference, lines, shown } = wanted
    store.audit.add({
      who: parts.who,
      what: 'sales order made from a quote',
      tenantId: tenant.id,
      after: {
        quote: label,
        quoteId: quote.commerceId,
        order: haloId,
        title,
        reference,
        lines: lines.length,
        ...shown,
      },
    })
  })
  parts.onChange()
  return ok({ haloId, page: orderPage(tenant, haloId) })
}
