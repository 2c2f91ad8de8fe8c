import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, SheetRow } from '../../../../../app/model/sheet/cell.ts'
import {
  recordBuilder,
  rowChecker,
  type SheetPlan,
  type SheetRecord,
} from '../../../../../app/model/sheet/check.ts'
import { problemWords } from '../../../../../app/model/sheet/problems.ts'
import { usualForm } from '../../../../../app/model/sheet/values.ts'

const row = (number: number, cells: readonly Cell[], more: Partial<SheetRow> = {}): SheetRow => ({
  number,
  cells,
  isHidden: false,
  formulas: [],
  ...more,
})
const plan = (more: Partial<SheetPlan>): SheetPlan => ({
  entity: 'customers',
  columns: {},
  constants: {},
  forms: {},
  skipsHidden: false,
  identifier: 'name',
  ...more,
})

function records(by: SheetPlan, rows: readonly SheetRow[]): SheetRecord[] {
  const check = rowChecker(by)
  const builder = recordBuilder(by)
  const out: SheetRecord[] = []
  for (const one of rows) {
    const checked = check(one)
    const done = checked && builder.add(checked)
    if (done) out.push(done)
  }
  const last = builder.end()
  return last ? [...out, last] : out
}
const codes = (record: SheetRecord | undefined) =>
  record?.problems.map((one) => `${one.row} ${one.field} ${one.code}`)

describe('rows', () => {
  const customers = plan({ columns: { name: 0, contactEmail: 1, postalCode: 2 } })

  test('good ones', () => {
    const [record] = records(customers, [row(5, [' Northwind ', 'A@B.co', '007'])])
    expect(record).toEqual({
      row: 5,
      rows: [5],
      lines: [],
      problems: [],
      values: expect.objectContaining({ name: 'Northwind', contactEmail: 'a@b.co', postalCode: '007' }),
    })
  })

  test('each fault with its place', () => {
    const [record] = records(customers, [row(2, [null, 'nobody', 7])])
    expect(codes(record)).toEqual(['2 name mandatory', '2 postalCode lost-zeros', '2 contactEmail no-e-mail'])
    expect(record?.problems.map((one) => one.severity)).toEqual(['error', 'warning', 'error'])
  })

  test('a field without a column may have a constant; a column may have a default', () => {
    const by = plan({ columns: { name: 0, country: 1 }, constants: { country: 'Wales', city: 'Cardiff' } })
    expect(
      records(by, [row(2, ['A', 'Spain']), row(3, ['B', null])]).map((one) => [
        one.values.country,
        one.values.city,
      ]),
    ).toEqual([
      ['Spain', 'Cardiff'],
      ['Wales', 'Cardiff'],
    ])
  })

  test('a mandatory field that has no column at all is missing in every row', () => {
    expect(records(plan({ columns: { city: 0 } }), [row(2, ['Bath'])]).map(codes)).toEqual([
      ['2 name mandatory'],
    ])
  })

  test('empty rows and totals are no records', () => {
    expect(
      records(customers, [row(2, ['A']), row(3, [' ', '', null]), row(4, ['Total', null, 9])]).map(
        (one) => one.row,
      ),
    ).toEqual([2])
  })

  test('hidden rows are marked, or left out', () => {
    const rows = [row(2, ['A'], { isHidden: true })]
    expect(codes(records(customers, rows)[0])).toEqual(['2 null row-hidden'])
    expect(records(plan({ columns: { name: 0 }, skipsHidden: true }), rows)).toEqual([])
  })

  test('values of formulas are taken, and marked', () => {
    expect(codes(records(customers, [row(2, ['A'], { formulas: [0] })])[0])).toEqual(['2 name from-formula'])
  })
})

describe('a quote takes a row a line', () => {
  const quotes = plan({
    entity: 'quotes',
    identifier: 'quoteNumber',
    columns: { quoteNumber: 0, customer: 1, lineTitle: 2, quantity: 3, price: 4, status: 5 },
    forms: { price: { ...usualForm, decimal: ',' } },
  })

  test('its rows find together', () => {
    const all = records(quotes, [
      row(2, ['Q1', 'Northwind', 'Laptop', 2, '899,50', 'Won']),
      row(3, ['q1', null, 'Dock', '1', '1.120,00', null]),
      row(4, ['Q2', 'Contoso', 'Mouse', 5, '9', 'lost']),
    ])
    expect(
      all.map((one) => [
        one.rows,
        one.values.customer,
        one.values.status,
        one.lines.map((each) => each.price),
      ]),
    ).toEqual([
      [[2, 3], 'Northwind', 3, [899.5, 1120]],
      [[4], 'Contoso', 90, [9]],
    ])
    expect(all.flatMap((one) => one.problems)).toEqual([])
  })

  test('what no row of it has is told once', () => {
    const [record] = records(quotes, [row(2, ['Q1', null, 'x', 1, '1']), row(3, ['Q1', null, null, 1, '1'])])
    expect(codes(record)).toEqual(['2 customer mandatory', '3 lineTitle mandatory'])
  })

  test('rows that disagree about their quote', () => {
    const [record] = records(quotes, [row(2, ['Q1', 'A', 'x', 1, '1']), row(3, ['Q1', 'B', 'y', 1, '1'])])
    expect(codes(record)).toEqual(['3 customer differs-within-record'])
    expect(record?.problems[0]?.other).toBe(2)
  })

  test('a number that comes back after another quote begins a record of its own', () => {
    const all = records(quotes, [
      row(2, ['Q1', 'A', 'x', 1, '1']),
      row(3, ['Q2', 'A', 'x', 1, '1']),
      row(4, ['Q1', 'A', 'y', 1, '1']),
    ])
    expect(all.map((one) => one.rows)).toEqual([[2], [3], [4]])
  })

  test('every row with a value comes out in exactly one record, in order', () => {
    const number = fc.constantFrom('Q1', 'Q2', 'Q3', '', null)
    fc.assert(
      fc.property(fc.array(fc.tuple(number, fc.constantFrom('x', '', null)), { maxLength: 30 }), (cells) => {
        const rows = cells.map(([quote, title], at) => row(at + 2, [quote, 'A', title, 1, '1']))
        expect(records(quotes, rows).flatMap((one) => one.rows)).toEqual(rows.map((one) => one.number))
      }),
    )
  })
})

test('every problem has its words', () => {
  const facts = { most: 10, words: ['Draft', 'Won'] }
  for (const [code, words] of Object.entries(problemWords)) {
    const what = words.what('Status', { value: 'Banana', other: 3 }, facts)
    expect(what, code).toMatch(/^["A-Z].*[.]$/)
    expect(words.doNow, code).toMatch(/^[A-Z].*[.]$/)
    expect(`${what}${words.doNow}`, code).not.toMatch(/undefined|null/)
  }
})
