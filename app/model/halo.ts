/**
 * Halo records as the mapping makes them: neutral between the database and the REST API. Every destination writes these and nothing else.
 * Money is a number with at most two decimals; a unit price or unit discount has four, or as many as its line needs to come out right at
 * the cent (12 at most: 10.00 off a line of 7,000). A line amounts to round(price x quantity) - round(discount x quantity), to the cent.
 * Dates are UTC ISO text; '' is empty text, null means "leave it alone".
 * A negative Commerce id stands for a record that Commerce does not know (a spreadsheet's): it is never written.
 * There is no cost anywhere, on purpose (design §7).
 */

/** Custom fields by Halo's column name (CFregion) and mapped extra fields by halo-fields.ts key. */
export type ExtraField = {
  /** A halo-fields.ts key or a custom field's column; how null, '' and flags are meant is said there. */
  readonly to: string
  readonly value: string | number | null
  readonly onlyNew: boolean
}

export type HaloAddress = {
  readonly line1: string
  readonly line2: string
  readonly line3: string
  readonly line4: string
  readonly postcode: string
}

export type HaloContact = {
  /** Commerce contact id; null for one that only a quote names. */
  readonly commerceId: number | null
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  /** Lower case; '' when unknown. Contacts are matched by it within their customer, then by name. */
  readonly email: string
  readonly phone: string
  readonly mobile: string
}

/** AREA + SITE + ADDRESSSTORE + USERS. */
export type HaloCustomer = {
  readonly commerceId: number
  readonly url: string
  readonly name: string
  readonly reference: string
  readonly taxNumber: string
  readonly siteName: string
  readonly address: HaloAddress
  /** Never empty: a customer without contacts gets one named like itself, because a quote belongs to a customer through its contact. */
  readonly contacts: readonly HaloContact[]
  readonly extra: readonly ExtraField[]
}

/** ITEM. */
export type HaloProduct = {
  readonly commerceId: number
  readonly name: string
  readonly sku: string
  /** Halo product group, GENERIC.Ggeneric; null: the destination's default group. */
  readonly groupId: number | null
  /** One-off price, or 0 for a recurring product. */
  readonly price: number
  /** Price per billing period; null when not recurring. */
  readonly recurringPrice: number | null
  readonly billingPeriod: HaloBillingPeriod
  readonly isRecurring: boolean
  /** True when Commerce marks it serialised: each unit must be consigned with its serial number. */
  readonly isConsignable: boolean
  readonly taxCode: number | null
  readonly isActive: boolean
  readonly createdAt: string | null
  readonly modifiedAt: string | null
  /** Only where the tenant wants suppliers set and Commerce names one: absent, Halo's supplier is left alone. */
  readonly supplier?: HaloSupplier
}

/**
 * Who a product is bought from: found in Halo by name (COMPANY.cdesc; REST /Supplier), never made. It goes to ITEM.Isupplier (REST
 * supplier_id); `partCode`, the supplier's own number, to ITEM.idefaultsupplierpartcode (REST supplier_part_code). No cost.
 */
export type HaloSupplier = { readonly name: string; readonly partCode: string }

/** Halo's codes (apis.md §2.4). */
export type HaloBillingPeriod = 0 | 2 | 3 | 4

export type HaloLine = {
  /** Commerce line id; 0 for a heading made from a section and for an order's delivery, surcharge and coupon lines. */
  readonly commerceId: number
  readonly kind: 'line' | 'heading'
  readonly sequence: number
  /** Lines under the same heading share it; from 1. */
  readonly groupSequence: number
  readonly productCommerceId: number | null
  readonly productCode: string
  readonly description: string
  readonly note: string
  /** Unit price before tax and before discount, per billing period when recurring. */
  readonly price: number
  readonly quantity: number
  /** Discount off the unit price, in money. */
  readonly discount: number
  /** Tax of the whole line, in money. */
  readonly tax: number
  /** Percent, 20 for 20 %. */
  readonly taxRate: number
  readonly billingPeriod: HaloBillingPeriod
  /** Number of billing periods; null when open or one-off. */
  readonly periods: number | null
  /** Optional and not chosen: shown, never part of a total. */
  readonly isOptional: boolean
}

export type HaloDelivery = {
  readonly address: HaloAddress
  /** Before tax; becomes the carriage price. */
  readonly amount: number
  readonly tax: number
  readonly taxRate: number
  readonly instruction: string
}

/** QUOTATIONHEADER + QUOTATIONDETAIL, written whole or not at all. */
export type HaloQuote = {
  readonly commerceId: number
  readonly url: string
  readonly number: string
  readonly title: string
  readonly customerCommerceId: number
  readonly contact: { readonly name: string; readonly email: string }
  /** Commerce's status number; the sync turns a change of it into `statusToWrite`. */
  readonly commerceStatus: number
  /** Halo status to write now; null: leave Halo's. */
  readonly statusToWrite: number | null
  readonly createdAt: string | null
  readonly expiresAt: string | null
  readonly modifiedAt: string | null
  readonly note: string
  readonly delivery: HaloDelivery
  readonly lines: readonly HaloLine[]
}

/** ORDERHEAD + ORDERLINE, written whole or not at all. */
export type HaloOrder = {
  readonly commerceId: number
  readonly number: string
  readonly title: string
  readonly reference: string
  readonly customerCommerceId: number
  readonly contact: { readonly name: string; readonly email: string }
  readonly quoteCommerceId: number | null
  readonly commerceStatus: number
  readonly statusToWrite: number | null
  readonly orderedAt: string | null
  readonly modifiedAt: string | null
  readonly note: string
  readonly delivery: HaloDelivery
  readonly lines: readonly HaloLine[]
}

export type HaloRecord = {
  products: HaloProduct
  customers: HaloCustomer
  quotes: HaloQuote
  salesOrders: HaloOrder
}
