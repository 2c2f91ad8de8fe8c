import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveColumn, LiveTable } from '../../../../../app/halo/sql/dialect.ts'
import { readType } from '../../../../../app/halo/sql/schema.ts'
import { halo } from '../../../../../app/halo/sql/tables/all.ts'
import { fitValue, isSame } from '../../../../../app/halo/sql/values.ts'

const table: LiveTable = {
  id: 'area',
  spec: halo.area,
  live: 'AREA',
  isIdentity: true,
  columns: new Map(),
}
const column = (declared: string, more: Partial<LiveColumn> = {}): LiveColumn => ({
  name: 'x',
  live: 'x',
  declared,
  type: readType(declared),
  isNotNull: false,
  hasDefault: false,
  isIdentity: false,
  spec: null,
  ...more,
})
const cutSpec = halo.quote.columns.find(({ name }) => name === 'QHtitle') ?? null
const fitted = (declared: string, value: string | number | boolean, more: Partial<LiveColumn> = {}) =>
  fitValue(table, column(declared, more), value, (iso) => iso.replace('T', ' ').replace('Z', ''))

describe('fitValue', () => {
  it('keeps text of exactly the length, and refuses one character more with column, length and limit', () => {
    expect(fitted('NVARCHAR(5)', 'fünf5').value).toBe('fünf5')
    const tooLong = fitted('NVARCHAR(5)', 'sechs6')
    expect(tooLong.trouble).toMatchObject({
      code: 'halo-value-too-long',
      next: 'stop',
      facts: { column: 'AREA.x', length: 6, limit: 5 },
    })
    expect(tooLong.isCut).toBe(false)
  })

  it('cuts what may be cut, with an ellipsis and never in half a character', () => {
    const cut = fitted('NVARCHAR(4)', 'ab😀cd', { spec: cutSpec })
    expect(cut).toMatchObject({ value: 'ab…', isCut: true })
    expect(fitted('NVARCHAR(4)', 'abcdef', { spec: cutSpec }).value).toBe('abc…')
  })

  it('counts as SQL Server does, in UTF-16 units', () => {
    expect(fitted('NVARCHAR(3)', '😀😀').trouble?.facts).toMatchObject({ length: 4, limit: 3 })
  })

  it('drops zero characters', () => {
    expect(fitted('NTEXT', 'a\0b').value).toBe('ab')
  })

  it.each([
    ['INT', 2_147_483_648],
    ['INT', 1.5],
    ['SMALLINT', 32_768],
    ['FLOAT(53)', Number.NaN],
    ['DECIMAL(18,5)', Number.POSITIVE_INFINITY],
    ['INT', 'many'],
    ['DATETIME', 'tomorrow'],
  ])('refuses %s %s', (declared, value) => {
    expect(fitted(declared, value).trouble?.code).toBe('halo-value-refused')
  })

  it('rounds to the decimals of the column', () => {
    expect(fitted('DECIMAL(18,5)', 1.123456).value).toBe(1.12346)
    expect(fitted('FLOAT(53)', 0.1 + 0.2).value).toBe(0.3)
    expect(fitted('FLOAT(53)', 0.001428571429).value).toBe(0.001428571429)
    expect(Object.is(fitted('FLOAT(53)', -0).value, 0)).toBe(true)
    expect(Object.is(fitted('DECIMAL(18,5)', -0.0000001).value, 0)).toBe(true)
    expect(fitted('FLOAT(53)', 123_456_789_012_345).value).toBe(123_456_789_012_345)
  })

  it('empties what is not text by empty text, unless it must have a value', () => {
    expect(fitted('INT', '').value).toBeNull()
    expect(fitted('DATETIME', '').value).toBeNull()
    expect(fitted('INT', '', { isNotNull: true }).trouble?.code).toBe('halo-value-refused')
  })

  it('writes bits as 0 and 1, dates as the database has them', () => {
    expect(fitted('BIT', true).value).toBe(1)
    expect(fitted('BIT', false).value).toBe(0)
    expect(fitted('BIT', -1).value).toBe(1)
    expect(fitted('DATETIME', '2026-03-01T09:30:00.000Z').value).toBe('2026-03-01 09:30:00.000')
  })

  it('gives a value that is the same as itself when written again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('FLOAT(53)', 'DECIMAL(18,5)', 'MONEY'),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
        (declared, number) => {
          const once = fitted(declared, number).value
          const twice = fitted(declared, Number(once)).value
          expect(isSame(column(declared), once, twice)).toBe(true)
          expect(isSame(column(declared), once, fitted(declared, number).value)).toBe(true)
        },
      ),
    )
  })
})

describe('isSame', () => {
  it('takes null and empty text for the same text, but not for the same number', () => {
    expect(isSame(column('NTEXT'), null, '')).toBe(true)
    expect(isSame(column('INT'), null, 0)).toBe(false)
    expect(isSame(column('INT'), 0, null)).toBe(false)
  })

  it('compares numbers to the column’s decimals and dates to the instant', () => {
    expect(isSame(column('FLOAT(53)'), 0.30000000000000004, 0.3)).toBe(true)
    expect(isSame(column('FLOAT(53)'), 0.31, 0.3)).toBe(false)
    expect(isSame(column('DATETIME'), '2026-03-01T09:30:00', '2026-03-01 09:30:00.000')).toBe(true)
    expect(isSame(column('DATETIME'), '2026-03-01 09:30:00.001', '2026-03-01 09:30:00.000')).toBe(false)
  })
})
