import type { Database } from 'better-sqlite3'
import type { Run, RunKind, RunOutcome } from '../model/outcome.ts'
import type { AuditRow, AuditTrail } from './audit.ts'
import { lists, type Where, where } from './filter.ts'
import type { Runs } from './runs.ts'

type TimelineQuery = {
  readonly tenantId?: number
  /** `settings`: changes that a person or the command line made. */
  readonly kind?: RunKind | 'settings'
  /** Of runs; changes of settings have none, and are left out. */
  readonly outcome?: RunOutcome | 'running'
  /** UTC ISO; what began at or after, and before. */
  readonly from?: string
  readonly to?: string
}
export type TimelineRow =
  | { readonly type: 'run'; readonly run: Run }
  | { readonly type: 'change'; readonly change: AuditRow }
type TimelineList = { readonly rows: readonly TimelineRow[]; readonly total: number }

/** One day, between two borders. `runs` by how they ended; previews count too. */
type RunDay = {
  readonly runs: Readonly<Record<RunOutcome | 'running', number>>
  readonly requests: number
}

export type Timeline = ReturnType<typeof timeline>

/** Runs and changes of settings in one list, and how many runs each day had. */
export function timeline(db: Database, runs: Pick<Runs, 'get'>, audit: Pick<AuditTrail, 'get'>) {
  const { rows, count } = lists(db)
  return {
    /** Newest first. */
    list: (query: TimelineQuery, offset: number, limit: number): TimelineList => {
      const parts = partsOf(query)
      if (parts.length === 0) return { rows: [], total: 0 }
      const values = parts.flatMap((part) => part.values)
      const union = parts.map((part) => part.sql).join(' UNION ALL ')
      const found = rows<{ type: TimelineRow['type']; id: number }>(
        `SELECT type, id FROM (${union}) ORDER BY at DESC, type, id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      return {
        rows: found.flatMap(({ type, id }): TimelineRow[] => {
          const run = type === 'run' ? runs.get(id) : null
          const change = type === 'change' ? audit.get(id) : null
          return run ? [{ type: 'run', run }] : change ? [{ type: 'change', change }] : []
        }),
        total: count(`SELECT count(*) AS n FROM (${union})`, values),
      }
    },
    /** For n + 1 borders (UTC ISO, ascending: the reader's midnights) n days. Runs under way count with the requests known so far. */
    days: (borders: readonly string[], filter: Pick<TimelineQuery, 'tenantId' | 'kind'>): RunDay[] =>
      daysOf(borders, rows<DayRow>(...dayQuery(borders, filter))),
  }
}

function partsOf(query: TimelineQuery): Where[] {
  const { kind, outcome } = query
  const isRunning = outcome === 'running'
  const parts: Where[] = []
  if (kind !== 'settings') {
    const ofRuns = where(isRunning ? 'ended_at IS NULL' : 'TRUE', [
      ['tenant_id = ?', query.tenantId],
      ['kind = ?', kind],
      ['outcome = ?', isRunning ? undefined : outcome],
      ['started_at >= ?', query.from],
      ['started_at < ?', query.to],
    ])
    parts.push({ ...ofRuns, sql: `SELECT 'run' AS type, id, started_at AS at FROM run WHERE ${ofRuns.sql}` })
  }
  if ((kind === undefined || kind === 'settings') && outcome === undefined) {
    const ofChanges = where('TRUE', [
      ['tenant_id = ?', query.tenantId],
      ['at >= ?', query.from],
      ['at < ?', query.to],
    ])
    parts.push({ ...ofChanges, sql: `SELECT 'change' AS type, id, at FROM audit WHERE ${ofChanges.sql}` })
  }
  return parts
}

type DayRow = {
  readonly startedAt: string
  readonly outcome: RunOutcome | null
  readonly requests: number
}

function dayQuery(
  borders: readonly string[],
  { tenantId, kind }: Pick<TimelineQuery, 'tenantId' | 'kind'>,
): [string, (string | number)[]] {
  const { sql, values } = where(kind === 'settings' ? 'FALSE' : 'TRUE', [
    ['started_at >= ?', borders[0] ?? ''],
    ['started_at < ?', borders.at(-1) ?? ''],
    ['tenant_id = ?', tenantId],
    ['kind = ?', kind === 'settings' ? undefined : kind],
  ])
  return [
    `SELECT started_at AS startedAt, outcome, requests FROM run WHERE ${sql} ORDER BY started_at`,
    [...values],
  ]
}

function daysOf(borders: readonly string[], runs: readonly DayRow[]): RunDay[] {
  let at = 0
  return borders.slice(1).map((end) => {
    const counts = { done: 0, partial: 0, stopped: 0, cancelled: 0, running: 0 }
    let requests = 0
    for (let run = runs[at]; run && run.startedAt < end; run = runs[++at]) {
      counts[run.outcome ?? 'running'] += 1
      requests += run.requests
    }
    return { runs: counts, requests }
  })
}
