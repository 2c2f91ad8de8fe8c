import type { Fault } from '../app/model/fault.ts'
import type { NetworkSettings } from '../app/model/network.ts'
import type { RunKind, RunProgress } from '../app/model/outcome.ts'
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
  readonly kind: RunKind
  /** As they were when the run began. */
  readonly network: NetworkSettings
  /** The proxy's password, when it has one. */
  readonly proxyPassword: string | null
}

export type ToWorker =
  | { readonly type: 'run'; readonly order: RunOrder }
  | { readonly type: 'cancel'; readonly runId: number }
  | { readonly type: 'stop' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: RunProgress }
  /** `lost`: the end could not be stored (a full disk), so the engine has to keep it. */
  | { readonly type: 'ended'; readonly runId: number; readonly lost?: Fault }
