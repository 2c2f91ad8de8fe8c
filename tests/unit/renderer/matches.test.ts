import { expect, test } from 'vitest'
import { clashesIn, pairOfKey } from '../../../renderer/screens/matches/choice.ts'
import { whyOf } from '../../../renderer/screens/matches/words.ts'

test('customers that share a client are told, and no others', () => {
  expect(clashesIn(new Set(['1/10', '2/20', '3/10', '4/40']))).toEqual(['1/10', '3/10'])
  expect(clashesIn(new Set(['1/10', '2/20']))).toEqual([])
  expect(pairOfKey('3/10')).toEqual({ commerceId: 3, haloId: 10 })
})

test.each([
  [['name'], 'Same name'],
  [['number', 'name'], 'Same number and name'],
  [['number', 'name', 'domain'], 'Same number, name and e-mail domain'],
] as const)('%j is "%s"', (by, words) => {
  expect(whyOf({ by: [...by] })).toBe(words)
})
