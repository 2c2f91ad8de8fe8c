import { afterEach } from 'vitest'
import { fail, fault, ok } from '../../../../app/model/fault.ts'
import { defaultNetwork } from '../../../../app/model/network.ts'
import type { RunProgress } from '../../../../app/model/outcome.ts'
import { defaultUpdates } from '../../../../app/model/settings.ts'
import { type Exchanges, openExchanges } from '../../../../app/store/exchanges.ts'
import type { Store } from '../../../../app/store/open.ts'
import type { EnginePort, TenantHealth } from '../../../../main/api/port.ts'
import { createChanges } from '../../../../main/changes.ts'
import { createDesks, type Desks } from '../../../../main/desks.ts'
import type { ImportWizard } from '../../../../main/import-port.ts'
import { createImportWizard } from '../../../../main/import-wizard.ts'
import { createMailDesk } from '../../../../main/mail-desk.ts'
import { keyfileVault } from '../../../../main/vault/keyfile.ts'
import { testInspector } from '../inspector/test-inspector.ts'

const opened: Exchanges[] = []
const openDesks: Desks[] = []
const openImports: ImportWizard[] = []
afterEach(async () => {
  for (const imports of openImports.splice(0)) imports.close()
  await Promise.all(openDesks.splice(0).map((desks) => desks.close()))
  for (const exchanges of opened.splice(0)) exchanges.close()
})

export type TestPort = EnginePort & {
  readonly exchanges: Exchanges
  /** What was asked of the engine, in order. */
  readonly asked: readonly string[]
  /** Runs that are under way; a test puts them here. */
  readonly live: RunProgress[]
  readonly bump: () => void
}

/** An engine around a real store: it reads all and keeps tenants, but runs nothing; it notes what it was asked to do. */
export function testPort(store: Store, startedAt = '2026-05-10T12:00:00.000Z'): TestPort {
  const changes = createChanges(Date.parse(startedAt))
  const asked: string[] = []
  const live: RunProgress[] = []
  const exchanges = openExchanges(store.folder, { clock: { now: () => Date.parse(startedAt) } })
  opened.push(exchanges)
  const note = (what: string): void => {
    asked.push(what)
    changes.bump()
  }
  const key = { setAt: startedAt, endsIn: '1234' }
  const desks = createDesks({
    store,
    clock: { now: () => Date.parse(startedAt) },
    // No tenant of these tests has a Halo behind an API.
    http: { send: async () => fail(fault('connection-refused')), close: async () => undefined },
    network: { now: () => ok({ network: defaultNetwork, proxyPassword: null }) },
    haloSecretOf: () => ok(null),
    isBusy: () => false,
    onChange: changes.bump,
  })
  openDesks.push(desks)
  const imports = createImportWizard({
    ...{ folder: store.folder, clock: { now: () => Date.parse(startedAt) }, store, live: () => live },
    doer: { who: 'person', account: 'ann' },
    atHalo: desks.atHalo,
    startRun: (tenantId, kind) => {
      note(`startRun ${tenantId} ${kind}`)
      return ok({ runId: store.runs.start(tenantId, kind, 'person').id })
    },
    onChange: changes.bump,
  })
  openImports.push(imports)
  const mail = createMailDesk({
    ...{ store, vault: keyfileVault(store.folder, { now: () => Date.parse(startedAt) }), who: 'person' },
    ...{ network: { settings: () => defaultNetwork }, onChange: changes.bump },
  })
  const views = () => store.tenants.list().map((tenant) => ({ tenant, key, haloSecret: null }))
  return {
    asked,
    live,
    bump: changes.bump,
    store,
    mail,
    changes,
    inspector: testInspector(store, exchanges, Date.parse(startedAt), views),
    status: {
      get: () => ({
        version: '0.1.0',
        mode: 'service',
        dataFolder: store.folder,
        logFolder: `${store.folder}/logs`,
        startedAt,
        owner: { pid: 4711, host: 'SERVER-01' },
        nextRun: null,
        sampleTenantId: null,
        update: null,
        disk: null,
        clockJump: null,
      }),
      noteUpdate: (version) => note(`noteUpdate ${version}`),
    },
    tenants: {
      list: views,
      get: (id) => views().find(({ tenant }) => tenant.id === id) ?? null,
      add: async (tenant) => {
        note(`add ${tenant.name}`)
        const added = store.tenants.add(tenant)
        return added.ok ? ok({ id: added.value.id }) : added
      },
      update: async (id, patch) => {
        note(`update ${id}`)
        const updated = store.tenants.update(id, patch)
        return updated.ok ? ok(null) : updated
      },
      addSample: async () => {
        note('addSample')
        return ok({ id: 1 })
      },
      setKey: async (id) => {
        note(`setKey ${id}`)
        return ok(null)
      },
      setHaloSecret: async (id) => {
        note(`setHaloSecret ${id}`)
        return ok(null)
      },
      remove: async (id) => {
        note(`remove ${id}`)
        const removed = store.tenants.remove(id)
        return removed.ok ? ok(null) : removed
      },
      test: async (tenant) => {
        note(`test ${'name' in tenant ? tenant.name : tenant.id}`)
        return ok([
          { id: 'address', state: 'passed', found: 'A web address', fault: null, durationMs: 1 },
          { id: 'key', state: 'failed', found: '', fault: fault('key-refused'), durationMs: 80 },
          { id: 'record', state: 'skipped', found: '', fault: null, durationMs: 0 },
        ])
      },
      testHalo: async (id, target) => {
        note(`testHalo ${id} ${target.kind}`)
        return ok([{ id: 'halo', state: 'passed', found: target.kind, fault: null, durationMs: 1 }])
      },
      selfTest: async (id) => {
        note(`selfTest ${id}`)
        return ok([{ name: 'customers', found: '50 created', fault: null, durationMs: 1 }])
      },
      choices: async () =>
        ok({
          groups: [{ id: 1, name: 'Datto Commerce' }],
          quoteStatus: [{ id: 3, name: 'Accepted' }],
          orderStatus: [{ id: 2, name: 'Processed' }],
          clientFields: [
            { column: 'CFregion', label: 'Region', type: 'text', maxLength: null, isMandatory: false },
          ],
        }),
      takeOver: async () => ok([]),
      health: () => views().map(({ tenant }) => healthOf(store, tenant.id)),
    },
    runs: {
      start: async (tenantId, kind) => {
        note(`start ${tenantId} ${kind}`)
        if (!store.tenants.get(tenantId)) return fail(fault('tenant-unknown'))
        return ok({ runId: store.runs.start(tenantId, kind, 'person').id })
      },
      previewMapping: async (tenantId, mapping) => {
        note(`preview ${tenantId} ${JSON.stringify(mapping.quoteStatus)}`)
        return ok({ runId: store.runs.start(tenantId, 'preview', 'person').id })
      },
      cancel: (runId) => {
        note(`cancel ${runId}`)
        return ok(null)
      },
      live: () => live,
    },
    failures: {
      retry: async (which) => {
        note(`retry ${JSON.stringify(which)}`)
        return ok({ runIds: [1], later: [] })
      },
      ignore: (which, reason) => {
        note(`ignore ${JSON.stringify(which)} ${reason}`)
        return ok({ count: store.failures.ignore(which, reason) })
      },
      reopen: (which) => {
        note(`reopen ${JSON.stringify(which)}`)
        return ok({ count: store.failures.reopen(which) })
      },
    },
    settings: {
      get: () => ({
        network: defaultNetwork,
        proxyPassword: null,
        log: { level: 'info', folder: `${store.folder}/logs` },
        vault: { kind: 'keyfile', isAvailable: true, canMoveTo: [], secrets: 1, lost: [] },
        updates: defaultUpdates,
      }),
      setNetwork: (network, password) => {
        note(`setNetwork ${network.proxy.mode} ${password === undefined ? 'as it was' : password && 'new'}`)
        return ok(null)
      },
      setLogLevel: (level) => {
        note(`setLogLevel ${level}`)
        return ok(null)
      },
      setUpdates: (updates) => {
        note(`setUpdates ${updates.mode}`)
        return ok(null)
      },
      moveSecrets: (to) => {
        note(`moveSecrets ${to}`)
        return ok({ carried: [], lost: [] })
      },
    },
    imports,
    groups: desks.groups,
    quotes: desks.quotes,
    matches: desks.matches,
    recordDesk: desks.recordDesk,
    orders: desks.orders,
    exchanges,
  }
}

function healthOf(store: Store, tenantId: number): TenantHealth {
  return {
    tenantId,
    freshness: 'fresh',
    lastGoodAt: store.runs.lastGood(tenantId)?.endedAt ?? null,
    nextDueAt: null,
    recentRuns: store.runs.list({ tenantId }, 0, 30).rows,
    records: store.records.counts(tenantId),
    failures: store.failures.counts(tenantId),
    budget: { minute: 0, day: 0, perMinute: 60, perDay: 10_000, blockedUntil: null },
  }
}
