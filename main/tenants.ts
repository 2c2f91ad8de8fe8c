import { createHash } from 'node:crypto'
import { apiBase, instanceOrigin } from '../app/commerce/address.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import {
  acceptsAnyCertificate,
  type HaloTarget,
  placeOfTarget,
  secretScope,
} from '../app/model/halo-target.ts'
import type { NewTenant, Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { noteRemap } from '../app/sync/remap.ts'
import { importMemory } from './import-memory.ts'
import type { RunControl } from './run-control.ts'
import { checkSchedule } from './schedule.ts'
import type { Vault } from './vault/vault.ts'

export type TenantControl = {
  /** `haloSecret`: the SQL password or client secret of the target. */
  add(given: NewTenant, key: string, who: string, haloSecret?: string): Result<Tenant>
  update(id: number, patch: Partial<NewTenant>, who: string, haloSecret?: string): Result<Tenant>
  setKey(id: number, key: string, who: string): Result<null>
  /** input-invalid (facts.field haloSecret) when the tenant's target needs none. */
  setHaloSecret(id: number, secret: string, who: string): Result<null>
  remove(id: number, who: string): Result<null>
  /** The API key; key-missing when it was never set, secret-lost when it cannot be read any more. */
  keyOf(id: number): Result<string>
  /** The secret of a target of this tenant; null when it needs none. halo-secret-missing when none was entered for this server and user. */
  haloSecretOf(id: number, target: HaloTarget): Result<string | null>
  /** Addresses in their normal form; url-invalid, url-insecure and, for the schedule, input-invalid name the field. */
  checked<T extends Partial<NewTenant>>(given: T): Result<T>
}

type TenantControlParts = {
  readonly store: Store
  readonly vault: Vault
  readonly runs: () => RunControl
  readonly onChange: () => void
}

/** The name under which a tenant's API key lies in the vault. */
export const keyName = (tenantId: number): string => `tenant-${tenantId}-api-key`

const haloSecrets = (tenantId: number): string => `tenant-${tenantId}-halo-`

/** The name of a target's secret; null when it needs none. Another server or user is another name, so a secret never goes where it was not entered for. */
export function haloSecretName(tenantId: number, target: HaloTarget): string | null {
  const scope = secretScope(target)
  if (scope === null) return null
  return `${haloSecrets(tenantId)}${createHash('sha256').update(scope).digest('hex').slice(0, 16)}`
}

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
  /** Keeps the secret of the tenant's target, and forgets those of targets that it had before. */
  const keepHaloSecret = (tenant: Tenant, secret: string | undefined): Result<null> => {
    const name = haloSecretName(tenant.id, tenant.halo)
    if (secret !== undefined) {
      if (name === null) return fail(fault('input-invalid', { facts: { field: 'haloSecret' } }))
      const kept = vault.set(name, secret)
      if (!kept.ok) return kept
    }
    return forgetHaloSecrets(vault, tenant.id, name)
  }
  const noteCertificate = (who: string, tenant: Tenant, before: Tenant | null): void => {
    if (!acceptsAnyCertificate(tenant.halo) || (before && acceptsAnyCertificate(before.halo))) return
    note(who, 'any server certificate accepted', tenant.id, null, { halo: placeOfTarget(tenant.halo) })
  }
  return {
    keyOf,
    haloSecretOf: (id, target) => {
      const name = haloSecretName(id, target)
      if (name === null) return ok(null)
      const found = vault.get(name)
      if (!found.ok || found.value !== null) return found
      return fail(fault('halo-secret-missing', { facts: { name: placeOfTarget(target) } }))
    },
    checked: checkGiven,
    add: (given, key, who, haloSecret) => {
      if (!key.trim()) return fail(fault('key-missing', { facts: { field: 'key' } }))
      const checked = checkGiven(given)
      if (!checked.ok) return checked
      const added = store.tenants.add(checked.value)
      if (!added.ok) return added
      const set = vault.set(keyName(added.value.id), key.trim())
      const kept = set.ok ? keepHaloSecret(added.value, haloSecret) : set
      if (!kept.ok) {
        vault.remove(keyName(added.value.id))
        store.tenants.remove(added.value.id)
        return kept
      }
      note(who, 'tenant added', added.value.id, null, added.value)
      noteCertificate(who, added.value, null)
      return added
    },
    update: (id, patch, who, haloSecret) => {
      const before = store.tenants.get(id)
      if (!before) return fail(fault('tenant-unknown', { facts: { id } }))
      const checked = checkGiven(patch)
      if (!checked.ok) return checked
      const after = store.tenants.update(id, checked.value)
      if (!after.ok) return after
      const kept = keepHaloSecret(after.value, haloSecret)
      noteRemap(store, before, after.value)
      note(who, 'tenant changed', id, before, after.value)
      noteCertificate(who, after.value, before)
      return kept.ok ? after : kept
    },
    setKey: (id, key, who) => {
      if (!store.tenants.get(id)) return fail(fault('tenant-unknown', { facts: { id } }))
      const kept = vault.set(keyName(id), key.trim())
      if (kept.ok) note(who, 'API key replaced', id)
      return kept.ok ? ok(null) : kept
    },
    setHaloSecret: (id, secret, who) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      const kept = keepHaloSecret(tenant, secret)
      if (kept.ok) note(who, 'Halo secret replaced', id)
      return kept
    },
    remove: (id, who) => {
      const tenant = store.tenants.get(id)
      if (!tenant) return fail(fault('tenant-unknown', { facts: { id } }))
      if (parts.runs().isBusy(id)) return fail(fault('already-running', { facts: { name: tenant.name } }))
      const removed = store.tenants.remove(id)
      if (!removed.ok) return removed
      vault.remove(keyName(id))
      forgetHaloSecrets(vault, id, null)
      importMemory(store.settings).forget(id)
      store.unlinked.setNewOnes(id, new Set())
      note(who, 'tenant removed', id, tenant, removed.value)
      return ok(null)
    },
  }
}

/** A secret of a target that is no longer this tenant's is of no use to anybody but a thief. */
function forgetHaloSecrets(vault: Vault, tenantId: number, except: string | null): Result<null> {
  for (const name of vault.names()) {
    if (!name.startsWith(haloSecrets(tenantId)) || name === except) continue
    const removed = vault.remove(name)
    if (!removed.ok) return removed
  }
  return ok(null)
}

function checkGiven<T extends Partial<NewTenant>>(given: T): Result<T> {
  const instance = given.instanceUrl === undefined ? null : instanceOrigin(given.instanceUrl)
  if (instance && !instance.ok)
    return fail({ ...instance.fault, facts: { ...instance.fault.facts, field: 'instanceUrl' } })
  const api = given.apiUrl === undefined ? null : apiBase(given.apiUrl)
  if (api && !api.ok) return fail({ ...api.fault, facts: { ...api.fault.facts, field: 'apiUrl' } })
  for (const name of ['schedule', 'reconcile'] as const) {
    const schedule = given[name] && checkSchedule(given[name], 0, name)
    if (schedule && !schedule.ok) return schedule
  }
  return ok({
    ...given,
    ...(instance ? { instanceUrl: instance.value } : {}),
    ...(api ? { apiUrl: api.value } : {}),
  })
}
