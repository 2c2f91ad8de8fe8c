import { ok, type Result } from '../../app/model/fault.ts'
import { createHandler, type Handler } from '../api/handler.ts'
import { readDoorToken } from '../door.ts'
import { createEngine, type EngineOptions } from '../engine.ts'
import { serviceHandler, serviceOrigin } from './service-door.ts'

/** The engine behind the window: in this process, or in a service that already works on the data folder. */
export type Host = {
  readonly kind: 'own' | 'service'
  readonly folder: string
  readonly handler: Handler
  /** After sleep: what is due is started at once. A service looks by itself. */
  wake(): void
  /** Ends an engine of our own after the record in hand; a service goes on. */
  stop(): Promise<void>
}

type HostParts = Omit<EngineOptions, 'mode'> & {
  /** Folder of the built screens. */
  readonly screens: string
  readonly onBug: (error: unknown, path: string) => void
}

const stopMs = 25_000

/**
 * Takes the data folder, or enters the service that has it. Faults: those of createEngine; folder-in-use when the other program serves
 * no screens (a command, another person's desktop); door-closed when this account may not enter the service.
 */
export function openHost(parts: HostParts): Result<Host> {
  const { folder } = parts
  const engine = createEngine({ ...parts, mode: 'desktop' })
  if (engine.ok) {
    const { value: running } = engine
    running.beginSchedule()
    let stopping: Promise<void> | null = null
    return ok({
      kind: 'own',
      folder,
      handler: createHandler({ engine: running, screens: parts.screens, onBug: parts.onBug }),
      wake: () => running.wake(),
      // An update stops it before the program quits, which would stop it again.
      stop: () => {
        stopping ??= running.stop(stopMs)
        return stopping
      },
    })
  }
  if (engine.fault.code !== 'folder-in-use' || serviceOrigin(folder) === null) return engine
  const token = readDoorToken(folder)
  if (!token.ok) return token
  return ok({
    kind: 'service',
    folder,
    handler: serviceHandler(folder),
    wake: () => undefined,
    stop: () => Promise.resolve(),
  })
}
