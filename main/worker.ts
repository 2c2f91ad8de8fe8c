import { parentPort, workerData } from 'node:worker_threads'
import { type Commerce, createCommerce } from '../app/commerce/client.ts'
import { openHalo } from '../app/halo/open.ts'
import { faultRecorder } from '../app/halo/recorded.ts'
import { budgetKey } from '../app/http/budget.ts'
import { createHttpClient } from '../app/http/client.ts'
import type { HttpClient } from '../app/http/types.ts'
import type { ExchangePurpose } from '../app/model/exchange.ts'
import { type Fault, fault } from '../app/model/fault.ts'
import { noRunCounts, type RunProgress } from '../app/model/outcome.ts'
import type { RunLogLine } from '../app/model/run-story.ts'
import { budgetBook } from '../app/store/budget.ts'
import { openExchanges } from '../app/store/exchanges.ts'
import { openStore, type Store } from '../app/store/open.ts'
import { guarded, storeFault } from '../app/store/sqlite-fault.ts'
import type { Progress } from '../app/sync/progress.ts'
import { runSync } from '../app/sync/run-sync.ts'
import { runImport } from './import-run.ts'
import { readLimits } from './inspector/retention.ts'
import type { FromWorker, RunOrder, ToWorker, WorkerSetup } from './work.ts'

/**
 * The thread in which runs execute, so that better-sqlite3's synchronous calls never stall window, tray or API. It has its own connections
 * to the store, and lives as long as the engine. Uncaught errors end it; the engine closes its runs and starts another.
 */
const setup = workerData as WorkerSetup
const clock = { now: () => Date.now() }
let isStopping = false
const running = new Map<number, { abort: AbortController; ended: Promise<void> }>()

const asked = new Map<number, PromiseWithResolvers<string | null>>()
let questions = 0

const port = parentPort
if (!port) throw new Error('worker.ts is started by the engine, as a worker thread.')
const tell = (message: FromWorker): void => port.postMessage(message)

const opened = openStore(setup.folder, { clock, role: 'owner' })
if (!opened.ok) throw new Error(`The worker could not open the store: ${opened.fault.code}`)
const store = opened.value
const book = budgetBook(store.db)
const exchanges = openExchanges(setup.folder, { clock })

port.on('message', (message: ToWorker) => {
  if (message.type === 'run') start(message.order)
  else if (message.type === 'cancel') running.get(message.runId)?.abort.abort()
  else if (message.type === 'proxy') hearProxy(message)
  else void stop()
})
tell({ type: 'ready' })

function start(order: RunOrder): void {
  const abort = new AbortController()
  const ended = perform(order, abort.signal)
    .then(
      () => null,
      (error: unknown) => endAfterThrow(order.runId, error),
    )
    .then((lost) => {
      running.delete(order.runId)
      tell({ type: 'ended', runId: order.runId, ...(lost ? { lost } : {}) })
    })
  running.set(order.runId, { abort, ended })
}

async function perform(order: RunOrder, signal: AbortSignal): Promise<void> {
  const { tenant, runId, kind } = order
  exchanges.setLimits(readLimits(store.settings))
  let requests = 0
  let shown: Progress | null = null
  const waits = (untilMs: number): void => shown?.waiting(new Date(untilMs).toISOString())
  const client = createHttpClient({
    clock,
    sink: exchanges.sink,
    book,
    network: order.network,
    proxyPassword: order.proxyPassword,
    resolveProxy: order.knowsSystemProxy ? askProxy : undefined,
    userAgent: `Commerce-Integrator/${setup.version}`,
    onWait: (notice) => waits(notice.untilMs),
  })
  // Requests to Halo cost nothing of Commerce's budget, which a run's figure is about.
  const http = counted(client, () => {
    requests += 1
    shown?.waiting(null)
  })
  const purpose =
    order.importFile !== null ? 'import' : kind === 'retry' || kind === 'reconcile' ? kind : 'sync'
  const secrets = order.haloSecret === null ? [] : [order.haloSecret]
  const recorder = faultRecorder({
    ...{ sink: exchanges.sink, clock, target: tenant.halo, secrets, purpose, tenantId: tenant.id, runId },
  })
  const halo = await openHalo(tenant.halo, {
    ...{ clock, secret: order.haloSecret, network: order.network },
    rest: { http: client, facts: { purpose, tenantId: tenant.id, runId, signal } },
  })
  if (!halo.ok) {
    await client.close()
    return endEarly(store, runId, recorder.note(halo.fault, 'connection'))
  }
  const report = everyNow(200)
  const lines = logOf(runId)
  const shared = {
    ...{ runId, tenant, store, clock, signal, destination: recorder.destination(halo.value) },
    isStopping: () => isStopping,
    onStart: (progress: Progress) => {
      shown = progress
    },
    onProgress: (progress: RunProgress) => {
      if (!report(progress)) return
      lines.flush()
      if (shown) store.runs.keepStory(runId, shown.story())
    },
    onLog: lines.add,
  }
  try {
    if (order.importFile !== null) {
      const mode = kind === 'import' ? 'write' : kind === 'import-undo' ? 'undo' : 'preview'
      await runImport({ ...shared, file: order.importFile, mode })
    } else {
      const commerce = commerceOf(order, purpose, http, signal)
      await runSync({ ...shared, kind, commerce, requests: () => requests })
    }
  } finally {
    noteRecorder(lines)
    lines.flush()
    await http.close()
    await halo.value.close()
    exchanges.flush()
  }
}

function commerceOf(
  { tenant, key, runId }: RunOrder,
  purpose: ExchangePurpose,
  http: HttpClient,
  signal: AbortSignal,
): Commerce {
  return createCommerce({
    ...{ http, key, runId, purpose, signal },
    apiUrl: tenant.apiUrl,
    keyIn: tenant.keyIn,
    tenantId: tenant.id,
    budget: {
      key: budgetKey(key, setup.salt),
      limits: { perMinute: tenant.requestsPerMinute, perDay: tenant.requestsPerDay, reserve: tenant.reserve },
    },
  })
}

/** Only the engine's thread can ask the operating system for its proxy. Rejects with the system's own words. */
function askProxy(url: string): Promise<string | null> {
  const id = ++questions
  const question = Promise.withResolvers<string | null>()
  asked.set(id, question)
  tell({ type: 'proxy', id, url })
  return question.promise
}

function hearProxy({ id, proxy, trouble }: Extract<ToWorker, { type: 'proxy' }>): void {
  const question = asked.get(id)
  asked.delete(id)
  if (trouble === undefined) question?.resolve(proxy)
  else question?.reject(new Error(trouble))
}

/** Counts calls; attempts of one call are the inspector's business. */
function counted(http: HttpClient, onSent: () => void): HttpClient {
  return {
    send: async (call) => {
      const answer = await http.send(call)
      onSent()
      return answer
    },
    close: () => http.close(),
  }
}

/**
 * Progress goes to the screens at most every `ms`; the store keeps each step that is told, so that a restart knows how far it got.
 * Answers whether it was told.
 */
function everyNow(ms: number): (progress: RunProgress) => boolean {
  let last = 0
  return (progress) => {
    const now = Date.now()
    if (now - last < ms && progress.phase !== 'ended') return false
    last = now
    store.runs.progress(progress.runId, progress)
    tell({ type: 'progress', progress })
    return true
  }
}

/** A run's log: each line goes to the program's log at once, and to the store with the next progress. */
function logOf(runId: number): { add(line: RunLogLine): void; flush(): void } {
  let waiting: RunLogLine[] = []
  return {
    add: (line) => {
      waiting.push(line)
      tell({ type: 'log', runId, line })
    },
    flush: () => {
      const lines = waiting
      waiting = []
      store.runs.addLog(runId, lines)
    },
  }
}

/** A recorder in trouble costs a run nothing, so nobody would learn of it but here. */
function noteRecorder(lines: ReturnType<typeof logOf>): void {
  exchanges.flush()
  const { trouble, lost } = exchanges.health()
  if (trouble === null) return
  const at = new Date(clock.now()).toISOString()
  lines.add({ at, level: 'warn', what: 'requests not recorded', facts: { trouble, lost } })
}

function endEarly(target: Store, runId: number, trouble: Fault): void {
  target.runs.end(runId, { outcome: 'stopped', fault: trouble, requests: 0, counts: noRunCounts() })
}

/** Ends a run that threw: the store on a full disk or a damaged file, else a bug. Answers the fault when even that could not be stored. */
function endAfterThrow(runId: number, error: unknown): Fault | null {
  const raw = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const trouble = storeFault(error, store.file) ?? fault('bug', { raw })
  return guarded(store.file, () => endEarly(store, runId, trouble)).ok ? null : trouble
}

/** Asks every run to stop at its next record, waits for that, and closes what is open. */
async function stop(): Promise<void> {
  isStopping = true
  for (const run of running.values()) run.abort.abort()
  await Promise.all([...running.values()].map((run) => run.ended))
  exchanges.close()
  store.close()
  port?.close()
}
