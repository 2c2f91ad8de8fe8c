import type { Fault } from '../app/model/fault.ts'
import type { NetworkSettings } from '../app/model/network.ts'
import type { RunKind, RunProgress } from '../app/model/outcome.ts'
import type { RunLogLine } from '../app/model/run-story.ts'
import type { Tenant } from '../app/model/tenant.ts'

/** What the engine and its worker thread say to each other. Structured clones only; the key travels in memory and is never stored. */
export type WorkerSetup = {
  readonly folder: string
  /** Salt of the budget's key hash. */
  readonly salt: string
  readonly version: string
}

export type RunOrder = {
  readonly runId: number
  readonly tenant: Tenant
  readonly key: string
  /** The SQL password or client secret of the tenant's Halo; null when it needs none. */
  readonly haloSecret: string | null
  readonly kind: RunKind
  /** An import's own file (store/import-file.ts); null for a sync. */
  readonly importFile: string | null
  /** As they were when the run began. */
  readonly network: NetworkSettings
  /** The proxy's password, when it has one. */
  readonly proxyPassword: string | null
  /** Whether the engine can name the operating system's proxy when it is asked (`proxy` below). */
  readonly knowsSystemProxy: boolean
}

export type ToWorker =
  | { readonly type: 'run'; readonly order: RunOrder }
  | { readonly type: 'cancel'; readonly runId: number }
  /** The answer to `proxy`; null: the direct way. `trouble`: the system did not say. */
  | { readonly type: 'proxy'; readonly id: number; readonly proxy: string | null; readonly trouble?: string }
  | { readonly type: 'stop' }

export type FromWorker =
  | { readonly type: 'ready' }
  /** Which proxy does the operating system name for this address? */
  | { readonly type: 'proxy'; readonly id: number; readonly url: string }
  | { readonly type: 'progress'; readonly progress: RunProgress }
  /** A line of a run's log, for the program's log; the worker keeps it in the store. */
  | { readonly type: 'log'; readonly runId: number; readonly line: RunLogLine }
  /** `lost`: the end could not be stored (a full disk), so the engine has to keep it. */
  | { readonly type: 'ended'; readonly runId: number; readonly lost?: Fault }
