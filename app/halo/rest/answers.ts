/** One record of Halo's API as it came. Fields come and go between versions, so nothing about it is taken for granted. */
export type HaloObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is HaloObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What lists may be called; `quotations` is what public code expects where the documents say `quotes` (apis.md §2.2). */
const listKeys = [
  'clients',
  'sites',
  'users',
  'items',
  'quotes',
  'quotations',
  'salesorders',
  'orders',
  'suppliers',
  'tickets',
  'results',
  'records',
  'data',
]

/** A page of a list: a bare array, or an object with the rows under a key of its own and the number of all rows. */
export function readList(answer: unknown): {
  readonly rows: readonly HaloObject[]
  readonly total: number | null
} {
  if (Array.isArray(answer)) return { rows: answer.filter(isObject), total: null }
  if (!isObject(answer)) return { rows: [], total: null }
  const total = typeof answer.record_count === 'number' ? answer.record_count : null
  const named = listKeys.find((key) => Array.isArray(answer[key]))
  // A key that nobody has met yet: the one list of objects that is there.
  const lists = Object.values(answer).filter((value): value is unknown[] => Array.isArray(value))
  const list = named === undefined ? (lists.length === 1 ? lists[0] : undefined) : answer[named]
  return { rows: Array.isArray(list) ? list.filter(isObject) : [], total }
}

/** What a POST answers: the record, a list of them, or a list under a key. A record has an id of its own. */
export function readPosted(answer: unknown): readonly HaloObject[] {
  if (Array.isArray(answer)) return answer.filter(isObject)
  if (!isObject(answer)) return []
  return idOf(answer) === null ? readList(answer).rows : [answer]
}

/** A single GET: the record, or a list of one. Null when there is none. */
export function readOne(answer: unknown): HaloObject | null {
  const first = Array.isArray(answer) ? answer[0] : answer
  return isObject(first) && idOf(first) !== null ? first : null
}

/** Halo's key: a whole number above 0 (clients' sites and users may carry it as a float). */
export const idOf = (record: HaloObject): number | null => wholeOf(record.id)

/** A whole number above 0, also as text; null for anything else. */
export function wholeOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : null
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** Flags come as true, 1, "1" or "true". */
export const flagOf = (value: unknown): boolean =>
  value === true || Number(value) === 1 || (typeof value === 'string' && value.toLowerCase() === 'true')
