import { expect, it } from 'vitest'
import { fillerOf } from '../../../../../app/model/explain/fills.ts'

it.each([
  ['Site', 'attention'],
  ['[0].client_id', 'attention'],
  ['status', 'quotes'],
  ['Asset group', 'quotes'],
  ['Trading name', 'fields'],
  ['CFregion', 'fields'],
])('says what fills "%s"', (field, remedy) => {
  expect(fillerOf(field)?.remedy).toBe(remedy)
})

it('guesses nothing for a field that it does not know', () => {
  expect(fillerOf('Shoe size')).toBeNull()
})
