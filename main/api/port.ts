import type { Exchange } from '../../app/model/exchange.ts'
import type { Fault, Result } from '../../app/model/fault.ts'
import type {
  FieldChange,
  OutcomeKind,
  Run,
  RunKind,
  RunOutcome,
  RunProgress,
} from '../../app/model/outcome.ts'
import type { Entity, NewTenant, Tenant } from '../../app/model/tenant.ts'

/**
 * All that the API (and so every screen) needs from the engine. main/engine.ts implements it; the tests bring a small one.
 * Reads are synchronous and answer within milliseconds at 100,000 records: filtering, sorting and paging happen in SQL.
 * Times are UTC ISO text. Expected trouble is a returned Fault, never a throw.
 */
export type EnginePort = {
  readonly status: { get(): EngineStatus }
  readonly changes: ChangePort
  readonly tenants: TenantPort
  readonly runs: RunPort
  readonly records: RecordPort
  readonly failures: FailurePort
  readonly exchanges: ExchangePort
}

export type EngineStatus = {
  readonly version: string
  readonly mode: 'desktop' | 'service'
  readonly dataFolder: string
  readonly startedAt: string
  /** Who holds the data folder. */
  readonly owner: { readonly pid: number; readonly host: string }
  /** The soonest scheduled run of any tenant; null when none is planned. */
  readonly nextRun: { readonly tenantId: number; readonly at: string } | null
}

/** A counter that moves whenever anything that a screen shows has changed (a row written, a run's progress, a setting). */
export type ChangePort = {
  version(): number
  /** Answers as soon as the counter is past `since`, else after `timeoutMs` (or when `signal` fires) with the counter as it is. */
  wait(since: number, timeoutMs: number, signal?: AbortSignal): Promise<number>
}

export type BudgetUse = {
  readonly minute: number
  readonly day: number
  readonly perMinute: number
  readonly perDay: number
  /** Nothing is sent before then (the server said 429); null when free. */
  readonly blockedUntil: string | null
}

/** By the age of the last good run against the schedule. `late`: one missed; `stale`: more; `never`: no good run yet. */
export type Freshness = 'fresh' | 'late' | 'stale' | 'never' | 'paused' | 'disabled'

export type TenantHealth = {
  readonly tenantId: number
  readonly freshness: Freshness
  readonly lastGoodAt: string | null
  readonly nextDueAt: string | null
  readonly lastRun: Run | null
  /** The last runs, newest first, 30 at most. */
  readonly recentRuns: readonly Pick<Run, 'id' | 'outcome' | 'kind' | 'startedAt' | 'endedAt'>[]
  /** Records known to be in Halo, per entity. */
  readonly records: Readonly<Record<Entity, number>>
  readonly openFailures: number
  readonly budget: BudgetUse
}

/** The key never leaves the engine; this is all that a screen learns of it. */
export type KeyNote = { readonly setAt: string; readonly endsIn: string }
export type TenantView = { readonly tenant: Tenant; readonly key: KeyNote | null }

/** One rung of a connection test: address, dns, proxy, tls, key, record, halo, schema. After the first failure the rest is `skipped`. */
export type LadderStep = {
  readonly id: 'address' | 'dns' | 'proxy' | 'tls' | 'key' | 'record' | 'halo' | 'schema'
  readonly state: 'passed' | 'failed' | 'skipped'
  /** What was found, in plain words ("TLS 1.3, signed by DigiCert"; "answers in 84 ms"). */
  readonly found: string
  readonly fault: Fault | null
  readonly durationMs: number
}

export type TenantPort = {
  list(): readonly TenantView[]
  get(id: number): TenantView | null
  /** input-invalid and name-taken carry `facts.field` (a key of NewTenant, or "key"), so that the form can show it there. */
  add(tenant: NewTenant, key: string): Promise<Result<{ readonly id: number }>>
  update(id: number, patch: Partial<Omit<NewTenant, 'createdAt'>>): Promise<Result<null>>
  setKey(id: number, key: string): Promise<Result<null>>
  /** Forgets the tenant, its key, links, runs and failures. Halo keeps its records. */
  remove(id: number): Promise<Result<null>>
  /** What `remove` would forget. */
  losses(id: number): { readonly links: number; readonly runs: number; readonly failures: number }
  /** A stored tenant, or one that is only a draft in a form (`key` then is the one typed; a stored tenant's own key is used when absent). */
  test(tenant: { readonly id: number } | NewTenant, key?: string): Promise<Result<readonly LadderStep[]>>
  health(): readonly TenantHealth[]
}

/** A window of a long list. `total` counts all rows that match. */
export type Page<T> = { readonly rows: readonly T[]; readonly total: number }
export type Window = { readonly offset: number; readonly limit: number }
export type Order<K extends string> = { readonly by: K; readonly isDescending: boolean }

export type RunFilter = {
  readonly tenantId?: number
  readonly kind?: RunKind
  readonly outcome?: RunOutcome | 'running'
}

export type OutcomeRow = {
  readonly id: number
  readonly runId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly kind: OutcomeKind
  readonly haloId: number | null
  readonly fault: Fault | null
  readonly notes: readonly Fault[]
  readonly changes: readonly FieldChange[]
  readonly at: string
}
export type OutcomeFilter = {
  readonly runId: number
  readonly entity?: Entity
  readonly kind?: OutcomeKind
  /** Part of the label, any case. */
  readonly search?: string
}

export type RunPort = {
  /** already-running, tenant-unknown and tenant-disabled are the usual refusals. */
  start(tenantId: number, kind: 'sync' | 'preview' | 'retry'): Promise<Result<{ readonly runId: number }>>
  /** Asks the run to stop after the record in hand. */
  cancel(runId: number): Result<null>
  live(): readonly RunProgress[]
  /** Newest first. */
  list(filter: RunFilter, window: Window): Page<Run>
  get(runId: number): Run | null
  outcomes(filter: OutcomeFilter, window: Window): Page<OutcomeRow>
}

/** A record that is in Halo (or is held back by a failure), as the lists show it. Columns that an entity does not have are null. */
export type RecordRow = {
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly haloId: number | null
  /** Quote or order number, customer name, SKU. */
  readonly label: string
  /** Quote or order title, product name, account number of a customer. */
  readonly title: string
  readonly customer: string | null
  /** Commerce's status number. */
  readonly status: number | null
  /** Product: price; quote and order: one-off total before tax. */
  readonly amount: number | null
  readonly modifiedAt: string | null
  readonly syncedAt: string
  readonly isFailing: boolean
}
export const recordSorts = [
  'label',
  'title',
  'customer',
  'status',
  'amount',
  'modifiedAt',
  'syncedAt',
] as const
export type RecordSort = (typeof recordSorts)[number]
export type RecordFilter = {
  readonly entity: Entity
  readonly tenantId?: number
  readonly status?: number
  readonly isFailing?: boolean
  /** Part of label, title or customer, any case. */
  readonly search?: string
}
export type RecordDetail = {
  readonly row: RecordRow
  /** The portal page, when the tenant's link template gives one. */
  readonly commerceUrl: string | null
  /** As mapped for Halo: flat fields and lines; null when it was not kept. */
  readonly mapped: Readonly<Record<string, unknown>> | null
  readonly history: readonly OutcomeRow[]
}
export type RecordPort = {
  list(filter: RecordFilter, order: Order<RecordSort>, window: Window): Page<RecordRow>
  get(tenantId: number, entity: Entity, commerceId: number): RecordDetail | null
}

export type FailureRow = {
  readonly id: number
  readonly tenantId: number
  readonly entity: Entity
  readonly commerceId: number
  readonly label: string
  readonly fault: Fault
  readonly tries: number
  readonly isParked: boolean
  readonly firstAt: string
  readonly lastAt: string
  readonly nextTryAt: string | null
}
/** Failures with the same cause: same tenant, entity, fault code and facts that name the cause. */
export type FailureGroup = {
  readonly key: string
  readonly tenantId: number
  readonly entity: Entity
  /** The newest one; its words stand for the group. */
  readonly fault: Fault
  readonly count: number
  readonly parked: number
  readonly firstAt: string
  readonly lastAt: string
}
export type FailurePort = {
  groups(): readonly FailureGroup[]
  list(filter: { readonly group?: string; readonly tenantId?: number }, window: Window): Page<FailureRow>
  /** Retries these now (parked ones too), in a run of kind 'retry'; one run per tenant concerned. */
  retry(
    which: { readonly ids: readonly number[] } | { readonly group: string },
  ): Promise<Result<{ readonly runIds: readonly number[] }>>
}

export type ExchangeBrief = Pick<
  Exchange,
  'id' | 'attempt' | 'tenantId' | 'runId' | 'host' | 'method' | 'url' | 'status' | 'faultCode' | 'startedAt'
> & { readonly totalMs: number }
export type ExchangePort = {
  /** Newest first. */
  list(filter: { readonly runId?: number; readonly tenantId?: number }, window: Window): Page<ExchangeBrief>
  get(id: number): Exchange | null
}
