import type { Database } from 'better-sqlite3'
import { type Fault, fault } from '../model/fault.ts'
import {
  type EntityCounts,
  noRunCounts,
  type Run,
  type RunKind,
  type RunOutcome,
  type RunPhase,
  type RunTrigger,
} from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity } from '../model/tenant.ts'
import { lists, where } from './filter.ts'
import { faultFrom, toJson } from './json.ts'
import { type Outcomes, outcomes } from './outcomes.ts'
import { pruneRuns } from './run-prune.ts'
import { type RunStories, runStories } from './run-story.ts'

export type RunList = { readonly rows: readonly Run[]; readonly total: number }
type RunQuery = {
  readonly tenantId?: number
  readonly kind?: RunKind
  readonly outcome?: RunOutcome | 'running'
  /** UTC ISO; runs started at or after, and before. */
  readonly from?: string
  readonly to?: string
}
type RunStep = {
  readonly phase: RunPhase
  readonly entity: Entity | null
  readonly requests: number
  readonly counts: Record<Entity, EntityCounts>
}
export type RunEnd = Pick<Run, 'outcome' | 'fault' | 'requests' | 'counts'>

export type Runs = RunWrites & RunReads & Outcomes & RunStories

/** Every run, what it did, and what became of its records: tables run, run_story, run_log and outcome. */
export function runs(db: Database, clock: Clock): Runs {
  return { ...runWrites(db, clock), ...runReads(db), ...outcomes(db, clock), ...runStories(db) }
}

type RawRun = Omit<Run, 'fault' | 'counts'> & { readonly fault: string | null; readonly counts: string }
const columns = `id, tenant_id AS tenantId, kind, trigger, phase, entity, outcome, fault, requests, counts,
  started_at AS startedAt, ended_at AS endedAt`
const runFrom = (raw: RawRun): Run => ({
  ...raw,
  fault: faultFrom(raw.fault),
  counts: JSON.parse(raw.counts),
})

type RunWrites = ReturnType<typeof runWrites>
function runWrites(db: Database, clock: Clock) {
  const now = () => new Date(clock.now()).toISOString()
  const start = db.prepare<unknown[], RawRun>(
    `INSERT INTO run (tenant_id, kind, trigger, phase, requests, counts, started_at)
     VALUES (?, ?, ?, 'planning', 0, ?, ?) RETURNING ${columns}`,
  )
  const step = db.prepare(
    'UPDATE run SET phase = ?, entity = ?, requests = ?, counts = ? WHERE id = ? AND ended_at IS NULL',
  )
  const end = db.prepare(
    `UPDATE run SET phase = 'ended', outcome = ?, fault = ?, requests = ?, counts = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL`,
  )
  const interrupt = db.prepare<[string, string], RawRun>(
    `UPDATE run SET phase = 'ended', outcome = 'stopped', fault = ?, ended_at = ? WHERE ended_at IS NULL RETURNING ${columns}`,
  )
  return {
    start: (tenantId: number, kind: RunKind, trigger: RunTrigger): Run => {
      const raw = start.get(tenantId, kind, trigger, JSON.stringify(noRunCounts()), now())
      if (!raw) throw new Error('The new run was not answered.')
      return runFrom(raw)
    },
    progress: (runId: number, at: RunStep): void => {
      step.run(at.phase, at.entity, at.requests, JSON.stringify(at.counts), runId)
    },
    /** Ends a run; a second end changes nothing. */
    end: (runId: number, how: RunEnd): void => {
      end.run(how.outcome, toJson(how.fault), how.requests, JSON.stringify(how.counts), now(), runId)
    },
    /**
     * Closes runs that have no end because the process died, as stopped. For the owner of the data folder, once, when it starts.
     * Answers them.
     */
    unfinished: (): readonly Run[] => interrupt.all(JSON.stringify(interrupted), now()).map(runFrom),
    /** One bite of old runs and details; call it again while it answers true. */
    prune: pruneRuns(db, clock),
  }
}

const interrupted: Fault = fault('interrupted')

type RunReads = ReturnType<typeof runReads>
function runReads(db: Database) {
  const one = db.prepare<[number], RawRun>(`SELECT ${columns} FROM run WHERE id = ?`)
  const { rows, count } = lists(db)
  const lastGood = db.prepare<[number], RawRun>(
    `SELECT ${columns} FROM run WHERE tenant_id = ? AND kind = 'sync' AND outcome IN ('done', 'partial') ORDER BY id DESC LIMIT 1`,
  )
  const next = db.prepare<[number, number], RawRun>(
    `SELECT ${columns} FROM run WHERE tenant_id = ? AND kind IN ('sync', 'reconcile') AND id > ? ORDER BY id LIMIT 1`,
  )
  return {
    /** The first run after this one that wrote, of the same tenant; null when there is none yet. */
    nextWriting: (tenantId: number, runId: number): Run | null => {
      const raw = next.get(tenantId, runId)
      return raw ? runFrom(raw) : null
    },
    get: (runId: number): Run | null => {
      const raw = one.get(runId)
      return raw ? runFrom(raw) : null
    },
    /** Newest first. */
    list: (query: RunQuery, offset: number, limit: number): RunList => {
      const isRunning = query.outcome === 'running'
      const { sql, values } = where(isRunning ? 'ended_at IS NULL' : 'TRUE', [
        ['tenant_id = ?', query.tenantId],
        ['kind = ?', query.kind],
        ['outcome = ?', isRunning ? undefined : query.outcome],
        ['started_at >= ?', query.from],
        ['started_at < ?', query.to],
      ])
      const found = rows<RawRun>(
        `SELECT ${columns} FROM run WHERE ${sql} ORDER BY id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      return { rows: found.map(runFrom), total: count(`SELECT count(*) AS n FROM run WHERE ${sql}`, values) }
    },
    /** The last sync that reached its end; freshness is its age. */
    lastGood: (tenantId: number): Run | null => {
      const raw = lastGood.get(tenantId)
      return raw ? runFrom(raw) : null
    },
  }
}
