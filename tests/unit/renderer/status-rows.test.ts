import { expect, it } from 'vitest'
import { statusRows, withStatus } from '../../../renderer/screens/tenants/status-rows.ts'

it('lists all seven quote statuses, those in use without an entry on top', () => {
  const counts = [
    { status: 3, count: 5 },
    { status: 1, count: 2 },
    { status: 90, count: 9 },
  ]
  const rows = statusRows('quotes', counts, { '90': null })
  expect(rows.map(({ key }) => key)).toEqual(['3', '1', '0', '2', '4', '5', '90'])
  expect(rows.filter(({ isUnmapped }) => isUnmapped).map(({ records }) => records)).toEqual([5, 2])
})

it('has a row for a status that Commerce never told of, for none, and for one that only the mapping knows', () => {
  const counts = [
    { status: null, count: 1 },
    { status: 42, count: 3 },
  ]
  const keys = statusRows('salesOrders', counts, { '77': 2 }).map(({ key }) => key)
  expect(keys).toEqual(['42', '-1', '1', '2', '3', '77', '90'])
})

it('sets, leaves alone, and takes out one status', () => {
  expect(withStatus({ '1': 1 }, '3', 4)).toEqual({ '1': 1, '3': 4 })
  expect(withStatus({ '1': 1, '3': 4 }, '3', null)).toEqual({ '1': 1, '3': null })
  expect(withStatus({ '1': 1, '3': null }, '3', undefined)).toEqual({ '1': 1 })
})
