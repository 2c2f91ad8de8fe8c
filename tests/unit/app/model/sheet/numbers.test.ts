import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessDecimal, readSheetNumber } from '../../../../../app/model/sheet/numbers.ts'

describe('numbers as people write them', () => {
  test.each([
    ['1234.5', '.', 1234.5],
    ['1,234.50', '.', 1234.5],
    ['1.234,50', ',', 1234.5],
    ['1 234,50', ',', 1234.5],
    ['1\u202f234,50', ',', 1234.5],
    ["1'234'567.89", '.', 1_234_567.89],
    ['£1,234', '.', 1234],
    ['€ 12,00', ',', 12],
    ['12,00 EUR', ',', 12],
    ['USD 12.00', '.', 12],
    ['12 %', '.', 12],
    ['-5', '.', -5],
    ['\u22125', '.', -5],
    ['-£5.00', '.', -5],
    ['£-5.00', '.', -5],
    ['(5.00)', '.', -5],
    ['5.00-', '.', -5],
    ['+5', '.', 5],
    ['.5', '.', 0.5],
    ['5.', '.', 5],
    ['1e3', '.', 1000],
    ['-0', '.', 0],
  ] as const)('%j', (text, decimal, value) => {
    expect(readSheetNumber(text, decimal)).toBe(value)
  })

  test.each([
    ['1,23,456', '.'],
    ['1.234.5', '.'],
    ['12,34', '.'],
    ['12.34', ','],
    ['1 234,567 890', ','],
    ['abc', '.'],
    ['12 pieces', '.'],
    ['', '.'],
    ['-', '.'],
    ['1-2', '.'],
    ['0x10', '.'],
    ['Infinity', '.'],
    ['1,234 567', '.'],
  ] as const)('%j is none', (text, decimal) => {
    expect(readSheetNumber(text, decimal)).toBeNull()
  })

  test('whatever a computer formats in these countries reads back', () => {
    const amount = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map((cents) => cents / 100)
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'de-CH', 'es-ES', 'sv-SE'),
        (value, locale) => {
          const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
          const decimal =
            format.formatToParts(1.5).find((part) => part.type === 'decimal')?.value === ',' ? ',' : '.'
          expect(readSheetNumber(format.format(value), decimal)).toBe(value === 0 ? 0 : value)
        },
      ),
    )
  })
})

describe('which character parts the fraction', () => {
  test('one telling value decides', () => {
    expect(guessDecimal(['1,234', '5', '1,5'])).toEqual({ decimal: ',', unsure: null })
    expect(guessDecimal(['1,234', '5', '1.5'])).toEqual({ decimal: '.', unsure: null })
  })
  test('none decides: it is asked, with an example', () => {
    expect(guessDecimal(['5', '1,234', '2,345'])).toEqual({ decimal: '.', unsure: '1,234' })
  })
  test('both at once: the more frequent, and asked where it matters', () => {
    expect(guessDecimal(['1,5', '1.5', '2.5', '1,234'])).toEqual({ decimal: '.', unsure: '1,234' })
  })
  test('numbers without a fraction ask nothing', () => {
    expect(guessDecimal(['1', '20', ''])).toEqual({ decimal: '.', unsure: null })
  })
})
