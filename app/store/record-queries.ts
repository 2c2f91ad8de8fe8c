import type { Database } from 'better-sqlite3'
import type { OutcomeKind } from '../model/outcome.ts'
import { type Entity, entities } from '../model/tenant.ts'
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
export type RecordSortKey = (typeof recordSortKeys)[number]

export type RecordListQuery = {
  readonly entity: Entity
  readonly tenantId?: number
  /** Part of label, number, name or customer, any case. */
  readonly search?: string
  /** Commerce status numbers. */
  readonly statuses?: readonly number[]
  readonly kinds?: readonly OutcomeKind[]
  readonly sort: RecordSortKey
  readonly isDescending: boolean
  readonly offset: number
  readonly limit: number
}

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
  /** "Was this synced?": records of any tenant with this number, name, SKU or id, then those that contain the text; 50 at most. */
  story(text: string): readonly RecordState[]
}

export function recordQueries(db: Database): RecordQueries {
  return { list: list(db), story: story(db) }
}

function list(db: Database): RecordQueries['list'] {
  const { rows, count } = lists(db)
  return (query) => {
    const { sql, values } = filterOf(query)
    const direction = query.isDescending ? 'DESC' : 'ASC'
    const order = `${sortColumns[query.sort]} ${direction}, tenant_id ${direction}, commerce_id ${direction}`
    const found = rows<RawRecord>(
      `SELECT ${recordColumns} FROM record WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
      [...values, query.limit, query.offset],
    )
    const counted = count(
      `SELECT count(*) AS n FROM (SELECT 1 FROM record WHERE ${sql} LIMIT ${totalCap + 1})`,
      values,
    )
    return {
      rows: found.map(recordFrom),
      total: Math.min(counted, totalCap),
      isTotalCapped: counted > totalCap,
    }
  }
}

function filterOf(query: RecordListQuery): Where {
  return where('TRUE', [
    ['entity = ?', query.entity],
    ['tenant_id = ?', query.tenantId],
    ['status IN (SELECT value FROM json_each(?))', anyOf(query.statuses)],
    ['last_kind IN (SELECT value FROM json_each(?))', anyOf(query.kinds)],
    ['instr(needle, ?) > 0', partOf(query.search)],
  ])
}

function story(db: Database): RecordQueries['story'] {
  const anyEntity = `entity IN (${entities.map((entity) => `'${entity}'`).join(', ')})`
  const keys = (which: string) => `SELECT tenant_id, entity, commerce_id FROM record WHERE ${which}`
  const exact = db.prepare<[string, string, string, number, number], RawRecord>(
    `SELECT ${recordColumns} FROM record WHERE (tenant_id, entity, commerce_id) IN (
       ${keys(`${anyEntity} AND label = ?`)} UNION ${keys(`${anyEntity} AND number = ?`)} UNION ${keys(`${anyEntity} AND name = ?`)}
       UNION ${keys(`tenant_id IN (SELECT id FROM tenant) AND ${anyEntity} AND commerce_id = ?`)} UNION ${keys('halo_id = ?')})
     ORDER BY modified_at DESC LIMIT ${storyRows}`,
  )
  const containing = db.prepare<[string], RawRecord>(
    `SELECT ${recordColumns} FROM record WHERE instr(needle, ?) > 0 ORDER BY modified_at DESC LIMIT ${storyRows}`,
  )
  return (text) => {
    const wanted = text.trim()
    if (wanted === '') return []
    // -1 is nobody's id.
    const id = /^\d{1,15}$/.test(wanted) ? Number(wanted) : -1
    const first = exact.all(wanted, wanted, wanted, id, id)
    const keyOf = (row: RawRecord) => `${row.tenantId}/${row.entity}/${row.commerceId}`
    const known = new Set(first.map(keyOf))
    const more = containing.all(wanted.toLowerCase()).filter((row) => !known.has(keyOf(row)))
    return [...first, ...more].slice(0, storyRows).map(recordFrom)
  }
}
