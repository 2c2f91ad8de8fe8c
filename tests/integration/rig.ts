import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { createCommerce } from '../../app/commerce/client.ts'
import { type SampleApi, type SampleApiOptions, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { openHalo } from '../../app/halo/open.ts'
import { createHttpClient } from '../../app/http/client.ts'
import { type Fault, ok } from '../../app/model/fault.ts'
import type { HaloTarget } from '../../app/model/halo-target.ts'
import { defaultMapping, type Mapping } from '../../app/model/mapping.ts'
import type { NetworkSettings } from '../../app/model/network.ts'
import type { RecordOutcome, Run, RunKind, RunProgress } from '../../app/model/outcome.ts'
import type { NewTenant, Tenant } from '../../app/model/tenant.ts'
import { budgetBook } from '../../app/store/budget.ts'
import { openExchanges } from '../../app/store/exchanges.ts'
import { openStore, type Store } from '../../app/store/open.ts'
import { applyRemap } from '../../app/sync/remap.ts'
import { runSync } from '../../app/sync/run-sync.ts'
import { createRunControl } from '../../main/run-control.ts'
import { createTenantControl } from '../../main/tenants.ts'
import { keyfileVault } from '../../main/vault/keyfile.ts'
import { dumpFile, good, lifted, type MovingClock, movingClock, tempFolder } from './ground.ts'

export type Synced = {
  readonly outcome: Run['outcome']
  readonly fault: Fault | null
  readonly counts: Run['counts']
  readonly run: Run
  /** Requests that reached the server in this run, by path. */
  readonly paths: Readonly<Record<string, number>>
  readonly requests: number
  readonly outcomes: readonly RecordOutcome[]
  readonly progress: readonly RunProgress[]
}

type SyncMore = {
  /** Of a Halo that the tenant was moved to. */
  readonly secret?: string
  readonly signal?: AbortSignal
  readonly onRequest?: (nth: number) => void
  readonly onProgress?: (progress: RunProgress) => void
}

export type Rig = Awaited<ReturnType<typeof makeRig>>

export type RigOptions = {
  readonly api?: SampleApiOptions
  readonly tenant?: Partial<NewTenant>
  readonly mapping?: Partial<Mapping>
  /** Another Halo than the embedded one. */
  readonly halo?: { readonly target: HaloTarget; readonly secret: string }
}

/** This machine and nothing around it. */
export const network: NetworkSettings = { proxy: { mode: 'none' }, trustSystemStore: false, extraCaFiles: [] }
const small = { customers: 25, products: 40, quotes: 60, orders: 30 }

/**
 * One tenant with all that its sync works with, and nothing invented but Commerce's records: the sample API over HTTP, the store and Halo as
 * SQLite files, the sync in this thread so that a test can hold the clock.
 */
export async function makeRig(options: RigOptions = {}) {
  const clock = movingClock()
  const folder = tempFolder()
  const api = await startSampleApi({ ...small, ...lifted, clock, ...options.api })
  onTestFinished(() => api.stop())
  const store = good(openStore(folder, { clock, role: 'owner' }))
  onTestFinished(() => store.close())
  const setup = { folder, salt: 'a-salt-for-tests', version: '0' }
  const vault = keyfileVault(folder, clock)
  const nothing = () => undefined
  const tenants = createTenantControl({ store, vault, runs: () => control, onChange: nothing })
  const control = createRunControl({
    ...{ store, setup, keyOf: tenants.keyOf, haloSecretOf: tenants.haloSecretOf },
    ...{ onChange: nothing, onEnded: nothing, onBug: nothing },
    network: () => ok({ network, proxyPassword: null }),
  })
  const halo = join(folder, 'halo.db')
  const tenant = good(
    tenants.add(
      {
        name: 'North',
        instanceUrl: 'https://north.mydattocommerce.com',
        apiUrl: api.url,
        syncFrom: '2000-01-01T00:00:00.000Z',
        halo: options.halo?.target ?? { kind: 'sqlite', file: halo },
        ...lifted,
        ...options.tenant,
        mapping: { ...defaultMapping, ...options.mapping },
      },
      api.key,
      'test',
      options.halo?.secret,
    ),
  )
  const current = (): Tenant => {
    const found = store.tenants.get(tenant.id)
    if (!found) throw new Error('The tenant is gone.')
    return found
  }
  const haloFile = (): string => {
    const target = current().halo
    if (target.kind !== 'sqlite') throw new Error(`This rig has no ${target.kind}.`)
    return target.file
  }
  return {
    api,
    world: api.world,
    clock,
    store,
    folder,
    halo,
    tenantId: tenant.id,
    tenants,
    current,
    update: (patch: Partial<NewTenant>) => good(tenants.update(tenant.id, patch, 'test')),
    remap: (mapping: Partial<Mapping>) =>
      good(tenants.update(tenant.id, { mapping: { ...current().mapping, ...mapping } }, 'test')),
    sync: (kind: RunKind = 'sync', more: SyncMore = {}) =>
      syncOnce(
        { api, clock, store, tenant: current(), secret: more.secret ?? options.halo?.secret ?? null },
        kind,
        more,
      ),
    /** Rows of the Halo database. */
    rows: (query: string, ...values: unknown[]) => rowsOf(haloFile(), query, values),
    dump: () => dumpFile(haloFile()),
    record: (entity: 'products' | 'customers' | 'quotes' | 'salesOrders', id: number) =>
      store.records.get(tenant.id, entity, id),
    failures: () => store.failures.list({ tenantId: tenant.id, state: 'open' }, 0, 100).rows,
  }
}

function rowsOf(file: string, query: string, values: readonly unknown[]): Record<string, unknown>[] {
  const sql = new Database(file, { readonly: true })
  try {
    return sql.prepare<unknown[], Record<string, unknown>>(query).all(...values)
  } finally {
    sql.close()
  }
}

type Parts = {
  readonly api: SampleApi
  readonly clock: MovingClock
  readonly store: Store
  readonly tenant: Tenant
  readonly secret: string | null
}

async function syncOnce(
  { api, clock, store, tenant, secret }: Parts,
  kind: RunKind,
  more: SyncMore,
): Promise<Synced> {
  // As run-control.ts does when it starts a run.
  applyRemap(store, tenant.id)
  const run = store.runs.start(tenant.id, kind, 'person')
  const exchanges = openExchanges(store.folder, { clock })
  const http = createHttpClient({
    clock,
    sink: exchanges.sink,
    book: budgetBook(store.db),
    network,
    sleep: async (ms, signal) => {
      if (!signal.aborted) clock.nowMs += ms
    },
  })
  let sent = 0
  const commerce = createCommerce({
    http: {
      send: (call) => {
        sent += 1
        more.onRequest?.(sent)
        return http.send(call)
      },
      close: http.close,
    },
    apiUrl: tenant.apiUrl,
    keyIn: tenant.keyIn,
    key: api.key,
    tenantId: tenant.id,
    runId: run.id,
    purpose: 'sync',
    budget: {
      key: 'budget-of-the-test',
      limits: { perMinute: tenant.requestsPerMinute, perDay: tenant.requestsPerDay, reserve: tenant.reserve },
    },
    signal: more.signal,
  })
  const facts = { purpose: 'sync', tenantId: tenant.id, runId: run.id } as const
  const destination = good(await openHalo(tenant.halo, { clock, secret, network, rest: { http, facts } }))
  const progress: RunProgress[] = []
  api.resetStats()
  try {
    await runSync({
      ...{ runId: run.id, kind, tenant, store, clock, commerce, destination },
      signal: more.signal ?? new AbortController().signal,
      requests: () => sent,
      onProgress: (now) => {
        progress.push(now)
        more.onProgress?.(now)
      },
    })
  } finally {
    await destination.close()
    await http.close()
    exchanges.close()
  }
  const ended = store.runs.get(run.id)
  if (!ended) throw new Error('The run is not in the store.')
  const { total, byPath } = api.stats()
  const outcomes = store.runs.outcomes(run.id, { offset: 0, limit: 10_000 }).rows
  const { outcome, fault, counts } = ended
  return { outcome, fault, counts, run: ended, paths: byPath, requests: total, outcomes, progress }
}

/** How a run that met no trouble ends. */
export const done = { outcome: 'done', fault: null }
export const none = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
/** A tenant that starts with what changes from the moment of the clock on. */
export const now = { tenant: { syncFrom: '2026-06-02T08:00:00.000Z' } }

/** Each list that a sync reads by date (and categories, which have none), asked once. */
export const listsOnce = {
  '/v1/category': 1,
  '/v1/product': 1,
  '/v1/customer': 1,
  '/v1/contact': 1,
  '/v1/customeraddress': 1,
  '/v1/quote': 1,
  '/v1/salesorder': 1,
  '/v1/salesorderline': 1,
}
