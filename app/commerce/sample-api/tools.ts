import type { ResourceName } from '../resources/resource.ts'
import type { AnyRow, Rows } from './rows.ts'
import type { Shelf } from './shelf.ts'

/** What there is to change. */
export type Changeable = {
  readonly shelves: { readonly [Name in ResourceName]: Shelf }
  /** UTC ISO. */
  now(): string
  changed(): void
}

export type Where = 'front' | 'end'

/** The plain ways in which every change is made. */
export type Tools = {
  now(): string
  add<Name extends Exclude<ResourceName, 'productimage'>>(
    name: Name,
    values: Omit<Rows[Name], 'id'>,
    where?: Where,
  ): Rows[Name]
  /** The record; throws when there is none (a test's own mistake). */
  need<Name extends ResourceName>(name: Name, id: number): Rows[Name]
  touch<Name extends ResourceName>(name: Name, id: number, changes?: Partial<Rows[Name]>): Rows[Name]
  remove(name: ResourceName, id: number): boolean
  ids(name: ResourceName, parentId?: number): number[]
}

export function makeTools({ shelves, now, changed }: Changeable): Tools {
  const need = <Name extends ResourceName>(name: Name, id: number): Rows[Name] => {
    const row = shelves[name].get(id)
    if (!row) throw new Error(`The sample world has no ${name} ${id}`)
    return row as Rows[Name]
  }
  return {
    now,
    need,
    add: (name, values, where = 'end') => {
      const id = shelves[name].nextId()
      const row: AnyRow = { ...values, id }
      shelves[name].add(id, row, where)
      changed()
      return need(name, id)
    },
    touch: (name, id, changes = {}) => {
      const moved = 'modifiedDate' in need(name, id) ? { modifiedDate: now() } : {}
      shelves[name].patch(id, { ...moved, ...changes })
      changed()
      return need(name, id)
    },
    remove: (name, id) => {
      changed()
      return shelves[name].remove(id)
    },
    ids: (name, parentId) => Array.from(shelves[name].ids(parentId === undefined ? {} : { parentId })),
  }
}
