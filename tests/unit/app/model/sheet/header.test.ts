import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../../../app/model/sheet/cell.ts'
import { sheetFields } from '../../../../../app/model/sheet/fields.ts'
import { guessHeader, isTotalRow } from '../../../../../app/model/sheet/header.ts'

const rows = (...cells: readonly (readonly Cell[])[]) =>
  cells.map((row, at) => ({ number: at + 1, cells: row, isHidden: false, formulas: [] }))

describe('the row of headings', () => {
  test('the first row', () => {
    expect(
      guessHeader(
        rows(['Name', 'City'], ['Northwind', 'Bristol'], ['Contoso', 'Bath']),
        sheetFields.customers,
      ),
    ).toBe(0)
  })
  test('below a title and a date', () => {
    const sheet = rows(
      ['Customers of the old system'],
      [{ kind: 'date', text: '2024-01-01' }],
      ['Name', 'Town', 'Postcode'],
      ['Northwind', 'Bristol', 'BS1'],
      ['Contoso', 'Bath', 'BA1'],
    )
    expect(guessHeader(sheet, sheetFields.customers)).toBe(2)
  })
  test('headings that nobody knows are still texts above a table', () => {
    expect(
      guessHeader(
        rows(['Report 7'], ['Alpha', 'Beta', 'Gamma'], [1, 2, 3], [4, 5, 6]),
        sheetFields.customers,
      ),
    ).toBe(1)
  })
  test('numbers only: the first row', () => {
    expect(guessHeader(rows([1, 2], [3, 4]), sheetFields.customers)).toBe(0)
  })
  test('an empty sheet', () => {
    expect(guessHeader([], sheetFields.customers)).toBeNull()
  })
})

describe('a row that adds up', () => {
  test.each([
    [['Total', null, null, 120]],
    [['Grand total:', null, null, null, 5]],
    [[null, 'Summe', 7, null]],
  ])('%j', (cells) => {
    expect(isTotalRow(cells, 6)).toBe(true)
  })
  test.each([
    [['Total Gas Ltd', null, null, null]],
    [['Northwind', 'Bristol', 'total', 1, 2]],
    [[null]],
    [[]],
  ])('%j is none', (cells) => {
    expect(isTotalRow(cells, 6)).toBe(false)
  })
})
