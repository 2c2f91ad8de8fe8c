import {
  type Category,
  type Contact,
  type Customer,
  type CustomerAddress,
  categorySchema,
  contactSchema,
  customerAddressSchema,
  customerSchema,
  type Product,
  productSchema,
  type Quote,
  type QuoteLine,
  type QuoteSection,
  quoteLineSchema,
  quoteSchema,
  quoteSectionSchema,
  type SalesOrder,
  type SalesOrderLine,
  salesOrderLineSchema,
  salesOrderSchema,
} from '../../../../../app/model/commerce.ts'
import { defaultMapping, type Interpretation, type Mapping } from '../../../../../app/model/mapping.ts'
import type { Tenant } from '../../../../../app/model/tenant.ts'

/** Records as the schemas read them, with only what a test is about. */
export const customer = (more: Partial<Customer> = {}): Customer => ({
  ...customerSchema.parse({ id: 10, name: 'Northwind', accountNumber: 'NW-1' }),
  ...more,
})
export const contact = (more: Partial<Contact> = {}): Contact => ({
  ...contactSchema.parse({ id: 100, customerID: 10 }),
  ...more,
})
export const address = (more: Partial<CustomerAddress> = {}): CustomerAddress => ({
  ...customerAddressSchema.parse({ id: 200, customerID: 10 }),
  ...more,
})
export const category = (more: Partial<Category> = {}): Category => ({
  ...categorySchema.parse({ id: 5, name: 'Servers' }),
  ...more,
})
export const product = (more: Partial<Product> = {}): Product => ({
  ...productSchema.parse({ id: 20, productNumber: 'SKU-20', title: 'Server', price: 1200.5 }),
  ...more,
})
export const quote = (more: Partial<Quote> = {}): Quote => ({
  ...quoteSchema.parse({ id: 30, quoteNumber: 'Q-30', title: 'New servers', status: 1, customerID: 10 }),
  ...more,
})
export const section = (more: Partial<QuoteSection> = {}): QuoteSection => ({
  ...quoteSectionSchema.parse({ id: 40, quoteID: 30, type: 0, lineNumber: 1 }),
  ...more,
})
export const quoteLine = (more: Partial<QuoteLine> = {}): QuoteLine => ({
  ...quoteLineSchema.parse({
    id: 50,
    quoteSectionID: 40,
    title: 'Server',
    productID: 20,
    productNumber: 'SKU-20',
    price: 100,
    quantity: 2,
    tax: 40,
    taxRate: 20,
    isSelected: true,
  }),
  ...more,
})
export const order = (more: Partial<SalesOrder> = {}): SalesOrder => ({
  ...salesOrderSchema.parse({ id: 60, orderNumber: 'SO-60', status: 2, customerID: 10 }),
  ...more,
})
export const orderLine = (more: Partial<SalesOrderLine> = {}): SalesOrderLine => ({
  ...salesOrderLineSchema.parse({
    id: 70,
    salesOrderID: 60,
    title: 'Server',
    productID: 20,
    price: 100,
    quantity: 2,
    tax: 40,
    taxRate: 20,
  }),
  ...more,
})

export function tenant(mapping: Partial<Mapping> = {}, reading: Partial<Interpretation> = {}): Tenant {
  return {
    id: 1,
    name: 'Sample',
    instanceUrl: 'https://sample.mydattocommerce.com/',
    apiUrl: 'https://api.kaseyaquotemanager.com',
    keyIn: 'header',
    isEnabled: true,
    syncFrom: '2026-01-01T00:00:00.000Z',
    requestsPerMinute: 60,
    requestsPerDay: 10_000,
    reserve: 0.1,
    halo: { kind: 'sqlite', file: 'halo.sqlite' },
    schedule: { kind: 'off' },
    reconcile: { kind: 'off' },
    pausedUntil: null,
    entities: ['products', 'customers', 'quotes', 'salesOrders'],
    mapping: {
      ...defaultMapping,
      ...mapping,
      interpretation: { ...defaultMapping.interpretation, ...mapping.interpretation, ...reading },
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  }
}
