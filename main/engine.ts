import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import { budgetKey } from '../app/http/budget.ts'
import { createHttpClient } from '../app/http/client.ts'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { RunKind, RunTrigger } from '../app/model/outcome.ts'
import type { Clock } from '../app/model/ports.ts'
import type { NewTenant } from '../app/model/tenant.ts'
import { budgetBook } from '../app/store/budget.ts'
import { openExchanges } from '../app/store/exchanges.ts'
import { openStore, type Store } from '../app/store/open.ts'
import { tenantDefaults } from '../app/store/tenants.ts'
import type { EnginePort, LadderStep, TenantView } from './api/port.ts'
import { createChanges } from './changes.ts'
import { testConnection } from './connection-test.ts'
import { createEventLog } from './event-log.ts'
import { haloChoices } from './halo-choices.ts'
import { healthOf } from './health.ts'
import { run } from './install/command.ts'
import { protectKeyFile } from './install/key-rights.ts'
import { type FolderLock, takeFolder } from './lock.ts'
import { type Log, logFolder, openLog } from './log.ts'
import { createNetworkControl, renewableClient } from './network.ts'
import { createRunControl, type RunControl } from './run-control.ts'
import { createScheduler, type Scheduler } from './schedule.ts'
import { createSettings, logLevelOf } from './settings.ts'
import { createTenantControl, keyName, type TenantControl } from './tenants.ts'
import { openVault } from './vault/open.ts'
import type { SecretBox } from './vault/os.ts'
import { overheard, type Vault } from './vault/vault.ts'
import { programVersion } from './version.ts'
import type { WorkerSetup } from './work.ts'

export type EngineOptions = {
  readonly folder: string
  readonly mode: 'desktop' | 'service' | 'cli'
  readonly clock: Clock
  /** Seals secrets for the signed-in user; only the desktop has one. Null or absent: secrets go into the service's key file. */
  readonly secretBox?: SecretBox | null
  /** Bugs and background trouble, after they were logged. */
  readonly onTrouble: (trouble: Fault, what: string) => void
}

export type Engine = EnginePort & {
  readonly log: Log
  readonly store: Store
  readonly tenantControl: TenantControl
  readonly control: RunControl
  readonly folderLock: FolderLock
  startRun(tenantId: number, kind: RunKind, trigger: RunTrigger): Result<{ readonly runId: number }>
  /** Starts the scheduler; the command line runs without it. */
  beginSchedule(): void
  /** Looks at once for what is due: after the computer slept, say. Does nothing before the schedule has begun. */
  wake(): void
  /** Runs stop at their next record boundary, then everything closes. */
  stop(timeoutMs?: number): Promise<void>
}

/** The boot list: takes the data folder, then builds every part once, by hand, and passes it on. */
export function createEngine(options: EngineOptions): Result<Engine> {
  const made = makeFolder(options.folder)
  if (!made.ok) return made
  const { folder, clock } = options
  const lock = takeFolder(folder, {
    clock,
    mode: options.mode,
    onTrouble: (found) => options.onTrouble(found, 'heartbeat'),
  })
  if (!lock.ok) return lock
  const opened = openStore(folder, { clock, role: 'owner' })
  if (!opened.ok) {
    lock.value.release()
    return opened
  }
  opened.value.runs.unfinished()
  return ok(assemble(options, lock.value, opened.value))
}

function makeFolder(folder: string): Result<null> {
  try {
    mkdirSync(folder, { recursive: true })
    return ok(null)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // A drive that is not there cannot have folders made on it.
    return fail(
      fault(code === 'ENOENT' ? 'folder-missing' : 'folder-unwritable', {
        facts: { folder },
        raw: String(error),
      }),
    )
  }
}

function assemble(options: EngineOptions, lock: FolderLock, store: Store): Engine {
  const { folder, clock } = options
  const { log, onTrouble } = openLogs(options, store)
  const opened = openVault(folder, clock, { box: options.secretBox ?? null, protectKey: protectKeyFile(run) })
  const vault = overheard(opened, log.hide)
  const changes = createChanges(clock.now())
  const setup = workerSetup(folder, store)
  const onNetwork = (): void => {
    http.renew()
    changes.bump()
  }
  const network = createNetworkControl({ store, vault, onChange: onNetwork })
  const exchanges = openExchanges(folder, { clock })
  const book = budgetBook(store.db)
  const budgetKeyOf = (key: string): string => budgetKey(key, setup.salt)
  const http = renewableClient(() =>
    view(network.now(), (now) => {
      const userAgent = `Commerce-Integrator/${setup.version}`
      return createHttpClient({ clock, sink: exchanges.sink, book, ...now, userAgent })
    }),
  )

  let scheduler: Scheduler | null = null
  const tenantControl = createTenantControl({ store, vault, runs: () => control, onChange: changes.bump })
  const control: RunControl = createRunControl({
    store,
    setup,
    keyOf: tenantControl.keyOf,
    network: network.now,
    onChange: changes.bump,
    onEnded: (tenantId, runId) => {
      logRun(log, store, runId)
      scheduler?.ended(tenantId)
    },
    onBug: (error) => onTrouble(fault('bug', { raw: textOf(error) }), 'worker'),
  })
  const startRun: Engine['startRun'] = (tenantId, kind, trigger) => {
    const tenant = store.tenants.get(tenantId)
    return tenant
      ? control.start(tenant, kind, trigger)
      : fail(fault('tenant-unknown', { facts: { id: tenantId } }))
  }
  const daily = dailyHousekeeping(store, () => exchanges.prune(), onTrouble)
  const startedAt = new Date(clock.now()).toISOString()
  const health = {
    store,
    book,
    clock,
    budgetKeyOf: (id: number) => keyed(tenantControl.keyOf(id), budgetKeyOf),
  }

  return {
    store,
    log,
    changes,
    exchanges,
    settings: createSettings({ store, network, vault: { ...opened, ...vault }, log, onChange: changes.bump }),
    tenantControl,
    control,
    folderLock: lock,
    startRun,
    status: {
      get: () => ({
        version: setup.version,
        mode: options.mode === 'desktop' ? 'desktop' : 'service',
        dataFolder: folder,
        logFolder: logFolder(folder),
        startedAt,
        owner: { pid: process.pid, host: hostname() },
        nextRun: nextRun(store),
      }),
    },
    tenants: {
      ...tenantReads(store, vault),
      add: async (given, key) =>
        view(tenantControl.add(given, key, 'person'), (tenant) => ({ id: tenant.id })),
      update: async (id, patch) => view(tenantControl.update(id, patch, 'person'), () => null),
      setKey: async (id, key) => tenantControl.setKey(id, key, 'person'),
      remove: async (id) => tenantControl.remove(id, 'person'),
      test: async (which, typed) => {
        const now = network.now()
        if (!now.ok) return now
        const parts = { clock, http, budgetKeyOf, ...now.value }
        return testTenant(parts, { store, tenantControl, folder, clock }, which, typed)
      },
      choices: async (id) => {
        const tenant = store.tenants.get(id)
        return tenant ? haloChoices(tenant.halo, clock) : fail(fault('tenant-unknown', { facts: { id } }))
      },
      health: () => store.tenants.list().map((tenant) => healthOf(health, tenant)),
    },
    runs: {
      start: async (tenantId, kind) => startRun(tenantId, kind, 'person'),
      cancel: (runId) => {
        control.cancel(runId)
        return ok(null)
      },
      live: () => control.live(),
    },
    failures: {
      retry: async (which) => {
        const runIds: number[] = []
        for (const tenantId of store.failures.retryNow(which)) {
          const started = startRun(tenantId, 'retry', 'person')
          if (!started.ok) return started
          runIds.push(started.value.runId)
        }
        changes.bump()
        return ok({ runIds })
      },
    },
    beginSchedule: () => {
      scheduler = createScheduler({
        store,
        clock,
        isRunning: control.isBusy,
        start: (tenantId, trigger) => startRun(tenantId, 'sync', trigger),
        onTrouble: (found) => onTrouble(found, 'schedule'),
      })
      scheduler.begin()
      daily.begin()
    },
    wake: () => scheduler?.tick(),
    stop: async (timeoutMs = 20_000) => {
      daily.end()
      await scheduler?.stop()
      await control.stop(timeoutMs)
      await http.close()
      exchanges.close()
      store.close()
      lock.release()
      log.info('stopped')
      log.close()
    },
  }
}

/** The log, and where trouble goes: there first, to the event log of Windows, then to whoever started the engine. */
function openLogs(
  options: EngineOptions,
  store: Store,
): { readonly log: Log; readonly onTrouble: EngineOptions['onTrouble'] } {
  const { folder, clock, mode } = options
  const log = openLog(folder, {
    clock,
    level: logLevelOf(store),
    onTrouble: (error) => options.onTrouble(fault('folder-unwritable', { raw: textOf(error) }), 'log'),
  })
  const events = createEventLog({ platform: process.platform, run, clock, clean: log.clean })
  log.info('started', { version: programVersion(), mode, node: process.version, platform: process.platform })
  return {
    log,
    onTrouble: (found, what) => {
      log.trouble(found, what)
      events.tell(found, what)
      options.onTrouble(found, what)
    },
  }
}

function logRun(log: Log, store: Store, runId: number): void {
  const run = store.runs.get(runId)
  if (!run) return
  const { tenantId, kind, outcome, requests, counts } = run
  log.info('run ended', { runId, tenantId, kind, outcome, requests, counts })
  if (run.fault) log.trouble(run.fault, `run ${runId} ended early`)
}

/** The salt of the budget's key hashes is made once a store. */
function workerSetup(folder: string, store: Store): WorkerSetup {
  const known = store.settings.get('budget-salt', z.string().min(16))
  const salt = known ?? randomBytes(16).toString('base64url')
  if (!known) store.settings.set('budget-salt', salt)
  return { folder, salt, version: programVersion() }
}

function tenantReads(
  store: Store,
  vault: Vault,
): { list(): TenantView[]; get(id: number): TenantView | null } {
  const viewOf = (id: number): TenantView | null => {
    const tenant = store.tenants.get(id)
    return tenant && { tenant, key: vault.describe(keyName(id)) }
  }
  return {
    list: () => store.tenants.list().map((tenant) => ({ tenant, key: vault.describe(keyName(tenant.id)) })),
    get: viewOf,
  }
}

type Draft = { readonly id: number } | NewTenant
type TestSurroundings = {
  readonly store: Store
  readonly tenantControl: TenantControl
  readonly folder: string
  readonly clock: Clock
}

async function testTenant(
  parts: Parameters<typeof testConnection>[0],
  { store, tenantControl, folder, clock }: TestSurroundings,
  which: Draft,
  typed: string | undefined,
): Promise<Result<readonly LadderStep[]>> {
  if ('id' in which) {
    const tenant = store.tenants.get(which.id)
    if (!tenant) return fail(fault('tenant-unknown', { facts: { id: which.id } }))
    const key = typed ? ok(typed) : tenantControl.keyOf(tenant.id)
    return key.ok ? ok(await testConnection(parts, tenant, key.value)) : key
  }
  if (!typed) return fail(fault('key-missing', { facts: { field: 'key' } }))
  const checked = tenantControl.checked(which)
  if (!checked.ok) return checked
  const draft = { ...tenantDefaults(folder, new Date(clock.now()).toISOString()), ...checked.value, id: null }
  return ok(await testConnection(parts, draft, typed))
}

function nextRun(store: Store): { tenantId: number; at: string } | null {
  const due = store.tenants
    .list()
    .filter((tenant) => tenant.isEnabled && tenant.schedule.kind !== 'off')
    .flatMap((tenant) => {
      const at = store.schedules.get(tenant.id).nextDue
      return at ? [{ tenantId: tenant.id, at }] : []
    })
  return due.sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null
}

/** Old runs, closed failures and old exchanges go once a day. */
function dailyHousekeeping(store: Store, pruneExchanges: () => void, onTrouble: EngineOptions['onTrouble']) {
  let timer: NodeJS.Timeout | null = null
  const tidy = (): void => {
    try {
      store.runs.prune()
      store.failures.prune()
      pruneExchanges()
    } catch (error) {
      onTrouble(fault('store-locked', { raw: textOf(error) }), 'housekeeping')
    }
  }
  return {
    begin: () => {
      timer = setInterval(tidy, 86_400_000)
      timer.unref()
      tidy()
    },
    end: () => {
      if (timer) clearInterval(timer)
    },
  }
}

const view = <T, U>(result: Result<T>, of: (value: T) => U): Result<U> =>
  result.ok ? ok(of(result.value)) : result
const keyed = (key: Result<string>, of: (key: string) => string): string | null =>
  key.ok ? of(key.value) : null
const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
