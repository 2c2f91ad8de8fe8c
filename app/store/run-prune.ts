import type { Database } from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

type RunLimits = {
  /** A run is forgotten when it is older, and not among its tenant's newest `runs`. */
  readonly days: number
  readonly runs: number
  /** A preview's records go after so many days, or when its tenant has so many newer previews: each may hold a whole Commerce, field by field. */
  readonly previewDays: number
  readonly previews: number
  readonly logDays: number
  /** Records of all runs together; beyond that the oldest runs keep their counts alone. */
  readonly outcomes: number
}

export const defaultRunLimits: RunLimits = {
  days: 90,
  runs: 200,
  previewDays: 14,
  previews: 5,
  logDays: 30,
  outcomes: 1_000_000,
}

/** Rows in one bite: tens of milliseconds, a quarter of a second for long rows on a busy disk. */
const biteRows = 2_000
const biteRuns = 50
const dayMs = 86_400_000

/**
 * Brings runs and what belongs to them within their limits, one bite a call, each its own short transaction. Answers whether more is
 * left to do. Runs under way are never touched.
 */
export function pruneRuns(db: Database, clock: Clock, limits: RunLimits = defaultRunLimits): () => boolean {
  const work = pruneWork(db)
  const before = (days: number): string => new Date(clock.now() - days * dayMs).toISOString()
  const bite = db.transaction((): boolean => {
    const old = work.old.all(before(limits.days), limits.runs)
    if (work.clear(old, work.forget) > 0 || old.length > 0) return true
    if (work.clear(work.previews.all(before(limits.previewDays), limits.previews)) > 0) return true
    if (work.logs.run(before(limits.logDays)).changes > 0) return true
    const over = (work.outcomes.get() ?? 0) - limits.outcomes
    return over > 0 && work.clear(work.oldest.all()) > 0
  })
  return () => bite.immediate()
}

function pruneWork(db: Database) {
  const ranked = (kind: string): string =>
    `SELECT id FROM (SELECT id, started_at, row_number() OVER (PARTITION BY tenant_id ORDER BY id DESC) AS place
     FROM run WHERE ended_at IS NOT NULL AND ${kind})`
  const first = db.prepare<[number], number | null>('SELECT min(seq) FROM outcome WHERE run_id = ?').pluck()
  const cut = db.prepare('DELETE FROM outcome WHERE run_id = ? AND seq < ?')
  const deletions = ['run_story', 'run_log'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE run_id = ?`),
  )
  const theRun = db.prepare('DELETE FROM run WHERE id = ?')
  return {
    old: db
      .prepare<[string, number], number>(
        `${ranked('TRUE')} WHERE started_at < ? AND place > ? ORDER BY id LIMIT ${biteRuns}`,
      )
      .pluck(),
    previews: db
      .prepare<[string, number], number>(
        `${ranked("kind IN ('preview', 'import-preview')")} AS p WHERE (started_at < ? OR place > ?)
         AND EXISTS (SELECT 1 FROM outcome WHERE run_id = p.id) ORDER BY id LIMIT 1`,
      )
      .pluck(),
    logs: db.prepare(
      `DELETE FROM run_log WHERE run_id IN (SELECT id FROM run WHERE ended_at IS NOT NULL AND started_at < ?
         AND EXISTS (SELECT 1 FROM run_log WHERE run_id = run.id) ORDER BY id LIMIT ${biteRuns})`,
    ),
    outcomes: db.prepare<[], number>('SELECT count(*) FROM outcome').pluck(),
    oldest: db
      .prepare<[], number>(
        `SELECT id FROM run WHERE ended_at IS NOT NULL AND EXISTS (SELECT 1 FROM outcome WHERE run_id = run.id) ORDER BY id LIMIT 1`,
      )
      .pluck(),
    /** Removes one bite of these runs' outcomes, run by run; `whenEmpty` hears of each that has none left. Answers how many went. */
    clear: (runIds: readonly number[], whenEmpty: (runId: number) => void = () => undefined): number => {
      let left = biteRows
      for (const runId of runIds) {
        const from = first.get(runId) ?? null
        const removed = from === null ? 0 : cut.run(runId, from + left).changes
        left -= removed
        if (left <= 0) break
        whenEmpty(runId)
      }
      return biteRows - left
    },
    forget: (runId: number): void => {
      for (const each of deletions) each.run(runId)
      theRun.run(runId)
    },
  }
}
