import { accessSync, constants, existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

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
