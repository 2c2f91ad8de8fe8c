import { explain } from '../model/fault-words.ts'
import {
  firstProgress,
  type OutcomeKind,
  type RecordOutcome,
  type RunPhase,
  type RunProgress,
} from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { RunLogEvent, RunLogFacts, RunLogLevel, RunLogLine, RunStory } from '../model/run-story.ts'
import type { Entity } from '../model/tenant.ts'
import { createStory, type ReadingPlan } from './story.ts'

export type Progress = {
  phase(phase: RunPhase, entity: Entity | null): void
  /** A list is being read; `planned` requests are added to what the run expects to spend. `plan` where something was decided about it. */
  reading(resource: string, planned: number, plan?: ReadingPlan): void
  read(records: number): void
  toWrite(total: number): void
  count(entity: Entity, kind: OutcomeKind): void
  /** A record failed: for the log alone, it is counted elsewhere. */
  failed(outcome: Pick<RecordOutcome, 'entity' | 'commerceId' | 'label' | 'fault'>): void
  waiting(until: string | null): void
  /** A list's watermark after the checkpoint. */
  moved(resource: string, until: string): void
  log(level: RunLogLevel, what: RunLogEvent, facts?: RunLogFacts): void
  story(): RunStory
  now(): RunProgress
}

type ProgressParts = {
  readonly clock: Clock
  /** Requests sent so far. */
  readonly requests: () => number
  readonly onChange: (progress: RunProgress) => void
  readonly onLog: (line: RunLogLine) => void
}

/** More than anybody reads; the outcomes have every one of them. */
const failuresLogged = 200
/** A shorter wait is how the limit is kept, minute by minute, and worth no line. */
const longWaitMs = 5_000

/** Keeps the figures, the story and the log of a running sync, and tells `onChange` after each step; the listener thins them out. */
export function createProgress(runId: number, tenantId: number, parts: ProgressParts): Progress {
  const { clock, requests, onChange, onLog } = parts
  const { counts, ...first } = firstProgress(runId, tenantId)
  let state = first
  let failures = 0
  const now = (): RunProgress => ({ ...state, counts: structuredClone(counts) })
  const log: Progress['log'] = (level, what, facts = {}) =>
    onLog({ at: new Date(clock.now()).toISOString(), level, what, facts })
  const story = createStory({ clock, requests }, ({ resource, rows, requests: used }) =>
    log('info', 'list read', { resource, rows, requests: used }),
  )
  const set = (change: Partial<typeof state>): void => {
    state = { ...state, ...change }
    onChange(now())
  }
  const notePhase = (phase: RunPhase, entity: Entity | null): void => {
    const isSame = state.phase === phase && state.entity === entity
    if (isSame) return
    if (state.phase === 'writing' && state.entity)
      log('info', 'written', { entity: state.entity, ...counts[state.entity] })
    if (phase === 'writing' && entity) log('debug', 'writing', { entity })
  }
  return {
    phase: (phase, entity) => {
      story.phase(phase, entity)
      notePhase(phase, entity)
      const more = phase === 'reading' ? { recordsRead: 0 } : {}
      set({ phase, entity, resource: null, recordsTotal: null, ...more })
    },
    reading: (resource, planned, plan) => {
      const { since, why } = plan ?? {}
      if (story.list(resource, planned, plan))
        log('debug', 'reading a list', { resource, ...(since && { since }), ...(why && { why }) })
      set({ resource, plannedRequests: (state.plannedRequests ?? 0) + planned })
    },
    read: (records) => {
      story.rows(records)
      set({ recordsRead: state.recordsRead + records })
    },
    toWrite: (total) => set({ recordsTotal: total, recordsDone: 0 }),
    count: (entity, kind) => {
      counts[entity][kind] += 1
      state = { ...state, recordsDone: state.recordsDone + 1 }
    },
    failed: ({ entity, commerceId, label, fault }) => {
      failures += 1
      if (failures > failuresLogged + 1 || !fault) return
      if (failures > failuresLogged) return log('warn', 'more records failed')
      log('warn', 'record failed', {
        entity,
        id: commerceId,
        label,
        code: fault.code,
        problem: explain(fault).what,
      })
    },
    waiting: (until) => {
      const waitedMs = story.waiting(until)
      if (until !== null && until !== state.waitingUntil && Date.parse(until) - clock.now() > longWaitMs)
        log('warn', 'waiting', { until })
      if (waitedMs !== null && waitedMs > longWaitMs)
        log('info', 'waited long enough', { seconds: Math.round(waitedMs / 1000) })
      set({ waitingUntil: until })
    },
    moved: (resource, until) => {
      story.until(resource, until)
      log('debug', 'watermark moved', { resource, until })
    },
    log,
    story: story.now,
    now,
  }
}
