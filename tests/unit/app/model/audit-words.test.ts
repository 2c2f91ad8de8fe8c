import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditDifferences } from '../../../../app/model/audit-words.ts'

const before = {
  id: 1,
  name: 'North',
  isEnabled: true,
  entities: ['quotes', 'customers'],
  mapping: { quoteStatus: { '3': 7, '90': null }, groups: [] },
}

test('what differs is named as on the screens, value by value', () => {
  const after = {
    ...before,
    isEnabled: false,
    entities: ['quotes'],
    mapping: { ...before.mapping, quoteStatus: { '3': 8, '90': 4 } },
  }
  expect(auditDifferences(before, after)).toEqual([
    { field: 'Enabled', detail: '', before: 'yes', after: 'no' },
    { field: 'What is synced', detail: '', before: 'quotes, customers', after: 'quotes' },
    { field: 'Quote statuses', detail: '3', before: '7', after: '8' },
    { field: 'Quote statuses', detail: '90', before: null, after: '4' },
  ])
})

test('what was added or removed has one side; its number says nothing', () => {
  expect(auditDifferences(null, { id: 4, name: 'South' })).toEqual([
    { field: 'Name', detail: '', before: null, after: 'South' },
  ])
  expect(auditDifferences({ name: 'South' }, null)).toEqual([
    { field: 'Name', detail: '', before: 'South', after: null },
  ])
  expect(auditDifferences('info', 'debug')).toEqual([
    { field: 'Value', detail: '', before: 'info', after: 'debug' },
  ])
})

test('equal states have no difference, whatever they hold; nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(auditDifferences(one, structuredClone(one))).toEqual([])
      expect(auditDifferences(one, other).length).toBeLessThanOrEqual(200)
    }),
  )
})
