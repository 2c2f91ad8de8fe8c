import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  categorySchema,
  contactSchema,
  customerAddressSchema,
  customerSchema,
  productSchema,
  quoteLineSchema,
  quoteSchema,
  quoteSectionSchema,
  salesOrderLineSchema,
  salesOrderSchema,
} from '../../../../../app/model/commerce.ts'
import { commerceFields } from '../../../../../app/model/commerce-fields.ts'
import { haloFields } from '../../../../../app/model/halo-fields.ts'
import { mapCustomer, notesOnCustomer } from '../../../../../app/model/map/customer.ts'
import { limits } from '../../../../../app/model/map/limits.ts'
import { mapOrder } from '../../../../../app/model/map/order.ts'
import { categoriesAbove, mapProduct, notesOnProduct } from '../../../../../app/model/map/product.ts'
import { mapQuote } from '../../../../../app/model/map/quote.ts'
import type { FieldMapping, Interpretation } from '../../../../../app/model/mapping.ts'
import { stableText } from '../../../../../app/model/record-hash.ts'
import { totalsOf } from '../../../../../app/model/totals.ts'
import { anyOf } from './arbitrary.ts'
import { tenant } from './builders.ts'

const link = fc.constantFrom(
  '{base}',
  '{base}/q/{id}?c={code}',
  '{base}/{quoteNumber}',
  'javascript:{code}',
  '',
  '{nonsense}',
)
const reading: fc.Arbitrary<Interpretation> = fc.record({
  priceIncludesTax: fc.boolean(),
  taxPer: fc.constantFrom('line' as const, 'unit' as const),
  taxRateAs: fc.constantFrom('guess' as const, 'percent' as const, 'fraction' as const),
  fixedDiscountPer: fc.constantFrom('line' as const, 'unit' as const),
  unchosenLines: fc.constantFrom('optional' as const, 'leave out' as const),
  quoteLink: link,
  customerLink: link,
  raiseQuoteLink: link,
  orderLink: link,
  productLink: link,
  linkHosts: fc.constantFrom([], ['quotes.example.com']),
})
const fieldMapping: fc.Arbitrary<FieldMapping> = fc.record({
  from: fc.oneof(
    fc.record({
      kind: fc.constant('field' as const),
      name: fc.constantFrom(...commerceFields.map((each) => each.name), 'nothing', '__proto__'),
    }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.string() }),
  ),
  to: fc.constantFrom(...haloFields.map((each) => each.key), 'cf:region', 'cf:a b', 'nothing', '__proto__'),
  onlyNew: fc.boolean(),
  whenEmpty: fc.constantFrom('clear' as const, 'leave' as const),
})
const few = { maxLength: 6 }

/** Every number finite and not -0, every text well-formed and no longer than its room. */
function expectSane(value: unknown, key = ''): void {
  if (Array.isArray(value)) for (const each of value) expectSane(each, key)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) expectSane(each, name)
  } else if (typeof value === 'number') {
    expect(Number.isFinite(value) && !Object.is(value, -0)).toBe(true)
  } else if (typeof value === 'string') {
    expect(value.isWellFormed()).toBe(true)
    expect(value.length).toBeLessThanOrEqual(roomFor[key] ?? limits.note)
  } else expect(value === undefined || Number.isNaN(value)).toBe(false)
}

const roomFor: Readonly<Record<string, number>> = {
  url: limits.link,
  name: 255,
  firstName: 200,
  lastName: 200,
  email: 255,
  phone: 50,
  mobile: 50,
  line1: 255,
  line2: 255,
  line3: 255,
  line4: 255,
  postcode: 255,
  reference: 100,
  taxNumber: 100,
  number: 100,
  sku: 255,
  title: 500,
  description: 500,
  productCode: 255,
} // prettier-ignore

function expectSame<T>(map: () => T): T {
  const first = map()
  expect(stableText(map())).toBe(stableText(first))
  return first
}

describe('any record that the schemas accept', () => {
  test('customer', () => {
    const source = fc.record({
      customer: anyOf(customerSchema),
      contacts: fc.array(anyOf(contactSchema), few),
      addresses: fc.array(anyOf(customerAddressSchema), few),
    })
    fc.assert(
      fc.property(source, reading, fc.array(fieldMapping, few), (any, interpretation, customerFields) => {
        const id = any.customer.id
        const own = {
          ...any,
          contacts: any.contacts.map((each, index) => (index % 2 ? each : { ...each, customerID: id })),
        }
        const to = tenant({ customerFields, interpretation })
        const record = expectSame(() => mapCustomer(own, to))
        expectSane(record)
        expect(record.name).not.toBe('')
        expect(record.contacts.length).toBeGreaterThan(0)
        expect(record.contacts.every((each) => each.name !== '')).toBe(true)
        expect(new Set(record.extra.map((each) => each.to)).size).toBe(record.extra.length)
        expect(Array.isArray(notesOnCustomer(own, to))).toBe(true)
      }),
    )
  })

  test('product', () => {
    const categories = fc.array(anyOf(categorySchema), few)
    fc.assert(
      fc.property(anyOf(productSchema), categories, reading, (product, all, interpretation) => {
        const byId = new Map(all.map((each) => [each.id, each]))
        const own = all[0] ?? null
        const source = { product, category: own, ancestors: categoriesAbove(own, byId) }
        const record = expectSame(() =>
          mapProduct(source, tenant({ groups: { '3': 1, '5': 2 }, interpretation })),
        )
        expectSane(record)
        expect(record.name).not.toBe('')
        expect(record.isRecurring).toBe(record.recurringPrice !== null)
        expect(notesOnProduct(source).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('quote', () => {
    const source = fc.record({
      quote: anyOf(quoteSchema),
      sections: fc.array(anyOf(quoteSectionSchema), few),
      lines: fc.array(anyOf(quoteLineSchema), { maxLength: 12 }),
      lastStatus: fc.option(fc.integer({ min: -1, max: 5 })),
    })
    fc.assert(
      fc.property(source, reading, (any, interpretation) => {
        const sections = any.sections.map((each, index) => ({ ...each, id: index }))
        const lines = any.lines.map((each, index) => ({ ...each, quoteSectionID: index % 4 }))
        const { record } = expectSame(() =>
          mapQuote({ ...any, sections, lines }, tenant({ interpretation, quoteStatus: { '3': 7 } })),
        )
        expectSane(record)
        expectSane(totalsOf(record))
        expect(record.lines.map((each) => each.sequence)).toEqual(record.lines.map((_, index) => index + 1))
      }),
    )
  })

  test('sales order', () => {
    const source = fc.record({
      order: anyOf(salesOrderSchema),
      lines: fc.array(anyOf(salesOrderLineSchema), { maxLength: 12 }),
      lastStatus: fc.option(fc.integer({ min: -1, max: 5 })),
    })
    fc.assert(
      fc.property(source, reading, (any, interpretation) => {
        const to = tenant({ interpretation, orderStatusesToImport: [1, 2, 3, 90, any.order.status ?? 1] })
        const mapped = expectSame(() => mapOrder(any, to))
        expect('skipped' in mapped).toBe(any.order.status === null)
        if ('skipped' in mapped) return
        expectSane(mapped.record)
        expectSane(totalsOf(mapped.record))
      }),
    )
  })
})
