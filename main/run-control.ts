import { Worker } from 'node:worker_threads'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import { firstProgress, type RunKind, type RunProgress, type RunTrigger } from '../app/model/outcome.ts'
import type { RunLogLine } from '../app/model/run-story.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { RunEnd } from '../app/store/runs.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { applyRemap } from '../app/sync/remap.ts'
import type { NetworkNow } from './network.ts'
import type { FromWorker, ToWorker, WorkerSetup } from './work.ts'

export type RunControl = {
  /** already-running when this tenant has a run, tenant-disabled, key-missing, secret-lost (of the API key or of the proxy's password). */
  start(
    tenant: Tenant,
    kind: RunKind,
    trigger: RunTrigger,
    importFile?: string,
  ): Result<{ readonly runId: number }>
  cancel(runId: number): void
  live(): readonly RunProgress[]
  isBusy(tenantId?: number): boolean
  /** Resolves when the run has ended; with a fault when its end could not be stored yet (a full disk), so that its row does not tell. */
  ended(runId: number): Promise<Fault | null>
  /** Runs stop at their next record boundary; at `timeoutMs` the thread is ended whatever it does (nothing committed is lost). */
  stop(timeoutMs: number): Promise<void>
}

type RunControlParts = {
  readonly store: Store
  readonly setup: WorkerSetup
  readonly keyOf: (tenantId: number) => Result<string>
  readonly haloSecretOf: (tenantId: number, target: HaloTarget) => Result<string | null>
  /** The network settings for a run that begins now. */
  readonly network: () => Result<NetworkNow>
  /** Asks the operating system for its proxy, where something knows it. */
  readonly resolveProxy?: ((url: string) => Promise<string | null>) | undefined
  readonly onChange: () => void
  /** A line of a run's log; the store has it already, or soon. */
  readonly onLog?: (runId: number, line: RunLogLine) => void
  readonly onEnded: (tenantId: number, runId: number) => void
  readonly onBug: (error: unknown) => void
  /** How long the thread waits for another run before it is ended, and its memory given back; default half a minute. */
  readonly restMs?: number
}

type Live = {
  readonly tenantId: number
  progress: RunProgress
  readonly done: PromiseWithResolvers<Fault | null>
}

/** Owns the worker thread: one run a tenant at a time, started on demand, ended when nothing runs, closed and begun anew when the thread dies. */
export function createRunControl(parts: RunControlParts): RunControl {
  const live = new Map<number, Live>()
  let worker: Worker | null = null
  /** Threads that were told to end, because nothing ran. */
  const leaving = new Set<Worker>()
  let rest: NodeJS.Timeout | null = null
  let isStopping = false
  const knowsSystemProxy = parts.resolveProxy !== undefined
  /** Ends that the store did not take; tried again whenever a run starts or ends. */
  const unstored = new Map<number, RunEnd>()

  const storeEnds = (): void => {
    for (const [runId, end] of [...unstored])
      if (guarded(parts.store.file, () => parts.store.runs.end(runId, end)).ok) unstored.delete(runId)
  }
  const close = (runId: number, end: RunEnd | null): void => {
    const run = live.get(runId)
    if (!run) return
    if (end) unstored.set(runId, end)
    storeEnds()
    live.delete(runId)
    parts.onEnded(run.tenantId, runId)
    parts.onChange()
    run.done.resolve(unstored.get(runId)?.fault ?? null)
    if (live.size === 0 && !isStopping) {
      rest = setTimeout(sendHome, parts.restMs ?? 30_000)
      rest.unref()
    }
  }
  const sendHome = (): void => {
    if (worker === null || live.size > 0) return
    worker.postMessage({ type: 'stop' } satisfies ToWorker)
    leaving.add(worker)
    worker = null
  }
  const stopped = ({ progress }: Live, trouble: Fault): RunEnd => ({
    outcome: 'stopped',
    fault: trouble,
    requests: progress.requests,
    counts: progress.counts,
  })
  const hear = (message: FromWorker): void => {
    if (message.type === 'progress') {
      const run = live.get(message.progress.runId)
      if (run) run.progress = message.progress
      parts.onChange()
    } else if (message.type === 'log') parts.onLog?.(message.runId, message.line)
    else if (message.type === 'proxy') void answerProxy(message.id, message.url)
    else if (message.type === 'ended') {
      const run = live.get(message.runId)
      close(message.runId, run && message.lost ? stopped(run, message.lost) : null)
    }
  }
  const answerProxy = async (id: number, url: string): Promise<void> => {
    try {
      const proxy = (await parts.resolveProxy?.(url)) ?? null
      worker?.postMessage({ type: 'proxy', id, proxy } satisfies ToWorker)
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error)
      worker?.postMessage({ type: 'proxy', id, proxy: null, trouble } satisfies ToWorker)
    }
  }
  const died = (thread: Worker, error: unknown): void => {
    if (error) parts.onBug(error)
    // One that was sent home has no runs; those that live are another thread's.
    if (leaving.delete(thread)) return
    worker = null
    const raw = error instanceof Error ? (error.stack ?? error.message) : 'The worker thread ended.'
    const end = isStopping ? fault('interrupted') : fault('bug', { raw })
    for (const [runId, run] of [...live]) close(runId, stopped(run, end))
  }
  const thread = (): Worker => {
    worker ??= startWorker(parts.setup, hear, died)
    return worker
  }
  const send = (message: ToWorker): void => thread().postMessage(message)
  const isBusy = (tenantId?: number): boolean =>
    [...live.values()].some((run) => tenantId === undefined || run.tenantId === tenantId)

  return {
    start: (tenant, kind, trigger, importFile) => {
      if (isStopping) return fail(fault('interrupted'))
      if (!tenant.isEnabled && trigger !== 'person' && trigger !== 'cli')
        return fail(fault('tenant-disabled'))
      if (isBusy(tenant.id)) return fail(fault('already-running', { facts: { name: tenant.name } }))
      const key = parts.keyOf(tenant.id)
      // Nothing is asked of Commerce by an import.
      if (!key.ok && importFile === undefined) return key
      const secret = parts.haloSecretOf(tenant.id, tenant.halo)
      if (!secret.ok) return secret
      const network = parts.network()
      if (!network.ok) return network
      const begun = guarded(parts.store.file, () => {
        applyRemap(parts.store, tenant.id)
        return parts.store.runs.start(tenant.id, kind, trigger)
      })
      if (!begun.ok) return begun
      storeEnds()
      if (rest) clearTimeout(rest)
      const run = begun.value
      live.set(run.id, {
        tenantId: tenant.id,
        progress: firstProgress(run.id, tenant.id),
        done: Promise.withResolvers(),
      })
      send({
        type: 'run',
        order: {
          ...{
            runId: run.id,
            tenant,
            key: key.ok ? key.value : '',
            haloSecret: secret.value,
            kind,
            knowsSystemProxy,
          },
          importFile: importFile ?? null,
          ...network.value,
        },
      })
      parts.onChange()
      return ok({ runId: run.id })
    },
    cancel: (runId) => {
      if (live.has(runId)) send({ type: 'cancel', runId })
    },
    live: () => [...live.values()].map((run) => run.progress),
    isBusy,
    ended: (runId) => live.get(runId)?.done.promise ?? Promise.resolve(null),
    stop: async (timeoutMs) => {
      isStopping = true
      if (rest) clearTimeout(rest)
      worker?.postMessage({ type: 'stop' } satisfies ToWorker)
      await Promise.all([...leaving, ...(worker ? [worker] : [])].map((ending) => gone(ending, timeoutMs)))
    },
  }
}

/** Resolves when a thread that was asked to end has ended; at `timeoutMs` it is ended whatever it does. */
async function gone(ending: Worker, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => void ending.terminate(), timeoutMs)
  await new Promise<void>((resolve) => ending.once('exit', () => resolve()))
  clearTimeout(timer)
}

/**
 * A young generation as large as V8 takes it on a server doubles the peak (measured: 549 MB against 281 MB) for a fifth less time, and the
 * request limit is what a sync waits for anyway.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1024 }

function startWorker(
  setup: WorkerSetup,
  hear: (message: FromWorker) => void,
  died: (worker: Worker, error: unknown) => void,
): Worker {
  // The same file as TypeScript in a checkout and as JavaScript in a build.
  const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
  const worker = new Worker(file, { workerData: setup, resourceLimits })
  let cause: unknown = null
  worker.on('message', hear)
  worker.on('error', (error) => {
    cause = error
  })
  worker.on('exit', () => died(worker, cause))
  return worker
}
