import { firstProgress, type OutcomeKind, type RunPhase, type RunProgress } from '../model/outcome.ts'
import type { Entity } from '../model/tenant.ts'

export type Progress = {
  phase(phase: RunPhase, entity: Entity | null): void
  /** A list is being read; `planned` requests are added to what the run expects to spend. */
  reading(resource: string, planned: number): void
  read(records: number): void
  toWrite(total: number): void
  count(entity: Entity, kind: OutcomeKind): void
  waiting(until: string | null): void
  now(): RunProgress
}

/** Keeps the figures of a running sync and tells `onChange` after each step; the listener thins them out. */
export function createProgress(
  runId: number,
  tenantId: number,
  onChange: (progress: RunProgress) => void,
): Progress {
  const { counts, ...first } = firstProgress(runId, tenantId)
  let state = first
  const now = (): RunProgress => ({ ...state, counts: structuredClone(counts) })
  const set = (change: Partial<typeof state>): void => {
    state = { ...state, ...change }
    onChange(now())
  }
  return {
    phase: (phase, entity) =>
      set({
        phase,
        entity,
        resource: null,
        recordsTotal: null,
        ...(phase === 'reading' ? { recordsRead: 0 } : {}),
      }),
    reading: (resource, planned) =>
      set({ resource, plannedRequests: (state.plannedRequests ?? 0) + planned }),
    read: (records) => set({ recordsRead: state.recordsRead + records }),
    toWrite: (total) => set({ recordsTotal: total, recordsDone: 0 }),
    count: (entity, kind) => {
      counts[entity][kind] += 1
      state = { ...state, recordsDone: state.recordsDone + 1 }
    },
    waiting: (until) => set({ waitingUntil: until }),
    now,
  }
}
