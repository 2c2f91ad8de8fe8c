import { hostname } from 'node:os'
import type { Store } from '../app/store/open.ts'
import type { EngineStatus, StatusPort, Surroundings } from './api/port.ts'
import { logFolder } from './log.ts'
import { soonestRun } from './tenant-port.ts'

type StatusParts = {
  readonly store: Store
  readonly folder: string
  readonly version: string
  readonly mode: 'desktop' | 'service' | 'cli'
  readonly startedAt: string
  readonly surroundings: () => Surroundings
  readonly sampleTenantId: () => number | null
  readonly onChange: () => void
}

/** What the engine says of itself. */
export function createStatus(parts: StatusParts): StatusPort {
  const { store, folder, version, mode, startedAt, surroundings, sampleTenantId, onChange } = parts
  // Kept for as long as the engine runs: after an update it is another one.
  let update: string | null = null
  return {
    get: (): EngineStatus => ({
      version,
      mode: mode === 'desktop' ? 'desktop' : 'service',
      dataFolder: folder,
      logFolder: logFolder(folder),
      startedAt,
      owner: { pid: process.pid, host: hostname() },
      nextRun: soonestRun(store),
      sampleTenantId: sampleTenantId(),
      update,
      ...surroundings(),
    }),
    noteUpdate: (found) => {
      if (found === update || found === version) return
      update = found
      onChange()
    },
  }
}
