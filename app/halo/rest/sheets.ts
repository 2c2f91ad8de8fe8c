import { ok, type Result } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { SheetFinder, SheetKey } from '../destination.ts'
import { type HaloObject, idOf, readOne, textOf } from './answers.ts'
import type { HaloApi, Query } from './api.ts'
import { besideEachOther, wholeList } from './find-lists.ts'

type Place = { readonly path: string; readonly query: Query; readonly number: string; readonly name: string }

const all = { includeactive: true, includeinactive: true }
/** Where a record's number and name are. An order's number is in its summary, as it is written there. */
const places: Readonly<Record<Entity, Place>> = {
  customers: { path: '/Client', query: all, number: 'ref', name: 'name' },
  products: { path: '/Item', query: all, number: 'externalreference', name: 'name' },
  quotes: { path: '/Quotation', query: {}, number: 'third_party_number', name: 'title' },
  salesOrders: { path: '/SalesOrder', query: {}, number: 'summary', name: 'title' },
}

/** An import asks in pieces; what was read holds for all of them. */
const freshMs = 60_000

const plain = (value: string): string => value.trim().toLowerCase()

/** Finds records by what a person calls them. Halo's `search` may be ignored, so whole lists are read through and compared here. */
export function restSheets(api: HaloApi, now: () => number): SheetFinder & { forget(): void } {
  const kept = new Map<string, { readonly rows: readonly HaloObject[]; readonly untilMs: number }>()
  const rowsOf = async (
    entity: Entity,
    by: Exclude<SheetKey, 'haloId'>,
  ): Promise<Result<readonly HaloObject[]>> => {
    const name = `${entity} ${by}`
    const known = kept.get(name)
    if (known && now() < known.untilMs) return ok(known.rows)
    const { path, query, ...fields } = places[entity]
    const rows = await wholeList(api, path, query, (row) => fields[by] in row)
    if (rows.ok) kept.set(name, { rows: rows.value, untilMs: now() + freshMs })
    return rows
  }
  return {
    // What is written changes what there is to be found.
    forget: () => kept.clear(),
    find: async (entity, by, values) => {
      const wanted = new Set(values.map(plain).filter((value) => value !== ''))
      if (by === 'haloId') return findById(api, places[entity].path, wanted)
      if (wanted.size === 0) return ok(new Map())
      const rows = await rowsOf(entity, by)
      if (!rows.ok) return rows
      const found = new Map<string, number[]>()
      for (const row of rows.value) {
        const value = plain(textOf(row[places[entity][by]]))
        const id = idOf(row)
        if (id !== null && wanted.has(value)) found.set(value, [...(found.get(value) ?? []), id])
      }
      return ok(found)
    },
    names: async (entity, by, onNames) => {
      const rows = await rowsOf(entity, by)
      if (!rows.ok) return rows
      await onNames(
        rows.value.map((row) => textOf(row[places[entity][by]]).trim()).filter((text) => text !== ''),
      )
      return ok(null)
    },
  }
}

async function findById(
  api: HaloApi,
  path: string,
  wanted: ReadonlySet<string>,
): Promise<Result<ReadonlyMap<string, readonly number[]>>> {
  const ids = [...wanted].map(Number).filter((id) => Number.isSafeInteger(id) && id > 0)
  const rows = await besideEachOther(ids, (id) => api.get(`${path}/${id}`))
  if (!rows.ok) return rows
  const found = rows.value.flatMap((answer) => {
    const id = idOf(readOne(answer) ?? {})
    return id === null ? [] : [[String(id), [id]] as const]
  })
  return ok(new Map(found))
}
