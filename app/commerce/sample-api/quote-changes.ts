import { cents } from './dice.ts'
import { isoOf } from './ground.ts'
import type { Rows } from './rows.ts'
import type { Tools, Where } from './tools.ts'

export type QuoteChanges = {
  touchQuote(id: number, changes?: Partial<Rows['quote']>): Rows['quote']
  /** Whether the real server then moves the quote's date, too, is unknown: `isQuoteMoved` says which (it does unless told). */
  touchLine(
    id: number,
    changes?: Partial<Rows['quoteline']>,
    how?: { readonly isQuoteMoved: boolean },
  ): Rows['quoteline']
  /** Won makes a sales order of the lines that were chosen; any other status takes the order's id from the quote. */
  changeStatus(quoteId: number, status: number): Rows['quote']
  /** With one section of two lines; for the first customer unless told otherwise. */
  addQuote(values?: Partial<Rows['quote']>, where?: Where): Rows['quote']
  /** Neither adding a section nor a line moves the quote's date: touch it where that is wanted. */
  addSection(quoteId: number, values?: Partial<Rows['quotesection']>): Rows['quotesection']
  addLine(sectionId: number, values?: Partial<Rows['quoteline']>): Rows['quoteline']
  /** With its sections and lines. */
  removeQuote(id: number): boolean
}

const noDelivery = {
  deliveryCompany: null,
  deliveryContact: null,
  deliveryPhone: null,
  deliveryAddress: null,
  deliveryCity: null,
  deliveryState: null,
  deliveryPostalCode: null,
  deliveryCountry: null,
  deliveryInstruction: null,
  deliveryAmount: 0,
  deliveryTax: 0,
  deliveryTaxRate: 0,
}

/** A sales order out of a quote, with the lines that were chosen and have a product. */
function makeOrder(tools: Tools, quote: Rows['quote']): Rows['salesorder'] {
  const { add, ids, need, now } = tools
  const order = add('salesorder', {
    orderNumber: `SO-Q${quote.id}`,
    reference: null,
    ownerEmployeeID: quote.ownerEmployeeID,
    customerID: quote.customerID,
    contactFirstName: null,
    contactLastName: quote.contactName,
    contactEmail: quote.contactEmail,
    quoteID: quote.id,
    status: 2,
    fulfillmentStatus: 0,
    entryType: 1,
    notes: null,
    ...noDelivery,
    paymentSurchargeAmount: 0,
    paymentSurchargeTaxRate: 0,
    paymentSurchargeTax: 0,
    couponDiscount: 0,
    ipAddress: null,
    ipAddressCountry: null,
    orderDate: now(),
    createdDate: now(),
    modifiedDate: now(),
  })
  const lines = ids('quotesection', quote.id)
    .flatMap((section) => ids('quoteline', section))
    .map((id) => need('quoteline', id))
  for (const line of lines) addOrderLine(tools, order.id, line)
  return order
}

function addOrderLine(tools: Tools, salesOrderID: number, line: Rows['quoteline']): void {
  if (!line.isSelected || line.productID === null) return
  const { price, tax, taxRate, quantity, title, description } = line
  const { isRecurring, recurringType, recurringDuration, discountMethod, discountValue } = line
  tools.add('salesorderline', {
    ...{ salesOrderID, productID: line.productID, lineNumber: line.lineNumber },
    ...{ price, tax, taxRate, quantity, title, description },
    ...{ isRecurring, recurringType, recurringDuration, discountMethod, discountValue },
    cost: cents(price * 0.7),
    unitWeight: 0,
    serialNumbers: [],
    createdDate: tools.now(),
    modifiedDate: tools.now(),
  })
}

function newQuote({ ids, now }: Tools): Omit<Rows['quote'], 'id'> {
  return {
    salesOrderId: null,
    code: 'sample-code',
    quoteNumber: 'QO-NEW',
    title: 'New quote',
    status: 0,
    privateNote: null,
    ownerEmployeeID: null,
    customerID: ids('customer')[0] ?? 0,
    contactName: null,
    contactEmail: null,
    deliveryType: 0,
    ...noDelivery,
    autotaskQuoteID: null,
    autotaskOpportunityID: null,
    autotaskOrganizationID: null,
    expiryDate: isoOf(Date.parse(now()) + 30 * 86_400_000),
    createdDate: now(),
    modifiedDate: now(),
  }
}

function newLine({ ids, need, now }: Tools, sectionId: number): Omit<Rows['quoteline'], 'id'> {
  const lineNumber = ids('quoteline', sectionId).length + 1
  const products = ids('product')
  const productId = products[(sectionId + lineNumber) % Math.max(1, products.length)] ?? null
  const product = productId === null ? null : need('product', productId)
  const price = product?.price ?? 25
  return {
    quoteSectionID: sectionId,
    lineNumber,
    title: product?.title ?? 'Work',
    description: '<p>Added later</p>',
    productID: productId,
    productNumber: product?.productNumber ?? '',
    price,
    taxRate: 20,
    tax: cents(price * 0.4),
    quantity: 2,
    isOptional: false,
    isSelected: true,
    isQuantityEditable: false,
    isRecurring: product?.isRecurring ?? false,
    recurringType: product?.recurringType ?? null,
    recurringDuration: null,
    discountMethod: null,
    discountValue: null,
    createdDate: now(),
    modifiedDate: now(),
  }
}

export function makeQuoteChanges(tools: Tools): QuoteChanges {
  const { add, ids, need, touch, remove } = tools
  const addLine: QuoteChanges['addLine'] = (sectionId, values) =>
    add('quoteline', { ...newLine(tools, sectionId), ...values })
  const addSection: QuoteChanges['addSection'] = (quoteID, values) => {
    const lineNumber = ids('quotesection', quoteID).length + 1
    const base = { quoteID, type: 0, lineNumber, isMultiChoice: false, isSelected: true, title: 'Added' }
    return add('quotesection', { ...base, ...values })
  }
  return {
    addLine,
    addSection,
    touchQuote: (id, changes) => touch('quote', id, changes),
    touchLine: (id, changes, how = { isQuoteMoved: true }) => {
      const line = touch('quoteline', id, changes)
      if (how.isQuoteMoved) touch('quote', need('quotesection', line.quoteSectionID).quoteID)
      return line
    },
    changeStatus: (id, status) => {
      const quote = need('quote', id)
      const order = status === 3 ? (quote.salesOrderId ?? makeOrder(tools, quote).id) : null
      return touch('quote', id, { status, salesOrderId: order })
    },
    addQuote: (values, where) => {
      const quote = add('quote', { ...newQuote(tools), ...values }, where)
      const section = addSection(quote.id)
      addLine(section.id)
      addLine(section.id)
      return quote
    },
    removeQuote: (id) => {
      for (const section of ids('quotesection', id)) {
        for (const line of ids('quoteline', section)) remove('quoteline', line)
        remove('quotesection', section)
      }
      return remove('quote', id)
    },
  }
}
