import { readFileSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import { networkInputSchema } from '../app/model/settings.ts'
import type { NewTenant, Tenant } from '../app/model/tenant.ts'
import type { Engine } from './engine.ts'
import type { LineOf, Mistake, SecretSource, Unattended, UnattendedTenant } from './unattended.ts'

/** The part of the engine that a set-up changes. */
type SetUpEngine = Pick<Engine, 'tenantControl' | 'settings' | 'tenants'>

/** The secrets of a plan, in memory; null: none is given now and the one that is stored stays. */
export type Secrets = {
  readonly keys: readonly (string | null)[]
  /** Of the Halos, one a tenant. */
  readonly haloSecrets: readonly (string | null)[]
  readonly proxyPassword: string | null
  /** Read, and to be deleted when all is set up. */
  readonly files: readonly string[]
}

type Gathered =
  | { readonly ok: true; readonly secrets: Secrets }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

type SetUpReport = {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
}

const who = 'set-up file'

/**
 * Reads the secrets that a plan names; nothing is changed. Files are looked for beside the set-up file. One that cannot be had is a
 * mistake, unless the same secret is stored already (the second time, its file is gone).
 */
export function gatherSecrets(
  plan: Unattended,
  lineOf: LineOf,
  from: {
    readonly file: string
    readonly env: Readonly<Record<string, string | undefined>>
    /** Of a tenant (null: the proxy's password), its key, or the secret of this Halo. */
    readonly isStored: (tenant: string | null, halo?: HaloTarget) => boolean
  },
): Gathered {
  const mistakes: Mistake[] = []
  const files: string[] = []
  const take = (
    source: SecretSource,
    path: readonly PropertyKey[],
    tenant: string | null,
    halo?: HaloTarget,
  ): string | null => {
    const file = 'file' in source ? resolve(dirname(from.file), source.file) : null
    const found = file === null ? textOf(from.env['env' in source ? source.env : '']) : textIn(file)
    if (found !== null) {
      if (file !== null) files.push(file)
      return found
    }
    const missing = 'env' in source ? `the environment variable ${source.env} is` : `the file ${file} is`
    if (!from.isStored(tenant, halo))
      mistakes.push({ line: lineOf(path), reason: `${path.join('.')}: ${missing} missing or empty.` })
    return null
  }
  const keys = plan.tenants.map((tenant, index) => take(tenant.key, ['tenants', index, 'key'], tenant.name))
  const haloSecrets = plan.tenants.map(({ name, halo, haloSecret }, index) =>
    haloSecret ? take(haloSecret, ['tenants', index, 'haloSecret'], name, halo) : null,
  )
  const proxyPassword = plan.proxyPassword ? take(plan.proxyPassword, ['proxyPassword'], null) : null
  return mistakes.length > 0
    ? { ok: false, mistakes }
    : { ok: true, secrets: { keys, haloSecrets, proxyPassword, files } }
}

const textOf = (given: string | undefined): string | null => given?.trim() || null

function textIn(file: string): string | null {
  try {
    return textOf(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/**
 * Brings the engine to what the plan says; what it does not name stays. Twice the same is the same. Tenants are known by their names.
 * Stops at the first fault (a full disk, a store that cannot be written): giving the same file again goes on from there.
 */
export function applyUnattended(
  engine: SetUpEngine,
  plan: Unattended,
  secrets: Secrets,
): Result<SetUpReport> {
  const report = { added: [] as string[], changed: [] as string[], unchanged: [] as string[] }
  if (plan.network) {
    const now = networkInputSchema.parse(engine.settings.get().network)
    const network = { ...now, ...plan.network }
    const done = engine.settings.setNetwork(network, secrets.proxyPassword ?? undefined, who)
    if (!done.ok) return done
  }
  if (plan.updates) {
    const done = engine.settings.setUpdates({ ...engine.settings.get().updates, ...plan.updates }, who)
    if (!done.ok) return done
  }
  for (const [index, tenant] of plan.tenants.entries()) {
    const secret = secrets.haloSecrets[index] ?? undefined
    const done = applyTenant(engine, tenant, secrets.keys[index] ?? null, secret)
    if (!done.ok) return fail({ ...done.fault, facts: { ...done.fault.facts, name: tenant.name } })
    report[done.value].push(tenant.name)
  }
  return ok(report)
}

function applyTenant(
  engine: SetUpEngine,
  wanted: UnattendedTenant,
  key: string | null,
  haloSecret: string | undefined,
): Result<keyof SetUpReport> {
  const checked = engine.tenantControl.checked(settingsOf(wanted))
  if (!checked.ok) return checked
  const settings = checked.value
  const known = engine.tenants
    .list()
    .find(({ tenant }) => tenant.name.toLowerCase() === wanted.name.toLowerCase())?.tenant
  if (!known) {
    if (key === null) return fail(fault('key-missing', { facts: { name: wanted.name } }))
    const added = engine.tenantControl.add(settings, key, who, haloSecret)
    return added.ok ? ok('added') : added
  }
  const isOther = differs(known, settings)
  const stored = engine.tenantControl.keyOf(known.id)
  const isNewKey = key !== null && !(stored.ok && stored.value === key)
  if (isOther) {
    const updated = engine.tenantControl.update(known.id, settings, who)
    if (!updated.ok) return updated
  }
  const isNewSecret = haloSecret !== undefined && !isStoredSecret(engine, known.id, haloSecret)
  if (isNewSecret) {
    const kept = engine.tenantControl.setHaloSecret(known.id, haloSecret, who)
    if (!kept.ok) return kept
  }
  if (isNewKey) {
    const kept = engine.tenantControl.setKey(known.id, key, who)
    if (!kept.ok) return kept
  }
  return ok(isOther || isNewKey || isNewSecret ? 'changed' : 'unchanged')
}

/** Whether it is the one that is stored for the Halo that the tenant has now. */
function isStoredSecret(engine: SetUpEngine, id: number, secret: string): boolean {
  const target = engine.tenants.get(id)?.tenant.halo
  const stored = target ? engine.tenantControl.haloSecretOf(id, target) : null
  return stored?.ok === true && stored.value === secret
}

function settingsOf({ url, enabled, key: _, haloSecret: __, ...rest }: UnattendedTenant): NewTenant {
  return { ...rest, instanceUrl: url, ...(enabled === undefined ? {} : { isEnabled: enabled }) }
}

/** Compared as they are stored, so that the second time nothing is written and nothing is mapped again. */
function differs(known: Tenant, wanted: NewTenant): boolean {
  const now: Readonly<Record<string, unknown>> = known
  return Object.entries(wanted).some(([field, value]) => canonical(now[field]) !== canonical(value))
}

/** The same value is the same text, in whichever order its fields were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Deletes the files that held secrets. Answers those that would not go: somebody has to delete them by hand. */
export function forgetFiles(files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    try {
      rmSync(file, { force: true })
      return false
    } catch (error) {
      if (error instanceof Error && 'code' in error) return true
      throw error
    }
  })
}
