import { describe, expect, test } from 'vitest'
import type { QuoteLine, QuoteSection } from '../../../../../app/model/commerce.ts'
import { quoteSchema, quoteSectionSchema } from '../../../../../app/model/commerce.ts'
import { isChosen, mapQuote, type QuoteSource } from '../../../../../app/model/map/quote.ts'
import { totalsOf } from '../../../../../app/model/totals.ts'
import { quote, quoteLine, section, tenant } from './builders.ts'

const source = (more: Partial<QuoteSource> = {}): QuoteSource => ({
  quote: quote(),
  sections: [section()],
  lines: [quoteLine()],
  lastStatus: null,
  ...more,
})
const linesOf = (sections: QuoteSection[], lines: QuoteLine[], to = tenant()) =>
  mapQuote(source({ sections, lines }), to).record.lines

describe('the header', () => {
  test('takes over number, title, customer, contact, dates and note', () => {
    const from = quote({
      contactName: ' Ada  Lovelace ',
      contactEmail: 'Ada@X.example',
      createdDate: '2026-02-01T00:00:00.000Z',
      expiryDate: '2026-03-01T00:00:00.000Z',
      modifiedDate: '2026-02-02T00:00:00.000Z',
      privateNote: '<p>Call <b>first</b></p><p>then send</p>',
      code: 'a/b c',
    })
    const { record, notes } = mapQuote(
      source({ quote: from }),
      tenant({ quoteStatus: { '1': null } }, { quoteLink: '{base}/q/{code}/{quoteNumber}' }),
    )
    expect(record).toMatchObject({
      commerceId: 30,
      url: 'https://sample.mydattocommerce.com/q/a%2Fb%20c/Q-30',
      number: 'Q-30',
      title: 'New servers',
      customerCommerceId: 10,
      contact: { name: 'Ada Lovelace', email: 'ada@x.example' },
      createdAt: '2026-02-01T00:00:00.000Z',
      expiresAt: '2026-03-01T00:00:00.000Z',
      modifiedAt: '2026-02-02T00:00:00.000Z',
      note: 'Call first\nthen send',
    })
    expect(notes).toEqual([])
  })

  test('has no date for year 1', () => {
    const from = quoteSchema.parse({
      id: 30,
      customerID: 10,
      status: 1,
      expiryDate: '0001-01-01T00:00:00',
      createdDate: '2026-02-01T10:00:00',
    })
    expect(mapQuote(source({ quote: from }), tenant()).record).toMatchObject({
      expiresAt: null,
      createdAt: '2026-02-01T10:00:00.000Z',
    })
  })

  test('has number and title whatever is missing, and the mail as the name of a nameless contact', () => {
    const from = quote({ quoteNumber: '', title: '', contactEmail: 'a@x.example' })
    expect(mapQuote(source({ quote: from }), tenant()).record).toMatchObject({
      number: '30',
      title: 'Quote 30',
      contact: { name: 'a@x.example', email: 'a@x.example' },
    })
  })

  test('keeps delivery as carriage, with who receives it', () => {
    const from = quote({
      deliveryCompany: 'Northwind',
      deliveryContact: 'Ada',
      deliveryPhone: '555',
      deliveryAddress: '1 High St\nRear door',
      deliveryCity: 'Leeds',
      deliveryCountry: 'UK',
      deliveryPostalCode: 'LS1',
      deliveryInstruction: 'Ring twice',
      deliveryAmount: 12.345,
      deliveryTax: 2.47,
      deliveryTaxRate: 0.2,
    })
    const { record } = mapQuote(source({ quote: from }), tenant())
    expect(record.delivery).toEqual({
      address: {
        line1: 'Northwind',
        line2: '1 High St, Rear door',
        line3: 'Leeds',
        line4: 'UK',
        postcode: 'LS1',
      },
      amount: 12.35,
      tax: 2.47,
      taxRate: 20,
      instruction: 'Ring twice\nContact: Ada, 555',
    })
    expect(totalsOf(record).delivery).toEqual({
      gross: 12.35,
      discount: 0,
      beforeTax: 12.35,
      tax: 2.47,
      total: 14.82,
    })
  })

  test('takes the tax out of a delivery price that includes it', () => {
    const from = quote({ deliveryAmount: 12, deliveryTax: 0, deliveryTaxRate: 20 })
    expect(
      mapQuote(source({ quote: from }), tenant({}, { priceIncludesTax: true })).record.delivery,
    ).toMatchObject({ amount: 10, tax: 2 })
  })
})

describe('the status', () => {
  const to = tenant({ quoteStatus: { '3': 8, '1': null } })
  const status = (now: number | null, last: number | null) => {
    const { record, notes } = mapQuote(source({ quote: quote({ status: now }), lastStatus: last }), to)
    return [record.commerceStatus, record.statusToWrite, notes.map((each) => each.code)]
  }

  test('is written when it changed and is mapped', () => {
    expect(status(3, null)).toEqual([3, 8, []])
    expect(status(3, 1)).toEqual([3, 8, []])
  })
  test('is left alone when it did not change', () => {
    expect(status(3, 3)).toEqual([3, null, []])
    expect(status(2, 2)).toEqual([2, null, []])
  })
  test('is left alone by choice, without a note', () => {
    expect(status(1, 3)).toEqual([1, null, []])
  })
  test('is left alone with a note when nobody decided about it', () => {
    expect(status(2, 1)).toEqual([2, null, ['status-unmapped']])
    expect(status(77, null)).toEqual([77, null, ['status-unmapped']])
  })
  test('is as a person chose while Commerce says what it said then, and the mapping decides after that', () => {
    const choice = {
      ...{ quoteId: 1, haloStatus: 0, name: 'Draft', commerceStatus: 1 },
      ...{ chosenAt: '2026-05-01T09:00:00.000Z', who: 'Ann' },
    }
    const chosen = (now: number | null, last: number | null, at = 1) => {
      const from = source({ quote: quote({ status: now }), lastStatus: last })
      const { record, notes } = mapQuote({ ...from, choice: { ...choice, commerceStatus: at } }, to)
      return [record.statusToWrite, notes.map(({ code }) => code)]
    }
    expect(chosen(1, 1)).toEqual([null, ['status-chosen']])
    expect(chosen(1, null)).toEqual([0, ['status-chosen']])
    expect(chosen(3, 1)).toEqual([8, []])
    expect(chosen(null, null, -1)).toEqual([0, ['status-chosen']])
  })
  test('is -1 when Commerce sent none', () => {
    expect(status(null, null)).toEqual([-1, null, ['status-unmapped']])
    expect(status(null, -1)).toEqual([-1, null, []])
  })
})

describe('sections and lines', () => {
  test('come in the order of line number, then id, under their headings', () => {
    const sections = [
      section({ id: 42, lineNumber: 2, title: 'Services' }),
      section({ id: 43, lineNumber: 1, title: '' }),
      section({ id: 41, lineNumber: 1, title: 'Hardware' }),
    ]
    const lines = [
      quoteLine({ id: 3, quoteSectionID: 41, lineNumber: 2, title: 'C' }),
      quoteLine({ id: 2, quoteSectionID: 41, lineNumber: 1, title: 'B' }),
      quoteLine({ id: 1, quoteSectionID: 41, lineNumber: 1, title: 'A' }),
      quoteLine({ id: 4, quoteSectionID: 42, title: 'D' }),
      quoteLine({ id: 5, quoteSectionID: 43, title: 'E' }),
      quoteLine({ id: 6, quoteSectionID: 999, title: 'Lost' }),
    ]
    expect(
      linesOf(sections, lines).map((each) => [
        each.sequence,
        each.groupSequence,
        each.kind,
        each.description,
      ]),
    ).toEqual([
      [1, 1, 'heading', 'Hardware'],
      [2, 1, 'line', 'A'],
      [3, 1, 'line', 'B'],
      [4, 1, 'line', 'C'],
      [5, 2, 'line', 'E'],
      [6, 3, 'heading', 'Services'],
      [7, 3, 'line', 'D'],
      [8, 4, 'line', 'Lost'],
    ])
  })

  test('text sections become headings with a note, sections without lines nothing', () => {
    const sections = [
      section({ id: 1, type: 1, lineNumber: 1, title: 'About' }),
      section({ id: 2, type: 2, lineNumber: 2, title: 'Sign here' }),
      section({ id: 3, type: 1, lineNumber: 3, title: '' }),
      section({ id: 4, type: 3, lineNumber: 4, title: 'Splash' }),
    ]
    const words = { productID: null, productNumber: '', price: 0, tax: 0, quoteSectionID: 1 }
    const lines = [
      quoteLine({ ...words, id: 1, title: 'Terms', description: '<p>30 days</p>' }),
      quoteLine({ id: 2, quoteSectionID: 1, title: 'Priced' }),
    ]
    expect(linesOf(sections, lines)).toMatchObject([
      { kind: 'heading', description: 'About', note: 'Terms\n30 days', commerceId: 0, price: 0, quantity: 0 },
      { kind: 'line', description: 'Priced', commerceId: 2 },
    ])
    expect(linesOf([section({ id: 1, type: 1, title: 'Only words' })], [])).toMatchObject([
      { kind: 'heading', description: 'Only words' },
    ])
  })

  test('a line that a shifting list delivered twice is one line', () => {
    expect(
      linesOf([section()], [quoteLine({ title: 'Old' }), quoteLine({ title: 'New' })]).map(
        (each) => each.description,
      ),
    ).toEqual(['New'])
  })

  test('descriptions lose their markup', () => {
    const [line] = linesOf(
      [section()],
      [quoteLine({ title: 'A &amp; B', description: '<ul><li>x<script>alert(1)</script></li></ul>' })],
    )
    expect(line).toMatchObject({ description: 'A & B', note: '- x' })
  })

  test('zero quantity and negative prices stay what they are', () => {
    const lines = [
      quoteLine({ id: 1, quantity: 0, price: 10, tax: 5, discountMethod: 0, discountValue: 10 }),
      quoteLine({ id: 2, quantity: 2, price: -10.5, tax: -4.2 }),
    ]
    expect(linesOf([section()], lines)).toMatchObject([
      { price: 10, quantity: 0, tax: 0, discount: 1 },
      { price: -10.5, quantity: 2, tax: -4.2, discount: 0 },
    ])
  })
})

describe('what was not chosen', () => {
  test.each([
    [true, false, false, true, true],
    [true, false, false, false, true],
    [true, false, true, true, true],
    [true, false, true, false, false],
    [true, true, false, true, true],
    [true, true, false, false, false],
    [true, true, true, false, false],
    [false, false, false, true, false],
    [false, true, true, true, false],
  ])(
    'section selected %s, multi-choice %s; line optional %s, selected %s: counts %s',
    (selected, isMultiChoice, isOptional, isSelected, counts) => {
      expect(isChosen({ isOptional, isSelected }, { isSelected: selected, isMultiChoice })).toBe(counts)
    },
  )

  const sections = [
    section({ id: 1, isMultiChoice: true, title: 'Pick one' }),
    section({ id: 2, lineNumber: 2, isSelected: false, title: 'Extras' }),
  ]
  const lines = [
    quoteLine({ id: 1, quoteSectionID: 1, isSelected: false, price: 500 }),
    quoteLine({ id: 2, quoteSectionID: 1, isSelected: true, price: 100, quantity: 1, tax: 20 }),
    quoteLine({ id: 3, quoteSectionID: 2, isSelected: true, price: 900 }),
  ]

  test('is kept as optional, with quantity as sent, and is part of no total', () => {
    const { record } = mapQuote(source({ sections, lines }), tenant())
    expect(
      record.lines
        .filter((each) => each.kind === 'line')
        .map((each) => [each.commerceId, each.isOptional, each.quantity]),
    ).toEqual([
      [1, true, 2],
      [2, false, 1],
      [3, true, 2],
    ])
    expect(totalsOf(record).once).toEqual({ gross: 100, discount: 0, beforeTax: 100, tax: 20, total: 120 })
    expect(totalsOf(record).optional.once.gross).toBe(2800)
  })

  test('is left out with its heading where the tenant wants it so', () => {
    const kept = linesOf(sections, lines, tenant({}, { unchosenLines: 'leave out' }))
    expect(kept.map((each) => each.description)).toEqual(['Pick one', 'Server'])
  })

  test('is nothing because a flag is absent', () => {
    const silent = quoteSectionSchema.parse({ id: 40, quoteID: 30 })
    expect(linesOf([silent], [quoteLine({ isSelected: false })])[0]?.isOptional).toBe(false)
  })
})

describe('a line', () => {
  const one = (more: Partial<QuoteLine>, reading = {}) => {
    const { record, notes } = mapQuote(
      source({ lines: [quoteLine(more)], lastStatus: 1 }),
      tenant({}, reading),
    )
    return { ...record.lines[0], codes: notes.map((each) => each.code) }
  }

  test('keeps its number and title when its product is gone, and says so', () => {
    const { record, notes } = mapQuote(source({ missingProducts: new Set([20]), lastStatus: 1 }), tenant())
    expect(record.lines[0]).toMatchObject({
      productCommerceId: null,
      productCode: 'SKU-20',
      description: 'Server',
    })
    expect(notes).toMatchObject([
      { code: 'product-missing', facts: { label: 'Server', number: 'SKU-20', id: 50 } },
    ])
    expect(one({ productID: null })).toMatchObject({ productCommerceId: null, codes: ['product-missing'] })
    expect(one({ productID: null, productNumber: '' })).toMatchObject({ productCommerceId: null, codes: [] })
  })

  test.each([
    [0, 2],
    [1, 4],
    [2, 3],
  ])('of recurring type %d is billed by period %d', (recurringType, billingPeriod) => {
    expect(one({ isRecurring: true, recurringType, recurringDuration: 12 })).toMatchObject({
      billingPeriod,
      periods: 12,
      price: 100,
      codes: [],
    })
  })

  test('of an unknown recurring type is billed monthly, with a note', () => {
    expect(one({ isRecurring: true, recurringType: 9 })).toMatchObject({
      billingPeriod: 2,
      periods: null,
      codes: ['value-unknown'],
    })
    expect(one({ isRecurring: false, recurringType: 1, recurringDuration: 12 })).toMatchObject({
      billingPeriod: 0,
      periods: null,
      codes: [],
    })
  })

  test.each([
    ['percentage', { discountMethod: 0, discountValue: 12.5 }, {}, 12.5, []],
    ['fixed, off the line', { discountMethod: 1, discountValue: 10 }, { fixedDiscountPer: 'line' }, 5, []],
    ['fixed, off each unit', { discountMethod: 1, discountValue: 10 }, { fixedDiscountPer: 'unit' }, 10, []],
    ['none', { discountMethod: 1, discountValue: 0 }, {}, 0, []],
    ['unknown', { discountMethod: 5, discountValue: 10 }, {}, 0, ['value-unknown']],
    ['without a method', { discountMethod: null, discountValue: 10 }, {}, 0, ['value-unknown']],
    ['that does not divide', { quantity: 3, discountMethod: 1, discountValue: 10 }, {}, 3.3333, []],
  ])('takes a discount: %s', (_name, more, reading, discount, codes) => {
    expect(one(more, reading)).toMatchObject({ discount, codes })
  })

  test.each([
    ['line', 40, 40],
    ['unit', 40, 80],
  ])('reads tax per %s: %d is %d', (taxPer, tax, expected) => {
    expect(one({ tax }, { taxPer })).toMatchObject({ tax: expected })
  })

  test.each([
    ['guess', 20, 20],
    ['guess', 0.2, 20],
    ['guess', 0.08875, 8.875],
    ['guess', 1, 1],
    ['guess', 0, 0],
    ['percent', 0.2, 0.2],
    ['percent', 20, 20],
    ['fraction', 0.2, 20],
    ['fraction', 1, 100],
  ])('reads a tax rate as %s: %d is %d %%', (taxRateAs, taxRate, expected) => {
    expect(one({ taxRate }, { taxRateAs })).toMatchObject({ taxRate: expected })
  })

  test('has its tax taken out where prices include it', () => {
    expect(one({ price: 120, tax: 40 }, { priceIncludesTax: true })).toMatchObject({
      price: 100,
      tax: 40,
      discount: 0,
    })
    expect(one({ price: 120, tax: 0 }, { priceIncludesTax: true })).toMatchObject({ price: 100, tax: 40 })
    const discounted = { price: 120, tax: 36, discountMethod: 0, discountValue: 10 }
    expect(one(discounted, { priceIncludesTax: true })).toMatchObject({ price: 100, discount: 10, tax: 36 })
    const given = { price: 120, tax: 0, discountMethod: 0, discountValue: 100 }
    expect(one(given, { priceIncludesTax: true })).toMatchObject({ price: 100, discount: 100, tax: 0 })
    expect(one({ price: 12, quantity: 0, tax: 9 }, { priceIncludesTax: true })).toMatchObject({
      price: 10,
      tax: 0,
    })
  })
})
