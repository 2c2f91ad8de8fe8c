import { expect, it } from 'vitest'
import { clientFields } from '../../../../app/halo/rest/customer-fields.ts'
import { orderFields, orderLineFields } from '../../../../app/halo/rest/orders.ts'
import { itemFields } from '../../../../app/halo/rest/products.ts'
import { quoteFields, quoteLineFields } from '../../../../app/halo/rest/quotes.ts'
import { labelOfHalo } from '../../../../app/model/halo-labels.ts'

it.each([
  ['Client', clientFields],
  ['Item', itemFields],
  ['Quotation', quoteFields],
  ['SalesOrder', orderFields],
  ['Line', { ...quoteLineFields, ...orderLineFields }],
])('everything that is written of %s has a name for people', (part, fields) => {
  expect(Object.keys(fields).filter((field) => labelOfHalo(`${part}.${field}`) === null)).toEqual([])
})

it('a custom field is called by its own name, and what no sync writes has none', () => {
  expect(labelOfHalo('Client.CFregion')).toBe('Custom field region')
  expect(labelOfHalo('Client.colour_scheme')).toBeNull()
})
