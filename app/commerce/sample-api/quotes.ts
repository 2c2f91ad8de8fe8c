import { productFacts } from './catalogue.ts'
import { cents } from './dice.ts'
import { isoOf, type Stamps, yearOne } from './ground.ts'
import type { Lay } from './lay.ts'
import { ownerOf, placeOf, streetOf } from './parties.ts'
import type { Rows } from './rows.ts'
import { descriptions, firstNames, labourTitles, lastNames, quoteTitles, sectionTitles } from './words.ts'

/** Statuses of quotes that were not won, in turn, so that even a small world has every one. */
const openStatuses = [1, 0, 2, 4, 1, 90, 5, 2]
const sectionTypes: readonly [number, ...number[]] = [0, 0, 0, 4, 1, 2, 3]

/** The customer (by index) a quote was made for. */
export const customerOf = (lay: Lay, quote: number): number =>
  lay.roll('quote', quote, 1).int(0, Math.max(0, lay.sizes.customers - 1))

function statusOf(lay: Lay, index: number): number {
  if (lay.orderOf(index) !== null) return 3
  return openStatuses[lay.openBefore(index) % openStatuses.length] ?? 0
}

/** The contact of a customer whom a quote or an order names: one of its contacts, or a stranger. */
export function nameContact(lay: Lay, customer: number, pick: number) {
  const size = lay.contacts.sizeOf(customer)
  if (size === 0) return null
  return lay.contactAt(lay.contacts.firstOf(customer) + (pick % size))
}

/** Where goods go: fields that quotes and orders have in common. */
export function delivery(lay: Lay, index: number, name: 'quote' | 'salesorder', customer: number) {
  const r = lay.roll(name, index, 2)
  const place = placeOf(lay, customer)
  const amount = r.chance(0.5) ? 0 : r.money(4.5, 60)
  return {
    deliveryCompany: r.chance(0.5) ? null : `Site ${r.int(1, 9)}`,
    deliveryContact: r.chance(0.5) ? null : `${r.pick(firstNames)} ${r.pick(lastNames)}`,
    deliveryPhone: r.chance(0.6) ? null : `01632 960${r.int(100, 999)}`,
    deliveryAddress: r.chance(0.2) ? null : streetOf(r),
    deliveryCity: place.city,
    deliveryState: place.state,
    deliveryPostalCode: place.postalCode,
    deliveryCountry: place.country,
    deliveryInstruction: r.chance(0.8) ? null : 'Leave with reception – ask for the IT desk',
    deliveryAmount: amount,
    deliveryTaxRate: place.taxRate,
    deliveryTax: cents((amount * place.taxRate) / 100),
  }
}

export function quote(lay: Lay, index: number): Rows['quote'] {
  const r = lay.roll('quote', index)
  const customer = customerOf(lay, index)
  const at = lay.stamps('quote', index)
  const order = lay.orderOf(index)
  const contact = r.chance(0.1) ? null : nameContact(lay, customer, r.int(0, 99))
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ')
  const isLinked = r.chance(0.1)
  return {
    id: lay.idOf('quote', index),
    salesOrderId: order === null ? null : lay.idOf('salesorder', order),
    code: `${r.int(0x10000000, 0x7fffffff).toString(16)}${r.int(0x10000000, 0x7fffffff).toString(16)}`,
    quoteNumber: `QO${String(10_000_000 + index)}`,
    title: r.pick(quoteTitles),
    status: statusOf(lay, index),
    privateNote: r.chance(0.7) ? null : 'Margin agreed with the sales lead; do not send before Monday.',
    ownerEmployeeID: ownerOf(lay, r),
    customerID: lay.idOf('customer', customer),
    contactName: name || null,
    contactEmail: contact?.email ?? null,
    deliveryType: r.int(0, 2),
    ...delivery(lay, index, 'quote', customer),
    autotaskQuoteID: isLinked ? r.int(1, 9999) : null,
    autotaskOpportunityID: isLinked ? r.int(1, 9999) : null,
    autotaskOrganizationID: isLinked ? r.int(1, 9999) : null,
    expiryDate: r.chance(0.08) ? yearOne : isoOf(at.createdMs + 30 * 86_400_000),
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

type SectionDraft = {
  readonly quote: number
  readonly position: number
  readonly type: number
  readonly isMultiChoice: boolean
}

/** What decides how many lines a section has. The first of a quote always holds products. */
export function sectionDraft(lay: Lay, index: number): SectionDraft {
  const r = lay.roll('quotesection', index, 1)
  const quote = lay.sections.parentOf(index)
  const position = index - lay.sections.firstOf(quote)
  const type = position === 0 ? 0 : r.pick(sectionTypes)
  return { quote, position, type, isMultiChoice: position > 0 && type === 0 && r.chance(0.4) }
}

/** Products 1 to 6 lines (2 to 4 to choose from), labour 1 or 2, text and its like none. */
export function lineCount(lay: Lay, section: number): number {
  const { type, isMultiChoice } = sectionDraft(lay, section)
  const r = lay.roll('quotesection', section, 2)
  if (type === 4) return r.int(1, 2)
  if (type !== 0) return 0
  return isMultiChoice ? r.int(2, 4) : r.int(1, 6)
}

export function quoteSection(lay: Lay, index: number): Rows['quotesection'] {
  const draft = sectionDraft(lay, index)
  const r = lay.roll('quotesection', index)
  return {
    id: lay.idOf('quotesection', index),
    quoteID: lay.idOf('quote', draft.quote),
    type: draft.type,
    lineNumber: draft.position + 1,
    isMultiChoice: draft.isMultiChoice,
    isSelected: draft.position === 0 || !r.chance(0.08),
    title: r.chance(0.15) ? null : draft.type === 4 ? 'Labour' : r.pick(sectionTitles),
  }
}

/** What decides whether a line becomes part of an order. */
type LineDraft = {
  readonly section: number
  readonly quote: number
  readonly position: number
  readonly kind: 'product' | 'gone' | 'labour' | 'text' | 'reduction'
  /** Index of the product; null where the kind has none. */
  readonly product: number | null
  readonly isOptional: boolean
  readonly isSelected: boolean
}

export function lineDraft(lay: Lay, index: number): LineDraft {
  const section = lay.lines.parentOf(index)
  const { quote, type, isMultiChoice } = sectionDraft(lay, section)
  const position = index - lay.lines.firstOf(section)
  const r = lay.roll('quoteline', index, 1)
  const roll = r.next()
  const special = roll < 0.05 ? 'gone' : roll < 0.12 ? 'text' : roll < 0.18 ? 'reduction' : 'product'
  const usual = lay.sizes.products === 0 ? 'text' : isMultiChoice ? 'product' : special
  const kind = type === 4 ? 'labour' : usual
  const product = kind === 'product' ? r.int(0, lay.sizes.products - 1) : null
  const chosen = lay.roll('quotesection', section, 3).int(0, lay.lines.sizeOf(section) - 1)
  const isOptional = !isMultiChoice && r.chance(0.12)
  const isSelected = isMultiChoice ? position === chosen : !isOptional || r.chance(0.4)
  return { section, quote, position, kind, product, isOptional, isSelected }
}

const noProduct = { recurringType: null, number: '' }

export function quoteLine(lay: Lay, index: number): Rows['quoteline'] {
  const draft = lineDraft(lay, index)
  const r = lay.roll('quoteline', index)
  const at: Stamps = lay.stamps('quote', draft.quote)
  const facts = draft.product === null ? null : productFacts(lay, draft.product)
  const labour = draft.kind === 'labour'
  const list = facts?.price ?? (draft.kind === 'reduction' ? -r.money(5, 120) : r.money(20, 180))
  const quantity = r.chance(0.04) ? 0 : r.chance(0.5) ? 1 : r.int(2, 25)
  const taxRate = placeOf(lay, customerOf(lay, draft.quote)).taxRate
  const discount = discountOf(r.next(), r.next(), list)
  const off = discount.method === 0 ? (list * quantity * (discount.value ?? 0)) / 100 : (discount.value ?? 0)
  const { recurringType, number } = facts ?? noProduct
  return {
    id: lay.idOf('quoteline', index),
    quoteSectionID: lay.idOf('quotesection', draft.section),
    lineNumber: draft.position + 1,
    title:
      facts?.title ??
      (labour ? r.pick(labourTitles) : draft.kind === 'gone' ? 'Discontinued item' : 'Adjustment'),
    description: r.chance(0.4) ? null : r.pick(descriptions),
    // A product that was deleted: its id, which answers 400, stays on the line.
    productID:
      draft.kind === 'gone'
        ? lay.goneProductId
        : draft.product === null
          ? null
          : lay.idOf('product', draft.product),
    productNumber: draft.kind === 'gone' ? 'OLD-0001' : number,
    price: list,
    taxRate,
    tax: cents(((list * quantity - off) * taxRate) / 100),
    quantity,
    isOptional: draft.isOptional,
    isSelected: draft.isSelected,
    isQuantityEditable: r.chance(0.2),
    isRecurring: recurringType !== null,
    recurringType,
    recurringDuration: recurringType === null || r.chance(0.5) ? null : r.int(1, 3) * 12,
    discountMethod: discount.method,
    discountValue: discount.value,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

/** A quarter of the lines with a positive price: a share of it, or a fixed amount off the line. */
export function discountOf(
  first: number,
  second: number,
  price: number,
): { method: number | null; value: number | null } {
  if (price <= 0 || first > 0.25) return { method: null, value: null }
  if (first > 0.12) return { method: 0, value: [5, 10, 12.5, 20, 100][Math.floor(second * 5)] ?? 5 }
  return { method: 1, value: cents(price * second * 0.5) }
}
