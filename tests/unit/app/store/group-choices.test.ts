import { describe, expect, it } from 'vitest'
import { must, tempStore } from './temp-store.ts'

describe('chosen product groups', () => {
  it('are kept by tenant and product, changed, and forgotten', () => {
    const { store } = tempStore()
    store.groupChoices.set(1, [
      { commerceId: 10, groupId: 5 },
      { commerceId: 11, groupId: 6 },
    ])
    store.groupChoices.set(2, [{ commerceId: 10, groupId: 9 }])
    store.groupChoices.set(1, [
      { commerceId: 10, groupId: 7 },
      { commerceId: 11, groupId: null },
    ])
    expect([...store.groupChoices.of(1, [10, 11, 12])]).toEqual([[10, 7]])
    expect([...store.groupChoices.of(2, [10])]).toEqual([[10, 9]])
  })

  it('have their products mapped again by the next run that starts, once', () => {
    const { store } = tempStore()
    const rows = [1, 2, 3].map((id) => ({ id, parentId: null, modifiedAt: null, body: '{}' }))
    store.sources.putPage(1, 'product', rows, 1, { marksChildren: false })
    store.sources.clean(1, 'product', [1, 2, 3])
    store.groupChoices.set(1, [
      { commerceId: 1, groupId: 5 },
      { commerceId: 2, groupId: null },
    ])
    expect(store.sources.dirtyIds(1, 'product', 0, 10)).toEqual([])
    store.groupChoices.settle(1)
    expect(store.sources.dirtyIds(1, 'product', 0, 10)).toEqual([1, 2])
    store.sources.clean(1, 'product', [1, 2, 3])
    store.groupChoices.settle(1)
    expect(store.sources.dirtyIds(1, 'product', 0, 10)).toEqual([])
    expect([...store.groupChoices.of(1, [1, 2])]).toEqual([[1, 5]])
    expect(store.db.prepare('SELECT count(*) FROM group_choice').pluck().get()).toBe(1)
  })

  it('go with their tenant', () => {
    const { store } = tempStore()
    const { id } = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.example' }))
    store.groupChoices.set(id, [{ commerceId: 1, groupId: 2 }])
    must(store.tenants.remove(id))
    expect(store.groupChoices.of(id, [1]).size).toBe(0)
  })
})
