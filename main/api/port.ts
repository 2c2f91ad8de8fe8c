import type { HaloStepId, SeenCertificate } from '../../app/halo/ladder.ts'
import type { SelfTestStep } from '../../app/halo/sql/self-test.ts'
import type { Fault, Result } from '../../app/model/fault.ts'
import type { HaloTarget } from '../../app/model/halo-target.ts'
import type { Mapping } from '../../app/model/mapping.ts'
import type { NetworkSettings } from '../../app/model/network.ts'
import type { Run, RunProgress } from '../../app/model/outcome.ts'
import type {
  LogLevel,
  NetworkInput,
  UpdateSettings,
  VaultKind,
  VaultState,
} from '../../app/model/settings.ts'
import type { HaloConnection } from '../../app/model/take-over.ts'
import type { Entity, NewTenant, Tenant } from '../../app/model/tenant.ts'
import type { Exchanges } from '../../app/store/exchanges.ts'
import type { FailureChoice } from '../../app/store/failures.ts'
import type { Store } from '../../app/store/open.ts'
import type { GroupDesk } from '../group-desk.ts'
import type { HaloChoices } from '../halo-choices.ts'
import type { ImportWizard } from '../import-port.ts'
import type { InspectorDesk } from '../inspector/desk.ts'
import type { MailDesk } from '../mail-desk.ts'
import type { MatchDesk } from '../match-desk.ts'
import type { OrderDesk } from '../order-desk.ts'
import type { QuoteDesk } from '../quote-desk.ts'
import type { RecordDesk } from '../record-desk.ts'

/**
 * All that the API (and so every screen) needs from the engine. main/engine.ts implements it; the tests bring a real store and a small rest.
 * Reads are synchronous and answer within milliseconds at 100,000 records: filtering, sorting and paging happen in SQL.
 * Times are UTC ISO text. Expected trouble is a returned Fault, never a throw.
 */
export type EnginePort = {
  readonly store: StoreReads
  readonly status: StatusPort
  readonly changes: ChangePort
  readonly tenants: TenantPort
  readonly runs: RunPort
  readonly failures: FailurePort
  /** Product groups of a tenant's Halo. */
  readonly groups: GroupDesk
  /** What a person does with a quote in Halo. */
  readonly quotes: QuoteDesk
  readonly matches: MatchDesk
  /** Sales orders made from quotes. */
  readonly orders: OrderDesk
  /** A record from both sides. */
  readonly recordDesk: RecordDesk
  readonly imports: ImportWizard
  /** Sending quotes by mail. */
  readonly mail: MailDesk
  readonly settings: SettingsPort
  /** The recorder's reading half; a whole Exchanges fits. */
  readonly exchanges: Pick<Exchanges, 'list' | 'count'>
  readonly inspector: InspectorDesk
}

/** The reading half of the store, and only what a screen asks for; a whole Store fits. */
export type StoreReads = {
  readonly tenants: Pick<Store['tenants'], 'losses'>
  readonly records: Pick<Store['records'], 'list' | 'get' | 'statusCounts' | 'story' | 'keys' | 'some'>
  readonly sources: Pick<
    Store['sources'],
    'get' | 'all' | 'childrenOf' | 'productsByCategory' | 'neighbours' | 'size'
  >
  readonly audit: Pick<Store['audit'], 'list' | 'get'>
  readonly timeline: Store['timeline']
  readonly runs: Pick<
    Store['runs'],
    | 'get'
    | 'list'
    | 'outcomes'
    | 'outcome'
    | 'outcomesAfter'
    | 'history'
    | 'story'
    | 'log'
    | 'nextWriting'
    | 'differences'
  >
  readonly failures: Pick<Store['failures'], 'groups' | 'list' | 'counts' | 'states' | 'get' | 'ofRecord'>
}

export type EngineStatus = {
  readonly version: string
  readonly mode: 'desktop' | 'service'
  readonly dataFolder: string
  /** Where the log files lie. */
  readonly logFolder: string
  readonly startedAt: string
  /** Who holds the data folder. */
  readonly owner: { readonly pid: number; readonly host: string }
  /** The soonest scheduled run of any tenant; null when none is planned. */
  readonly nextRun: { readonly tenantId: number; readonly at: string } | null
  /** The tenant of the invented records ("try with sample data"); null when there is none. */
  readonly sampleTenantId: number | null
  /** A newer version that the desktop has found; null when none is known. */
  readonly update: string | null
} & Surroundings

/** What around the engine could spoil its work. */
export type Surroundings = {
  /** Room on the data folder's disk; null when it does not say. */
  readonly disk: { readonly freeBytes: number; readonly isLow: boolean } | null
  /** When the computer's clock last jumped, and how far (negative: back; forward also after sleep); null: not in the last day. */
  readonly clockJump: { readonly at: string; readonly byMs: number } | null
}

export type StatusPort = {
  get(): EngineStatus
  /** The desktop tells which newer version it found. */
  noteUpdate(version: string): void
}

/** A counter that moves whenever anything that a screen shows has changed (a row written, a run's progress, a setting). */
type ChangePort = {
  version(): number
  /** Answers as soon as the counter differs from `since`, else after `timeoutMs` (or when `signal` fires) with the counter as it is. */
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
  /** The last runs, newest first, 30 at most; a running one is among them. */
  readonly recentRuns: readonly Run[]
  /** Records known to be in Halo, per entity. */
  readonly records: Readonly<Record<Entity, number>>
  readonly failures: { readonly healing: number; readonly needsYou: number }
  readonly budget: BudgetUse
}

/** The key never leaves the engine; this is all that a screen learns of it. */
export type KeyNote = { readonly setAt: string; readonly endsIn: string }
/** `haloSecret`: the SQL password or client secret that is stored for the present target; null when it needs none or it is not set. */
export type TenantView = {
  readonly tenant: Tenant
  readonly key: KeyNote | null
  readonly haloSecret: KeyNote | null
}

/** One rung of a connection test, in this order; tls is absent on plain http, proxy where there is none. After the first failure the rest is `skipped`. */
export type LadderStep = {
  readonly id: 'address' | 'dns' | 'proxy' | 'tcp' | 'tls' | 'key' | 'record' | HaloStepId
  readonly state: 'passed' | 'failed' | 'skipped'
  /** What was found, in plain words ("TLS 1.3, signed by DigiCert"; "answers in 84 ms"). */
  readonly found: string
  readonly fault: Fault | null
  /** Of `halo-certificate`: what the server showed, for a person to compare and pin. */
  readonly certificate?: SeenCertificate
  readonly durationMs: number
}

export type TenantPort = {
  list(): readonly TenantView[]
  get(id: number): TenantView | null
  /** input-invalid, url-invalid, url-insecure and name-taken carry `facts.field` (a key of NewTenant, or "key"), so that the form can show it there. */
  add(tenant: NewTenant, key: string, haloSecret?: string): Promise<Result<{ readonly id: number }>>
  /** `haloSecret`: of the target as it is after the change. One that was entered for another server or user is never used again. */
  update(id: number, patch: Partial<NewTenant>, haloSecret?: string): Promise<Result<null>>
  /** "Try with sample data": a tenant of invented records, switched off, with its Commerce inside this program. Answers the one that is there. */
  addSample(): Promise<Result<{ readonly id: number }>>
  setKey(id: number, key: string): Promise<Result<null>>
  /** Of the stored target. input-invalid (facts.field "haloSecret") when it needs none. */
  setHaloSecret(id: number, secret: string): Promise<Result<null>>
  /** Forgets the tenant, its key, links, runs and failures. Halo keeps its records. */
  remove(id: number): Promise<Result<null>>
  /** A stored tenant, or one that is only a draft in a form (`key` then is the one typed; a stored tenant's own key is used when absent). */
  test(
    tenant: { readonly id: number } | NewTenant,
    key?: string,
    haloSecret?: string,
  ): Promise<Result<readonly LadderStep[]>>
  /** Halo's half alone, for a target that may not be saved yet. Without `secret`, the stored one of tenant `id` when it is for this server and user. */
  testHalo(id: number | null, target: HaloTarget, secret?: string): Promise<Result<readonly LadderStep[]>>
  /** Tries on the server of the tenant's Halo all that a sync does there, and leaves nothing. input-invalid when that is no database server. */
  selfTest(id: number): Promise<Result<readonly SelfTestStep[]>>
  health(): readonly TenantHealth[]
  /** What the tenant's Halo has to choose from, asked now. */
  choices(id: number): Promise<Result<HaloChoices>>
  /** What Halo's own integration in the tenant's Halo is set to, asked now. */
  takeOver(id: number): Promise<Result<readonly HaloConnection[]>>
}

export type SettingsView = {
  readonly network: NetworkSettings
  readonly proxyPassword: KeyNote | null
  readonly log: { readonly level: LogLevel; readonly folder: string }
  readonly vault: VaultState
  readonly updates: UpdateSettings
}

/** Settings of the program. `who` is for the audit log; default: a person. All of them hold at once; a run under way ends as it began. */
export type SettingsPort = {
  get(): SettingsView
  /** `password`: a new one, null to forget it, undefined to leave it. input-invalid names the file that cannot be used. */
  setNetwork(network: NetworkInput, password?: string | null, who?: string): Result<null>
  setLogLevel(level: LogLevel, who?: string): Result<null>
  setUpdates(updates: UpdateSettings, who?: string): Result<null>
  /** no-secret-store when that vault cannot be had here. `lost`: secrets that have to be entered again. */
  moveSecrets(
    to: VaultKind,
    who?: string,
  ): Result<{ readonly carried: readonly string[]; readonly lost: readonly string[] }>
}

/** A window of a long list. */
export type Window = { readonly offset: number; readonly limit: number }

type RunPort = {
  /** already-running, tenant-unknown and tenant-disabled are the usual refusals. */
  start(
    tenantId: number,
    kind: 'sync' | 'preview' | 'retry' | 'reconcile',
  ): Promise<Result<{ readonly runId: number }>>
  /** A preview of what this mapping, which is not saved, would change: everything is mapped anew, nothing is written. */
  previewMapping(tenantId: number, mapping: Mapping): Promise<Result<{ readonly runId: number }>>
  /** Asks the run to stop after the record in hand. */
  cancel(runId: number): Result<null>
  live(): readonly RunProgress[]
}

export type FailurePort = {
  /**
   * Retries these now (parked ones too), in a run of kind 'retry'; one run per tenant concerned. `later`: tenants whose run is still going
   * on; theirs begins when that has ended.
   */
  retry(
    which: FailureChoice,
  ): Promise<Result<{ readonly runIds: readonly number[]; readonly later: readonly number[] }>>
  /** A person's decision that these need no attention; they stay visible under their filter. Answers how many. */
  ignore(which: FailureChoice, reason: string): Result<{ readonly count: number }>
  /** Takes `ignore` back. */
  reopen(which: FailureChoice): Result<{ readonly count: number }>
}
