import { productFacts } from './catalogue.ts'
import { cents } from './dice.ts'
import { isoOf } from './ground.ts'
import type { Lay } from './lay.ts'
import { ownerOf, placeOf, streetOf } from './parties.ts'
import { customerOf, delivery, discountOf, lineDraft, nameContact, quoteLine } from './quotes.ts'
import type { Rows } from './rows.ts'
import { descriptions, places } from './words.ts'

/** In turn, so that even a small world has every one. */
const orderStatuses = [3, 2, 1, 3, 2, 90, 3]

/** The customer (by index) of an order: its quote's, or one of its own when it came from the web shop. */
export function orderCustomer(lay: Lay, order: number): number {
  const quote = lay.quoteOf(order)
  if (quote !== null) return customerOf(lay, quote)
  return lay.roll('salesorder', order, 1).int(0, Math.max(0, lay.sizes.customers - 1))
}

/** Quote lines (by index) that an order took over: those chosen, with a product. */
export function takenLines(lay: Lay, quote: number): number[] {
  const first = lay.sections.firstOf(quote)
  const taken: number[] = []
  for (let section = first; section < first + lay.sections.sizeOf(quote); section++) {
    const from = lay.lines.firstOf(section)
    for (let line = from; line < from + lay.lines.sizeOf(section); line++) {
      const draft = lineDraft(lay, line)
      if (draft.isSelected && draft.product !== null) taken.push(line)
    }
  }
  return taken
}

/** As many as were chosen in the quote; 1 to 4 without one. */
export function orderLineCount(lay: Lay, order: number): number {
  const quote = lay.quoteOf(order)
  if (quote !== null) return takenLines(lay, quote).length
  return lay.sizes.products === 0 ? 0 : lay.roll('salesorderline', order, 1).int(1, 4)
}

export function salesOrder(lay: Lay, index: number): Rows['salesorder'] {
  const r = lay.roll('salesorder', index)
  const customer = orderCustomer(lay, index)
  const quote = lay.quoteOf(index)
  const at = lay.orderStamps(index)
  const contact = nameContact(lay, customer, r.int(0, 99))
  const isOnline = quote === null
  const surcharge = r.chance(0.9) ? 0 : r.money(1, 12)
  const { taxRate } = placeOf(lay, customer)
  return {
    id: lay.idOf('salesorder', index),
    orderNumber: `SO${String(10_000_000 + index)}`,
    reference: r.chance(0.6) ? null : `PO-${r.int(100, 99_999)}`,
    ownerEmployeeID: ownerOf(lay, r),
    customerID: lay.idOf('customer', customer),
    contactFirstName: contact?.firstName ?? null,
    contactLastName: contact?.lastName ?? null,
    contactEmail: contact?.email ?? null,
    quoteID: quote === null ? null : lay.idOf('quote', quote),
    status: orderStatuses[index % orderStatuses.length] ?? 2,
    fulfillmentStatus: r.int(0, 2),
    entryType: isOnline ? 1 : r.int(0, 2),
    notes: r.chance(0.7) ? null : 'Customer asked for one invoice per site.\r\nSee e-mail.',
    ...delivery(lay, index, 'salesorder', customer),
    paymentSurchargeAmount: surcharge,
    paymentSurchargeTaxRate: taxRate,
    paymentSurchargeTax: cents((surcharge * taxRate) / 100),
    couponDiscount: r.chance(0.95) ? 0 : r.money(1, 25),
    ipAddress: isOnline ? `192.0.2.${r.int(1, 254)}` : null,
    ipAddressCountry: isOnline ? r.pick(['GB', 'DE', 'AU', 'US']) : null,
    orderDate: isoOf(at.createdMs),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

/** What an order's line says of the sale: taken over from the quote's line, or rolled for a web order. */
function saleOf(lay: Lay, index: number, order: number, position: number) {
  const quote = lay.quoteOf(order)
  const taken = quote === null ? undefined : takenLines(lay, quote)[position]
  if (taken !== undefined) {
    const { product } = lineDraft(lay, taken)
    const { price, tax, taxRate, quantity, description, recurringDuration, discountMethod, discountValue } =
      quoteLine(lay, taken)
    const sale = {
      price,
      tax,
      taxRate,
      quantity,
      description,
      recurringDuration,
      discountMethod,
      discountValue,
    }
    return { product: product ?? 0, sale }
  }
  const r = lay.roll('salesorderline', index, 2)
  const product = r.int(0, Math.max(0, lay.sizes.products - 1))
  const { price } = productFacts(lay, product)
  const quantity = r.int(1, 6)
  const { taxRate } = placeOf(lay, orderCustomer(lay, order))
  const { method, value } = discountOf(r.next(), r.next(), price)
  const off = method === 0 ? (price * quantity * (value ?? 0)) / 100 : (value ?? 0)
  const tax = cents(((price * quantity - off) * taxRate) / 100)
  const description = r.chance(0.6) ? null : r.pick(descriptions)
  const sale = {
    price,
    tax,
    taxRate,
    quantity,
    description,
    recurringDuration: null,
    discountMethod: method,
    discountValue: value,
  }
  return { product, sale }
}

export function salesOrderLine(lay: Lay, index: number): Rows['salesorderline'] {
  const order = lay.orderLines.parentOf(index)
  const position = index - lay.orderLines.firstOf(order)
  const { product, sale } = saleOf(lay, index, order, position)
  const facts = productFacts(lay, product)
  const r = lay.roll('salesorderline', index)
  const at = lay.orderStamps(order)
  const serials = facts.isSerialized ? Math.min(sale.quantity, 5) : 0
  return {
    id: lay.idOf('salesorderline', index),
    salesOrderID: lay.idOf('salesorder', order),
    productID: lay.idOf('product', product),
    lineNumber: position + 1,
    cost: cents(facts.price * 0.7),
    ...sale,
    taxRate: r.chance(0.05) ? null : sale.taxRate,
    title: facts.title,
    unitWeight: facts.isService ? 0 : r.money(0.1, 30),
    isRecurring: facts.recurringType !== null,
    recurringType: facts.recurringType,
    serialNumbers: Array.from({ length: serials }, (_, n) => ({
      serialNumber: `SN${lay.idOf('salesorderline', index)}${n}`,
      status: n % 2 === 0 ? 'Sold' : 'InStock',
      warehouseID: n % 2 === 0 ? null : lay.idOf('warehouse', 0),
    })),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function salesOrderPayment(lay: Lay, index: number): Rows['salesorderpayment'] {
  const r = lay.roll('salesorderpayment', index)
  const order = lay.payments.parentOf(index)
  const at = lay.orderStamps(order)
  return {
    id: lay.idOf('salesorderpayment', index),
    salesOrderID: lay.idOf('salesorder', order),
    type: r.int(0, 2),
    amount: r.money(10, 4000),
    transactionID: r.chance(0.5) ? null : `txn_${r.int(100_000, 999_999)}`,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function purchaseOrder(lay: Lay, index: number): Rows['purchaseorder'] {
  const r = lay.roll('purchaseorder', index)
  const at = lay.stamps('purchaseorder', index)
  const [from, to] = [r.pick(places), r.pick(places)]
  const forOrder = lay.sizes.orders > 0 && r.chance(0.7) ? r.int(0, lay.sizes.orders - 1) : null
  return {
    id: lay.idOf('purchaseorder', index),
    orderNumber: `PO${String(10_000_000 + index)}`,
    reference: r.chance(0.5) ? null : `R-${r.int(1, 999)}`,
    supplierID: lay.idOf('supplier', r.int(0, lay.counts.supplier - 1)),
    warehouseID: r.chance(0.3) ? null : lay.idOf('warehouse', r.int(0, lay.counts.warehouse - 1)),
    salesOrderID: forOrder === null ? null : lay.idOf('salesorder', forOrder),
    type: r.int(0, 1),
    status: r.pick([0, 1, 2, 90]),
    note: r.chance(0.8) ? null : 'Part delivery accepted',
    dueDate: r.chance(0.5) ? null : isoOf(at.createdMs + 7 * 86_400_000),
    billingCompany: 'The Reseller Ltd',
    billingContact: null,
    billingAddress: streetOf(r),
    billingCity: from.city,
    billingState: from.state,
    billingPostalCode: from.postalCode,
    billingCountry: from.country,
    deliveryCompany: r.chance(0.5) ? null : 'The Reseller Ltd',
    deliveryContact: null,
    deliveryAddress: streetOf(r),
    deliveryCity: to.city,
    deliveryState: to.state,
    deliveryPostalCode: to.postalCode,
    deliveryCountry: to.country,
    deliveryInstruction: null,
    orderDate: isoOf(at.createdMs),
    receivedDate: r.chance(0.5) ? null : isoOf(at.modifiedMs),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function purchaseOrderLine(lay: Lay, index: number): Rows['purchaseorderline'] {
  const r = lay.roll('purchaseorderline', index)
  const order = lay.purchaseLines.parentOf(index)
  const at = lay.stamps('purchaseorder', order)
  const product = r.int(0, Math.max(0, lay.sizes.products - 1))
  const facts = productFacts(lay, product)
  const price = cents(facts.price * 0.7)
  const quantity = r.int(1, 10)
  return {
    id: lay.idOf('purchaseorderline', index),
    purchaseOrderID: lay.idOf('purchaseorder', order),
    productID: lay.idOf('product', product),
    title: facts.title,
    description: r.chance(0.7) ? null : r.pick(descriptions),
    price,
    tax: cents(price * quantity * 0.2),
    taxRate: r.chance(0.1) ? null : 20,
    landedCost: price,
    quantity,
    quantityReceived: r.int(0, quantity),
    lineNumber: index - lay.purchaseLines.firstOf(order) + 1,
    serialNumbers: facts.isSerialized
      ? [{ serialNumber: `SN-P${index}`, status: 'InStock', warehouseID: lay.idOf('warehouse', 0) }]
      : [],
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function purchaseOrderCost(lay: Lay, index: number): Rows['purchaseordercost'] {
  const r = lay.roll('purchaseordercost', index)
  const order = lay.purchaseCosts.parentOf(index)
  const at = lay.stamps('purchaseorder', order)
  const amount = r.money(5, 90)
  return {
    id: lay.idOf('purchaseordercost', index),
    purchaseOrderID: lay.idOf('purchaseorder', order),
    description: r.pick(['Freight', 'Import duty', 'Insurance']),
    amount,
    tax: cents(amount * 0.2),
    taxRate: 20,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}
