import type { ResourceName } from '../resources/resource.ts'
import * as catalogue from './catalogue.ts'
import type { Family } from './ground.ts'
import type { Lay } from './lay.ts'
import * as orders from './orders.ts'
import * as parties from './parties.ts'
import * as quotes from './quotes.ts'
import type { Rows } from './rows.ts'

/** A list as it was invented, before anything was changed. */
export type Table<Name extends ResourceName = ResourceName> = {
  count(): number
  make(index: number): Rows[Name]
  /** Milliseconds since 1970; cheaper than making the record. */
  modifiedMs(index: number): number
  /** Children by the parent's index; null for a list without a parent. */
  readonly children: Family | null
}
export type Tables = { readonly [Name in ResourceName]: Table<Name> }

/** All twenty lists over one lie of the land. */
export function makeTables(lay: Lay): Tables {
  const table = <Name extends ResourceName>(
    name: Name,
    count: () => number,
    make: (lay: Lay, index: number) => Rows[Name],
    modifiedMs: (index: number) => number = (index) => lay.stamps(name, index).modifiedMs,
  ): Table<Name> => ({ count, make: (index) => make(lay, index), modifiedMs, children: null })
  const child = <Name extends ResourceName>(
    name: Name,
    family: Family,
    make: (lay: Lay, index: number) => Rows[Name],
    modifiedMs?: (index: number) => number,
  ): Table<Name> => ({ ...table(name, family.total, make, modifiedMs), children: family })

  const { counts, sizes } = lay
  const ofOrder = (family: Family) => (index: number) => lay.orderStamps(family.parentOf(index)).modifiedMs
  const ofPurchase = (family: Family) => (index: number) =>
    lay.stamps('purchaseorder', family.parentOf(index)).modifiedMs
  return {
    customer: table('customer', () => sizes.customers, parties.customer),
    contact: child('contact', lay.contacts, parties.contact),
    customeraddress: child('customeraddress', lay.addresses, parties.customerAddress),
    employee: table('employee', () => counts.employee, parties.employee),
    product: table('product', () => sizes.products, catalogue.product),
    category: table('category', () => counts.category, catalogue.category),
    brand: table('brand', () => counts.brand, catalogue.brand),
    supplier: table('supplier', () => counts.supplier, catalogue.supplier),
    warehouse: table('warehouse', () => counts.warehouse, catalogue.warehouse),
    productsupplier: child('productsupplier', lay.suppliersOf, catalogue.productSupplier),
    productimage: child('productimage', lay.imagesOf, catalogue.productImage),
    quote: table('quote', () => sizes.quotes, quotes.quote),
    quotesection: child('quotesection', lay.sections, quotes.quoteSection),
    quoteline: child('quoteline', lay.lines, quotes.quoteLine),
    salesorder: table(
      'salesorder',
      () => sizes.orders,
      orders.salesOrder,
      (order) => lay.orderStamps(order).modifiedMs,
    ),
    salesorderline: child('salesorderline', lay.orderLines, orders.salesOrderLine, ofOrder(lay.orderLines)),
    salesorderpayment: child(
      'salesorderpayment',
      lay.payments,
      orders.salesOrderPayment,
      ofOrder(lay.payments),
    ),
    purchaseorder: table('purchaseorder', () => counts.purchaseorder, orders.purchaseOrder),
    purchaseorderline: child(
      'purchaseorderline',
      lay.purchaseLines,
      orders.purchaseOrderLine,
      ofPurchase(lay.purchaseLines),
    ),
    purchaseordercost: child(
      'purchaseordercost',
      lay.purchaseCosts,
      orders.purchaseOrderCost,
      ofPurchase(lay.purchaseCosts),
    ),
  }
}
