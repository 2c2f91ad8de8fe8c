import { apiBase, instanceOrigin } from '../app/commerce/address.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { NewTenant, Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { noteRemap } from '../app/sync/remap.ts'
import type { RunControl } from './run-control.ts'
import { checkSchedule } from './schedule.ts'
import type { Vault } from './vault/vault.ts'

export type TenantControl = {
  add(given: NewTenant, key: string, who: string): Result<Tenant>
  update(id: number, patch: Partial<NewTenant>, who: string): Result<Tenant>
  setKey(id: number, key: string, who: string): Result<null>
  remove(id: number, who: string): Result<null>
  /** The API key; key-missing when it was never set, secret-lost when it cannot be read any more. */
  keyOf(id: number): Result<string>
  /** Addresses in their normal form; url-invalid, url-insecure and, for the schedule, input-invalid name the field. */
  checked<T extends Partial<NewTenant>>(given: T): Result<T>
}

export type TenantControlParts = {
  readonly store: Store
  readonly vault: Vault
  readonly runs: () => RunControl
  readonly onChange: () => void
}

/** The name under which a tenant's API key lies in the vault. */
export const keyName = (tenantId: number): string => `tenant-${tenantId}-api-key`

/** Changes to tenants: addresses checked, key into the vault, every change in the audit log, and what it touches mapped again. */
export function createTenantControl(parts: TenantControlParts): TenantControl {
  const { store, vault, onChange } = parts
  const note = (who: string, what: string, tenantId: number, before?: unknown, after?: unknown): void => {
    store.audit.add({ who, what, tenantId, before: before ?? null, after: after ?? null })
    onChange()
  }
  const keyOf = (id: number): Result<string> => {
    const found = vault.get(keyName(id))
    if (!found.ok) return found
    return found.value === null ? fail(fault('key-missing', { facts: { id } })) : ok(found.value)
  }
  return {
    keyOf,
    checked: checkGiven,
    add: (given, key, who) => {
      if (!key.trim()) return fail(fault('key-missing', { facts: { field: 'key' } }))
      const checked = checkGiven(given)
      if (!checked.ok) return checked
      const added = store.tenants.add(checked.value)
      if (!added.ok) return added
      const kept = vault.set(keyName(added.value.id), key.trim())
      if (!kept.ok) {
        store.tenants.remove(added.value.id)
        return kept
      }
      note(who, 'tenant added', added.value.id, null, added.value)
      return added
    },
    update: (id, patch, who) => {
      const before = store.tenants.get(id)
      if (!before) return fail(fault('tenant-unknown', { facts: { id } }))
      const checked = checkGiven(patch)
      if (!checked.ok) return checked
      const after = store.tenants.update(id, checked.value)
      if (!after.ok) return after
      noteRemap(store, before, after.value)
      note(who, 'tenant changed', id, before, after.value)
      return after
    },
    setKey: (id, key, who) => {
      if (!store.tenants.get(id)) return fail(fault('tenant-unknown', { facts: { id } }))
      const kept = vault.set(keyName(id), key.trim())
      if (kept.ok) note(who, 'API key replaced', id)
      return kept.ok ? ok(null) : kept
    },
    remove: (id, who) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      if (parts.runs().isBusy(id)) return fail(fault('already-running', { facts: { name: tenant.name } }))
      const removed = store.tenants.remove(id)
      if (!removed.ok) return removed
      vault.remove(keyName(id))
      note(who, 'tenant removed', id, tenant, removed.value)
      return ok(null)
    },
  }
}

function checkGiven<T extends Partial<NewTenant>>(given: T): Result<T> {
  const instance = given.instanceUrl === undefined ? null : instanceOrigin(given.instanceUrl)
  if (instance && !instance.ok)
    return fail({ ...instance.fault, facts: { ...instance.fault.facts, field: 'instanceUrl' } })
  const api = given.apiUrl === undefined ? null : apiBase(given.apiUrl)
  if (api && !api.ok) return fail({ ...api.fault, facts: { ...api.fault.facts, field: 'apiUrl' } })
  const schedule = given.schedule && checkSchedule(given.schedule, 0)
  if (schedule && !schedule.ok) return schedule
  return ok({
    ...given,
    ...(instance ? { instanceUrl: instance.value } : {}),
    ...(api ? { apiUrl: api.value } : {}),
  })
}
