import { expect, test } from 'vitest'
import { defaultMapping, type FieldMapping, type Mapping } from '../../../../app/model/mapping.ts'
import { diffMapping } from '../../../../app/model/mapping-diff.ts'

const row = (to: string, value: string): FieldMapping => ({
  from: { kind: 'constant', value },
  to,
  onlyNew: false,
  whenEmpty: 'leave',
})
const diff = (before: Partial<Mapping>, after: Partial<Mapping>) =>
  diffMapping({ ...defaultMapping, ...before }, { ...defaultMapping, ...after })

test('equal mappings do not differ', () => {
  expect(diff({ quoteStatus: { '3': 3 } }, { quoteStatus: { '3': 3 } })).toEqual([])
})

test('each status, category, setting and field row is a change of its own', () => {
  expect(
    diff(
      { quoteStatus: { '1': 1, '3': 3 }, orderStatusesToImport: [2, 3] },
      { quoteStatus: { '3': 4, '5': null }, orderStatusesToImport: [3, 1], defaultGroup: 7 },
    ),
  ).toEqual([
    { part: 'quoteStatus', key: '1', before: 1, after: undefined },
    { part: 'quoteStatus', key: '3', before: 3, after: 4 },
    { part: 'quoteStatus', key: '5', before: undefined, after: null },
    { part: 'orderStatusesToImport', key: '2', before: true, after: undefined },
    { part: 'orderStatusesToImport', key: '1', before: undefined, after: true },
    { part: 'defaultGroup', key: '', before: null, after: 7 },
  ])
  const interpretation = { ...defaultMapping.interpretation, linkHosts: ['a.example', 'b.example'] }
  expect(diff({}, { interpretation })).toEqual([
    { part: 'interpretation', key: 'linkHosts', before: '', after: 'a.example, b.example' },
  ])
})

test('field rows are told apart by their target, and a new order is one change', () => {
  const a = row('customer.website', 'a')
  const b = row('customer.notes', 'b')
  expect(diff({ customerFields: [a, b] }, { customerFields: [b, a] })).toEqual([
    { part: 'customerFields', key: '', before: undefined, after: undefined },
  ])
  expect(diff({ customerFields: [a] }, { customerFields: [row('customer.website', 'c'), b] })).toEqual([
    { part: 'customerFields', key: 'customer.website', before: a, after: row('customer.website', 'c') },
    { part: 'customerFields', key: 'customer.notes', before: undefined, after: b },
  ])
})
