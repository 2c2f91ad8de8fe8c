import { expect, it } from 'vitest'
import { namesOf, wordedChange } from '../../../renderer/screens/tenants/change-words.ts'

const choices = {
  groups: [{ id: 7, name: 'Hardware' }],
  quoteStatus: [{ id: 3, name: 'Accepted' }],
  orderStatus: [],
  clientFields: [],
}
const categories = [
  { id: 1, parentId: null, name: 'Hardware', products: 0 },
  { id: 2, parentId: 1, name: 'Laptops', products: 4 },
  { id: 8, parentId: 9, name: 'Round', products: 0 },
  { id: 9, parentId: 8, name: 'About', products: 0 },
]
const names = namesOf(choices, categories)
const place = { names, clientFields: [] }
const words = (part: Parameters<typeof wordedChange>[0]['part'], key: string, before: never, after: never) =>
  wordedChange({ part, key, before, after }, place)
const any = (value: unknown) => value as never

it('names categories by their path, also in a tree that runs in circles', () => {
  expect(names.categories).toMatchObject({ '1': 'Hardware', '2': 'Hardware > Laptops', '8': 'About > Round' })
  expect(namesOf(null, []).groups).toEqual({})
})

it('says a change in the words of the screen that makes it', () => {
  expect(words('quoteStatus', '3', any(undefined), any(3))).toEqual({
    what: 'Won',
    before: 'not mapped',
    after: 'Accepted',
  })
  expect(words('quoteStatus', '90', any(99), any(null))).toEqual({
    what: 'Declined',
    before: 'number 99',
    after: "leave Halo's alone",
  })
  expect(words('groups', '2', any(undefined), any(7))).toEqual({
    what: 'Hardware > Laptops',
    before: 'as above',
    after: 'Hardware',
  })
  expect(words('orderStatusesToImport', '2', any(true), any(undefined))).toMatchObject({
    what: 'Approved',
    before: 'imported',
    after: 'not imported',
  })
  expect(words('defaultGroup', '', any(null), any(7))).toMatchObject({
    before: '"Datto Commerce"',
    after: 'Hardware',
  })
  expect(words('interpretation', 'orderLink', any(''), any('{base}'))).toMatchObject({
    what: 'Link: sales order',
    before: 'none',
    after: '{base}',
  })
  expect(words('setProductSupplier', '', any(false), any(true))).toMatchObject({ before: 'No', after: 'Yes' })
})

it('says a field row by its source and its rules', () => {
  const row = {
    from: { kind: 'field', name: 'taxNumber' },
    to: 'customer.website',
    onlyNew: true,
    whenEmpty: 'clear',
  }
  expect(words('customerFields', 'customer.website', any(undefined), any(row))).toEqual({
    what: 'Website',
    before: 'not mapped',
    after: 'Tax number, only new, emptied when empty',
  })
  expect(words('customerFields', '', any(undefined), any(undefined))).toMatchObject({
    what: 'Order of the rows',
  })
})
