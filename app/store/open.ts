import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Fault, fail, fault, ok, type Result } from '../model/fault.ts'
import type { Clock } from '../model/ports.ts'
import { type AuditTrail, auditTrail } from './audit.ts'
import { type Failures, failures } from './failures.ts'
import { type GroupChoices, groupChoices } from './group-choices.ts'
import { type MadeOrderBook, madeOrders } from './made-orders.ts'
import { backupsIn, type Migration, migrate, shippedMigrations, storeVersion } from './migrate.ts'
import { type Records, records } from './records.ts'
import { type Runs, runs } from './runs.ts'
import { type Schedules, schedules } from './schedules.ts'
import { type SentMails, sentMails } from './sent-mails.ts'
import { type Settings, settings } from './settings.ts'
import { type Sources, sources } from './sources.ts'
import { storeFault } from './sqlite-fault.ts'
import { type StatusChoices, statusChoices } from './status-choices.ts'
import { type Templates, templates } from './templates.ts'
import { type Tenants, tenants } from './tenants.ts'
import { type Timeline, timeline } from './timeline.ts'
import { type Unlinked, unlinked } from './unlinked.ts'
import { type Watermarks, watermarks } from './watermarks.ts'

/**
 * The local store, one connection (one thread). Its functions throw SqliteError when the disk is full, the file damaged or the
 * wait for another writer too long: `guarded` of sqlite-fault.ts turns that into a fault at the edge.
 */
export type Store = {
  readonly folder: string
  readonly file: string
  readonly db: Database.Database
  readonly tenants: Tenants
  readonly sources: Sources
  readonly records: Records
  readonly runs: Runs
  readonly failures: Failures
  readonly groupChoices: GroupChoices
  readonly madeOrders: MadeOrderBook
  readonly statusChoices: StatusChoices
  readonly unlinked: Unlinked
  readonly watermarks: Watermarks
  readonly settings: Settings
  readonly audit: AuditTrail
  /** How quotes look when they are sent. */
  readonly templates: Templates
  readonly sentMails: SentMails
  readonly timeline: Timeline
  readonly schedules: Schedules
  /** Of the reconcile runs. */
  readonly reconciles: Schedules
  /** Runs `work` as one transaction that takes the write lock at once. */
  inTransaction<T>(work: () => T): T
  /** Differs from the last one when anything was written, by this connection or another. */
  changeMark(): string
  close(): void
}

export type OpenOptions = {
  readonly clock: Clock
  /** owner: writes, and migrates when needed. reader: opens read-only, never migrates. */
  readonly role: 'owner' | 'reader'
  readonly migrations?: readonly Migration[]
  /** How long to wait for another writer. Default 5,000 milliseconds. */
  readonly waitMs?: number
}

/**
 * Opens `store.db` in the data folder. Faults: folder-missing, folder-unwritable, store-newer, store-damaged (the file stays as it is),
 * store-locked (also: a reader met a store that its owner has not upgraded yet), disk-full.
 */
export function openStore(folder: string, options: OpenOptions): Result<Store> {
  const file = join(folder, 'store.db')
  if (!existsSync(folder)) return fail(fault('folder-missing', { facts: { folder } }))
  if (options.role === 'reader' && !existsSync(file)) {
    return fail(fault('folder-missing', { facts: { folder, file } }))
  }
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: options.waitMs ?? 5000, readonly: options.role === 'reader' })
    const ready = prepare(db, folder, options)
    if (ready) {
      db.close()
      return fail(withBackup(ready, folder))
    }
    return ok(assemble(db, folder, file, options.clock))
  } catch (error) {
    db?.close()
    const known = storeFault(error, file)
    if (!known) throw error
    return fail(withBackup(known, folder))
  }
}

function prepare(db: Database.Database, folder: string, options: OpenOptions): Fault | null {
  const migrations = options.migrations ?? shippedMigrations()
  db.pragma('foreign_keys = OFF')
  if (options.role === 'reader') {
    const known = migrations.at(-1)?.version ?? 0
    const found = storeVersion(db)
    if (found === known) return null
    const facts = { store: found, program: known, folder }
    return fault(found > known ? 'store-newer' : 'store-locked', { facts })
  }
  // The version comes first: a newer store is left exactly as it is.
  const newest = migrations.at(-1)?.version ?? 0
  if (storeVersion(db) <= newest) {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('cache_size = -32768')
  }
  const migrated = migrate(db, folder, options.clock, migrations)
  return migrated.ok ? null : migrated.fault
}

/** A damaged store is kept; its fault names the newest backup, if there is one. */
function withBackup(found: Fault, folder: string): Fault {
  if (found.code !== 'store-damaged') return found
  const newest = backupsIn(folder)[0]
  return newest ? { ...found, facts: { ...found.facts, backup: join(folder, 'backups', newest) } } : found
}

function assemble(db: Database.Database, folder: string, file: string, clock: Clock): Store {
  const theRuns = runs(db, clock)
  const audit = auditTrail(db, clock)
  const theSettings = settings(db, clock)
  const ownChanges = db.prepare<[], number>('SELECT total_changes()').pluck()
  return {
    folder,
    file,
    db,
    tenants: tenants(db, clock, folder),
    sources: sources(db, clock),
    records: records(db, clock),
    runs: theRuns,
    failures: failures(db, clock),
    groupChoices: groupChoices(db),
    madeOrders: madeOrders(db, clock),
    statusChoices: statusChoices(db),
    watermarks: watermarks(db, clock),
    settings: theSettings,
    unlinked: unlinked(db, theSettings),
    audit,
    templates: templates(db, clock),
    sentMails: sentMails(db, clock),
    timeline: timeline(db, theRuns, audit),
    schedules: schedules(db),
    reconciles: schedules(db, 'reconcile_schedule'),
    inTransaction: (work) => db.transaction(work).immediate(),
    changeMark: () => `${db.pragma('data_version', { simple: true })}.${ownChanges.get()}`,
    close: () => {
      db.close()
    },
  }
}
