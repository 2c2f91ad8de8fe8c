import type { HaloChoice, SheetFinder, SheetKey } from '../halo/destination.ts'
import { ok, type Result } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'

/** Halo's ids by what a cell says, in lower case. */
export type Found = ReadonlyMap<string, readonly number[]>
export const none: Found = new Map()

/** What a cell says, as it is looked up. */
export const plain = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toLowerCase()

const idPattern = /^#\s*(\d{1,10})$/

/** The id that a reference names outright, "#311"; null for a name or number. */
export function idIn(value: unknown): number | null {
  const digits = idPattern.exec(plain(value))?.[1]
  return digits === undefined ? null : Number(digits)
}

/**
 * Finds what cells refer to: "#311" is the record with Halo's id 311; anything else is looked up by the keys in turn, and the first that
 * knows a value decides.
 */
export async function findReferences(
  finder: Pick<SheetFinder, 'find'>,
  entity: Entity,
  keys: readonly SheetKey[],
  values: readonly string[],
): Promise<Result<Found>> {
  const found = new Map<string, readonly number[]>()
  let open = values.filter((value) => idIn(value) === null)
  for (const by of keys) {
    if (open.length === 0) break
    const answer = await finder.find(entity, by, open)
    if (!answer.ok) return answer
    for (const [value, ids] of answer.value) found.set(value, ids)
    open = open.filter((value) => !found.has(value))
  }
  const named = values.filter((value) => idIn(value) !== null)
  if (named.length === 0) return ok(found)
  const answer = await finder.find(
    entity,
    'haloId',
    named.map((value) => String(idIn(value))),
  )
  if (!answer.ok) return answer
  for (const value of named) {
    const ids = answer.value.get(String(idIn(value)))
    if (ids) found.set(value, ids)
  }
  return ok(found)
}

/** The ids that a reference to one of Halo's own short lists (groups, taxes) may mean: by "#311", its name, or a tax's rate ("20 %"). */
export function idsInList(list: readonly HaloChoice[]): (value: unknown) => readonly number[] {
  const byName = new Map<string, number[]>()
  for (const { id, name } of list) byName.set(plain(name), [...(byName.get(plain(name)) ?? []), id])
  const ids = new Set(list.map(({ id }) => id))
  return (value) => {
    const id = idIn(value)
    if (id !== null) return ids.has(id) ? [id] : []
    return byName.get(plain(value)) ?? ofRate(list, plain(value))
  }
}

function ofRate(list: readonly HaloChoice[], value: string): readonly number[] {
  const rate = /^(\d+(?:[.,]\d+)?)\s*%?$/.exec(value)?.[1]
  if (rate === undefined) return []
  return list.filter((one) => one.rate === Number(rate.replace(',', '.'))).map(({ id }) => id)
}
