import { join } from 'node:path'
import { Command } from 'commander'
import { fault, type Result } from '../../app/model/fault.ts'
import { createHandler } from '../api/handler.ts'
import { type HttpHost, serveHttp } from '../api/http.ts'
import { keepDoorToken } from '../door.ts'
import { createEngine, type Engine } from '../engine.ts'
import { programFolder } from '../version.ts'
import { type CommonOptions, clock, folderOf, port, tellFault } from './engine.ts'
import { say } from './output.ts'

type ServeOptions = CommonOptions & { readonly port?: number; readonly quiet?: boolean }

/** Where the service listens unless told otherwise. */
export const usualPort = 8765
const stopMs = 25_000

/** serve: scheduler and screens on loopback, no window; what the service runs. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the scheduler and serve the screens on this machine alone')
    .option('--port <n>', `port on 127.0.0.1, 0 for any free one (default ${usualPort})`, port)
    .option(
      '--quiet',
      'print no address: it lets whoever reads it in, and a service manager keeps what is printed',
    )
    .option('--json', 'print the address as JSON')
    .action((_, command: Command) => serve(command.optsWithGlobals()))
}

async function serve(options: ServeOptions): Promise<void> {
  const engine = createEngine({ folder: folderOf(options), mode: 'service', clock, onTrouble: tellTrouble })
  if (!engine.ok) {
    tellFault(engine.fault, options)
    return
  }
  const host = await openDoor(engine.value, options.port ?? usualPort)
  if (!host.ok) {
    tellFault(host.fault, options)
    await engine.value.stop()
    return
  }
  engine.value.folderLock.announce(host.value.origin)
  engine.value.beginSchedule()
  if (options.quiet) say.line(`Serving on ${host.value.origin}`)
  else if (options.json) say.json({ address: host.value.address })
  else
    say.line(
      `Open ${host.value.address}\nOnly this machine can reach it, and only with this address. Stop with Ctrl+C.`,
    )
  await stopSignal()
  await host.value.stop()
  await engine.value.stop(stopMs)
}

const tellTrouble = (found: { code: string; raw?: string }, what: string): void =>
  say.aside(`${what}: ${found.code}${found.raw ? ` (${found.raw})` : ''}`)

/** Serves an engine's screens on loopback. The token is kept beside the store, so that a window stays signed in over a restart. */
export async function openDoor(engine: Engine, onPort: number): Promise<Result<HttpHost>> {
  const token = keepDoorToken(engine.store.folder)
  if (!token.ok) return token
  const handler = createHandler({
    engine,
    screens: join(programFolder(), 'out', 'renderer'),
    onBug: (error, path) => {
      const raw = error instanceof Error ? (error.stack ?? error.message) : String(error)
      const bug = fault('bug', { raw: engine.log.clean(raw) })
      engine.log.trouble(bug, path)
      tellTrouble(bug, path)
    },
  })
  return serveHttp({ handler, port: onPort, token: token.value })
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    // SIGBREAK and SIGHUP: how Windows ends a console program (Ctrl+Break, the console going away).
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const)
      process.once(signal, () => resolve())
  })
}
