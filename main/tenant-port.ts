import type { HttpClient } from '../app/http/types.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { BudgetBook, Clock } from '../app/model/ports.ts'
import type { NewTenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { tenantDefaults } from '../app/store/tenants.ts'
import type { LadderStep, TenantPort, TenantView } from './api/port.ts'
import { testConnection } from './connection-test.ts'
import { haloChoices } from './halo-choices.ts'
import { healthOf } from './health.ts'
import type { NetworkControl } from './network.ts'
import { keyName, type TenantControl } from './tenants.ts'
import type { Vault } from './vault/vault.ts'

export type TenantPortParts = {
  readonly store: Store
  readonly vault: Vault
  readonly control: TenantControl
  readonly clock: Clock
  readonly folder: string
  readonly http: HttpClient
  readonly network: NetworkControl
  readonly resolveProxy: ((url: string) => Promise<string | null>) | undefined
  readonly book: BudgetBook
  /** The budget's name for an API key. */
  readonly budgetKeyOf: (key: string) => string
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
    add: async (given, key) => {
      const added = control.add(given, key, 'person')
      return added.ok ? ok({ id: added.value.id }) : added
    },
    update: async (id, patch) => {
      const updated = control.update(id, patch, 'person')
      return updated.ok ? ok(null) : updated
    },
    setKey: async (id, key) => control.setKey(id, key, 'person'),
    remove: async (id) => control.remove(id, 'person'),
    test: async (which, typed) => testTenant(parts, which, typed),
    choices: async (id) => {
      const tenant = store.tenants.get(id)
      return tenant ? haloChoices(tenant.halo, clock) : fail(fault('tenant-unknown', { facts: { id } }))
    },
    health: () =>
      store.tenants
        .list()
        .map((tenant) => healthOf({ store, book, clock, budgetKeyOf: keyOfBudget }, tenant)),
  }
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
async function testTenant(
  parts: TenantPortParts,
  which: Draft,
  typed: string | undefined,
): Promise<Result<readonly LadderStep[]>> {
  const { store, control, folder, clock, http, budgetKeyOf, resolveProxy } = parts
  const now = parts.network.now()
  if (!now.ok) return now
  const means = { clock, http, budgetKeyOf, resolveProxy, ...now.value }
  if ('id' in which) {
    const tenant = store.tenants.get(which.id)
    if (!tenant) return fail(fault('tenant-unknown', { facts: { id: which.id } }))
    const key = typed ? ok(typed) : control.keyOf(tenant.id)
    return key.ok ? ok(await testConnection(means, tenant, key.value)) : key
  }
  if (!typed) return fail(fault('key-missing', { facts: { field: 'key' } }))
  const checked = control.checked(which)
  if (!checked.ok) return checked
  const draft = { ...tenantDefaults(folder, new Date(clock.now()).toISOString()), ...checked.value, id: null }
  return ok(await testConnection(means, draft, typed))
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
