import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, product, toNumber } from '../../../../app/model/money.ts'
import {
  comesTo,
  isPart,
  linesOfOrder,
  type OfferedLine,
  shownTotals,
  totalsOfOrder,
} from '../../../../app/model/new-order.ts'

const line = (id: number, more: Partial<OfferedLine> = {}): OfferedLine => ({
  ...{ id, itemId: null, kind: 'line', sequence: id, groupSequence: 1, productCode: '' },
  ...{ description: `Line ${id}`, note: '', price: 10, quantity: 4, discount: 0, tax: 8, taxRate: 20 },
  ...{ billingPeriod: 0, periods: null, isOptional: false },
  ...more,
})
const heading = (id: number, groupSequence: number): OfferedLine =>
  line(id, { kind: 'heading', groupSequence, price: 0, quantity: 0, tax: 0 })

const good = (...given: Parameters<typeof linesOfOrder>) => {
  const made = linesOfOrder(...given)
  if (!made.ok) throw new Error(made.fault.code)
  return made.value
}

describe('the lines of an order made of a quote', () => {
  const offered = [
    heading(1, 1),
    line(2),
    line(3, { isOptional: true }),
    heading(4, 2),
    line(5, { groupSequence: 2, billingPeriod: 2, periods: 12 }),
  ]

  it('are those chosen, under the headings that still have lines, numbered anew', () => {
    const made = good(offered, [{ id: 3, quantity: 4 }], null)
    expect(made.map(({ id, sequence, isOptional }) => [id, sequence, isOptional])).toEqual([
      [1, 1, false],
      [3, 2, false],
    ])
  })

  it('take their tax with their quantity, and keep the price of a unit', () => {
    const [made] = good([line(2, { tax: 0.05 })], [{ id: 2, quantity: 3 }], null)
    expect(made).toMatchObject({ quantity: 3, price: 10, tax: 0.04 })
  })

  it('end with the delivery, as a sales order of Commerce has it', () => {
    const made = good(offered, [{ id: 2, quantity: 1 }], { amount: 12.5, tax: 2.5, taxRate: 20 })
    expect(made.at(-1)).toMatchObject({ id: 0, description: 'Delivery', quantity: 1, price: 12.5, tax: 2.5 })
    expect(totalsOfOrder(made).once).toMatchObject({ beforeTax: 22.5, tax: 4.5, total: 27 })
  })

  it.each([
    ['a line that the quote does not have', [{ id: 9, quantity: 1 }], 'quote-changed'],
    ['more than the quote offers', [{ id: 2, quantity: 5 }], 'quote-changed'],
    ['nothing of a line', [{ id: 2, quantity: 0 }], 'quote-changed'],
    ['a part of one', [{ id: 2, quantity: 1.5 }], 'quote-changed'],
    ['a heading', [{ id: 1, quantity: 1 }], 'quote-changed'],
    [
      'a line twice',
      [
        { id: 2, quantity: 1 },
        { id: 2, quantity: 1 },
      ],
      'quote-changed',
    ],
    ['nothing at all', [], 'input-invalid'],
  ] as const)('are none for %s', (_, wanted, code) => {
    expect(linesOfOrder(offered, wanted, null)).toMatchObject({ ok: false, fault: { code } })
  })

  it('can be part of one where the quote has parts', () => {
    expect(isPart(0.5, line(1, { quantity: 1.5 }))).toBe(true)
    expect(isPart(Number.NaN, line(1))).toBe(false)
  })
})

const money = fc.integer({ min: 0, max: 10_000_000 }).map((n) => n / 100)

describe('the totals of an order made of a quote', () => {
  it('are those of the quote when all of it is ordered, to the cent', () => {
    const some = fc.array(
      fc.record({
        price: money,
        tax: money,
        quantity: fc.integer({ min: 1, max: 1000 }),
        billingPeriod: fc.constantFrom(0 as const, 2 as const, 3 as const, 4 as const),
      }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(some, (records) => {
        const offered = records.map((record, at) => line(at + 1, record))
        const all = good(
          offered,
          offered.map(({ id, quantity }) => ({ id, quantity })),
          null,
        )
        const sum = offered
          .filter(({ billingPeriod }) => billingPeriod === 2)
          .reduce((total, one) => total + product(one.price, one.quantity) + cents(one.tax), 0n)
        expect(totalsOfOrder(all).monthly.total).toBe(toNumber(sum))
        expect(comesTo(all, shownTotals(totalsOfOrder(offered)))).toBe(true)
      }),
    )
  })

  it('never rise when less is ordered', () => {
    fc.assert(
      fc.property(money, money, fc.integer({ min: 2, max: 500 }), (price, tax, quantity) => {
        const offered = [line(1, { price, tax, quantity })]
        const total = (of: number): number =>
          totalsOfOrder(good(offered, [{ id: 1, quantity: of }], null)).once.total
        expect(total(quantity - 1)).toBeLessThanOrEqual(total(quantity))
      }),
    )
  })

  it('differ from what was shown when a price did', () => {
    const shown = shownTotals(totalsOfOrder([line(1)]))
    expect(comesTo([line(1, { price: 11 })], shown)).toBe(false)
    expect(comesTo([line(1, { billingPeriod: 2 })], shown)).toBe(false)
  })
})
