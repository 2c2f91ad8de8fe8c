import { contact, customer, customeraddress, employee } from './customers.ts'
import { brand, category, product, productimage, productsupplier, supplier, warehouse } from './products.ts'
import { purchaseorder, purchaseordercost, purchaseorderline } from './purchase-orders.ts'
import { quote, quoteline, quotesection } from './quotes.ts'
import type { Resource, ResourceName } from './resource.ts'
import { salesorder, salesorderline, salesorderpayment } from './sales-orders.ts'

/** Every list of the Commerce API by its name in the path; each keeps the type of its own rows. */
export const resources = {
  customer,
  contact,
  customeraddress,
  product,
  category,
  brand,
  productsupplier,
  productimage,
  supplier,
  warehouse,
  employee,
  quote,
  quotesection,
  quoteline,
  salesorder,
  salesorderline,
  salesorderpayment,
  purchaseorder,
  purchaseorderline,
  purchaseordercost,
} as const satisfies Record<ResourceName, Resource>
