import type { Resource, ResourceName } from '../resources/resource.ts'
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
  ids(query?: Query): ArrayLike<number>
  get(id: number): AnyRow | null
  /** An id that no record has or had, higher than all; each call gives another. */
  nextId(): number
  add(id: number, row: AnyRow, where: 'front' | 'end'): void
  patch(id: number, changes: AnyRow): void
  remove(id: number): boolean
}

const modifiedOf = (row: AnyRow | undefined): number | null =>
  typeof row?.modifiedDate === 'string' ? Date.parse(row.modifiedDate) : null

/** The records of one list, as invented and as changed since, without an order. */
function makeRecords(ground: Ground, name: ResourceName, table: Table) {
  const added = new Map<number, AnyRow>()
  const patches = new Map<number, AnyRow>()
  const removed = new Set<number>()
  let stamps: Float64Array | null = null
  const indexOf = (id: number) => {
    const index = ground.indexOf(name, id)
    return index !== null && index < table.count() ? index : null
  }
  return {
    added,
    patches,
    removed,
    get: (id: number): AnyRow | null => {
      if (removed.has(id)) return null
      const index = indexOf(id)
      const row = added.get(id) ?? (index === null ? null : table.make(index))
      const patch = patches.get(id)
      return row && patch ? { ...row, ...patch } : row
    },
    /** When it was modified, without making it. */
    stampOf: (id: number): number => {
      const changed = modifiedOf(patches.get(id)) ?? modifiedOf(added.get(id))
      if (changed !== null) return changed
      stamps ??= Float64Array.from({ length: table.count() }, (_, index) => table.modifiedMs(index))
      return stamps[indexOf(id) ?? -1] ?? 0
    },
  }
}

/** The order of a list, kept until a record comes or goes (four bytes each), and the last answer to what was modified since. */
function makeOrder(
  ground: Ground,
  resource: Resource,
  table: Table,
  records: ReturnType<typeof makeRecords>,
) {
  const { name, parent } = resource
  const [front, end]: [number[], number[]] = [[], []]
  let all: Int32Array | null = null
  let recent: { afterMs: number; ids: number[] } | null = null
  const every = (): Int32Array => {
    if (all) return all
    const made = Array.from({ length: table.count() }, (_, index) => ground.idOf(name, index))
    all = Int32Array.from([...front, ...made.filter((id) => !records.removed.has(id)), ...end])
    return all
  }
  return {
    front,
    end,
    every,
    since: (afterMs: number): number[] => {
      if (recent?.afterMs !== afterMs)
        recent = { afterMs, ids: Array.from(every()).filter((id) => records.stampOf(id) > afterMs) }
      return recent.ids
    },
    of: (parentId: number): number[] => {
      const field = parent?.field
      const later = [...front, ...end].filter((id) => field && records.added.get(id)?.[field] === parentId)
      const index = parent ? ground.indexOf(parent.of, parentId) : null
      if (index === null || !table.children) return later
      const first = table.children.firstOf(index)
      const made = Array.from({ length: table.children.sizeOf(index) }, (_, n) =>
        ground.idOf(name, first + n),
      )
      return [...made.filter((id) => !records.removed.has(id)), ...later]
    },
    forget: (what: 'order' | 'dates') => {
      if (what === 'order') all = null
      recent = null
    },
  }
}

/** Lays changes over a table. Records that nobody changed are made when asked for and kept nowhere. */
export function makeShelf(ground: Ground, resource: Resource, table: Table): Shelf {
  const records = makeRecords(ground, resource.name, table)
  const order = makeOrder(ground, resource, table, records)
  const { get, stampOf, added, patches, removed } = records
  let lastId = 0
  const isAsked = (id: number, { afterMs, exact }: Query) => {
    if (afterMs !== undefined && stampOf(id) <= afterMs) return false
    return exact === undefined || get(id)?.[resource.exact?.field ?? ''] === exact
  }
  return {
    get,
    ids: (query = {}) => {
      const { parentId, exact, afterMs } = query
      if (parentId !== undefined) return order.of(parentId).filter((id) => isAsked(id, query))
      if (exact !== undefined) return Array.from(order.every()).filter((id) => isAsked(id, query))
      return afterMs === undefined ? order.every() : order.since(afterMs)
    },
    nextId: () => {
      lastId = Math.max(lastId, ground.idOf(resource.name, table.count())) + 1
      return lastId
    },
    add: (id, row, where) => {
      added.set(id, row)
      if (where === 'front') order.front.unshift(id)
      else order.end.push(id)
      order.forget('order')
    },
    patch: (id, changes) => {
      patches.set(id, { ...patches.get(id), ...changes })
      order.forget('dates')
    },
    remove: (id) => {
      if (get(id) === null) return false
      removed.add(id)
      for (const list of [order.front, order.end]) if (list.includes(id)) list.splice(list.indexOf(id), 1)
      order.forget('order')
      return true
    },
  }
}
