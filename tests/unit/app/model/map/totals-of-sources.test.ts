import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { QuoteLine } from '../../../../../app/model/commerce.ts'
import { type MappedOrder, mapOrder } from '../../../../../app/model/map/order.ts'
import { mapQuote } from '../../../../../app/model/map/quote.ts'
import { totalsOf } from '../../../../../app/model/totals.ts'
import { order, orderLine, quote, quoteLine, section, tenant } from './builders.ts'

/**
 * The sums once more, by other means: whole numbers only (ten-thousandths of the price, hundredths of percent), so that an error in the
 * product's arithmetic cannot hide in the test's.
 */
type Numbers = {
  readonly price4: number
  readonly quantity: number
  readonly tax2: number
  readonly discount: null | { readonly method: 0 | 1; readonly value2: number }
}

const numbers: fc.Arbitrary<Numbers> = fc.record({
  price4: fc.oneof(
    fc.integer({ min: -900_000, max: 90_000_000 }),
    fc.integer({ min: 0, max: 900_000 }).map((each) => each * 100),
  ),
  quantity: fc.integer({ min: -20, max: 20_000 }),
  tax2: fc.integer({ min: -10_000, max: 1_000_000 }),
  discount: fc.option(
    fc.oneof(
      fc.record({ method: fc.constant(0 as const), value2: fc.integer({ min: 0, max: 10_000 }) }),
      fc.record({ method: fc.constant(1 as const), value2: fc.integer({ min: -5000, max: 100_000 }) }),
    ),
  ),
})

const roundAway = (top: bigint, bottom: bigint): bigint => {
  const half = top < 0n ? -bottom / 2n : bottom / 2n
  return (top + half) / bottom
}

/** Gross, discount and tax of a line in cents. */
function expected(each: Numbers, taxPer: 'line' | 'unit', fixedPer: 'line' | 'unit') {
  const quantity = BigInt(each.quantity)
  const gross = roundAway(BigInt(each.price4) * quantity, 100n)
  const value = BigInt(each.discount?.value2 ?? 0)
  const fixed = fixedPer === 'unit' ? value * quantity : quantity === 0n ? 0n : value
  const discount = each.discount?.method === 0 ? roundAway(gross * value, 10_000n) : fixed
  const tax = quantity === 0n ? 0n : BigInt(each.tax2) * (taxPer === 'unit' ? quantity : 1n)
  return { gross, discount, tax }
}

const fields = (each: Numbers) => ({
  price: each.price4 / 10_000,
  quantity: each.quantity,
  tax: each.tax2 / 100,
  discountMethod: each.discount?.method ?? null,
  discountValue: each.discount ? each.discount.value2 / 100 : null,
})

const periods = ['once', 'monthly', 'quarterly', 'yearly'] as const
const zero = () => ({ gross: 0n, discount: 0n, tax: 0n })
const toCents = (value: number): bigint => BigInt(Math.round(value * 100))

const per = fc.constantFrom('line' as const, 'unit' as const)

test('a quote comes to the sum of its chosen lines, period by period, and what was not chosen stays apart', () => {
  const line = fc.record({
    numbers,
    recurring: fc.option(fc.integer({ min: 0, max: 2 })),
    section: fc.integer({ min: 0, max: 3 }),
    isOptional: fc.boolean(),
    isSelected: fc.boolean(),
  })
  const sections = fc.array(fc.record({ isMultiChoice: fc.boolean(), isSelected: fc.boolean() }), {
    minLength: 4,
    maxLength: 4,
  })
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 15 }),
      sections,
      per,
      per,
      fc.boolean(),
      (lines, flags, taxPer, fixedDiscountPer, isLeftOut) => {
        const sums = { chosen: periods.map(zero), optional: periods.map(zero) }
        const sources: QuoteLine[] = lines.map((each, index) => {
          const of = flags[each.section] ?? { isMultiChoice: false, isSelected: true }
          const isChosen = of.isSelected && (each.isSelected || (!each.isOptional && !of.isMultiChoice))
          const sum =
            (isChosen ? sums.chosen : sums.optional)[each.recurring === null ? 0 : each.recurring + 1] ??
            zero()
          const add = expected(each.numbers, taxPer, fixedDiscountPer)
          if (isChosen || !isLeftOut) {
            sum.gross += add.gross
            sum.discount += add.discount
            sum.tax += add.tax
          }
          return quoteLine({
            ...fields(each.numbers),
            id: index + 1,
            quoteSectionID: 40 + each.section,
            isOptional: each.isOptional,
            isSelected: each.isSelected,
            isRecurring: each.recurring !== null,
            recurringType: each.recurring,
          })
        })
        const reading = {
          taxPer,
          fixedDiscountPer,
          unchosenLines: isLeftOut ? ('leave out' as const) : ('optional' as const),
        }
        const { record } = mapQuote(
          {
            quote: quote(),
            sections: flags.map((each, index) => section({ ...each, id: 40 + index })),
            lines: sources,
            lastStatus: null,
          },
          tenant({}, reading),
        )
        const totals = totalsOf(record)
        periods.forEach((period, index) => {
          for (const [got, want] of [
            [totals[period], sums.chosen[index]],
            [totals.optional[period], sums.optional[index]],
          ] as const) {
            expect(toCents(got.gross)).toBe(want?.gross)
            expect(toCents(got.discount)).toBe(want?.discount)
            expect(toCents(got.tax)).toBe(want?.tax)
            expect(toCents(got.total)).toBe((want?.gross ?? 0n) - (want?.discount ?? 0n) + (want?.tax ?? 0n))
          }
        })
      },
    ),
  )
})

test('an order comes to the sum of its lines, delivery and surcharge, less the coupon', () => {
  const charge = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(
      fc.array(numbers, { maxLength: 15 }),
      charge,
      charge,
      charge,
      (lines, delivery, surcharge, coupon) => {
        const { record } = mapped(
          mapOrder(
            {
              order: order({
                deliveryAmount: delivery / 100,
                deliveryTax: 0.5,
                paymentSurchargeAmount: surcharge / 100,
                couponDiscount: coupon / 100,
              }),
              lines: lines.map((each, index) => orderLine({ ...fields(each), id: index + 1 })),
              lastStatus: null,
            },
            tenant(),
          ),
        )
        const sum = lines
          .map((each) => expected(each, 'line', 'line'))
          .reduce((all, each) => all + each.gross - each.discount, 0n)
        expect(toCents(totalsOf(record).once.beforeTax)).toBe(sum + BigInt(delivery + surcharge - coupon))
        expect(totalsOf(record).delivery.gross).toBe(0)
      },
    ),
  )
})

test('prices that include tax: before tax and tax add up to what is asked for', () => {
  const rate = fc.integer({ min: 0, max: 3000 })
  fc.assert(
    fc.property(numbers, rate, fc.boolean(), (each, hundredths, hasTax) => {
      fc.pre(each.quantity !== 0)
      const taxes = { tax: hasTax ? each.tax2 / 100 : 0, taxRate: hundredths / 100 }
      const { record } = mapQuote(
        {
          quote: quote(),
          sections: [section()],
          lines: [quoteLine({ ...fields(each), ...taxes })],
          lastStatus: null,
        },
        tenant({}, { priceIncludesTax: true, taxRateAs: 'percent' }),
      )
      const { gross, discount } = expected(each, 'line', 'line')
      expect(toCents(totalsOf(record).once.total)).toBe(gross - discount)
    }),
  )
})

function mapped(result: MappedOrder): Exclude<MappedOrder, { readonly skipped: unknown }> {
  if ('skipped' in result) throw new Error('the order was skipped')
  return result
}
