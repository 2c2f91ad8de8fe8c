import { expect, it } from 'vitest'
import {
  inherited,
  suggestedGroup,
  suggestions,
  treeOf,
} from '../../../renderer/screens/tenants/group-tree.ts'

const category = (id: number, name: string, parentId: number | null = null) => ({
  id,
  name,
  parentId,
  products: 0,
})

it('puts children under their parents, by name', () => {
  const rows = treeOf([
    category(3, 'Monitors', 1),
    category(2, 'Laptops', 1),
    category(1, 'Hardware'),
    category(4, 'Adapters'),
  ])
  expect(rows.map(({ name, depth }) => [name, depth])).toEqual([
    ['Adapters', 0],
    ['Hardware', 0],
    ['Laptops', 1],
    ['Monitors', 1],
  ])
})

it('loses no category whose parent is gone or that runs in a circle, and ends', () => {
  const rows = treeOf([category(1, 'A', 2), category(2, 'B', 1), category(3, 'C', 99), category(4, 'D', 4)])
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4]))
  expect(rows).toHaveLength(4)
})

it('gives the group of the nearest category above', () => {
  const rows = treeOf([category(1, 'A'), category(2, 'B', 1), category(3, 'C', 2)])
  const of = (id: number, map: Record<string, number>) => {
    const row = rows.find((each) => each.id === id)
    return row ? inherited(row, map) : undefined
  }
  expect(of(3, { '1': 10, '2': 20 })).toBe(20)
  expect(of(3, { '1': 10, '3': 30 })).toBe(10)
  expect(of(1, { '1': 10 })).toBeNull()
})

it('suggests by name whatever the case, signs and plurals, and nothing when two fit or none has a name', () => {
  const groups = [
    { id: 1, name: 'Laptops & Tablets' },
    { id: 2, name: 'Cable' },
    { id: 3, name: 'cables' },
  ]
  expect(suggestedGroup('laptop / tablets', groups)?.id).toBe(1)
  expect(suggestedGroup('Cables', groups)).toBeNull()
  expect(suggestedGroup('', [{ id: 4, name: '–' }])).toBeNull()
  const rows = treeOf([
    category(7, 'Laptops, tablets'),
    category(8, 'Laptops & Tablets'),
    category(9, 'Other'),
  ])
  expect(suggestions(rows, groups, { '8': 2 })).toEqual({ '7': 1 })
})
