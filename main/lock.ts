import { readFileSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import { guarded, storeFault } from '../app/store/sqlite-fault.ts'
import { replaceFile } from './atomic-file.ts'

const ownerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  mode: z.enum(['desktop', 'service', 'cli']),
  startedAt: z.string(),
  heartbeatAt: z.string(),
  /** Where the owner's screens are served, for a desktop that finds a running service. */
  address: z.string().optional(),
})
/** Who works on a data folder, as owner.json tells it. */
export type Owner = z.infer<typeof ownerSchema>

export type FolderLock = {
  readonly owner: () => Owner
  /** Makes it known where the screens are served. */
  announce(address: string): Result<null>
  /** Writes the heartbeat; it also happens by itself every 10 seconds. */
  beat(): Result<null>
  /** Frees the folder. A second call does nothing. */
  release(): void
}

type LockOptions = {
  readonly clock: Clock
  readonly mode: Owner['mode']
  /** Told when the heartbeat cannot be written; the folder stays taken all the same. */
  readonly onTrouble?: (trouble: Fault) => void
}

const heartbeatMs = 10_000

/**
 * Makes this process the owner of the data folder: whoever holds it runs the syncs. The lock is an exclusive SQLite transaction on
 * owner.db, which the operating system frees when the process dies, however it dies; owner.json beside it is for people and for the
 * desktop. Faults: folder-missing, folder-unwritable, folder-in-use (facts: pid, host, mode, since, and address where there is one).
 */
export function takeFolder(folder: string, options: LockOptions): Result<FolderLock> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return fail(fault('folder-missing', { facts: { folder } }))
  }
  const file = join(folder, 'owner.db')
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    const lock = hold(db, folder, options)
    if (!lock.ok) db.close()
    return lock
  } catch (error) {
    db?.close()
    const found = storeFault(error, file)
    if (!found) throw error
    return fail(found.code === 'store-locked' ? inUse(folder) : found)
  }
}

/** Who owns the folder according to owner.json; null when nobody says so. The file outlives a process that was killed. */
export function folderOwner(folder: string): Owner | null {
  const read = guarded(folder, () => readFileSync(join(folder, 'owner.json'), 'utf8'))
  if (!read.ok) return null
  try {
    return ownerSchema.parse(JSON.parse(read.value))
  } catch (error) {
    // Written by something else: as good as absent, and replaced at the next take.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

function inUse(folder: string): Fault {
  const owner = folderOwner(folder)
  const who = owner
    ? {
        pid: owner.pid,
        host: owner.host,
        mode: owner.mode,
        since: owner.startedAt,
        ...(owner.address ? { address: owner.address } : {}),
      }
    : { pid: 'unknown', host: hostname(), mode: 'unknown', since: 'unknown' }
  return fault('folder-in-use', { facts: { folder, ...who } })
}

function hold(
  db: Database.Database,
  folder: string,
  { clock, mode, onTrouble }: LockOptions,
): Result<FolderLock> {
  const path = join(folder, 'owner.json')
  const now = () => new Date(clock.now()).toISOString()
  let owner: Owner = { pid: process.pid, host: hostname(), mode, startedAt: now(), heartbeatAt: now() }
  const write = (change: Partial<Owner>): Result<null> => {
    owner = { ...owner, ...change, heartbeatAt: now() }
    const written = guarded(path, () => replaceFile(path, `${JSON.stringify(owner, null, 2)}\n`, 0o644))
    return written.ok ? ok(null) : written
  }
  const first = write({})
  if (!first.ok) return first
  const timer = setInterval(() => {
    const written = write({})
    if (!written.ok) onTrouble?.(written.fault)
  }, heartbeatMs)
  timer.unref()
  return ok({
    owner: () => owner,
    announce: (address) => write({ address }),
    beat: () => write({}),
    release: () => {
      if (!db.open) return
      clearInterval(timer)
      // While the lock is still held, so that a successor's file is not the one removed.
      rmSync(path, { force: true })
      db.exec('ROLLBACK')
      db.close()
    },
  })
}
