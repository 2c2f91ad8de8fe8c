import type { Fault } from './fault.ts'
import type { Entity } from './tenant.ts'

/** One per source record per run. read = created + updated + unchanged + skipped + failed, always. */
export const outcomeKinds = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const
export type OutcomeKind = (typeof outcomeKinds)[number]

/** One field that differs: what Halo has, what it gets. `field` is Halo's own name, with the table where one record spans several ("SITE.sdesc"). */
export type FieldChange = {
  readonly field: string
  readonly before: string | number | null
  readonly after: string | number | null
}

export type RecordOutcome = {
  readonly entity: Entity
  readonly commerceId: number
  /** What a person calls it: quote number, order number, name, SKU. */
  readonly label: string
  readonly kind: OutcomeKind
  readonly haloId: number | null
  readonly fault: Fault | null
  /** Degraded but written: "product 12 is gone from Commerce; the line has no item". */
  readonly notes: readonly Fault[]
  /** Filled in a preview, and for updates. */
  readonly changes: readonly FieldChange[]
}

export type EntityCounts = Record<OutcomeKind, number>
const noCounts = (): EntityCounts => ({ created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 })
/** The figures of a run that has done nothing yet. */
export const noRunCounts = (): Record<Entity, EntityCounts> => ({
  products: noCounts(),
  customers: noCounts(),
  quotes: noCounts(),
  salesOrders: noCounts(),
})

export type RunTrigger = 'schedule' | 'person' | 'cli' | 'catch-up'
export const runKinds = [
  'sync',
  'preview',
  'retry',
  'reconcile',
  'import',
  'import-preview',
  'import-undo',
] as const
/**
 * The last three concern a spreadsheet. A preview writes nothing to Halo. An undo says 'updated' of what it removed, 'unchanged' of what was gone
 * before and 'skipped' of what it left.
 */
export type RunKind = (typeof runKinds)[number]
/** stopped: a fault ended it early; cancelled: a person did. `partial`: done, but some records failed. */
export type RunOutcome = 'done' | 'partial' | 'stopped' | 'cancelled'
export type RunPhase = 'planning' | 'reading' | 'writing' | 'checkpoint' | 'ended'

export type Run = {
  readonly id: number
  readonly tenantId: number
  readonly kind: RunKind
  readonly trigger: RunTrigger
  readonly phase: RunPhase
  readonly entity: Entity | null
  /** null while it runs. */
  readonly outcome: RunOutcome | null
  readonly fault: Fault | null
  readonly requests: number
  readonly counts: Record<Entity, EntityCounts>
  readonly startedAt: string
  readonly endedAt: string | null
}

/** Sent by a running sync, several times a second at most. */
export type RunProgress = {
  readonly runId: number
  readonly tenantId: number
  readonly phase: RunPhase
  readonly entity: Entity | null
  /** What is being read now, e.g. "quoteline". */
  readonly resource: string | null
  readonly requests: number
  /** Requests that the plan foresees; null while unknown. */
  readonly plannedRequests: number | null
  readonly recordsRead: number
  readonly recordsDone: number
  /** Records to write in this entity; null while reading. */
  readonly recordsTotal: number | null
  readonly counts: Record<Entity, EntityCounts>
  /** UTC ISO until which the budget makes the run wait; null when it does not. */
  readonly waitingUntil: string | null
}

/** A run that has just been asked for. */
export const firstProgress = (runId: number, tenantId: number): RunProgress => ({
  runId,
  tenantId,
  phase: 'planning',
  entity: null,
  resource: null,
  requests: 0,
  plannedRequests: null,
  recordsRead: 0,
  recordsDone: 0,
  recordsTotal: null,
  counts: noRunCounts(),
  waitingUntil: null,
})
