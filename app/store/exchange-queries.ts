import { performance } from 'node:perf_hooks'
import type { Database, Statement } from 'better-sqlite3'
import type { Exchange, ExchangePurpose } from '../model/exchange.ts'
import type { Term } from '../model/inspector/filter.ts'
import { type Moment, termCondition } from './exchange-conditions.ts'
import { type ExchangeGroup, type ExchangeTimeline, groupsOf, timelineOf } from './exchange-groups.ts'
import {
  type ExchangeRow,
  exchangeRow,
  rowColumns,
  type StoredDetail,
  type StoredRow,
  unpacked,
  wholeExchange,
} from './exchange-rows.ts'

/** Everything given must hold. */
export type ExchangeFilter = {
  readonly tenantId?: number
  readonly runId?: number
  readonly callId?: string
  readonly host?: Exchange['host']
  readonly purpose?: ExchangePurpose
  readonly method?: string
  /** 2 for 200 to 299, and so on; 0: no answer came. */
  readonly statusClass?: 0 | 1 | 2 | 3 | 4 | 5
  /** Part of the path, in either case (ASCII). */
  readonly path?: string
  /** Part of the address, the error's words, a header or a body, in either case. */
  readonly text?: string
  readonly onlyFailures?: boolean
  /** UTC ISO, inclusive. */
  readonly since?: string
  /** UTC ISO, exclusive. */
  readonly until?: string
  /** The inspector's own filter; `text` in it asks the index (exchange-words.ts). */
  readonly terms?: readonly Term[]
  /** What `since:` and `until:` in the terms are seen from; the store's clock and UTC midnight when absent. */
  readonly moment?: Moment
  /** Only good answers with large bodies, which the index does not know. */
  readonly onlyLarge?: boolean
  /** Only ids up to this one, so that a list that is being read does not move. */
  readonly upToId?: number
  /** Only ids past this one. */
  readonly afterId?: number
}

export type ExchangePage = {
  readonly limit: number
  /** `next` of the page before. */
  readonly before?: string
  /** Rows to skip, for a window somewhere in the list; not together with `text`. */
  readonly offset?: number
}

export type ExchangeList = {
  /** Newest first. */
  readonly rows: readonly ExchangeRow[]
  /**
   * Where to go on; null at the end. A search for text can come back with few rows or none and a `next`: its time was up, and going on goes on searching.
   */
  readonly next: string | null
}

/**
 * Bodies are searched by unpacking them, newest first, for this long at a time. A full-text index would answer at once, but over JSON it grows larger
 * than the packed bodies themselves and makes each row several times as dear to write: searches are rare, writes come by the thousand.
 */
const searchMs = 120

/** The reading half. Its functions throw SqliteError. */
export function exchangeQueries(db: Database, now: () => number) {
  const statements = new Map<string, Statement<unknown[]>>()
  const prepared = <Row>(sql: string) => {
    const known = statements.get(sql) ?? db.prepare<unknown[]>(sql)
    statements.set(sql, known)
    return known as Statement<unknown[], Row>
  }
  const conditions = (filter: ExchangeFilter, before: string | undefined) =>
    conditionsOf(filter, before, filter.moment ?? utcMoment(now()))
  return {
    list(filter: ExchangeFilter, page: ExchangePage): ExchangeList {
      const { where, values } = conditions(filter, page.before)
      if (filter.text) {
        const sql = `SELECT ${columns}, head, request_body, response_body FROM exchange JOIN detail USING (id) ${where} ${order}`
        return search(prepared<StoredRow & StoredDetail>(sql).iterate(...values), filter.text, page.limit)
      }
      const sql = `SELECT ${columns} FROM exchange ${where} ${order} LIMIT ? OFFSET ?`
      const rows = prepared<StoredRow>(sql).all(...values, page.limit + 1, page.offset ?? 0)
      const shown = rows.slice(0, page.limit)
      const last = shown.at(-1)
      return { rows: shown.map(exchangeRow), next: rows.length > page.limit && last ? cursorOf(last) : null }
    },
    get(id: number): Exchange | null {
      const row = prepared<StoredRow>(`SELECT ${columns} FROM exchange WHERE id = ?`).get(id)
      const detail = prepared<StoredDetail>(
        'SELECT head, request_body, response_body FROM detail WHERE id = ?',
      ).get(id)
      return row && detail ? wholeExchange(row, detail) : null
    },
    count(filter: ExchangeFilter): number | null {
      if (filter.text) return null
      const { where, values } = conditions(filter, undefined)
      return prepared<{ n: number }>(`SELECT count(*) AS n FROM exchange ${where}`).get(...values)?.n ?? 0
    },
    /** Good answers with large bodies that `text` of the terms does not look into. */
    unsearched(filter: ExchangeFilter): number {
      const terms = (filter.terms ?? []).filter(({ key }) => key !== 'text')
      const { where, values } = conditions({ ...filter, terms }, undefined)
      const and = where === '' ? 'WHERE' : `${where} AND`
      return (
        prepared<{ n: number }>(`SELECT count(*) AS n FROM exchange ${and} is_indexed = 0`).get(...values)
          ?.n ?? 0
      )
    },
    newestId: (): number =>
      prepared<{ id: number | null }>('SELECT max(id) AS id FROM exchange').get()?.id ?? 0,
    groups(filter: ExchangeFilter): readonly ExchangeGroup[] {
      const { where, values } = conditions(filter, undefined)
      return groupsOf(prepared, where, values)
    },
    timeline(filter: ExchangeFilter, bars: number): ExchangeTimeline | null {
      const { where, values } = conditions(filter, undefined)
      return timelineOf(prepared, where, values, bars)
    },
    /** Ids just before and after one, in the order of time, among those of the same run (or of no run). */
    around(id: number, each: number): readonly ExchangeRow[] {
      const row = prepared<StoredRow>(`SELECT ${columns} FROM exchange WHERE id = ?`).get(id)
      if (!row) return []
      const same = 'run_id IS ? AND tenant_id IS ?'
      const at = [row.run_id, row.tenant_id, row.started_ms, row.id]
      const before = `SELECT ${columns} FROM exchange WHERE ${same} AND (started_ms, id) < (?, ?) ${order} LIMIT ?`
      const after = `SELECT ${columns} FROM exchange WHERE ${same} AND (started_ms, id) > (?, ?) ORDER BY started_ms, id LIMIT ?`
      const rows = [
        ...prepared<StoredRow>(before)
          .all(...at, each)
          .reverse(),
        ...prepared<StoredRow>(after).all(...at, each),
      ]
      return rows.map(exchangeRow)
    },
  }
}

const utcMoment = (nowMs: number): Moment => ({ nowMs, midnightMs: nowMs - (nowMs % 86_400_000) })

const columns = rowColumns.join(', ')
const order = 'ORDER BY started_ms DESC, id DESC'
const cursorOf = (row: StoredRow): string => `${row.started_ms}-${row.id}`

function conditionsOf(
  filter: ExchangeFilter,
  before: string | undefined,
  moment: Moment,
): { where: string; values: (string | number)[] } {
  const parts: string[] = []
  const values: (string | number)[] = []
  const need = (sql: string, ...given: (string | number)[]) => {
    parts.push(sql)
    values.push(...given)
  }
  if (filter.tenantId !== undefined) need('tenant_id = ?', filter.tenantId)
  if (filter.runId !== undefined) need('run_id = ?', filter.runId)
  if (filter.callId !== undefined) need('call_id = ?', filter.callId)
  if (filter.host !== undefined) need('host = ?', filter.host)
  if (filter.purpose !== undefined) need('purpose = ?', filter.purpose)
  if (filter.method !== undefined) need('method = ?', filter.method.toUpperCase())
  if (filter.statusClass === 0) need('status = 0')
  else if (filter.statusClass !== undefined)
    need('status BETWEEN ? AND ?', filter.statusClass * 100, filter.statusClass * 100 + 99)
  if (filter.path) need('instr(lower(path), lower(?)) > 0', filter.path)
  if (filter.onlyFailures) need('fault_code IS NOT NULL')
  if (filter.since !== undefined) need('started_ms >= ?', instant(filter.since))
  if (filter.until !== undefined) need('started_ms < ?', instant(filter.until))
  if (filter.onlyLarge) need('is_indexed = 0')
  if (filter.upToId !== undefined) need('id <= ?', filter.upToId)
  if (filter.afterId !== undefined) need('id > ?', filter.afterId)
  for (const term of filter.terms ?? []) {
    const said = termCondition(term, moment)
    need(said.sql, ...said.values)
  }
  const [ms, id] = (before ?? '').split('-').map(Number)
  if (before !== undefined) need('(started_ms, id) < (?, ?)', ms || 0, id || 0)
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values }
}

/** An unreadable date matches as 1970 does, rather than as NULL, which nothing compares with. */
const instant = (iso: string): number => Date.parse(iso) || 0

function search(found: Iterable<StoredRow & StoredDetail>, text: string, limit: number): ExchangeList {
  const wanted = text.toLowerCase()
  const rows: ExchangeRow[] = []
  const until = performance.now() + searchMs
  for (const row of found) {
    if (holds(row, wanted)) rows.push(exchangeRow(row))
    if (rows.length >= limit || performance.now() > until) return { rows, next: cursorOf(row) }
  }
  return { rows, next: null }
}

/** Cheap places first. A header's value is looked for as JSON writes it. */
function holds(row: StoredRow & StoredDetail, wanted: string): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false
  return (
    has(row.url) ||
    has(row.error_text) ||
    has(row.head) ||
    has(unpacked(row.response_body)) ||
    has(unpacked(row.request_body))
  )
}
