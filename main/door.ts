import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { replaceFile } from './atomic-file.ts'

/**
 * The token that lets a person's browser or desktop into the service, in a folder of its own inside the data folder, so that rights can be
 * given on it alone (docs/decisions/040): on POSIX the service's account and its group, on Windows its account, SYSTEM and administrators.
 */
export const doorFolder = (folder: string, joined: typeof join = join): string => joined(folder, 'door')
const doorFile = (folder: string): string => join(doorFolder(folder), 'token')
const wellFormed = /^[\w-]{32,}$/

/** Closes a new folder to everybody else; null, or why it could not be done. */
export type Close = (path: string) => string | null

const closeHere: Close = process.platform === 'win32' ? closeOnWindows : closeOnPosix

/** For the owner of the data folder: the token as it was, or a new one. Fault folder-unwritable. */
export function keepDoorToken(folder: string, close: Close = closeHere): Result<string> {
  const known = readDoorToken(folder)
  if (known.ok) return known
  const file = doorFile(folder)
  const token = randomBytes(24).toString('base64url')
  const made = guarded(file, () => {
    const isNew = !existsSync(doorFolder(folder))
    mkdirSync(doorFolder(folder), { recursive: true })
    // Rights that an administrator gave on it later stay.
    const trouble = isNew ? close(doorFolder(folder)) : null
    if (trouble === null) replaceFile(file, `${token}\n`, 0o640)
    else rmSync(doorFolder(folder), { recursive: true })
    return trouble
  })
  if (!made.ok) return made
  if (made.value === null) return ok(token)
  return fail(fault('folder-unwritable', { facts: { folder: doorFolder(folder) }, raw: made.value }))
}

/** For a desktop that finds a running service. Fault door-closed when this account may not read it, or there is none. */
export function readDoorToken(folder: string): Result<string> {
  const file = doorFile(folder)
  const read = guarded(file, () => readFileSync(file, 'utf8').trim())
  return read.ok && wellFormed.test(read.value)
    ? ok(read.value)
    : fail(fault('door-closed', { facts: { folder, file } }))
}

function closeOnPosix(path: string): null {
  chmodSync(path, 0o750)
  return null
}

/** By well-known SIDs, since names differ by language: the owner (who made it: the service's account), SYSTEM, administrators. */
export const icaclsArguments = (path: string): readonly string[] => [
  path,
  '/inheritance:r',
  '/grant:r',
  '*S-1-3-4:(OI)(CI)F',
  '*S-1-5-18:(OI)(CI)F',
  '*S-1-5-32-544:(OI)(CI)F',
]

function closeOnWindows(path: string): string | null {
  const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'icacls.exe')
  const done = spawnSync(program, [...icaclsArguments(path)], { encoding: 'utf8', windowsHide: true })
  if (done.status === 0) return null
  return done.error?.message ?? `icacls ended with status ${done.status}: ${done.stderr.trim()}`
}
