import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  cents,
  discountOf,
  lineAmount,
  money,
  multiply,
  percentage,
  perUnit,
  product,
  share,
  toCent,
  toNumber,
  unitPercentage,
  withoutTax,
} from '../../../../app/model/money.ts'

/** Whole cents of a currency, as a double: what Commerce sends most. */
const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((each) => each / 100)
const quantities = fc.oneof(
  fc.integer({ min: -1000, max: 100_000 }),
  fc.integer({ min: -100_000, max: 1_000_000 }).map((each) => each / 1000),
)
const anything = fc.double()

function expectSane(value: number): void {
  expect(Number.isFinite(value)).toBe(true)
  expect(Object.is(value, -0)).toBe(false)
}

describe('money', () => {
  test.each([
    [1.005, 1.01],
    [2.675, 2.68],
    [-1.005, -1.01],
    [0.1 + 0.2, 0.3],
    [1.00499, 1],
    [0.005, 0.01],
    [-0.005, -0.01],
    [-0.004, 0],
    [1e-7, 0],
    [5e-324, 0],
    [1e21, 1e21],
    [123456789012.345, 123456789012.35],
    [-0, 0],
  ])('rounds %d to the cent as %d', (value, expected) => {
    expect(toNumber(cents(value))).toBe(expected)
  })

  test.each([
    [1.00005, 1.0001],
    [-1.00005, -1.0001],
    [1.00004, 1],
    [0.12345, 0.1235],
    [3, 3],
    [99.9999, 99.9999],
  ])('keeps four decimals of %d: %d', (value, expected) => {
    expect(toNumber(money(value))).toBe(expected)
  })

  test('takes what is no number as nothing', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(money(value)).toBe(0n)
  })

  test('survives the largest numbers', () => {
    expect(toNumber(money(1e308))).toBe(1e308)
    expect(toNumber(product(1e308, 1e308))).toBe(Number.MAX_VALUE)
    expect(toNumber(product(-1e308, 1e308))).toBe(-Number.MAX_VALUE)
  })

  test('gives a number with cents back as it came', () => {
    fc.assert(
      fc.property(amounts, (value) => {
        expect(toNumber(money(value))).toBe(value === 0 ? 0 : value)
        expect(cents(value)).toBe(money(value))
      }),
    )
  })

  test('adds in any order and grouping to the same', () => {
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 30 }), fc.array(amounts, { maxLength: 30 }), (a, b) => {
        const one = add(...a.map(money), ...b.map(money))
        const other = add(add(...b.map(money)), add(...a.map(money).reverse()))
        expect(one).toBe(other)
        const inCents = [...a, ...b].reduce((sum, each) => sum + BigInt(Math.round(each * 100)), 0n)
        expect(one).toBe(inCents * 100n)
      }),
    )
  })

  test('never gives NaN, -0 or infinity, whatever comes in', () => {
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        const x = money(a)
        for (const each of [
          x,
          cents(a),
          toCent(x),
          multiply(x, b),
          lineAmount(x, b),
          percentage(x, b),
          unitPercentage(x, b),
          withoutTax(x, b),
          product(a, b),
          share(x, money(b), money(c)),
          add(x, money(b), money(c)),
          discountOf(x, b, { kind: 'percentage', value: c }),
          discountOf(x, b, { kind: 'fixed per unit', value: c }),
          discountOf(x, b, { kind: 'fixed per line', value: c }),
        ]) {
          expectSane(toNumber(each))
        }
        expectSane(perUnit(toCent(x), b))
      }),
    )
  })

  test('is symmetric around zero', () => {
    fc.assert(
      fc.property(amounts, quantities, (value, quantity) => {
        expect(lineAmount(money(-value), quantity)).toBe(-lineAmount(money(value), quantity))
        expect(toCent(money(-value))).toBe(-toCent(money(value)))
      }),
    )
  })
})

describe('percentage', () => {
  test.each([
    [100, 20, 20],
    [19.99, 7.5, 1.5],
    [0.1, 5, 0.01],
    [-19.99, 7.5, -1.5],
    [10, 0, 0],
    [33.33, 100, 33.33],
    [200, 8.875, 17.75],
  ])('of %d, %d %% is %d', (amount, percent, expected) => {
    expect(toNumber(percentage(money(amount), percent))).toBe(expected)
  })

  test('is within half a cent of the exact value', () => {
    const rates = fc.integer({ min: -20_000, max: 20_000 })
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), rates, (value, hundredths) => {
        // value cents at hundredths/100 percent, in millionths of a currency unit, exactly.
        const exact = BigInt(value) * BigInt(hundredths)
        const got = percentage(money(value / 100), hundredths / 100) * 100n
        const off = got - exact
        expect(off <= 5000n && off >= -5000n).toBe(true)
      }),
    )
  })
})

describe('a unit price', () => {
  test.each([
    [10, 3, 3.3333],
    [10, 4, 2.5],
    [-10, 4, -2.5],
    [10, 0, 0],
    [1, 0.5, 2],
    [0, 5, 0],
  ])('that makes %d over %d is %d', (total, quantity, expected) => {
    expect(perUnit(money(total), quantity)).toBe(expected)
  })

  test('has as many decimals as its line needs', () => {
    expect(perUnit(money(10), 7000)).toBe(0.001429)
    expect(toNumber(product(perUnit(money(10), 7000), 7000))).toBe(10)
  })

  test('comes out at the cent again', () => {
    fc.assert(
      fc.property(amounts, quantities, (total, quantity) => {
        fc.pre(quantity !== 0)
        expect(product(perUnit(money(total), quantity), quantity)).toBe(money(total))
      }),
    )
  })
})

describe('a discount', () => {
  const gross = money(60)
  test('in percent is off the whole line', () => {
    expect(toNumber(discountOf(gross, 3, { kind: 'percentage', value: 12.5 }))).toBe(7.5)
  })
  test('fixed is off the line or off each unit', () => {
    expect(toNumber(discountOf(gross, 3, { kind: 'fixed per line', value: 5 }))).toBe(5)
    expect(toNumber(discountOf(gross, 3, { kind: 'fixed per unit', value: 5 }))).toBe(15)
  })
  test('fixed on no quantity is none', () => {
    expect(discountOf(0n, 0, { kind: 'fixed per line', value: 5 })).toBe(0n)
    expect(discountOf(0n, 0, { kind: 'fixed per unit', value: 5 })).toBe(0n)
  })
})

describe('tax inside a price', () => {
  test.each([
    [120, 20, 100],
    [10, 20, 8.3333],
    [-120, 20, -100],
    [100, 0, 100],
    [100, -100, 100],
  ])('%d with %d %% is %d without', (amount, percent, expected) => {
    expect(toNumber(withoutTax(money(amount), percent))).toBe(expected)
  })
  test('is shared out in proportion', () => {
    expect(toNumber(share(money(60), money(50), money(55)))).toBe(54.55)
    expect(share(money(60), money(50), 0n)).toBe(money(60))
  })
})
