import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf, valuesOf } from '../../../../../app/model/mail/quote-document.ts'
import {
  defaultTemplate,
  olderTemplate,
  type Template,
  templateSchema,
} from '../../../../../app/model/mail/template.ts'
import { quoteLine, section } from '../map/builders.ts'
import { aQuote } from './a-quote.ts'

const template = (more: Partial<Template> = {}): Template => ({
  ...defaultTemplate,
  company: 'Brightwater',
  ...more,
})

describe('the document of a quote', () => {
  it('says whom it is for, from when and until when, in the template’s language and zone', () => {
    const made = documentOf(aQuote(), template())
    expect(made.client).toEqual(['Northwind Traders', '1 High Street', 'London N1 9GU', 'United Kingdom'])
    expect(made.attention).toBe('Ana Trujillo')
    expect(made.facts).toEqual([
      ['Number', 'Q-30'],
      ['Date', '4 May 2026'],
      ['Valid until', '3 June 2026'],
    ])
    const german = template({
      locale: 'de-DE',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      words: { date: 'Datum' },
    })
    const inGerman = documentOf(aQuote(), german)
    expect(inGerman.facts[1]).toEqual(['Datum', '5. Mai 2026'])
    expect(inGerman.sections[0]?.lines[0]?.cells.amount.replace(/\s/g, ' ')).toBe('200,00 €')
  })

  it('marks what is not included, and counts it in no sum', () => {
    const lines = [
      quoteLine({ id: 1 }),
      quoteLine({ id: 2, title: 'UPS', price: 899, isOptional: true, isSelected: false }),
      quoteLine({ id: 3, title: 'Care', price: 30, isRecurring: true, recurringType: 0, tax: 12 }),
    ]
    const made = documentOf(aQuote({ lines }), template())
    expect(made.sections[0]?.lines.map(({ mark, period }) => [mark, period])).toEqual([
      ['', ''],
      ['Optional, not included', ''],
      ['', 'per month'],
    ])
    expect(made.totals.map(({ label, beforeTax, tax, total }) => [label, beforeTax, tax, total])).toEqual([
      ['One-off', '£200.00', '£40.00', '£240.00'],
      ['Delivery', '£25.00', '£5.00', '£30.00'],
      ['To pay once', '£225.00', '£45.00', '£270.00'],
      ['Every month', '£60.00', '£12.00', '£72.00'],
    ])
    const without = documentOf(aQuote({ lines }), template({ unchosen: 'leave out' }))
    expect(without.sections[0]?.lines).toHaveLength(2)
    expect(without.totals).toEqual(made.totals)
    expect(valuesOf(aQuote({ lines }), template()).total).toBe('£270.00 and £72.00 per month')
  })

  it('calls the contact by a first name where there is one', () => {
    const called = (name: string, firstName = '') =>
      valuesOf(aQuote({ contact: { name, firstName, email: '' } }), template())['contact first name']
    expect(called('Ana Trujillo')).toBe('Ana')
    expect(called('Ana Trujillo', 'Ana María')).toBe('Ana María')
    expect(called('van der Berg')).toBe('van der Berg')
    expect(called('')).toBe('')
  })

  it('has a column for discounts only where there is one', () => {
    expect(documentOf(aQuote(), template()).columns).toEqual(['quantity', 'price', 'amount'])
    const lines = [quoteLine({ discountMethod: 1, discountValue: 10 })]
    expect(documentOf(aQuote({ lines }), template()).columns).toContain('discount')
  })

  it('never says what a thing cost, nor what is private', () => {
    const planted = { cost: 987_654.32, unitCost: 987_654.32, costPrice: 987_654.32, margin: 0.98765 }
    const source = aQuote({
      quote: { privateNote: 'planted-private-words', ...planted } as object,
      lines: [{ ...quoteLine(), ...planted }],
      sections: [{ ...section({ title: 'Servers' }), ...planted }],
    })
    const all = template({ columns: ['code', 'quantity', 'price', 'discount', 'taxRate', 'tax', 'amount'] })
    const said = JSON.stringify([documentOf(source, all), valuesOf(source, all)])
    expect(said).not.toMatch(/987.?654|0\.98765|planted-private-words/)
    expect(said).not.toMatch(/cost/i)
  })

  it('has the totals of the quote, whatever its lines, and each amount as it is', () => {
    const amount = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((cents) => cents / 100)
    const line = fc.record({
      price: amount,
      quantity: fc.constantFrom(0, 1, 2, 3.5, 7, 0.25),
      tax: amount,
      isRecurring: fc.boolean(),
      recurringType: fc.constantFrom(0, 1, 2),
      isOptional: fc.boolean(),
      isSelected: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, isMultiChoice) => {
        const source = aQuote({
          sections: [section({ title: 'All', isMultiChoice })],
          lines: lines.map((each, at) => quoteLine({ id: at + 1, lineNumber: at, ...each })),
        })
        const { totals } = documentOf(source, template())
        const { once, delivery, monthly, quarterly, yearly } = source.lines.totals
        const row = (key: string) => totals.find((each) => each.key === key)?.amounts
        expect(row('once')?.total).toBeCloseTo(once.total + delivery.total, 2)
        for (const [key, period] of Object.entries({ monthly, quarterly, yearly }))
          expect(row(key)?.total ?? 0).toBe(row(key) ? period.total : 0)
        for (const { amounts } of totals)
          expect(amounts.total).toBeCloseTo(amounts.beforeTax + amounts.tax, 2)
      }),
    )
  })
})

describe('a template', () => {
  it('names only what there is', () => {
    const read = templateSchema.safeParse(template({ terms: 'It costs {cost}.' }))
    expect(read.success ? [] : read.error.issues.map(({ path, message }) => [path, message])).toEqual([
      [['terms'], 'There is no {cost}.'],
    ])
  })

  it.each([
    ['locale', 'no language at all'],
    ['timeZone', 'Europe/Nowhere'],
    ['currency', 'pounds'],
    ['colour', 'red'],
    ['subject', 'two\nlines'],
  ])('refuses a %s such as %j', (field, value) => {
    expect(templateSchema.safeParse({ ...template(), [field]: value }).success).toBe(false)
  })

  it('of an older program gets what it lacks', () => {
    const { paper: _, ...older } = template()
    expect(olderTemplate(older)).toEqual(template())
    expect(olderTemplate('nothing')).toBeNull()
  })
})
