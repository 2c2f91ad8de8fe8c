import type { Database } from 'better-sqlite3'
import type { OutcomeKind } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'
import { anyOf, lists, partOf, type Where, where } from './filter.ts'
import { type RawRecord, type RecordState, recordColumns, recordFrom } from './record-state.ts'

export const recordSortKeys = [
  'label',
  'number',
  'name',
  'customer',
  'status',
  'amount',
  'modifiedAt',
  'syncedAt',
] as const
type RecordSortKey = (typeof recordSortKeys)[number]

/** Which records of one kind, and in which order. */
type RecordFilter = {
  readonly entity: Entity
  readonly tenantId?: number
  /** Quotes and orders of this Commerce customer. */
  readonly customerId?: number
  /** true: known to be in Halo; false: not. */
  readonly isInHalo?: boolean
  /** true: gone from Commerce; false: still there. */
  readonly isGone?: boolean
  /** Part of label, number, name or customer, any case. */
  readonly search?: string
  /** Commerce status numbers. */
  readonly statuses?: readonly number[]
  readonly kinds?: readonly OutcomeKind[]
  readonly sort: RecordSortKey
  readonly isDescending: boolean
}

/** One window of them. */
export type RecordListQuery = RecordFilter & { readonly offset: number; readonly limit: number }

export type RecordKey = Pick<RecordState, 'tenantId' | 'entity' | 'commerceId'>

export type RecordList = {
  readonly rows: readonly RecordState[]
  /** Rows that match, counted up to `totalCap`. */
  readonly total: number
  /** True when there are more than `totalCap`. */
  readonly isTotalCapped: boolean
}

/** Counting further would cost more than a person gains by it. */
export const totalCap = 200_000
const storyRows = 50

const sortColumns: Readonly<Record<RecordSortKey, string>> = {
  label: 'label',
  number: 'number',
  name: 'name',
  customer: 'customer_name',
  status: 'status',
  amount: 'amount',
  modifiedAt: 'modified_at',
  syncedAt: 'synced_at',
}

export type RecordQueries = {
  /** One window of a sorted, filtered list; done in SQL. */
  list(query: RecordListQuery): RecordList
  /** The keys of the whole list in its order: what a long export walks through, so that rows that change meanwhile come once. */
  keys(filter: RecordFilter): readonly RecordKey[]
  /** The rows of these keys of one kind, in their order; those that are gone meanwhile are left out. */
  some(keys: readonly RecordKey[]): readonly RecordState[]
  /** "Was this synced?": records of any tenant with this number, name, SKU or id, then those that contain the text; 50 at most. */
  story(text: string): readonly RecordState[]
}

export function recordQueries(db: Database): RecordQueries {
  return { list: list(db), ...walk(db), story: story(db) }
}

/** The window is found by keys alone and its rows fetched last: sorting whole rows takes several times as long. */
function list(db: Database): RecordQueries['list'] {
  const { rows, count } = lists(db)
  return (query) => {
    const { sql, values } = filterOf(query, query.sort === 'modifiedAt' && isIndexed(query))
    const all = filterOf(query, isIndexed(query))
    const order = orderOf(query)
    const found = rows<RawRecord>(
      `SELECT ${recordColumns} FROM record WHERE (tenant_id, entity, commerce_id) IN
         (SELECT tenant_id, entity, commerce_id FROM record WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?)
       ORDER BY ${order}`,
      [...values, query.limit, query.offset],
    )
    const counted = count(
      `SELECT count(*) AS n FROM (SELECT 1 FROM record WHERE ${all.sql} LIMIT ${totalCap + 1})`,
      all.values,
    )
    return {
      rows: found.map(recordFrom),
      total: Math.min(counted, totalCap),
      isTotalCapped: counted > totalCap,
    }
  }
}

function walk(db: Database): Pick<RecordQueries, 'keys' | 'some'> {
  const { rows } = lists(db)
  const one = db.prepare<[number, Entity, number], RawRecord>(
    `SELECT ${recordColumns} FROM record WHERE tenant_id = ? AND entity = ? AND commerce_id = ?`,
  )
  return {
    keys: (filter) => {
      const { sql, values } = filterOf(filter, filter.sort === 'modifiedAt' && isIndexed(filter))
      return rows<RecordKey>(
        `SELECT tenant_id AS tenantId, entity, commerce_id AS commerceId FROM record WHERE ${sql} ORDER BY ${orderOf(filter)}`,
        values,
      )
    },
    some: (keys) => keys.flatMap((key) => one.all(key.tenantId, key.entity, key.commerceId)).map(recordFrom),
  }
}

function orderOf({ sort, isDescending }: RecordFilter): string {
  const direction = isDescending ? 'DESC' : 'ASC'
  return `${sortColumns[sort]} ${direction}, tenant_id ${direction}, commerce_id ${direction}`
}

/** Going through an index row by row to look at what it does not hold takes ten times as long as reading the table. */
const isIndexed = (query: RecordFilter): boolean =>
  !query.search?.trim() &&
  !query.statuses?.length &&
  query.customerId === undefined &&
  query.isInHalo === undefined &&
  query.isGone === undefined &&
  (!query.kinds?.length || isFailedOnly(query))

const isFailedOnly = (query: RecordFilter): boolean =>
  query.kinds?.length === 1 && query.kinds[0] === 'failed'

function filterOf(query: RecordFilter, usesIndex: boolean): Where {
  return where(isFailedOnly(query) ? "last_kind = 'failed'" : 'TRUE', [
    // SQLite's unary plus keeps the index out (sqlite.org/optoverview.html §2).
    [usesIndex ? 'entity = ?' : '+entity = ?', query.entity],
    ['tenant_id = ?', query.tenantId],
    ['customer_id = ?', query.customerId],
    ['(halo_id IS NOT NULL) = ?', flagOf(query.isInHalo)],
    ['(gone_at IS NOT NULL) = ?', flagOf(query.isGone)],
    ['status IN (SELECT value FROM json_each(?))', anyOf(query.statuses)],
    ['last_kind IN (SELECT value FROM json_each(?))', isFailedOnly(query) ? undefined : anyOf(query.kinds)],
    ['instr(needle, ?) > 0', partOf(query.search)],
  ])
}

const flagOf = (value: boolean | undefined): number | undefined =>
  value === undefined ? undefined : Number(value)

function story(db: Database): RecordQueries['story'] {
  // One pass over the table: with an OR, or a part of each index, it would be read several times.
  const find = db.prepare<[string, string, string, number, number, string], { rank: number } & RecordKey>(
    `SELECT CASE WHEN label = ? OR number = ? OR name = ? OR commerce_id = ? OR halo_id = ? THEN 0 ELSE 1 END AS rank,
       tenant_id AS tenantId, entity, commerce_id AS commerceId
     FROM record WHERE rank = 0 OR instr(needle, ?) > 0
     ORDER BY rank, modified_at DESC, tenant_id, commerce_id LIMIT ${storyRows}`,
  )
  const one = db.prepare<[number, Entity, number], RawRecord>(
    `SELECT ${recordColumns} FROM record WHERE tenant_id = ? AND entity = ? AND commerce_id = ?`,
  )
  return (text) => {
    const wanted = text.trim()
    if (wanted === '') return []
    // -1 is nobody's id.
    const id = /^\d{1,15}$/.test(wanted) ? Number(wanted) : -1
    const keys = find.all(wanted, wanted, wanted, id, id, wanted.toLowerCase())
    return keys.flatMap((key) => one.all(key.tenantId, key.entity, key.commerceId)).map(recordFrom)
  }
}
