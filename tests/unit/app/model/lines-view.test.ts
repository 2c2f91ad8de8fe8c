import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewOfOrder, viewOfQuote, whyUnchosen } from '../../../../app/model/lines-view.ts'
import { mapOrder } from '../../../../app/model/map/order.ts'
import { isChosen } from '../../../../app/model/map/quote.ts'
import { order, orderLine, quote, quoteLine, section, tenant } from './map/builders.ts'

const sections = [
  section({ id: 1, lineNumber: 1, title: 'Hardware' }),
  section({ id: 2, lineNumber: 2, title: 'Plans', isMultiChoice: true }),
  section({ id: 3, lineNumber: 3, title: 'Later', isSelected: false }),
]
const lines = [
  quoteLine({ id: 10, quoteSectionID: 1, lineNumber: 1, price: 100, quantity: 2, tax: 40 }),
  quoteLine({
    id: 11,
    quoteSectionID: 1,
    lineNumber: 2,
    price: 30,
    quantity: 1,
    tax: 6,
    isOptional: true,
    isSelected: false,
  }),
  quoteLine({
    id: 12,
    quoteSectionID: 2,
    lineNumber: 3,
    price: 9.99,
    quantity: 3,
    tax: 6,
    isRecurring: true,
    recurringType: 0,
  }),
  quoteLine({ id: 13, quoteSectionID: 2, lineNumber: 4, price: 19.99, isSelected: false }),
  quoteLine({ id: 14, quoteSectionID: 3, lineNumber: 5, price: 500 }),
]
const source = { quote: quote({ id: 30 }), sections, lines, lastStatus: null }

describe('a quote', () => {
  test('has all its lines under their sections, each with the reason why it does not count', () => {
    const view = viewOfQuote(source, tenant())
    expect(view.sections.map(({ title, isMultiChoice }) => [title, isMultiChoice])).toEqual([
      ['Hardware', false],
      ['Plans', true],
      ['Later', false],
    ])
    expect(
      view.sections.flatMap((each) => each.lines).map(({ commerceId, why }) => [commerceId, why]),
    ).toEqual([
      [10, null],
      [11, 'optional'],
      [12, null],
      [13, 'choice'],
      [14, 'section'],
    ])
    expect(view.areUnchosenKept).toBe(true)
  })

  test.each(['optional', 'leave out'] as const)(
    'shows the same lines and totals when Halo gets them as %s',
    (unchosenLines) => {
      const view = viewOfQuote(source, tenant({}, { unchosenLines }))
      expect(view.sections.flatMap((each) => each.lines)).toHaveLength(5)
      expect(view.totals.once).toMatchObject({ beforeTax: 200, tax: 40, total: 240 })
      expect(view.totals.monthly.beforeTax).toBe(29.97)
      expect(view.areUnchosenKept).toBe(unchosenLines === 'optional')
    },
  )

  test('adds up: the lines that count are the totals, the others are what was not chosen', () => {
    const cents = fc.integer({ min: -100_000, max: 1_000_000 }).map((value) => value / 100)
    const anyLine = fc.record({
      price: cents,
      quantity: fc.integer({ min: 0, max: 500 }),
      tax: cents,
      isOptional: fc.boolean(),
      isSelected: fc.boolean(),
      isRecurring: fc.boolean(),
      recurringType: fc.constantFrom(0, 1, 2),
      discountMethod: fc.constantFrom(0, 1),
      discountValue: fc.integer({ min: 0, max: 100 }),
      quoteSectionID: fc.constantFrom(1, 2, 3),
    })
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (all) => {
        const own = all.map((each, at) => quoteLine({ ...each, id: at + 1, lineNumber: at }))
        const { sections: shown, totals } = viewOfQuote({ ...source, lines: own }, tenant())
        const of = (isCounting: boolean): number =>
          shown
            .flatMap((each) => each.lines)
            .filter(({ why }) => (why === null) === isCounting)
            .reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
        const sum = ({ once, monthly, quarterly, yearly }: typeof totals.optional): number =>
          [once, monthly, quarterly, yearly].reduce(
            (all, { beforeTax }) => all + Math.round(beforeTax * 100),
            0,
          )
        expect(of(true)).toBe(sum(totals))
        expect(of(false)).toBe(sum(totals.optional))
      }),
    )
  })
})

test('why and whether a line counts are one rule', () => {
  for (const isOptional of [true, false])
    for (const isSelected of [true, false])
      for (const of of [null, ...sections])
        expect(whyUnchosen({ isOptional, isSelected }, of) === null).toBe(
          isChosen({ isOptional, isSelected }, of),
        )
})

test('all lines of an order count, its charges too', () => {
  const mapped = mapOrder(
    { order: order({ deliveryAmount: 12 }), lines: [orderLine({ price: 5, quantity: 2 })], lastStatus: null },
    tenant(),
  )
  if (!('record' in mapped)) throw new Error('This order is imported.')
  const view = viewOfOrder(mapped.record)
  expect(view.sections.flatMap((each) => each.lines).map(({ amount, why }) => [amount, why])).toEqual([
    [10, null],
    [12, null],
  ])
  expect(view.totals.once.beforeTax).toBe(22)
})
