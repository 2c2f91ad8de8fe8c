import type { CategoryRow } from './mapping-asks.ts'

type Group = { readonly id: number; readonly name: string }

/** A category where it stands in the tree. `above`: its ancestors, nearest first; the first of them with a group gives it on. */
export type TreeRow = CategoryRow & { readonly depth: number; readonly above: readonly number[] }

/** The categories as a tree, parents before children, by name. Rows of a circle, and those whose parent is gone, stand at the top. */
export function treeOf(categories: readonly CategoryRow[]): TreeRow[] {
  const ids = new Set(categories.map(({ id }) => id))
  const byName = categories.toSorted((a, b) => a.name.localeCompare(b.name) || a.id - b.id)
  const children = Map.groupBy(byName, ({ parentId }) => (parentId && ids.has(parentId) ? parentId : null))
  const rows: TreeRow[] = []
  const seen = new Set<number>()
  const add = (category: CategoryRow, above: readonly number[]): void => {
    if (seen.has(category.id)) return
    seen.add(category.id)
    rows.push({ ...category, depth: above.length, above })
    for (const child of children.get(category.id) ?? []) add(child, [category.id, ...above])
  }
  for (const category of children.get(null) ?? []) add(category, [])
  for (const category of byName) add(category, [])
  return rows
}

/** The group that a category gets from the nearest category above it, or null. */
export function inherited(row: TreeRow, groups: Readonly<Record<string, number>>): number | null {
  const from = row.above.find((id) => Object.hasOwn(groups, String(id)))
  return from === undefined ? null : (groups[String(from)] ?? null)
}

const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ')

/** The group of the same name, whatever its case, signs and plurals; null when none or more than one is. */
export function suggestedGroup(category: string, groups: readonly Group[]): Group | null {
  const wanted = plainName(category)
  const found = wanted === '' ? [] : groups.filter(({ name }) => plainName(name) === wanted)
  return found.length === 1 ? (found[0] ?? null) : null
}

/** What would be suggested for categories without a group of their own: category id -> group id. */
export function suggestions(
  rows: readonly TreeRow[],
  groups: readonly Group[],
  map: Readonly<Record<string, number>>,
): Record<string, number> {
  const found = rows
    .filter(({ id }) => !Object.hasOwn(map, String(id)))
    .flatMap(({ id, name }) => {
      const group = suggestedGroup(name, groups)
      return group ? [[String(id), group.id] as const] : []
    })
  return Object.fromEntries(found)
}
