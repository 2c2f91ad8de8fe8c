import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'

export type Migration = { readonly version: number; readonly name: string; readonly sql: string }

const keptBackups = 3
const shipped = new URL('./migrations/', import.meta.url)

/** The numbered .sql files in their order. They only ever grow in number: a shipped one is frozen (tests/fixtures/migrations.json). */
export function shippedMigrations(): Migration[] {
  return readdirSync(shipped)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(new URL(name, shipped), 'utf8'),
    }))
}

/** The store's version: the number of its last migration, 0 for an empty file. */
export const storeVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Brings the store up to the newest migration, each in one transaction. A store that holds something is first checked and copied to
 * `backups/` (the last three copies stay). Faults: store-newer, store-damaged. Errors of SQLite and of the disk are thrown.
 */
export function migrate(
  db: Database,
  folder: string,
  clock: Clock,
  migrations: readonly Migration[] = shippedMigrations(),
): Result<number> {
  const known = migrations.at(-1)?.version ?? 0
  const found = storeVersion(db)
  if (found > known) return fail(fault('store-newer', { facts: { store: found, program: known, folder } }))
  if (found === known) return ok(known)
  if (found > 0) {
    const damage = String(db.pragma('quick_check(1)', { simple: true }))
    if (damage !== 'ok') return fail(fault('store-damaged', { facts: { file: db.name }, raw: damage }))
    backUp(db, folder, found, clock)
  }
  for (const migration of migrations) apply(db, migration)
  return ok(known)
}

/** The version is read again inside the transaction: another thread may have been first. */
function apply(db: Database, migration: Migration): void {
  db.transaction(() => {
    if (storeVersion(db) >= migration.version) return
    db.exec(migration.sql)
    db.pragma(`user_version = ${migration.version}`)
  }).immediate()
}

function backUp(db: Database, folder: string, version: number, clock: Clock): void {
  const backups = join(folder, 'backups')
  mkdirSync(backups, { recursive: true })
  const date = new Date(clock.now()).toISOString().replace(/[-:.]/g, '')
  const file = join(backups, `store-v${String(version).padStart(3, '0')}-${date}.db`)
  if (!existsSync(file)) db.prepare('VACUUM INTO ?').run(file)
  for (const old of backupsIn(folder).slice(keptBackups)) rmSync(join(backups, old))
}

/** File names of the backups, newest first. */
export function backupsIn(folder: string): string[] {
  const backups = join(folder, 'backups')
  if (!existsSync(backups)) return []
  const dateOf = (name: string) => name.slice(name.lastIndexOf('-') + 1)
  return readdirSync(backups)
    .filter((name) => /^store-v\d+-\d{8}T\d+Z\.db$/.test(name))
    .sort((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1))
}
