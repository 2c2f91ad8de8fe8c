import { describe, expect, test } from 'vitest'
import {
  customerSchema,
  productSchema,
  quoteLineSchema,
  quoteSchema,
  quoteSectionSchema,
  salesOrderLineSchema,
} from '../../../../app/model/commerce.ts'

describe('what Commerce sends is read leniently', () => {
  test('ids alone are enough', () => {
    expect(customerSchema.parse({ id: 1 })).toMatchObject({
      name: '',
      taxNumber: '',
      priceGroup: null,
      hasCreditLimit: false,
      createDate: null,
    })
    expect(quoteSchema.parse({ id: 1, customerID: 2 })).toMatchObject({
      title: '',
      deliveryAmount: 0,
      status: null,
      salesOrderId: null,
    })
    expect(salesOrderLineSchema.parse({ id: 1, salesOrderID: 2 })).toMatchObject({
      serialNumbers: [],
      taxRate: null,
    })
  })

  test.each([
    ['no id', { customerID: 2 }],
    ['no parent', { id: 1 }],
    ['a number that is text', { id: 1, customerID: 2, deliveryAmount: '5' }],
    ['an id that is no whole number', { id: 1.5, customerID: 2 }],
    ['a text that is an object', { id: 1, customerID: 2, title: {} }],
  ])('but not without sense: %s', (_name, record) => {
    expect(quoteSchema.safeParse(record).success).toBe(false)
  })

  test.each([
    [3, 3],
    [77, 77],
    ['3 - Won', 3],
    ['-1 - NotSet', -1],
    ['Won', -1],
    [null, null],
    [undefined, null],
  ])('the status %s is %s', (status, expected) => {
    expect(quoteSchema.parse({ id: 1, customerID: 2, status }).status).toBe(expected)
  })

  test('dates without a zone are UTC, year 1 is none, further fields are dropped', () => {
    const line = quoteLineSchema.parse({
      id: 1,
      quoteSectionID: 2,
      createdDate: '2026-03-01T10:00:00',
      modifiedDate: '0001-01-01T00:00:00',
      cost: 5,
    })
    expect(line).toMatchObject({ createdDate: '2026-03-01T10:00:00.000Z', modifiedDate: null })
    expect(line).not.toHaveProperty('cost')
  })

  test('an absent flag hides nothing: a section is selected, a product active', () => {
    expect(quoteSectionSchema.parse({ id: 1, quoteID: 2 }).isSelected).toBe(true)
    expect(quoteSectionSchema.parse({ id: 1, quoteID: 2, isSelected: null }).isSelected).toBe(true)
    expect(quoteSectionSchema.parse({ id: 1, quoteID: 2, isSelected: false }).isSelected).toBe(false)
    expect(productSchema.parse({ id: 1 })).toMatchObject({ isActive: true, isHidden: false })
  })
})
