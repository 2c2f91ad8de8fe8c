import { z } from 'zod'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { LogLevel, NetworkInput } from '../../app/model/settings.ts'
import type { SettingsView } from '../api/port.ts'
import { readDoorToken } from '../door.ts'
import { createEngine, type Engine } from '../engine.ts'
import { type CommonOptions, clock, folderOf, tellFault } from './engine.ts'
import { say } from './output.ts'

/** The settings, in an engine of our own or in a service that runs. */
export type SettingsCalls = {
  get(): Promise<SettingsView>
  setNetwork(network: NetworkInput, password: string | undefined): Promise<Result<null>>
  setLogLevel(level: LogLevel): Promise<Result<null>>
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
  const entered = await enter(folder, address)
  if (entered.ok) process.exitCode = await work(ofService(address, entered.value))
  else tellFault(entered.fault, options)
}

const who = 'command line'

const ofEngine = ({ settings }: Engine): SettingsCalls => ({
  get: async () => settings.get(),
  setNetwork: async (network, password) => settings.setNetwork(network, password, who),
  setLogLevel: async (level) => settings.setLogLevel(level, who),
})

/** Changes the token of the door for its cookie. door-closed when this account may not read the token, or it is not taken. */
async function enter(folder: string, origin: string): Promise<Result<string>> {
  const token = readDoorToken(folder)
  if (!token.ok) return token
  const answer = await fetch(`${origin}/?token=${token.value}`, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  return cookie ? ok(cookie) : fail(fault('door-closed', { facts: { folder } }))
}

function ofService(origin: string, cookie: string): SettingsCalls {
  const headers = { cookie, origin, 'content-type': 'application/json' }
  const read = async <T>(answer: Response): Promise<T> => {
    const data = z.object({ result: z.object({ data: z.custom<T>() }) }).parse(await answer.json())
    return data.result.data
  }
  const send = async (name: string, input: unknown): Promise<Result<null>> =>
    read(
      await fetch(`${origin}/api/settings.${name}`, { method: 'POST', headers, body: JSON.stringify(input) }),
    )
  return {
    get: async () => read(await fetch(`${origin}/api/settings.get`, { headers })),
    setNetwork: (network, password) => send('setNetwork', { network, ...(password ? { password } : {}) }),
    setLogLevel: (level) => send('setLogLevel', { level }),
  }
}
