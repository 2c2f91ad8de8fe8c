import {
  type Customer,
  customerSchema,
  productSchema,
  quoteSchema,
  salesOrderLineSchema,
  salesOrderSchema,
} from '../commerce.ts'
import type { Fault } from '../fault.ts'
import type { ExtraField, HaloRecord } from '../halo.ts'
import { mapCustomer } from '../map/customer.ts'
import { mapOrder } from '../map/order.ts'
import { mapProduct } from '../map/product.ts'
import { mapQuote } from '../map/quote.ts'
import type { Entity, Tenant } from '../tenant.ts'
import type { SheetRecord } from './check.ts'
import { customExtras } from './custom-fields.ts'
import { flag, lineOf, linesOf, number, text, type Values } from './to-lines.ts'

/** What a record refers to, as found out: ids in Commerce, or negative ones that stand for Halo's (halo.ts). */
export type SheetReferences = {
  readonly customer: number | null
  /** By the SKU in lower case. */
  readonly products: ReadonlyMap<string, number>
  readonly quote: number | null
  /** Halo's id of the product group; null for the default one. */
  readonly group: number | null
  /** Halo's id of a product's tax; absent for what Halo does by itself. */
  readonly tax?: number | null
}

export type Shaped<E extends Entity> = { readonly record: HaloRecord[E]; readonly notes: readonly Fault[] }

/** Sheets have no zone; a day stays the same day everywhere only as UTC. */
const date = (values: Values, key: string): string | null => {
  const value = values[key]
  return typeof value === 'string' ? (value.length > 10 ? `${value}Z` : `${value}T00:00:00Z`) : null
}

/**
 * A checked record of a spreadsheet as a Halo record, by the very mapping of a sync: it is first put into Commerce's own shape. Amounts
 * are as the template says (before tax, a rate in percent, tax of the whole line), whatever the tenant's Commerce means by its own.
 */
export function shapeRecord<E extends Entity>(
  entity: E,
  source: SheetRecord,
  refs: SheetReferences,
  tenant: Tenant,
): Shaped<E> {
  const id = Number(source.values.commerceId ?? 0) || -source.row
  const { record, notes } = shapers[entity](source, id, refs, asTemplate(tenant))
  const whole = withProducts(id > 0 ? record : withoutLink(record), source, refs)
  // That a SKU is no product of Commerce says nothing here.
  return { record: whole as HaloRecord[E], notes: notes.filter((one) => one.code !== 'product-missing') }
}

/** The mapping takes positive ids for products alone; a line's own id tells which row of the sheet it is. */
function withProducts(
  record: HaloRecord[Entity],
  source: SheetRecord,
  { products }: SheetReferences,
): HaloRecord[Entity] {
  if (!('lines' in record)) return record
  const skuOf = (id: number): string => text(source.lines[-id - 1] ?? {}, 'productNumber').toLowerCase()
  const lines = record.lines.map((line) =>
    line.commerceId < 0 ? { ...line, productCommerceId: products.get(skuOf(line.commerceId)) ?? null } : line,
  )
  return { ...record, lines }
}

const asTemplate = (tenant: Tenant): Tenant => ({
  ...tenant,
  mapping: {
    ...tenant.mapping,
    interpretation: {
      ...tenant.mapping.interpretation,
      priceIncludesTax: false,
      taxPer: 'line',
      taxRateAs: 'percent',
      fixedDiscountPer: 'line',
    },
    // Whoever imports an order has chosen it.
    orderStatusesToImport: [0, 1, 2, 3, 90],
  },
})

/** There is no page in Commerce to link to. */
const withoutLink = <R extends object>(record: R): R => ('url' in record ? { ...record, url: '' } : record)

type Shaper = (
  source: SheetRecord,
  id: number,
  refs: SheetReferences,
  tenant: Tenant,
) => { readonly record: HaloRecord[Entity]; readonly notes: readonly Fault[] }

const shapers: Readonly<Record<Entity, Shaper>> = {
  customers: (source, id, _, tenant) => {
    const { values } = source
    const contacts = contactsOf(values, id)
    const record = mapCustomer({ customer: customerOf(values, id), contacts, addresses: [] }, tenant)
    return { record: { ...record, extra: extrasOf(source, record.extra) }, notes: [] }
  },
  products: ({ values }, id, { group, tax }, tenant) => {
    const period = values.billingPeriod ?? -1
    const product = productSchema.parse({
      id,
      productNumber: text(values, 'productNumber'),
      title: text(values, 'title'),
      price: number(values, 'price'),
      isSerialized: flag(values, 'isSerialized'),
      isRecurring: Number(period) >= 0,
      recurringType: Number(period) >= 0 ? period : null,
      createdDate: date(values, 'createdDate'),
    })
    const mapped = mapProduct({ product, category: null, chosenGroup: group }, tenant)
    return { record: { ...mapped, taxCode: tax ?? null }, notes: [] }
  },
  quotes: (source, id, refs, tenant) => {
    const { values } = source
    const quote = quoteSchema.parse({
      id,
      ...common(values, refs),
      quoteNumber: text(values, 'quoteNumber'),
      title: text(values, 'title'),
      status: values.status ?? null,
      privateNote: text(values, 'note'),
      contactName: text(values, 'contactName'),
      expiryDate: date(values, 'expiryDate'),
      createdDate: date(values, 'createdDate'),
    })
    const { sections, lines } = linesOf(source)
    return mapQuote({ quote, sections, lines, lastStatus: statusOf(values) }, tenant)
  },
  salesOrders: (source, id, refs, tenant) => {
    const { values } = source
    const order = salesOrderSchema.parse({
      id,
      ...common(values, refs),
      orderNumber: text(values, 'orderNumber'),
      reference: text(values, 'reference'),
      status: values.status ?? 0,
      contactFirstName: text(values, 'contactName'),
      quoteID: null,
      notes: text(values, 'note'),
      orderDate: date(values, 'orderDate'),
    })
    const lines = source.lines.map((line, at) =>
      salesOrderLineSchema.parse({ ...lineOf(line, at), salesOrderID: id }),
    )
    const mapped = mapOrder({ order, lines, lastStatus: statusOf(values) }, tenant)
    if ('skipped' in mapped) throw new Error(`An imported order was left out: ${mapped.skipped.code}`)
    return { ...mapped, record: { ...mapped.record, quoteCommerceId: refs.quote } }
  },
}

/** The sheet's own custom fields and currency go before those that the tenant's mapping fills. */
function extrasOf(source: SheetRecord, mapped: readonly ExtraField[]): readonly ExtraField[] {
  const currency = text(source.values, 'currency').toUpperCase()
  const own = [
    ...customExtras(source),
    ...(currency === '' ? [] : [{ to: 'customer.currencyIsoCode', value: currency, onlyNew: false }]),
  ]
  const isOwn = new Set(own.map(({ to }) => to.toLowerCase()))
  return [...mapped.filter(({ to }) => !isOwn.has(to.toLowerCase())), ...own]
}

/** A sheet that says nothing of the status leaves Halo's alone: "as last seen". */
const statusOf = (values: Values): number | null =>
  (values.status ?? null) === null ? noStatus(values) : null
const noStatus = (values: Values): number => ('orderNumber' in values ? 0 : -1)

const customerOf = (values: Values, id: number): Customer =>
  customerSchema.parse({
    id,
    name: text(values, 'name'),
    accountNumber: text(values, 'accountNumber'),
    taxNumber: text(values, 'taxNumber'),
    billingAddress: text(values, 'address'),
    billingCity: text(values, 'city'),
    billingState: text(values, 'state'),
    billingCountry: text(values, 'country'),
    billingPostalCode: text(values, 'postalCode'),
  })

function contactsOf(values: Values, id: number) {
  const contact = {
    email: text(values, 'contactEmail'),
    firstName: text(values, 'contactFirstName'),
    lastName: text(values, 'contactLastName'),
    phone: text(values, 'contactPhone'),
    mobile: text(values, 'contactMobile'),
  }
  if (Object.values(contact).every((part) => part === '')) return []
  return [
    {
      id,
      customerID: id,
      ...contact,
      autoSendInvoice: false,
      inviteDate: null,
      lastLoginDate: null,
      createdDate: null,
      modifiedDate: null,
    },
  ]
}

const common = (values: Values, { customer }: SheetReferences) => ({
  customerID: customer ?? 0,
  contactEmail: text(values, 'contactEmail'),
  deliveryAddress: text(values, 'deliveryAddress'),
  deliveryCity: text(values, 'deliveryCity'),
  deliveryPostalCode: text(values, 'deliveryPostalCode'),
  deliveryAmount: number(values, 'deliveryAmount'),
})
