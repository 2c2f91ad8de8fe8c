import { z } from 'zod'
import { fault, type Result } from '../../app/model/fault.ts'
import type { LogLevel, NetworkInput, UpdateSettings } from '../../app/model/settings.ts'
import type { SettingsView } from '../api/port.ts'
import { type DoorClient, doorClient } from '../door-client.ts'
import { createEngine, type Engine } from '../engine.ts'
import { type CommonOptions, clock, folderOf, tellFault } from './engine.ts'
import { say } from './output.ts'

/** The settings, in an engine of our own or in a service that runs. */
export type SettingsCalls = {
  get(): Promise<SettingsView>
  setNetwork(network: NetworkInput, password: string | undefined): Promise<Result<null>>
  setLogLevel(level: LogLevel): Promise<Result<null>>
  setUpdates(updates: UpdateSettings): Promise<Result<null>>
}

/**
 * Hands the settings to `work`: of the folder when nobody holds it, else of the service that does, so that it need not be stopped for them.
 * A fault is told and makes the exit status 1.
 */
export async function withSettings(
  options: CommonOptions,
  work: (settings: SettingsCalls) => Promise<number>,
): Promise<void> {
  const folder = folderOf(options)
  const onTrouble = (found: { code: string }, what: string): void => say.aside(`${what}: ${found.code}`)
  const engine = createEngine({ folder, mode: 'cli', clock, onTrouble })
  if (engine.ok) {
    try {
      process.exitCode = await work(ofEngine(engine.value))
    } finally {
      await engine.value.stop()
    }
    return
  }
  const address = engine.fault.code === 'folder-in-use' ? engine.fault.facts?.address : undefined
  if (typeof address !== 'string') return tellFault(engine.fault, options)
  const client = doorClient(folder)
  const { status } = await client(address, {
    method: 'GET',
    path: '/api/settings.get',
    headers: {},
    body: null,
  })
  if (status === 200) process.exitCode = await work(ofService(client, address))
  else tellFault(status === 401 ? fault('door-closed', { facts: { folder } }) : engine.fault, options)
}

const who = 'command line'

const ofEngine = ({ settings }: Engine): SettingsCalls => ({
  get: async () => settings.get(),
  setNetwork: async (network, password) => settings.setNetwork(network, password, who),
  setLogLevel: async (level) => settings.setLogLevel(level, who),
  setUpdates: async (updates) => settings.setUpdates(updates, who),
})

/** A service's settings, asked of it as a desktop does (main/door-client.ts). */
function ofService(client: DoorClient, origin: string): SettingsCalls {
  const ask = async <T>(method: 'GET' | 'POST', name: string, input?: unknown): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    const body = input === undefined ? null : JSON.stringify(input)
    const answer = await client(origin, { method, path: `/api/settings.${name}`, headers, body })
    return z.object({ result: z.object({ data: z.custom<T>() }) }).parse(await answer.json()).result.data
  }
  return {
    get: () => ask('GET', 'get'),
    setNetwork: (network, password) =>
      ask('POST', 'setNetwork', { network, ...(password ? { password } : {}) }),
    setLogLevel: (level) => ask('POST', 'setLogLevel', { level }),
    setUpdates: (updates) => ask('POST', 'setUpdates', { updates }),
  }
}
