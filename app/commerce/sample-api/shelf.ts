import type { Resource } from '../resources/resource.ts'
import type { Ground } from './ground.ts'
import type { AnyRow } from './rows.ts'
import type { Table } from './tables.ts'

/** What a list can be asked for. */
export type Query = {
  readonly parentId?: number
  readonly exact?: string
  /** Only records modified strictly after this instant (milliseconds since 1970). */
  readonly afterMs?: number
}

/** One list as it is now: the invented table under the changes made since. Ids in list order. */
export type Shelf = {
  readonly resource: Resource
  ids(query?: Query): ArrayLike<number>
  get(id: number): AnyRow | null
  /** An id that no record has or had, higher than all; each call gives another. */
  nextId(): number
  add(id: number, row: AnyRow, where: 'front' | 'end'): void
  patch(id: number, changes: AnyRow): void
  remove(id: number): boolean
}

const modifiedOf = (row: AnyRow): number | null =>
  typeof row.modifiedDate === 'string' ? Date.parse(row.modifiedDate) : null

/** Lays changes over a table. Records that nobody changed are made when asked for and kept nowhere. */
export function makeShelf(ground: Ground, resource: Resource, table: Table): Shelf {
  const { name, parent, exact } = resource
  const added = new Map<number, AnyRow>()
  const patches = new Map<number, AnyRow>()
  const removed = new Set<number>()
  const [front, end]: [number[], number[]] = [[], []]
  let stamps: Float64Array | null = null
  let all: Int32Array | null = null
  let lastId = 0
  let recent: { afterMs: number; ids: number[] } | null = null
  const forget = () => {
    all = null
    recent = null
  }

  const indexOf = (id: number) => {
    const index = ground.indexOf(name, id)
    return index !== null && index < table.count() ? index : null
  }
  const get = (id: number): AnyRow | null => {
    if (removed.has(id)) return null
    const index = indexOf(id)
    const row = added.get(id) ?? (index === null ? null : table.make(index))
    const patch = patches.get(id)
    return row && patch ? { ...row, ...patch } : row
  }
  const everyId = () => {
    if (all) return all
    const made = Array.from({ length: table.count() }, (_, index) => ground.idOf(name, index))
    all = Int32Array.from([...front, ...made.filter((id) => !removed.has(id)), ...end])
    return all
  }
  const stampOf = (id: number): number => {
    const changed = modifiedOf(patches.get(id) ?? {}) ?? modifiedOf(added.get(id) ?? {})
    if (changed !== null) return changed
    stamps ??= Float64Array.from({ length: table.count() }, (_, index) => table.modifiedMs(index))
    return stamps[indexOf(id) ?? -1] ?? 0
  }
  const since = (afterMs: number) => {
    if (recent?.afterMs !== afterMs)
      recent = { afterMs, ids: Array.from(everyId()).filter((id) => stampOf(id) > afterMs) }
    return recent.ids
  }
  const childrenOf = (parentId: number): number[] => {
    const field = parent?.field
    const later = [...front, ...end].filter((id) => field && added.get(id)?.[field] === parentId)
    const index = parent ? ground.indexOf(parent.of, parentId) : null
    if (index === null || !table.children) return later
    const first = table.children.firstOf(index)
    const size = table.children.sizeOf(index)
    const made = Array.from({ length: size }, (_, n) => ground.idOf(name, first + n))
    return [...made.filter((id) => !removed.has(id)), ...later]
  }
  const isAsked = (id: number, query: Query) => {
    if (query.afterMs !== undefined && stampOf(id) <= query.afterMs) return false
    return query.exact === undefined || get(id)?.[exact?.field ?? ''] === query.exact
  }

  return {
    resource,
    get,
    ids: (query = {}) => {
      if (query.parentId !== undefined) return childrenOf(query.parentId).filter((id) => isAsked(id, query))
      if (query.exact !== undefined) return Array.from(everyId()).filter((id) => isAsked(id, query))
      return query.afterMs === undefined ? everyId() : since(query.afterMs)
    },
    nextId: () => {
      lastId = Math.max(lastId, ground.idOf(name, table.count())) + 1
      return lastId
    },
    add: (id, row, where) => {
      added.set(id, row)
      if (where === 'front') front.unshift(id)
      else end.push(id)
      forget()
    },
    patch: (id, changes) => {
      patches.set(id, { ...patches.get(id), ...changes })
      recent = null
    },
    remove: (id) => {
      if (get(id) === null) return false
      removed.add(id)
      for (const list of [front, end]) if (list.includes(id)) list.splice(list.indexOf(id), 1)
      forget()
      return true
    },
  }
}
