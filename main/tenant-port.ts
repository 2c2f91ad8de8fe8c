import type { HaloMeans } from '../app/halo/open.ts'
import { faultRecorder } from '../app/halo/recorded.ts'
import type { HttpClient } from '../app/http/types.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import type { BudgetBook, Clock, ExchangeSink } from '../app/model/ports.ts'
import type { NewTenant, Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { tenantDefaults } from '../app/store/tenants.ts'
import type { LadderStep, TenantPort, TenantView } from './api/port.ts'
import { type NoteFault, testConnection, testHalo } from './connection-test.ts'
import { haloChoices } from './halo-choices.ts'
import { selfTestHalo } from './halo-self-test.ts'
import { haloTakeOver } from './halo-take-over.ts'
import { healthOf } from './health.ts'
import type { NetworkControl } from './network.ts'
import type { Sample } from './sample.ts'
import { haloSecretName, keyName, type TenantControl } from './tenants.ts'
import type { Vault } from './vault/vault.ts'

type TenantPortParts = {
  readonly store: Store
  readonly vault: Vault
  readonly control: TenantControl
  readonly clock: Clock
  readonly folder: string
  readonly http: HttpClient
  readonly network: NetworkControl
  readonly resolveProxy: ((url: string) => Promise<string | null>) | undefined
  readonly book: BudgetBook
  /** Where a test's trouble with a database is recorded. */
  readonly sink: ExchangeSink
  /** The budget's name for an API key. */
  readonly budgetKeyOf: (key: string) => string
  readonly sample: Pick<Sample, 'addSample' | 'refusal'>
}

/** What a person at a screen may ask and change about tenants. */
export function createTenantPort(parts: TenantPortParts): TenantPort {
  const { store, vault, control, clock, book } = parts
  const keyOfBudget = (id: number): string | null => {
    const key = control.keyOf(id)
    return key.ok ? parts.budgetKeyOf(key.value) : null
  }
  return {
    ...tenantReads(store, vault),
    add: async (given, key, haloSecret) => {
      const added = control.add(given, key, 'person', haloSecret)
      return added.ok ? ok({ id: added.value.id }) : added
    },
    update: async (id, patch, haloSecret) => {
      const refused = parts.sample.refusal(id, patch)
      if (refused) return fail(refused)
      const updated = control.update(id, patch, 'person', haloSecret)
      return updated.ok ? ok(null) : updated
    },
    setKey: async (id, key) => control.setKey(id, key, 'person'),
    setHaloSecret: async (id, secret) => control.setHaloSecret(id, secret, 'person'),
    remove: async (id) => control.remove(id, 'person'),
    test: async (which, typed, haloSecret) => testTenant(parts, which, typed, haloSecret),
    testHalo: (id, target, secret) => testTarget(parts, id, target, secret),
    selfTest: async (id) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      const means = haloMeans(parts, id, tenant.halo)
      return means.ok ? selfTestHalo(tenant.halo, means.value) : means
    },
    choices: async (id) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      const means = haloMeans(parts, id, tenant.halo)
      return means.ok ? haloChoices(tenant.halo, means.value) : means
    },
    takeOver: async (id) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      const means = haloMeans(parts, id, tenant.halo)
      const categoryIds = store.sources.all(id, 'category').map((row) => row.id)
      return means.ok ? haloTakeOver(tenant.halo, means.value, categoryIds) : means
    },
    health: () =>
      store.tenants
        .list()
        .map((tenant) => healthOf({ store, book, clock, budgetKeyOf: keyOfBudget }, tenant)),
    addSample: () => parts.sample.addSample(),
  }
}

function tenantReads(
  store: Store,
  vault: Vault,
): { list(): TenantView[]; get(id: number): TenantView | null } {
  const viewOf = (tenant: Tenant): TenantView => {
    const secret = haloSecretName(tenant.id, tenant.halo)
    return {
      tenant,
      key: vault.describe(keyName(tenant.id)),
      haloSecret: secret === null ? null : vault.describe(secret),
    }
  }
  const get = (id: number): TenantView | null => {
    const tenant = store.tenants.get(id)
    return tenant && viewOf(tenant)
  }
  return {
    list: () => store.tenants.list().map(viewOf),
    get,
  }
}

/** `secret`: one that was just typed; else the stored one, which holds for this server and user alone. A missing one is told by the test itself. */
function haloMeans(
  { control, clock, network, http, resolveProxy }: TenantPortParts,
  id: number | null,
  target: HaloTarget,
  typed?: string,
): Result<HaloMeans> {
  const now = network.now()
  if (!now.ok) return now
  const stored = typed === undefined && id !== null ? control.haloSecretOf(id, target) : ok(null)
  if (!stored.ok && stored.fault.code !== 'halo-secret-missing') return stored
  const secret = typed ?? (stored.ok ? stored.value : null)
  const { network: settings, proxyPassword } = now.value
  const facts = { purpose: 'test', tenantId: id, runId: null } as const
  return ok({ clock, network: settings, secret, rest: { http, facts, proxyPassword, resolveProxy } })
}

async function testTarget(
  parts: TenantPortParts,
  id: number | null,
  target: HaloTarget,
  typed: string | undefined,
): Promise<Result<readonly LadderStep[]>> {
  const means = haloMeans(parts, id, target, typed)
  return means.ok ? ok(await testHalo(target, means.value, noteOf(parts, id, target, means.value))) : means
}

/** Records a test's trouble with a database where every other request of it is found. */
function noteOf(
  { sink, clock }: TenantPortParts,
  tenantId: number | null,
  target: HaloTarget,
  { secret }: HaloMeans,
): NoteFault {
  const secrets = secret ? [secret] : []
  return faultRecorder({ sink, clock, target, secrets, purpose: 'test', tenantId, runId: null }).note
}

type Draft = { readonly id: number } | NewTenant
async function testTenant(
  parts: TenantPortParts,
  which: Draft,
  typed: string | undefined,
  haloSecret: string | undefined,
): Promise<Result<readonly LadderStep[]>> {
  const { store, control, folder, clock, http, budgetKeyOf, resolveProxy } = parts
  const now = parts.network.now()
  if (!now.ok) return now
  const means = { clock, http, budgetKeyOf, resolveProxy, ...now.value }
  if ('id' in which) {
    const tenant = store.tenants.get(which.id)
    if (!tenant) return fail(fault('tenant-unknown', { facts: { id: which.id } }))
    const key = typed ? ok(typed) : control.keyOf(tenant.id)
    const halo = haloMeans(parts, tenant.id, tenant.halo, haloSecret)
    if (!halo.ok) return halo
    const noteHalo = noteOf(parts, tenant.id, tenant.halo, halo.value)
    return key.ok
      ? ok(await testConnection({ ...means, halo: halo.value, noteHalo }, tenant, key.value))
      : key
  }
  if (!typed) return fail(fault('key-missing', { facts: { field: 'key' } }))
  const checked = control.checked(which)
  if (!checked.ok) return checked
  const draft = { ...tenantDefaults(folder, new Date(clock.now()).toISOString()), ...checked.value, id: null }
  const halo = haloMeans(parts, null, draft.halo, haloSecret)
  if (!halo.ok) return halo
  const noteHalo = noteOf(parts, null, draft.halo, halo.value)
  return ok(await testConnection({ ...means, halo: halo.value, noteHalo }, draft, typed))
}

/** The next scheduled run of any tenant; null when none is planned. */
export function soonestRun(store: Store): { tenantId: number; at: string } | null {
  const due = store.tenants
    .list()
    .filter((tenant) => tenant.isEnabled && tenant.schedule.kind !== 'off')
    .flatMap((tenant) => {
      const at = store.schedules.get(tenant.id).nextDue
      return at ? [{ tenantId: tenant.id, at }] : []
    })
  return due.sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null
}
