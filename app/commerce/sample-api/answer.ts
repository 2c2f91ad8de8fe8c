import { readDate } from '../../model/dates.ts'
import { resources } from '../resources/index.ts'
import { type Resource, type ResourceName, resourceNames } from '../resources/resource.ts'
import { bendRow, type Quirks } from './quirks.ts'
import type { AnyRow } from './rows.ts'
import type { Query } from './shelf.ts'
import type { World } from './world.ts'

/** What is answered: rows or one row with 200, or a refusal with its reason. */
export type Answer =
  | { readonly status: 200; readonly body: AnyRow | readonly AnyRow[] }
  | { readonly status: 400 | 404; readonly reason: string }

const largestId = 2 ** 31 - 1
const longestPage = 100
const refuse = (status: 400 | 404, reason: string): Answer => ({ status, reason })

/** Query parameters under lower-case names: the real server does not mind the case (apis.md §1.2). */
export const readQuery = (search: URLSearchParams): ReadonlyMap<string, string> =>
  new Map([...search].map(([name, value]) => [name.toLowerCase(), value]))

const wholeNumber = (text: string): number | null => (/^-?\d{1,10}$/.test(text) ? Number(text) : null)

/** The query of a list; text when the server could not read it. A parameter that a list does not know is ignored. */
function queryOf(resource: Resource, asked: ReadonlyMap<string, string>, quirks: Quirks): Query | string {
  const query: { parentId?: number; exact?: string; afterMs?: number } = {}
  const parent = resource.parent && asked.get(resource.parent.query.toLowerCase())
  if (parent && !quirks.ignoreParentFilters) {
    const id = wholeNumber(parent)
    if (id === null) return `The value '${parent}' is not valid.`
    query.parentId = id
  }
  const exact = resource.exact && asked.get(resource.exact.query.toLowerCase())
  if (exact) query.exact = exact
  const after = resource.since && asked.get(resource.since.toLowerCase())
  if (after) {
    const afterMs = Date.parse(readDate(after) ?? after)
    if (Number.isNaN(afterMs)) return `The value '${after}' is not valid.`
    query.afterMs = afterMs
  }
  return query
}

/** Answers for a world; keeps what shifting lists need between requests. */
export function makeAnswerer(world: World, quirks: Quirks) {
  const inserted = new Map<ResourceName, number>()

  const shift = (name: ResourceName, page: number) => {
    if (page < 2 || name === 'productimage') return
    const before = inserted.get(name)
    if (before !== undefined) world.remove(name, before)
    inserted.delete(name)
    const id = page % 2 === 0 ? world.addCopy(name, 'front') : null
    if (id !== null) inserted.set(name, id)
  }
  const bend = (name: ResourceName, row: AnyRow) =>
    bendRow(name, row, () => row.id === world.ids(name)[0], quirks)

  const list = (resource: Resource, asked: ReadonlyMap<string, string>): Answer => {
    const query = queryOf(resource, asked, quirks)
    if (typeof query === 'string') return refuse(400, query)
    const page = wholeNumber(asked.get('page') || '1')
    const wanted = wholeNumber(asked.get('pagesize') || String(longestPage))
    if (resource.isPaged && (page === null || wanted === null)) return refuse(400, 'The page is not valid.')
    const size = Math.max(1, Math.min(wanted ?? longestPage, longestPage))
    const at = quirks.ignorePages ? 1 : Math.max(1, page ?? 1)
    if (quirks.shiftingLists && query.parentId === undefined) shift(resource.name, at)
    const from = resource.isPaged ? (at - 1) * size : 0
    const { rows } = world.slice(
      resource.name,
      query,
      from,
      resource.isPaged ? size : Number.MAX_SAFE_INTEGER,
    )
    return { status: 200, body: rows.map((row) => bend(resource.name, row)) }
  }

  const one = (resource: Resource, text: string): Answer => {
    const id = wholeNumber(text)
    if (id === null || id > largestId) return refuse(400, `The value '${text}' is not valid.`)
    const row = world.get(resource.name, id)
    return row ? { status: 200, body: bend(resource.name, row) } : refuse(400, 'The record does not exist.')
  }

  /** `path` and query names are read case-blind, as ASP.NET does. */
  return (path: string, asked: ReadonlyMap<string, string>): Answer => {
    const [version, listName, id, ...more] = path.toLowerCase().split('/').slice(1)
    const name = resourceNames.find((known) => known === listName)
    if (version !== 'v1' || !name || more.length > 0) return refuse(404, 'There is no such address.')
    const resource: Resource = resources[name]
    if (id === undefined || id === '') return list(resource, asked)
    return resource.hasSingle ? one(resource, id) : refuse(404, 'There is no such address.')
  }
}
