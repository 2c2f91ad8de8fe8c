import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'

export type Surroundings = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly canWrite: (path: string) => boolean
}

const here: Surroundings = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  canWrite: (path) => {
    try {
      accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
      return true
    } catch {
      return false
    }
  },
}

/**
 * The data folder when none is named: machine-wide (%ProgramData%\Commerce Integrator, /var/lib/commerce-integrator), so that service and
 * desktop share it; on Linux and macOS a person's own folder where the machine-wide one cannot be written.
 */
export function dataFolder(named: string | undefined, from: Surroundings = here): string {
  const wanted = named ?? from.env.COMMERCE_INTEGRATOR_DATA
  if (wanted) return resolve(wanted)
  if (from.platform === 'win32') return join(from.env.ProgramData ?? 'C:\\ProgramData', 'Commerce Integrator')
  const shared = '/var/lib/commerce-integrator'
  if (from.canWrite(shared)) return shared
  return join(from.env.XDG_DATA_HOME ?? join(from.home, '.local', 'share'), 'commerce-integrator')
}

/** Makes the data folder where it is not there yet. Faults folder-missing (a drive that is not there), folder-unwritable. */
export function makeFolder(folder: string): Result<null> {
  try {
    makeWithParents(resolve(folder))
    return ok(null)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // A drive that is not there cannot have folders made on it.
    return fail(
      fault(code === 'ENOENT' ? 'folder-missing' : 'folder-unwritable', {
        facts: { folder },
        raw: String(error),
      }),
    )
  }
}

/** Node's own recursive mkdir never ends where a parent stays away although its parent is there (Linux: below /proc, an automount). */
function makeWithParents(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return
  const above = dirname(folder)
  if (above !== folder) makeWithParents(above)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Made by somebody else in between is made.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error
  }
}
