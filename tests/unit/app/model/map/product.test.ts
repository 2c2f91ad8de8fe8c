import { describe, expect, test } from 'vitest'
import { categoriesAbove, mapProduct, notesOnProduct } from '../../../../../app/model/map/product.ts'
import { category, product, tenant } from './builders.ts'

const bare = { product: product(), category: null }

describe('mapProduct', () => {
  test('takes over a one-off product', () => {
    const dates = { createdDate: '2020-01-01T00:00:00.000Z', modifiedDate: '2021-01-01T00:00:00.000Z' }
    const source = {
      ...bare,
      product: product({ ...dates, title: 'Server <b>R740</b>', isSerialized: true, isActive: false }),
    }
    expect(mapProduct(source, tenant())).toEqual({
      commerceId: 20,
      name: 'Server R740',
      sku: 'SKU-20',
      groupId: null,
      price: 1200.5,
      recurringPrice: null,
      billingPeriod: 0,
      isRecurring: false,
      isConsignable: true,
      taxCode: null,
      isActive: false,
      createdAt: '2020-01-01T00:00:00.000Z',
      modifiedAt: '2021-01-01T00:00:00.000Z',
    })
  })

  test.each([
    [0, 2],
    [1, 4],
    [2, 3],
  ])('recurring type %d has billing period %d and its own price', (recurringType, billingPeriod) => {
    const source = { ...bare, product: product({ isRecurring: true, recurringType, price: 9.99 }) }
    expect(mapProduct(source, tenant())).toMatchObject({
      isRecurring: true,
      billingPeriod,
      price: 0,
      recurringPrice: 9.99,
    })
    expect(notesOnProduct(source)).toEqual([])
  })

  test.each([null, 7, -1])('takes the unknown recurring type %s as monthly, with a note', (recurringType) => {
    const source = { ...bare, product: product({ isRecurring: true, recurringType }) }
    expect(mapProduct(source, tenant()).billingPeriod).toBe(2)
    expect(notesOnProduct(source)).toMatchObject([
      { code: 'value-unknown', facts: { field: 'recurringType', takenAs: 'monthly' } },
    ])
  })

  test('counts an absent "active" as active', () => {
    expect(mapProduct(bare, tenant()).isActive).toBe(true)
  })

  test('the group that a person chose is stronger than the mapping of its category', () => {
    const source = { product: product({ categoryID: 3 }), category: category({ id: 3 }) }
    const mapped = tenant({ groups: { 3: 30 } })
    expect(mapProduct(source, mapped).groupId).toBe(30)
    expect(mapProduct({ ...source, chosenGroup: 44 }, mapped).groupId).toBe(44)
    expect(mapProduct({ ...source, chosenGroup: null }, mapped).groupId).toBe(30)
  })

  test('has a name whatever is missing', () => {
    expect(mapProduct({ ...bare, product: product({ title: '' }) }, tenant()).name).toBe('SKU-20')
    const nameless = product({ title: '', productNumber: '', manufacturerPartNumber: 'MPN' })
    expect(mapProduct({ ...bare, product: nameless }, tenant())).toMatchObject({ name: 'MPN', sku: 'MPN' })
    const bald = product({ title: '<br>', productNumber: '' })
    expect(mapProduct({ ...bare, product: bald }, tenant())).toMatchObject({ name: 'Product 20', sku: '' })
  })
})

describe('the group', () => {
  const tree = new Map([
    [1, category({ id: 1, parentID: null })],
    [2, category({ id: 2, parentID: 1 })],
    [3, category({ id: 3, parentID: 2 })],
    [8, category({ id: 8, parentID: 9 })],
    [9, category({ id: 9, parentID: 8 })],
  ])
  const groupOf = (id: number, groups: Record<string, number>) => {
    const own = tree.get(id) ?? null
    const source = {
      product: product({ categoryID: id }),
      category: own,
      ancestors: categoriesAbove(own, tree),
    }
    return mapProduct(source, tenant({ groups, defaultGroup: 99 })).groupId
  }

  test('is that of the nearest mapped category', () => {
    expect(groupOf(3, { '1': 11, '2': 12, '3': 13 })).toBe(13)
    expect(groupOf(3, { '1': 11, '2': 12 })).toBe(12)
    expect(groupOf(3, { '1': 11 })).toBe(11)
  })

  test('is left to the default otherwise', () => {
    expect(groupOf(3, {})).toBeNull()
    expect(groupOf(77, { '1': 11 })).toBeNull()
    expect(mapProduct(bare, tenant({ groups: { null: 5 } })).groupId).toBeNull()
  })

  test('is found by id alone when the category itself is gone', () => {
    expect(groupOf(77, { '77': 7 })).toBe(7)
  })

  test('is not lost in a tree that runs in circles', () => {
    expect(groupOf(8, { '1': 11 })).toBeNull()
    expect(categoriesAbove(tree.get(8) ?? null, tree).map((each) => each.id)).toEqual([9])
  })
})
