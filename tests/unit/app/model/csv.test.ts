import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CsvFormat,
  type CsvValue,
  csvCell,
  csvFormatOf,
  csvRow,
  csvSeparators,
  csvStart,
} from '../../../../app/model/csv.ts'

const plain: CsvFormat = { separator: ',', decimal: '.', hasMark: false }
const european: CsvFormat = { separator: ';', decimal: ',', hasMark: true }
const format = fc.record({
  separator: fc.constantFrom(...csvSeparators),
  decimal: fc.constantFrom('.' as const, ',' as const),
  hasMark: fc.boolean(),
})
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",; \'a1＝＋－＠\u200b') }),
)
const read = (csv: string, { separator }: CsvFormat): string[][] =>
  parse(csv, { delimiter: separator, bom: true, relax_column_count: true, record_delimiter: '\r\n' })

describe('a cell', () => {
  test.each([
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '  =1',
    '\u200b=1',
    '\ufeff@x',
  ])('that begins like a formula is defused: %j', (value) => {
    expect(csvCell(value, plain).replaceAll('"', '')).toBe(`'${value}`)
  })

  test.each([
    ['Northwind', 'Northwind'],
    ['a-b', 'a-b'],
    ['-12.50', '-12.50'],
    ['7 = 7', '7 = 7'],
    ['', ''],
    ['say "hi", friend', '"say ""hi"", friend"'],
    ['two\nlines', '"two\nlines"'],
    [' blank', '" blank"'],
  ])('of plain text stays: %j', (value, written) => {
    expect(csvCell(value, plain)).toBe(written)
  })

  test.each([
    [-12.5, '-12.5', '-12,5'],
    [0, '0', '0'],
    [-0, '0', '0'],
    [1e-7, '0.0000001', '0,0000001'],
    [1234567.891, '1234567.891', '1234567,891'],
    [Number.NaN, '', ''],
    [Number.POSITIVE_INFINITY, '', ''],
  ])('of a number is that number: %d', (value, point, comma) => {
    expect(csvCell(value, plain)).toBe(point)
    expect(csvCell(value, european)).toBe(comma)
  })

  test('of a number with a decimal comma is quoted where the comma parts cells', () => {
    expect(csvCell(1.5, { ...plain, decimal: ',' })).toBe('"1,5"')
  })

  test('says yes and no, and nothing for nothing', () => {
    expect([csvCell(true, plain), csvCell(false, plain), csvCell(null, plain)]).toEqual(['yes', 'no', ''])
  })
})

describe('any row', () => {
  test('is read back as it was, but for the apostrophe in front of what looked like a formula', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), format, (cells, how) => {
        const [row] = read(csvStart(how) + csvRow(cells, how), how)
        expect(row).toHaveLength(cells.length)
        row?.forEach((cell, at) => {
          const given = cells[at] ?? ''
          expect([given, `'${given}`]).toContain(cell)
        })
      }),
    )
  })

  test('has no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(text, format, (cell, how) => {
        const [row] = read(csvRow([cell, 'x'], how), how)
        const shown = (row?.[0] ?? '').replace(/^[\s\u200b-\u200f\u2060\ufeff\u00ad]+/, '')
        expect(/^[=+@＝＋－＠]/.test(shown)).toBe(false)
        expect(/^-/.test(shown) && !/^-\d+(\.\d+)?$/.test(shown)).toBe(false)
      }),
    )
  })

  test('has its numbers as numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        format,
        (value, how) => {
          const [row] = read(csvRow([value, 'x'], how), how)
          expect(Number(row?.[0]?.replace(',', '.'))).toBeCloseTo(value, 9)
        },
      ),
    )
  })

  test('ends as RFC 4180 says', () => {
    const cells: CsvValue[] = ['a', 1, null, true]
    expect(csvRow(cells, plain)).toBe('a,1,,yes\r\n')
    expect(csvRow(cells, { ...plain, separator: '\t' })).toBe('a\t1\t\tyes\r\n')
  })
})

test('the format is that of the locale', () => {
  expect(csvFormatOf('en-GB')).toEqual({ separator: ',', decimal: '.', hasMark: true })
  expect(csvFormatOf('de-DE')).toEqual({ separator: ';', decimal: ',', hasMark: true })
  expect(csvStart({ ...plain, hasMark: true })).toBe('\uFEFF')
  expect(csvStart(plain)).toBe('')
})
