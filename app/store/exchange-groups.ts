import type { Statement } from 'better-sqlite3'
import type { Exchange } from '../model/exchange.ts'
import { pathShape } from '../model/inspector/cause.ts'
import type { Value } from './exchange-conditions.ts'

/** Equal failures: same host, method, path shape, status and words. */
export type ExchangeGroup = {
  readonly cause: string
  readonly count: number
  /** UTC ISO. */
  readonly firstAt: string
  readonly lastAt: string
  /** The newest one's; it stands for the group. */
  readonly exchangeId: number
  readonly host: Exchange['host']
  readonly server: string
  readonly method: string
  /** With `*` for numbers and ids. */
  readonly path: string
  readonly status: number
  readonly faultCode: string
  readonly errorText: string | null
  /** Counts in equal steps of time over all groups' span, oldest first; all groups have the same. */
  readonly bars: readonly number[]
}

export type ExchangeTimeline = {
  /** UTC ISO: where the first bar begins. */
  readonly from: string
  readonly stepMs: number
  readonly bars: readonly { readonly all: number; readonly failed: number }[]
}

type Prepare = <Row>(sql: string) => Statement<unknown[], Row>
const mostGroups = 200
const groupBars = 30

type GroupRow = {
  readonly cause: string
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
  readonly id: number
}
type Newest = Pick<
  ExchangeGroup,
  'host' | 'server' | 'method' | 'path' | 'status' | 'faultCode' | 'errorText'
>

/** Failures by cause, the most frequent first. Throws SqliteError. */
export function groupsOf(
  prepare: Prepare,
  where: string,
  values: readonly Value[],
): readonly ExchangeGroup[] {
  const failed = where === '' ? 'WHERE cause IS NOT NULL' : `${where} AND cause IS NOT NULL`
  const groups = prepare<GroupRow>(
    `SELECT cause, count(*) AS count, min(started_ms) AS firstMs, max(started_ms) AS lastMs, max(id) AS id
     FROM exchange ${failed} GROUP BY cause ORDER BY count DESC, lastMs DESC, id DESC LIMIT ${mostGroups}`,
  ).all(...values)
  const from = Math.min(...groups.map(({ firstMs }) => firstMs))
  const stepMs = stepOf(from, Math.max(...groups.map(({ lastMs }) => lastMs)), groupBars)
  const counted = prepare<{ cause: string; bar: number; n: number }>(
    `SELECT cause, CAST((started_ms - ?) / ? AS INTEGER) AS bar, count(*) AS n FROM exchange ${failed} GROUP BY cause, bar`,
  ).all(...(groups.length > 0 ? [from, stepMs] : [0, 1]), ...values)
  const newest = prepare<Newest>(
    `SELECT host, server, method, path, status, fault_code AS faultCode, error_text AS errorText FROM exchange WHERE id = ?`,
  )
  return groups.flatMap(({ cause, count, firstMs, lastMs, id }) => {
    const one = newest.get(id)
    if (!one) return []
    const bars = Array<number>(groupBars).fill(0)
    for (const each of counted) if (each.cause === cause) bars[each.bar] = each.n
    const times = { firstAt: iso(firstMs), lastAt: iso(lastMs) }
    return { cause, count, ...times, exchangeId: id, ...one, path: pathShape(one.path), bars }
  })
}

/** Counts over time in `bars` equal steps; null when nothing matches. Throws SqliteError. */
export function timelineOf(
  prepare: Prepare,
  where: string,
  values: readonly Value[],
  bars: number,
): ExchangeTimeline | null {
  const span = prepare<{ from: number | null; to: number | null }>(
    `SELECT min(started_ms) AS "from", max(started_ms) AS "to" FROM exchange ${where}`,
  ).get(...values)
  if (!span || span.from === null || span.to === null) return null
  const stepMs = stepOf(span.from, span.to, bars)
  const counted = prepare<{ bar: number; n: number; failed: number }>(
    `SELECT CAST((started_ms - ?) / ? AS INTEGER) AS bar, count(*) AS n, count(fault_code) AS failed FROM exchange ${where} GROUP BY bar`,
  ).all(span.from, stepMs, ...values)
  const filled = Array.from({ length: bars }, () => ({ all: 0, failed: 0 }))
  for (const { bar, n, failed } of counted) filled[bar] = { all: n, failed }
  return { from: iso(span.from), stepMs, bars: filled }
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Whole milliseconds, so that the last moment falls into the last bar. */
const stepOf = (from: number, to: number, bars: number): number =>
  Math.max(1, Math.floor((to - from) / bars) + 1)
