import { type Fault, fail, fault, type Result } from '../model/fault.ts'
import {
  comesTo,
  type DeliveryCharge,
  linesOfOrder,
  type NewOrderLine,
  type OfferedLine,
  type ShownTotals,
  type WantedLine,
} from '../model/new-order.ts'
import type { Owner } from './destination.ts'

/** A synced quote: its Commerce id, and QUOTATIONHEADER.QHid. */
export type QuoteKey = { readonly commerceId: number; readonly haloId: number }

/** A sales order that is in Halo and came from a quote (ORDERHEAD.OHQHID). */
export type OrderOfQuote = {
  /** ORDERHEAD.OHid. */
  readonly haloId: number
  readonly title: string
  /** Commerce's order number, or the sign of an order that was made here. */
  readonly summary: string
  /** UTC ISO. */
  readonly orderedAt: string | null
  /** One of its lines is a line of Commerce's. */
  readonly isFromCommerce: boolean
}

/** A quote as Halo has it now, for an order to be made of it. */
export type OrderOffer = {
  readonly haloId: number
  readonly number: string
  readonly title: string
  readonly client: string
  readonly contact: string
  /** The purchase order that the quote names; '' for none. */
  readonly reference: string
  /** Before tax; Halo keeps no tax of it. */
  readonly carriage: number
  /** In the order of the page, headings with them. */
  readonly lines: readonly OfferedLine[]
  /** By their keys. */
  readonly orders: readonly OrderOfQuote[]
}

/** What a person wants. Everything else (client, contact, currency, delivery address, prices) comes from the quote. */
export type NewOrder = {
  readonly title: string
  /** The customer's purchase order number. */
  readonly reference: string
  readonly note: string
  /** UTC ISO. */
  readonly orderedAt: string
  /** UTC ISO: now. */
  readonly madeAt: string
  /** LOOKUP 34; null: what Halo gives a new order. */
  readonly statusId: number | null
  readonly lines: readonly WantedLine[]
  readonly delivery: DeliveryCharge | null
  readonly shown: ShownTotals
  /** Keys of the orders of this quote that the person knew of: another one ends it. */
  readonly known: readonly number[]
}

/**
 * Sales orders made from quotes (docs/decisions/139). Commerce is not asked and not told. Both answer quote-gone when the quote is not there or not the
 * owner's.
 */
export type MadeOrders = {
  offer(owner: Owner, quote: QuoteKey): Promise<Result<OrderOffer>>
  /**
   * Makes the order with all its lines or not at all. Faults: order-there (`facts.order`) when the quote has an order that the person did not know of;
   * quote-changed when it would not come to what was shown. Where Halo's answer is lost, what Halo has is read before the fault is told.
   */
  make(owner: Owner, quote: QuoteKey, order: NewOrder): Promise<Result<{ readonly haloId: number }>>
}

const signEnd = ', ordered through Commerce Integrator'
/** How an order says that it was made here: it stands where Commerce's order number will be. */
export const signOf = (quoteNumber: string): string => `Quote ${quoteNumber}${signEnd}`
export const isSigned = (summary: string): boolean =>
  summary.startsWith('Quote ') && summary.endsWith(signEnd)

/** The lines of the new order, or why it cannot be made. */
export function linesFor(offer: OrderOffer, order: NewOrder): Result<NewOrderLine[]> {
  const strange = offer.orders.find(({ haloId }) => !order.known.includes(haloId))
  if (strange) return fail(fault('order-there', { facts: { label: offer.number, order: strange.haloId } }))
  const isOtherCharge = order.delivery !== null && order.delivery.amount !== offer.carriage
  if (isOtherCharge) return fail(fault('quote-changed', { facts: { label: offer.number } }))
  const lines = linesOfOrder(offer.lines, order.lines, order.delivery)
  if (!lines.ok)
    return { ok: false, fault: { ...lines.fault, facts: { label: offer.number, ...lines.fault.facts } } }
  return comesTo(lines.value, order.shown)
    ? lines
    : fail(fault('quote-changed', { facts: { label: offer.number } }))
}

/** An order of a quote, as far as it matters whether it is the one that Commerce has now made. */
export type Adoptable = Pick<OrderOfQuote, 'haloId' | 'summary' | 'isFromCommerce'>

/**
 * The order that becomes Commerce's own (docs/decisions/140): the oldest that this program remembers to have made from the quote (`made`), else the
 * oldest that carries the sign; never one that Commerce has already. null: none, so Commerce's is a new one.
 */
export function toAdopt(orders: readonly Adoptable[], made: readonly number[]): number | null {
  const free = orders.filter((one) => !one.isFromCommerce)
  const remembered = free.filter(({ haloId }) => made.includes(haloId))
  const own = remembered.length > 0 ? remembered : free.filter(({ summary }) => isSigned(summary))
  return own.length === 0 ? null : Math.min(...own.map(({ haloId }) => haloId))
}

/** What a run says of an order that it has adopted. */
export const adoptedNote = (label: string, order: number): Fault =>
  fault('order-adopted', { facts: { label, order } })

/** An order keeps what a person entered when making it, where Commerce says nothing. */
export const withoutEmptyText = <V>(values: Readonly<Record<string, V>>): Record<string, V | null> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]))

/** A line with a billing period that no list of ours knows would be billed wrongly. */
export const periodUnknown = (label: string): Fault =>
  fault('input-invalid', {
    facts: { problem: `the line "${label}" has a billing period that is not known here` },
  })
