import { expect, it } from 'vitest'
import { fillerOf, importColumnOf } from '../../../../../app/model/explain/fills.ts'

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

it.each([
  ['client_id', '/api/Quotation', /customer/i],
  ['[0].title', '/api/Quotation', /title/i],
  ['Name', '/api/Client', /Customer name/],
  ['Shoe size', '/api/Quotation', null],
  ['Title', '/somewhere', null],
])('knows the column of a spreadsheet that fills "%s" of %s', (field, path, label) => {
  if (label === null) expect(importColumnOf(field, path)).toBeNull()
  else expect(importColumnOf(field, path)).toMatch(label)
})
