import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../../../app/model/sheet/cell.ts'
import { field, type SheetFieldType } from '../../../../../app/model/sheet/field-type.ts'
import { sheetField } from '../../../../../app/model/sheet/fields.ts'
import { type ColumnForm, readValue, usualForm } from '../../../../../app/model/sheet/values.ts'

const read = (type: SheetFieldType, cell: Cell, form: Partial<ColumnForm> = {}) =>
  readValue(cell, field('x', 'X', type, '', '', { maxLength: type === 'text' ? 5 : null }), {
    ...usualForm,
    ...form,
  })

describe('one value', () => {
  test.each([
    ['text', ' ab ', { value: 'ab' }],
    ['text', 7, { value: '7' }],
    ['text', true, { value: 'TRUE' }],
    ['text', '123456', { problem: 'too-long' }],
    ['text', '   ', { value: null }],
    ['text', { kind: 'error', text: '#REF!' }, { problem: 'failed-formula' }],
    ['e-mail', ' Ada@Example.COM ', { value: 'ada@example.com' }],
    ['e-mail', 'mailto:a@b.co', { value: 'a@b.co' }],
    ['e-mail', 'a@b', { problem: 'no-e-mail' }],
    ['e-mail', 'a@b.co; c@d.co', { problem: 'no-e-mail' }],
    ['money', '1,234.50', { value: 1234.5 }],
    ['money', 12.5, { value: 12.5 }],
    ['money', 'free', { problem: 'no-number' }],
    ['money', true, { problem: 'no-number' }],
    ['money', 1e15, { problem: 'out-of-range' }],
    ['whole number', 3, { value: 3 }],
    ['whole number', '3.5', { problem: 'no-whole-number' }],
    ['yes/no', 'Ja', { value: true }],
    ['yes/no', 0, { value: false }],
    ['yes/no', 'perhaps', { problem: 'no-yes-no' }],
    ['date', { kind: 'date', text: '2024-01-31' }, { value: '2024-01-31' }],
    ['date', '2024-01-31', { value: '2024-01-31' }],
    ['date', 45_322, { problem: 'no-date' }],
  ] as const)('%s %j', (type, cell, expected) => {
    expect(read(type, cell)).toEqual(expected)
  })

  test('a column is read in its own way', () => {
    expect(read('money', '1.234,50', { decimal: ',' })).toEqual({ value: 1234.5 })
    expect(read('date', '01/02/2024', { dates: 'mdy' })).toEqual({ value: '2024-01-02' })
  })

  test('a choice by its word, by what else it is called, by its number', () => {
    const status = sheetField('quotes', 'status')
    if (!status) throw new Error('no status')
    for (const cell of ['Won', 'ACCEPTED', 3, '3'])
      expect(readValue(cell, status, usualForm)).toEqual({ value: 3 })
    expect(readValue('Banana', status, usualForm)).toEqual({ problem: 'unknown-choice' })
  })

  test('values that a person replaced', () => {
    const status = sheetField('quotes', 'status')
    if (!status) throw new Error('no status')
    const form = { ...usualForm, replace: { 'dead deal': 'Declined', unknown: '' } }
    expect(readValue('Dead deal', status, form)).toEqual({ value: 90 })
    expect(readValue('unknown', status, form)).toEqual({ value: null })
    expect(readValue('constructor', status, form)).toEqual({ problem: 'unknown-choice' })
  })

  test('a mandatory one that is empty, or replaced by nothing', () => {
    const name = sheetField('customers', 'name')
    if (!name) throw new Error('no name')
    expect(readValue('  ', name, usualForm)).toEqual({ problem: 'mandatory' })
    expect(readValue(null, name, usualForm)).toEqual({ problem: 'mandatory' })
    expect(readValue('n/a', name, { ...usualForm, replace: { 'n/a': '' } })).toEqual({ problem: 'mandatory' })
  })
})
