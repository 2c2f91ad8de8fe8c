import { expect, it } from 'vitest'
import { entities } from '../../../app/model/tenant.ts'
import { entitiesShown, entityWords, resourceWord, statusesOf, statusWord } from '../../../renderer/words.ts'

it('shows every kind of record that is synced, each at its own address', () => {
  expect([...entitiesShown].sort()).toEqual([...entities].sort())
  expect(new Set(entities.map((entity) => entityWords[entity].path)).size).toBe(entities.length)
})

it('names statuses as Commerce does, and passes on those that it does not know', () => {
  expect(statusWord('quotes', 3)).toBe('Won')
  expect(statusWord('salesOrders', 3)).toBe('Processed')
  expect(statusWord('quotes', 77)).toBe('Status 77')
  expect(statusWord('quotes', null)).toBe('')
  expect(statusesOf('quotes').map(([status]) => status)).toEqual([0, 1, 2, 3, 4, 5, 90])
  expect(statusesOf('customers')).toEqual([])
})

it('says lists as a person does, whatever their case', () => {
  expect(resourceWord('quoteLine')).toBe('quote lines')
  expect(resourceWord('somethingnew')).toBe('somethingnew')
})
