import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { budgetKey } from '../app/http/budget.ts'
import { createHttpClient } from '../app/http/client.ts'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { RunKind, RunTrigger } from '../app/model/outcome.ts'
import type { Clock } from '../app/model/ports.ts'
import { budgetBook } from '../app/store/budget.ts'
import { openExchanges } from '../app/store/exchanges.ts'
import { openStore, type Store } from '../app/store/open.ts'
import { remapAll } from '../app/sync/remap.ts'
import { accountName } from './account.ts'
import type { EnginePort } from './api/port.ts'
import { createChanges } from './changes.ts'
import { createDesks } from './desks.ts'
import { logRun, logRunLine, openLogs } from './engine-log.ts'
import { createFailureDesk } from './failure-desk.ts'
import { makeFolder } from './folders.ts'
import type { HaloKeeper } from './halo-keeper.ts'
import { dailyHousekeeping } from './housekeeping.ts'
import { createImportWizard } from './import-wizard.ts'
import { createInspectorDesk } from './inspector/desk.ts'
import { run } from './install/command.ts'
import { protectKeyFile } from './install/key-rights.ts'
import { type FolderLock, takeFolder } from './lock.ts'
import type { Log } from './log.ts'
import { createMailDesk } from './mail-desk.ts'
import { createNetworkControl, renewableClient } from './network.ts'
import { createRunControl, type RunControl } from './run-control.ts'
import { createSample } from './sample.ts'
import { createScheduler, type Scheduler } from './schedule.ts'
import { createSettings } from './settings.ts'
import { createStatus } from './status.ts'
import { watchSurroundings } from './surroundings.ts'
import { createTenantPort } from './tenant-port.ts'
import { createTenantControl, type TenantControl } from './tenants.ts'
import { openVault } from './vault/open.ts'
import type { SecretBox } from './vault/os.ts'
import { overheard } from './vault/vault.ts'
import { programVersion } from './version.ts'
import type { WorkerSetup } from './work.ts'

export type EngineOptions = {
  readonly folder: string
  readonly mode: 'desktop' | 'service' | 'cli'
  readonly clock: Clock
  /** Seals secrets for the signed-in user; only the desktop has one. Null or absent: secrets go into the service's key file. */
  readonly secretBox?: SecretBox | null
  /** The operating system's proxy for an address, null for the direct way; only the desktop can ask. Absent: the environment's. */
  readonly resolveProxy?: (url: string) => Promise<string | null>
  /** Bugs and background trouble, after they were logged. */
  readonly onTrouble: (trouble: Fault, what: string) => void
}

export type Engine = EnginePort & {
  readonly log: Log
  readonly store: Store
  readonly tenantControl: TenantControl
  readonly control: RunControl
  readonly folderLock: FolderLock
  startRun(
    tenantId: number,
    kind: RunKind,
    trigger: RunTrigger,
    importFile?: string,
  ): Result<{ readonly runId: number }>
  /** Works on a tenant's Halo outside a run. */
  readonly atHalo: HaloKeeper['use']
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

function assemble(options: EngineOptions, lock: FolderLock, store: Store): Engine {
  const { folder, clock } = options
  const { resolveProxy } = options
  const { log, onTrouble } = openLogs(options, store)
  const protectKey = protectKeyFile(run, (file, raw) =>
    onTrouble(fault('folder-unwritable', { facts: { file }, raw }), 'closing the key file'),
  )
  const opened = openVault(folder, clock, { box: options.secretBox ?? null, protectKey })
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
      return createHttpClient({ clock, sink: exchanges.sink, book, ...now, resolveProxy, userAgent })
    }),
  )

  let scheduler: Scheduler | null = null
  const onTenant = (): void => {
    changes.bump()
    void sample.follow().then((followed) => followed.ok || onTrouble(followed.fault, 'sample data'))
  }
  const tenantControl = createTenantControl({ store, vault, runs: () => control, onChange: onTenant })
  const control: RunControl = createRunControl({
    store,
    setup,
    keyOf: tenantControl.keyOf,
    haloSecretOf: tenantControl.haloSecretOf,
    network: network.now,
    resolveProxy,
    onChange: changes.bump,
    onLog: (runId, line) => logRunLine(log, runId, line),
    onEnded: (tenantId, runId) => {
      logRun(log, store, runId)
      desks.matches.forget(tenantId)
      scheduler?.ended(tenantId)
    },
    onBug: (error) => onTrouble(fault('bug', { raw: textOf(error) }), 'worker'),
  })
  const startRun: Engine['startRun'] = (tenantId, kind, trigger, importFile) => {
    const tenant = store.tenants.get(tenantId)
    return tenant
      ? control.start(tenant, kind, trigger, importFile)
      : fail(fault('tenant-unknown', { facts: { id: tenantId } }))
  }
  const pruneFiles = (): void => {
    exchanges.prune()
    imports.prune()
  }
  const daily = dailyHousekeeping(store, pruneFiles, onTrouble)
  const { haloSecretOf } = tenantControl
  const desks = createDesks({
    ...{ store, clock, http, network, haloSecretOf, onChange: changes.bump },
    isBusy: control.isBusy,
  })
  const mail = createMailDesk({ store, vault, network, onChange: changes.bump, who: 'person' })
  const imports = createImportWizard({
    ...{ folder, clock, store, onChange: changes.bump, live: () => control.live(), atHalo: desks.atHalo },
    doer: { who: 'person', account: options.mode === 'service' ? null : accountName() },
    startRun: (tenantId, kind, file) => startRun(tenantId, kind, 'person', file),
  })
  const surroundings = watchSurroundings({ folder, clock, onChange: changes.bump })
  const sample = createSample({ store, control: tenantControl, folder })
  onTenant()
  const settings = createSettings({
    store,
    network,
    vault: { ...opened, ...vault },
    log,
    onChange: changes.bump,
  })
  const tenants = createTenantPort({
    store,
    vault,
    control: tenantControl,
    clock,
    folder,
    http,
    network,
    resolveProxy,
    book,
    sink: exchanges.sink,
    budgetKeyOf,
    sample,
  })
  const startedAt = new Date(clock.now()).toISOString()
  const inspector = createInspectorDesk({
    ...{ store, exchanges, clock, http, onChange: changes.bump },
    tenants: { keyOf: tenantControl.keyOf, budgetKeyOf },
    report: {
      ...{ version: setup.version, mode: options.mode, startedAt, logFolder: log.folder },
      clean: log.clean,
      tenants: tenants.list,
      settings: settings.get,
      haloCheck: ({ id, halo }) => tenants.testHalo(id, halo),
    },
  })
  return {
    store,
    log,
    changes,
    exchanges,
    inspector,
    settings,
    tenantControl,
    control,
    folderLock: lock,
    startRun,
    status: createStatus({
      store,
      folder,
      version: setup.version,
      mode: options.mode,
      startedAt,
      surroundings: surroundings.now,
      sampleTenantId: sample.tenantId,
      onChange: changes.bump,
    }),
    tenants,
    runs: {
      start: async (tenantId, kind) => startRun(tenantId, kind, 'person'),
      previewMapping: async (tenantId, mapping) => {
        const tenant = store.tenants.get(tenantId)
        if (!tenant) return fail(fault('tenant-unknown', { facts: { id: tenantId } }))
        remapAll(store, tenantId)
        return control.start({ ...tenant, mapping }, 'preview', 'person')
      },
      cancel: (runId) => {
        control.cancel(runId)
        return ok(null)
      },
      live: () => control.live(),
    },
    failures: createFailureDesk({
      store,
      control,
      startRetry: (tenantId) => startRun(tenantId, 'retry', 'person'),
      onChange: changes.bump,
    }),
    groups: desks.groups,
    quotes: desks.quotes,
    matches: desks.matches,
    recordDesk: desks.recordDesk,
    orders: desks.orders,
    imports,
    atHalo: desks.atHalo,
    mail,
    beginSchedule: () => {
      scheduler = createScheduler({
        store,
        clock,
        isRunning: control.isBusy,
        start: startRun,
        onTrouble: (found) => onTrouble(found, 'schedule'),
      })
      scheduler.begin()
      daily.begin()
      surroundings.begin()
    },
    wake: () => scheduler?.tick(),
    stop: async (timeoutMs = 20_000) => {
      daily.end()
      surroundings.end()
      await scheduler?.stop()
      await control.stop(timeoutMs)
      // What imports still ask of a Halo ends first.
      imports.close()
      await desks.close()
      await mail.close()
      await sample.stop()
      await http.close()
      exchanges.close()
      store.close()
      lock.release()
      log.info('stopped')
      log.close()
    },
  }
}

/** The salt of the budget's key hashes is made once a store. */
function workerSetup(folder: string, store: Store): WorkerSetup {
  const known = store.settings.get('budget-salt', z.string().min(16))
  const salt = known ?? randomBytes(16).toString('base64url')
  if (!known) store.settings.set('budget-salt', salt)
  return { folder, salt, version: programVersion() }
}

const view = <T, U>(result: Result<T>, of: (value: T) => U): Result<U> =>
  result.ok ? ok(of(result.value)) : result
const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
