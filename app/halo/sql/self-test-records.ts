import type { HaloCustomer, HaloLine, HaloOrder, HaloProduct, HaloQuote } from '../../model/halo.ts'

/** Invented records for the self-test. */

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)
const address = { line1: '1 High Street', line2: '', line3: 'Leeds', line4: '', postcode: 'LS1 1AA' }
const delivery = { address, amount: 12.5, tax: 2.5, taxRate: 20, instruction: '' }
const at = (day: number): string => new Date(Date.UTC(2026, 0, 1 + (day % 300), 9, 30, 0, 123)).toISOString()

export const customers = (count: number): HaloCustomer[] =>
  numbers(count).map((id) => ({
    commerceId: id,
    url: `https://self-test.example/customers/${id}`,
    name: `Self-test customer ${id}`,
    reference: `C${id}`,
    taxNumber: '',
    siteName: 'Main',
    address,
    contacts: [
      {
        ...{ commerceId: id, name: `Ann Hill ${id}`, firstName: 'Ann', lastName: `Hill ${id}` },
        ...{ email: `ann${id}@self-test.example`, phone: '', mobile: '' },
      },
    ],
    extra: [],
  }))

export const products = (count: number): HaloProduct[] =>
  numbers(count).map((id) => ({
    ...{ commerceId: id, name: `Self-test product ${id}`, sku: `ST-${id}`, groupId: null },
    ...{
      price: id + 0.99,
      recurringPrice: null,
      billingPeriod: 0,
      isRecurring: false,
      isConsignable: id % 2 === 0,
    },
    ...{ taxCode: null, isActive: true, createdAt: at(id), modifiedAt: at(id) },
  }))

const line = (commerceId: number, sequence: number, more: Partial<HaloLine> = {}): HaloLine => ({
  ...{ commerceId, kind: 'line', sequence, groupSequence: 1, productCommerceId: sequence },
  ...{ productCode: `ST-${sequence}`, description: `Line ${sequence}`, note: '', price: 10.25, quantity: 3 },
  ...{ discount: 0.5, tax: 5.85, taxRate: 20, billingPeriod: 0, periods: null, isOptional: false },
  ...more,
})

const quote = (id: number, customer: number): HaloQuote => ({
  commerceId: id,
  url: `https://self-test.example/quotes/${id}`,
  number: `Q${id}`,
  title: `Self-test quote ${id}`,
  customerCommerceId: customer,
  contact: { name: `Ann Hill ${customer}`, email: `ann${customer}@self-test.example` },
  ...{ commerceStatus: 1, statusToWrite: 1, createdAt: at(id), expiresAt: at(id + 30), modifiedAt: at(id) },
  note: '',
  delivery,
  lines: numbers(5).map((sequence) => line(id * 100 + sequence, sequence)),
})

export const quotes = (count: number): HaloQuote[] => numbers(count).map((id) => quote(id, (id % 20) + 1))

/** Another title, a line less, a line more, a line changed. */
export const changedQuotes = (count: number): HaloQuote[] =>
  quotes(count).map((one) => ({
    ...one,
    title: `${one.title}, changed`,
    lines: [
      ...one.lines.slice(0, 3),
      line(one.commerceId * 100 + 4, 4, { price: 11 }),
      line(one.commerceId * 100 + 9, 5, { description: 'Another line', productCode: 'ST-9' }),
    ],
  }))

export const orders = (count: number): HaloOrder[] =>
  numbers(count).map((id) => {
    const { contact, customerCommerceId, delivery: to, note, lines } = quote(id, (id % 20) + 1)
    return {
      ...{ commerceId: id, number: `SO${id}`, title: `Self-test order ${id}`, reference: `PO-${id}` },
      ...{ contact, customerCommerceId, delivery: to, note, lines, quoteCommerceId: id },
      ...{ commerceStatus: 2, statusToWrite: 1, orderedAt: at(id), modifiedAt: at(id) },
    }
  })

/** What databases like to change: other scripts, signs beyond the first plane, small and large numbers, the last millisecond of a day. */
export const oddQuote: HaloQuote = {
  ...quote(900_001, 1),
  title: 'Žluťoučký kůň, 株式会社, שלום, 🛠️ and "quotes"; \\ \' --',
  createdAt: '2026-02-28T23:59:59.999Z',
  expiresAt: '2026-03-29T01:30:00.997Z',
  lines: [0, 0.01, 0.1, 19.99, 1234.5678, 999_999_999.99, -12.34].map((price, index) =>
    line(900_001_00 + index + 1, index + 1, { price, description: `Price ${price}` }),
  ),
}
