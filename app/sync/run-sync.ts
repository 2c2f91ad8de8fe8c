import type { Commerce } from '../commerce/client.ts'
import type { Destination } from '../halo/destination.ts'
import { type Fault, fault } from '../model/fault.ts'
import { explain } from '../model/fault-words.ts'
import type { RunKind, RunOutcome, RunProgress } from '../model/outcome.ts'
import type { Clock } from '../model/ports.ts'
import type { RunLogLine } from '../model/run-story.ts'
import { entities, type Tenant } from '../model/tenant.ts'
import type { Store } from '../store/open.ts'
import { storeFault } from '../store/sqlite-fault.ts'
import type { SyncContext } from './context.ts'
import { reviveFailures } from './failing.ts'
import { createProgress, type Progress } from './progress.ts'
import { reconcile } from './reconcile.ts'
import { completeAndWrite, syncEntity } from './steps.ts'

export type SyncOptions = {
  readonly runId: number
  readonly kind: RunKind
  readonly tenant: Tenant
  readonly store: Store
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly commerce: Commerce
  readonly destination: Destination
  readonly onProgress: (progress: RunProgress) => void
  /** A line of the run's log. */
  readonly onLog?: (line: RunLogLine) => void
  /** Requests sent so far by this run. */
  readonly requests: () => number
  /** Told the progress object, so that the HTTP client's waits can be shown in it. */
  readonly onStart?: (progress: Progress) => void
  /** Whether the program is ending: what stops then was interrupted, not cancelled by a person. */
  readonly isStopping?: () => boolean
}

/**
 * One run for one tenant, from its first request to its last checkpoint. The run's row exists already; this ends it, whatever happens.
 * Expected trouble ends the run as `stopped` with its fault; what was committed stays, and the next run goes on from there.
 */
export async function runSync(options: SyncOptions): Promise<RunOutcome> {
  const { store, runId, tenant } = options
  const progress = createProgress(runId, tenant.id, {
    clock: options.clock,
    requests: options.requests,
    onChange: (now) => options.onProgress({ ...now, requests: options.requests() }),
    onLog: (line) => options.onLog?.(line),
  })
  options.onStart?.(progress)
  progress.log('info', 'run began', { kind: options.kind, entities: tenant.entities.join(', ') })
  const found = await perform(options, progress)
  const trouble = found?.code === 'cancelled' && options.isStopping?.() ? fault('interrupted') : found
  const { counts } = progress.now()
  const hasFailed = entities.some((entity) => counts[entity].failed > 0)
  const outcome =
    trouble?.code === 'cancelled' ? 'cancelled' : trouble ? 'stopped' : hasFailed ? 'partial' : 'done'
  progress.log(trouble && trouble.code !== 'cancelled' ? 'error' : 'info', 'run ended', {
    outcome,
    requests: options.requests(),
    ...(trouble && { problem: explain(trouble).what }),
  })
  store.runs.end(runId, { outcome, fault: trouble, requests: options.requests(), counts })
  progress.phase('ended', null)
  store.runs.keepStory(runId, progress.story())
  return outcome
}

async function perform(options: SyncOptions, progress: Progress): Promise<Fault | null> {
  const { store, tenant, destination, clock } = options
  const probed = await destination.probe()
  if (!probed.ok) return probed.fault
  const owner = await destination.owner(tenant.instanceUrl, options.kind === 'preview' ? 'preview' : 'write')
  if (!owner.ok) return owner.fault
  const ctx: SyncContext = {
    tenant,
    runId: options.runId,
    kind: options.kind,
    startedAt: new Date(clock.now()).toISOString(),
    commerce: options.commerce,
    destination,
    owner: owner.value,
    store,
    clock,
    signal: options.signal,
    progress,
    broken: new Map(),
    listed: new Map(),
    missingProducts: new Set(),
    failed: new Set(),
    previewed: new Set(),
  }
  try {
    return await work(ctx)
  } catch (error) {
    // The store throws when its disk is full or its file damaged. Any other throw is a bug: it ends this run alone, and is shown as what it is.
    return storeFault(error, store.file) ?? bugOf(error)
  }
}

const bugOf = (error: unknown): Fault =>
  fault('bug', { raw: error instanceof Error ? (error.stack ?? error.message) : String(error) })

async function work(ctx: SyncContext): Promise<Fault | null> {
  if (ctx.kind === 'reconcile') return reconcile(ctx)
  const revived = await reviveFailures(ctx)
  if (revived) return revived
  for (const entity of entities) {
    if (ctx.signal.aborted) return fault('cancelled')
    const isWanted = ctx.tenant.entities.includes(entity)
    const trouble =
      ctx.kind === 'retry'
        ? await completeAndWrite(ctx, entity)
        : isWanted
          ? await syncEntity(ctx, entity)
          : null
    if (trouble) return trouble
  }
  return null
}
