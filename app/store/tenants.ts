import { join } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import { z } from 'zod'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import { defaultMapping } from '../model/mapping.ts'
import type { Clock } from '../model/ports.ts'
import { entities, type NewTenant, type Schedule, type Tenant, tenantSchema } from '../model/tenant.ts'

/** Tables whose rows belong to one tenant and go with it. */
const tenantTables = [
  'source',
  'list_size',
  'record',
  'outcome',
  'run_story',
  'run_log',
  'run',
  'failure',
  'watermark',
  'reading',
  'quirk',
  'schedule',
  'reconcile_schedule',
  'group_choice',
  'made_order',
  'mail_template',
  'mail_logo',
  'sent_mail',
  'sent_document',
  'status_choice',
] as const

/** What removing a tenant forgets. `links` are the records whose place in Halo is known. */
type TenantLosses = { readonly links: number; readonly runs: number; readonly failures: number }

type TenantPatch = Partial<Omit<Tenant, 'id' | 'createdAt'>>

/** The shape of the stored settings; raised when they need more than a default for a new field. */
const configVersion = 1
const configSchema = z.record(z.string(), z.unknown())

export type Tenants = ReturnType<typeof tenants>

/** Sundays at three: a time at which few people need the requests that it costs. */
const weekly: Schedule = { kind: 'cron', line: '0 3 * * 0', zone: 'UTC' }

/** Where a new tenant starts when nothing else is said: what changes from now on, into the embedded Halo, every quarter of an hour. */
export function tenantDefaults(folder: string, now: string): Omit<Tenant, 'id' | 'name' | 'instanceUrl'> {
  return {
    // The vendor's one host for all instances (apis.md §1.1).
    apiUrl: 'https://api.kaseyaquotemanager.com',
    keyIn: 'header',
    isEnabled: true,
    syncFrom: now,
    // The vendor's limits for one key.
    requestsPerMinute: 60,
    requestsPerDay: 10_000,
    reserve: 0.1,
    halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
    schedule: { kind: 'every', minutes: 15, between: null, zone: 'UTC' },
    reconcile: weekly,
    pausedUntil: null,
    entities: [...entities],
    mapping: defaultMapping,
    createdAt: now,
  }
}

/** The tenants and their settings. Secrets are in the vault, never here. */
export function tenants(db: Db, clock: Clock, folder: string) {
  const now = () => new Date(clock.now()).toISOString()
  return { ...reads(db, folder), ...changes(db, folder, now), ...removal(db) }
}

type RawTenant = { id: number; name: string; config: string; createdAt: string }
const columns = 'id, name, config, created_at AS createdAt'

/** Fields that a newer program will add take their defaults, fields that this one does not know are passed over. */
function tenantFrom(raw: RawTenant, folder: string): Tenant {
  const config = configSchema.parse(JSON.parse(raw.config))
  const mapping = configSchema.catch({}).parse(config.mapping)
  const interpretation = configSchema.catch({}).parse(mapping.interpretation)
  return tenantSchema.parse({
    ...tenantDefaults(folder, raw.createdAt),
    ...config,
    mapping: {
      ...defaultMapping,
      ...mapping,
      interpretation: { ...defaultMapping.interpretation, ...interpretation },
    },
    id: raw.id,
    name: raw.name,
    createdAt: raw.createdAt,
  })
}

function reads(db: Db, folder: string) {
  const all = db.prepare<[], RawTenant>(`SELECT ${columns} FROM tenant ORDER BY name`)
  const one = db.prepare<[number], RawTenant>(`SELECT ${columns} FROM tenant WHERE id = ?`)
  const named = db.prepare<[string], RawTenant>(`SELECT ${columns} FROM tenant WHERE name = ?`)
  const opened = (raw: RawTenant | undefined): Tenant | null => (raw ? tenantFrom(raw, folder) : null)
  return {
    list: (): Tenant[] => all.all().map((raw) => tenantFrom(raw, folder)),
    get: (id: number): Tenant | null => opened(one.get(id)),
    /** Upper and lower case are the same name. */
    byName: (name: string): Tenant | null => opened(named.get(name.trim())),
  }
}

function changes(db: Db, folder: string, now: () => string) {
  const insert = db.prepare('INSERT INTO tenant (name, config, created_at, updated_at) VALUES (?, ?, ?, ?)')
  const raw = db.prepare<[number], RawTenant>(`SELECT ${columns} FROM tenant WHERE id = ?`)
  const change = db.prepare('UPDATE tenant SET name = ?, config = ?, updated_at = ? WHERE id = ?')
  return {
    /** Adds a tenant; what is not given gets its default. Faults: name-taken, input-invalid (facts.field names the field). */
    add: (given: NewTenant): Result<Tenant> => {
      const at = now()
      const checked = check({ ...tenantDefaults(folder, at), ...given, id: 0, createdAt: at })
      if (!checked.ok) return checked
      const config = JSON.stringify({ version: configVersion, ...settingsOf(checked.value) })
      return unlessTaken(checked.value.name, () => {
        const { lastInsertRowid } = insert.run(checked.value.name, config, at, at)
        return { ...checked.value, id: Number(lastInsertRowid) }
      })
    },
    /** Changes what `patch` names. Faults: tenant-unknown, name-taken, input-invalid. */
    update: (id: number, patch: TenantPatch): Result<Tenant> => {
      const found = raw.get(id)
      if (!found) return fail(fault('tenant-unknown', { facts: { id } }))
      const checked = check({ ...tenantFrom(found, folder), ...patch })
      if (!checked.ok) return checked
      // Settings of a newer program that are not known here stay as they are.
      const config = JSON.stringify({ ...JSON.parse(found.config), ...settingsOf(checked.value) })
      return unlessTaken(checked.value.name, () => {
        change.run(checked.value.name, config, now(), id)
        return checked.value
      })
    },
  }
}

function settingsOf({ id: _id, name: _name, createdAt: _createdAt, ...settings }: Tenant): TenantPatch {
  return settings
}

function check(candidate: unknown): Result<Tenant> {
  const read = tenantSchema.safeParse(candidate)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  const field = issue?.path.join('.') ?? ''
  return fail(fault('input-invalid', { facts: { field, problem: issue?.message ?? '' } }))
}

function unlessTaken<T>(name: string, write: () => T): Result<T> {
  try {
    return ok(write())
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE') {
      return fail(fault('name-taken', { facts: { name, field: 'name' } }))
    }
    throw error
  }
}

function removal(db: Db) {
  const count = (table: string, which: string) =>
    db.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE tenant_id = ? AND ${which}`).pluck()
  const links = count('record', 'halo_id IS NOT NULL')
  const runs = count('run', 'TRUE')
  const open = count('failure', 'closed_at IS NULL')
  const deletions = tenantTables.map((table) => db.prepare(`DELETE FROM ${table} WHERE tenant_id = ?`))
  const deletion = db.prepare('DELETE FROM tenant WHERE id = ?')
  const losses = (id: number): TenantLosses => ({
    links: links.get(id) ?? 0,
    runs: runs.get(id) ?? 0,
    failures: open.get(id) ?? 0,
  })
  const removeAll = db.transaction((id: number): Result<TenantLosses> => {
    const lost = losses(id)
    if (deletion.run(id).changes === 0) return fail(fault('tenant-unknown', { facts: { id } }))
    for (const each of deletions) each.run(id)
    return ok(lost)
  })
  return {
    /** What `remove` would forget. */
    losses,
    /** Removes the tenant and all rows of it, in one transaction. Halo and the audit trail keep theirs. Fault: tenant-unknown. */
    remove: (id: number): Result<TenantLosses> => removeAll.immediate(id),
  }
}
