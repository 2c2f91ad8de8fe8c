import { fail, fault, ok, type Result } from './fault.ts'
import type { HaloLine } from './halo.ts'
import { cents, money, share, toNumber } from './money.ts'
import { type ByPeriod, totalsOf } from './totals.ts'

/** A line of a quote as Halo has it, for an order to be made of it. `id`: QUOTATIONDETAIL.QDid; `itemId`: ITEM.Iid. No cost. */
export type OfferedLine = Omit<HaloLine, 'commerceId' | 'productCommerceId'> & {
  readonly id: number
  readonly itemId: number | null
}

/** A line that is to be part of the order, with how much of it. */
export type WantedLine = { readonly id: number; readonly quantity: number }

/** What the quote charges for delivery; an order of Halo's has no place for it but a line. */
export type DeliveryCharge = { readonly amount: number; readonly tax: number; readonly taxRate: number }

/** A line of the new order. `id`: the quote's line; 0 for one that the quote keeps elsewhere (delivery). */
export type NewOrderLine = OfferedLine

/** What a person saw in the end: totals with tax, by period. */
export type ShownTotals = {
  readonly once: number
  readonly monthly: number
  readonly quarterly: number
  readonly yearly: number
}

/**
 * The lines of an order made of these lines of a quote: what is wanted under the headings of the quote that still have lines, then delivery; numbered
 * from 1. Prices and discounts of a unit stay, the tax of a line goes with its quantity. Faults: quote-changed when the quote has no such line, or less
 * of it; input-invalid when nothing is wanted.
 */
export function linesOfOrder(
  offered: readonly OfferedLine[],
  wanted: readonly WantedLine[],
  delivery: DeliveryCharge | null,
): Result<NewOrderLine[]> {
  if (wanted.length === 0 && delivery === null)
    return fail(fault('input-invalid', { facts: { problem: 'no line was chosen' } }))
  const quantities = new Map(wanted.map(({ id, quantity }) => [id, quantity]))
  const lines = new Map(offered.flatMap((line) => (line.kind === 'line' ? [[line.id, line]] : [])))
  const isThere = wanted.every(({ id, quantity }) => isPart(quantity, lines.get(id)))
  if (!isThere || quantities.size !== wanted.length) return fail(fault('quote-changed'))
  const groups = new Set(
    offered.flatMap((line) => (quantities.has(line.id) && line.kind === 'line' ? line.groupSequence : [])),
  )
  const kept = offered.flatMap((line) => {
    if (line.kind === 'heading') return groups.has(line.groupSequence) ? [line] : []
    const quantity = quantities.get(line.id)
    return quantity === undefined ? [] : [withQuantity(line, quantity)]
  })
  const all = delivery === null ? kept : [...kept, deliveryLine(delivery)]
  return ok(all.map((line, at) => ({ ...line, sequence: at + 1 })))
}

/** Whether so much can be ordered of a line: more than nothing, at most what the quote offers; parts of one only where the quote has them, too. */
export function isPart(quantity: number, line: OfferedLine | undefined): boolean {
  if (!line || !(quantity > 0) || quantity > line.quantity) return false
  return Number.isInteger(quantity) || !Number.isInteger(line.quantity)
}

function withQuantity(line: OfferedLine, quantity: number): NewOrderLine {
  const tax = share(cents(line.tax), money(quantity), money(line.quantity))
  return { ...line, quantity, tax: toNumber(tax), isOptional: false }
}

const deliveryLine = ({ amount, tax, taxRate }: DeliveryCharge): NewOrderLine => ({
  ...{ id: 0, itemId: null, kind: 'line', sequence: 0, groupSequence: 1 },
  // As a sales order of Commerce has it (docs/decisions/021), so that the two are the same line once that one comes.
  ...{ productCode: '', description: 'Delivery', note: '' },
  ...{ price: amount, quantity: 1, discount: 0, tax, taxRate },
  ...{ billingPeriod: 0, periods: null, isOptional: false },
})

/** A line as all other code knows it. Commerce has no such line yet. */
export const asHaloLine = ({ id: _id, itemId: _itemId, ...line }: NewOrderLine): HaloLine => ({
  ...line,
  commerceId: 0,
  productCommerceId: null,
})

const noDelivery = {
  address: { line1: '', line2: '', line3: '', line4: '', postcode: '' },
  ...{ amount: 0, tax: 0, taxRate: 0, instruction: '' },
}

/** What the order comes to, by period; delivery is one of its lines. */
export function totalsOfOrder(lines: readonly NewOrderLine[]): ByPeriod {
  const { once, monthly, quarterly, yearly } = totalsOf({
    lines: lines.map(asHaloLine),
    delivery: noDelivery,
  })
  return { once, monthly, quarterly, yearly }
}

export const shownTotals = ({ once, monthly, quarterly, yearly }: ByPeriod): ShownTotals => ({
  ...{ once: once.total, monthly: monthly.total },
  ...{ quarterly: quarterly.total, yearly: yearly.total },
})

/** Whether an order comes to what was shown. A quote may have changed between the two. */
export function comesTo(lines: readonly NewOrderLine[], shown: ShownTotals): boolean {
  const now = shownTotals(totalsOfOrder(lines))
  return (
    now.once === shown.once &&
    now.monthly === shown.monthly &&
    now.quarterly === shown.quarterly &&
    now.yearly === shown.yearly
  )
}
