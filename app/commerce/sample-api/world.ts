import type { Clock } from '../../model/ports.ts'
import { resources } from '../resources/index.ts'
import { type ResourceName, resourceNames } from '../resources/resource.ts'
import { makeChanges, type WorldChanges } from './changes.ts'
import { isoOf, type Sizes } from './ground.ts'
import { makeLay } from './lay.ts'
import type { AnyRow, Rows } from './rows.ts'
import { makeShelf, type Query, type Shelf } from './shelf.ts'
import { makeTables } from './tables.ts'

/** The records behind the sample API, to be looked at and changed by tests and by activity. */
export type World = WorldChanges & {
  /** The instant up to which the invented past reaches (UTC ISO). */
  readonly baseAt: string
  /** The instant a change made now is dated with (UTC ISO). */
  now(): string
  count(name: ResourceName): number
  /** Ids in list order; none for productimage, whose records have no id. */
  ids(name: ResourceName, query?: Query): number[]
  get<Name extends ResourceName>(name: Name, id: number): Rows[Name] | null
  /** The records themselves, in list order: mind the count. */
  list<Name extends ResourceName>(name: Name, query?: Query): Rows[Name][]
  /** The nth to the (n + size)th record that a query finds, and how many there are. */
  slice(name: ResourceName, query: Query, from: number, size: number): { rows: AnyRow[]; total: number }
  /** Counts every change of any record. */
  readonly version: number
}

/** A world of the given size; the same seed makes the same world. */
export function makeWorld(seed: number, baseMs: number, sizes: Sizes, clock: Clock): World {
  const lay = makeLay(seed, baseMs, sizes)
  const tables = makeTables(lay)
  const shelves = Object.fromEntries(
    resourceNames.map((name) => [name, makeShelf(lay, resources[name], tables[name])]),
  ) as { [Name in ResourceName]: Shelf }
  let version = 0
  const now = () => isoOf(clock.now())
  const get = <Name extends ResourceName>(name: Name, id: number) =>
    shelves[name].get(id) as Rows[Name] | null
  const idsOf = (name: ResourceName, query?: Query) => Array.from(shelves[name].ids(query))

  const slice = (name: ResourceName, query: Query, from: number, size: number) => {
    const ids = shelves[name].ids(query)
    const rows: AnyRow[] = []
    for (let at = from; at < Math.min(from + size, ids.length); at++) {
      const row = shelves[name].get(ids[at] ?? 0)
      if (row) rows.push(row)
    }
    return { rows, total: ids.length }
  }
  const changes = makeChanges({
    shelves,
    now,
    changed: () => {
      version++
    },
  })
  return {
    ...changes,
    baseAt: isoOf(baseMs),
    now,
    count: (name) => shelves[name].ids().length,
    ids: (name, query) => (resources[name].hasSingle ? idsOf(name, query) : []),
    get,
    list: (name, query) => idsOf(name, query).flatMap((id) => get(name, id) ?? []),
    slice,
    get version() {
      return version
    },
  }
}
