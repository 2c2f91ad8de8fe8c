import type { Commerce } from '../commerce/client.ts'
import type { Destination, Owner } from '../halo/destination.ts'
import type { Fault } from '../model/fault.ts'
import type { RunKind } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { Entity, Tenant } from '../model/tenant.ts'
import type { Store } from '../store/open.ts'
import type { Progress } from './progress.ts'

/** All that one run works with. Built once by run-sync.ts and handed down; nothing in here outlives the run. */
export type SyncContext = {
  readonly tenant: Tenant
  readonly runId: number
  readonly kind: RunKind
  /** UTC ISO; no watermark moves past it. */
  readonly startedAt: string
  readonly commerce: Commerce
  readonly destination: Destination
  readonly owner: Owner
  readonly store: Store
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly progress: Progress
  /**
   * Quotes and orders of which a section or line could not be read in this run. They are not written: a record is written whole or not at all.
   * Key: "quote:12" or "salesorder:7".
   */
  readonly broken: Map<string, Fault>
  /** Records that a list brought without a change: they count as unchanged unless something else makes them written after all. */
  readonly listed: Map<Entity, Set<number>>
  /** Products that Commerce does not know (it was asked in this run or a few days ago at most). */
  readonly missingProducts: Set<number>
  /** Records that failed before they reached the mirror: met twice (by a list and by id), they count once. Key as in `broken`. */
  readonly failed: Set<string>
  /** What a preview has already told of: nothing is cleaned in it, so the same dirty records come up again. Key as in `broken`. */
  readonly previewed: Set<string>
}

/** Suppliers cost requests and are read for tenants alone that want them set. */
export const wantsSuppliers = (ctx: Pick<SyncContext, 'tenant'>): boolean =>
  ctx.tenant.mapping.setProductSupplier
