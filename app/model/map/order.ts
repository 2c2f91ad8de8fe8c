import type { SalesOrder, SalesOrderLine } from '../commerce.ts'
import { type Fault, fault } from '../fault.ts'
import type { HaloOrder } from '../halo.ts'
import type { Interpretation } from '../mapping.ts'
import type { Tenant } from '../tenant.ts'
import { line, normalEmail, readableText } from '../text.ts'
import { joined } from './address.ts'
import { chargeAmounts } from './amounts.ts'
import { mapDelivery } from './delivery.ts'
import { limits } from './limits.ts'
import { chargeLine, type DraftLine, inOrder, mapLine, numbered } from './line.ts'
import { statusChange } from './status.ts'

export type OrderSource = {
  readonly order: SalesOrder
  readonly lines: readonly SalesOrderLine[]
  /** Commerce's status when this order was last written; null for a new one. */
  readonly lastStatus: number | null
  /** Products that Commerce answered "no such id" for. */
  readonly missingProducts?: ReadonlySet<number>
}

export type MappedOrder =
  | { readonly record: HaloOrder; readonly notes: readonly Fault[] }
  | { readonly skipped: Fault }

/** A sales order with its lines, or why it is left out (`status-not-chosen`). Never throws; the same input gives the same output. */
export function mapOrder(source: OrderSource, tenant: Tenant): MappedOrder {
  const { order } = source
  const { interpretation, orderStatus, orderStatusesToImport } = tenant.mapping
  const number = line(order.orderNumber, limits.quoteNumber) || String(order.id)
  if (order.status === null || !orderStatusesToImport.includes(order.status)) {
    return {
      skipped: fault('status-not-chosen', { facts: { label: number, status: order.status ?? -1 } }),
    }
  }
  const { notes: statusNotes, ...status } = statusChange(orderStatus, order.status, source.lastStatus, number)
  const mapped = mapLines(source, interpretation)
  const email = normalEmail(order.contactEmail)
  const name = line(joined(' ', order.contactFirstName, order.contactLastName), limits.contactName)
  // Halo's order header has no carriage price, so the charge is a line and the header keeps the address alone.
  const delivery = mapDelivery(
    { ...order, deliveryAmount: 0, deliveryTax: 0, deliveryTaxRate: 0 },
    interpretation,
  )
  return {
    record: {
      commerceId: order.id,
      number,
      title: `Sales order ${number}`,
      reference: line(order.reference, limits.reference),
      customerCommerceId: order.customerID,
      contact: { name: name || email, email },
      quoteCommerceId: order.quoteID !== null && order.quoteID > 0 ? order.quoteID : null,
      ...status,
      orderedAt: order.orderDate ?? order.createdDate,
      modifiedAt: order.modifiedDate,
      note: readableText(order.notes, limits.note),
      delivery,
      lines: numbered([...mapped.flatMap((each) => each.line), ...chargesOf(order, interpretation)]),
    },
    notes: [...statusNotes, ...mapped.flatMap((each) => each.notes)],
  }
}

function mapLines(
  source: OrderSource,
  reading: Interpretation,
): { readonly line: DraftLine; readonly notes: readonly Fault[] }[] {
  const place = {
    groupSequence: 1,
    isOptional: false,
    missingProducts: source.missingProducts ?? new Set<number>(),
  }
  // An order line has no number of its own in Commerce; its item has.
  return inOrder(source.lines).map((each) => mapLine({ ...each, productNumber: '' }, place, reading))
}

/** Delivery, payment surcharge and coupon as lines of their own, each only when it is not zero (docs/decisions, "charges of an order"). */
function chargesOf(order: SalesOrder, reading: Interpretation): DraftLine[] {
  const charges = [
    chargeLine(
      'Delivery',
      chargeAmounts(order.deliveryAmount, order.deliveryTax, order.deliveryTaxRate, reading),
    ),
    chargeLine(
      'Payment surcharge',
      chargeAmounts(
        order.paymentSurchargeAmount,
        order.paymentSurchargeTax,
        order.paymentSurchargeTaxRate,
        reading,
      ),
    ),
    // Sent as a positive number as far as known; a coupon can only make an order cheaper. Its tax is not told.
    chargeLine('Coupon discount', chargeAmounts(-Math.abs(order.couponDiscount), 0, 0, reading)),
  ]
  return charges.filter((charge) => charge.price !== 0 || charge.tax !== 0)
}
