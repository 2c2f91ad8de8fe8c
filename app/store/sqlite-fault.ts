import Database from 'better-sqlite3'
import { type Fault, type FaultCode, fail, fault, ok, type Result } from '../model/fault.ts'

/** Result codes by their beginning; SQLite's extended codes add to it (SQLITE_BUSY_SNAPSHOT). Source: sqlite.org/rescode.html. */
const sqliteCodes: readonly (readonly [string, FaultCode])[] = [
  ['SQLITE_BUSY', 'store-locked'],
  ['SQLITE_LOCKED', 'store-locked'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_CORRUPT', 'store-damaged'],
  ['SQLITE_NOTADB', 'store-damaged'],
  ['SQLITE_READONLY', 'folder-unwritable'],
  ['SQLITE_CANTOPEN', 'folder-unwritable'],
  ['SQLITE_PERM', 'folder-unwritable'],
  ['SQLITE_IOERR', 'folder-unwritable'],
]

const systemCodes: Readonly<Record<string, FaultCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-unwritable',
  EPERM: 'folder-unwritable',
  EROFS: 'folder-unwritable',
  EISDIR: 'folder-unwritable',
  EBUSY: 'store-locked',
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
}

/** The fault behind an error of SQLite or of the file system, or null when it is a bug. `file` is what was being used. */
export function storeFault(error: unknown, file: string): Fault | null {
  const code = codeOf(error)
  return code && error instanceof Error ? fault(code, { facts: { file }, raw: error.message }) : null
}

function codeOf(error: unknown): FaultCode | null {
  if (error instanceof Database.SqliteError) {
    return sqliteCodes.find(([beginning]) => error.code.startsWith(beginning))?.[1] ?? null
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return systemCodes[error.code] ?? null
  }
  return null
}

/** Runs `work`; trouble with the disk or the store becomes a fault, a bug is thrown on. For the edges: the store's own functions throw. */
export function guarded<T>(file: string, work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (error) {
    const known = storeFault(error, file)
    if (known) return fail(known)
    throw error
  }
}
