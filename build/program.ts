/** Starts programs of ours as a person would, in processes of their own: for the end-to-end tests, the demo and the measurements. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const checkout = fileURLToPath(new URL('..', import.meta.url))
const cli = fileURLToPath(new URL('../main/cli.ts', import.meta.url))

export type Finished = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

export type Started = {
  /** The first line on its standard output: what a serving command prints, as JSON, when it is ready. */
  readonly firstLine: string
  readonly pid: number
  /** Ends it the polite way and waits. Rejects when it does not end within `withinMs` (it is then killed). */
  stop(withinMs?: number): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** A packed program instead of the checkout: its own Node and its own command line. */
export type Program = { readonly node: string; readonly cli: string }

export type How = {
  readonly program?: Program
  readonly stdin?: string
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** For Node itself, before the script. */
  readonly nodeArgs?: readonly string[]
}

function launch(args: readonly string[], how: How): { child: ChildProcess; read: () => Finished } {
  const program = how.program ?? { node: process.execPath, cli }
  const child = spawn(program.node, [...(how.nodeArgs ?? []), program.cli, ...args], {
    cwd: checkout,
    env: { ...process.env, ...how.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const said = { stdout: '', stderr: '' }
  for (const channel of ['stdout', 'stderr'] as const)
    child[channel]?.setEncoding('utf8').on('data', (text: string) => {
      said[channel] += text
    })
  // A program that does not read its input closes it early; that is its right.
  child.stdin?.on('error', () => child.stdin?.destroy())
  child.stdin?.end(how.stdin ?? '')
  return { child, read: () => ({ status: child.exitCode, ...said }) }
}

/** Runs a command of the command line (`['--data', folder, 'sync', '--json']`) to its end. Rejects only when it cannot be started. */
export async function runCli(args: readonly string[], how: How = {}): Promise<Finished> {
  const { child, read } = launch(args, how)
  await once(child, 'close')
  return read()
}

/** Starts a serving command and waits for its first line. Rejects with what it printed when it ends first or is silent for too long. */
export async function startCli(args: readonly string[], how: How = {}, withinMs = 30_000): Promise<Started> {
  const { child, read } = launch(args, how)
  const closed = once(child, 'close')
  const firstLine = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string) => {
      child.kill('SIGKILL')
      reject(new Error(`commerce-integrator ${args.join(' ')} ${why}.\n${read().stdout}${read().stderr}`))
    }
    const timer = setTimeout(giveUp, withinMs, `printed no line within ${withinMs} ms`)
    child.stdout?.on('data', () => {
      const end = read().stdout.indexOf('\n')
      if (end < 0) return
      clearTimeout(timer)
      resolve(read().stdout.slice(0, end))
    })
    closed.then(
      () => {
        clearTimeout(timer)
        giveUp(`ended with status ${child.exitCode}`)
      },
      (error: unknown) => reject(error),
    )
  })
  return {
    firstLine,
    pid: child.pid ?? 0,
    stop: (ms) => stopChild(child, closed, ms),
    kill: () => killChild(child, closed),
  }
}

async function stopChild(child: ChildProcess, closed: Promise<unknown>, withinMs = 15_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs)
  await closed
  clearTimeout(timer)
  if (child.signalCode === 'SIGKILL')
    throw new Error(`The process did not end within ${withinMs} ms of being asked to.`)
}

async function killChild(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await closed
}
