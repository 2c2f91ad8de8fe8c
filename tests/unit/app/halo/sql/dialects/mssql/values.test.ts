import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { LiveColumn } from '../../../../../../../app/halo/sql/dialect.ts'
import {
  carrierOf,
  carrierOfValue,
  dateText,
  readValue,
} from '../../../../../../../app/halo/sql/dialects/mssql/values.ts'
import { readType } from '../../../../../../../app/halo/sql/schema.ts'

const column = (declared: string): LiveColumn => ({
  ...{ name: 'x', live: 'x', declared, type: readType(declared) },
  ...{ isNotNull: false, hasDefault: false, isIdentity: false, spec: null },
})

describe('a date as its column gives it back', () => {
  // The vendor's own examples of DATETIME's rounding (learn.microsoft.com, datetime).
  it.each([
    ['.990', '.990'],
    ['.991', '.990'],
    ['.992', '.993'],
    ['.993', '.993'],
    ['.994', '.993'],
    ['.995', '.997'],
    ['.996', '.997'],
    ['.997', '.997'],
    ['.998', '.997'],
  ])('DATETIME: 23:59:59%s becomes %s', (given, kept) => {
    expect(dateText(`2026-01-01T23:59:59${given}Z`, column('DATETIME'))).toBe(`2026-01-01 23:59:59${kept}`)
  })

  it('DATETIME: the last millisecond of a day is the next day', () => {
    expect(dateText('2026-12-31T23:59:59.999Z', column('DATETIME'))).toBe('2027-01-01 00:00:00.000')
  })

  it.each([
    ['SMALLDATETIME', '2026-01-01T10:29:29.999Z', '2026-01-01 10:29:00.000'],
    ['SMALLDATETIME', '2026-01-01T10:29:30.000Z', '2026-01-01 10:30:00.000'],
    ['DATE', '2026-01-01T23:59:59.999Z', '2026-01-01 00:00:00.000'],
    ['DATETIME2(7)', '2026-01-01T10:00:00.123Z', '2026-01-01 10:00:00.123'],
    ['DATETIME2(0)', '2026-01-01T10:00:00.500Z', '2026-01-01 10:00:01.000'],
    ['DATETIME2(1)', '2026-01-01T10:00:00.149Z', '2026-01-01 10:00:00.100'],
  ])('%s: %s becomes %s', (declared, given, kept) => {
    expect(dateText(given, column(declared))).toBe(kept)
  })

  it.each([
    ['DATETIME', '1752-12-31T00:00:00.000Z'],
    ['SMALLDATETIME', '1899-12-31T00:00:00.000Z'],
    ['SMALLDATETIME', '2079-06-07T00:00:00.000Z'],
  ])('%s cannot hold %s', (declared, given) => {
    expect(dateText(given, column(declared))).toBeNull()
  })

  it('rounds once: what came back stays as it is, and is never further than a tick away', () => {
    const instants = fc.date({
      min: new Date('1753-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, (date) => {
        const once = dateText(date.toISOString(), column('DATETIME')) ?? ''
        const back = `${once.replace(' ', 'T')}Z`
        expect(dateText(back, column('DATETIME'))).toBe(once)
        expect(Math.abs(Date.parse(back) - date.getTime())).toBeLessThanOrEqual(2)
        expect(once).toMatch(/[037]$/)
      }),
    )
  })
})

test('values travel as their column keeps them', () => {
  const declared = [
    'INT',
    'SMALLINT',
    'BIGINT',
    'BIT',
    'FLOAT(53)',
    'DECIMAL(18,5)',
    'MONEY',
    'NVARCHAR(250)',
    'NVARCHAR(MAX)',
    'NTEXT',
    'DATETIME',
  ]
  expect(declared.map((type) => carrierOf(column(type)).declared)).toEqual([
    ...['INT', 'SMALLINT', 'BIGINT', 'BIT', 'FLOAT(53)', 'DECIMAL(28, 5)', 'DECIMAL(28, 4)'],
    ...['NVARCHAR(4000)', 'NVARCHAR(MAX)', 'NVARCHAR(MAX)', 'DATETIME2(3)'],
  ])
  expect(carrierOf(column('DATETIME')).carry('2026-03-01 09:30:00.003')).toEqual(
    new Date('2026-03-01T09:30:00.003Z'),
  )
  expect(carrierOf(column('BIT')).carry(1)).toBe(true)
  for (const type of declared) expect(carrierOf(column(type)).carry(null)).toBeNull()
})

test('a key that is compared is whole, so that an index serves', () => {
  expect([1, -1, 2 ** 31, 1.5, 'x', null].map((value) => carrierOfValue(value).declared)).toEqual([
    ...['INT', 'INT', 'BIGINT', 'FLOAT(53)', 'NVARCHAR(4000)', 'NVARCHAR(4000)'],
  ])
  expect(carrierOfValue('x'.repeat(4001)).declared).toBe('NVARCHAR(MAX)')
})

test('values are read as numbers, text, bits and UTC text', () => {
  expect([
    readValue('9007199254740991', 'BigInt'),
    readValue('12', 'IntN'),
    readValue(true, 'BitN'),
    readValue(new Date('2026-03-01T09:30:00.007Z'), 'DateTime'),
    readValue(null, 'NVarChar'),
    readValue('12', 'NVarChar'),
  ]).toEqual([9_007_199_254_740_991, 12, 1, '2026-03-01 09:30:00.007', null, '12'])
})
