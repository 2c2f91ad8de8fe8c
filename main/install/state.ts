import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { type Ran, type Run, typed } from './command.ts'
import { systemdQuery } from './systemd.ts'
import { windowsConfigQuery, windowsQuery } from './windows.ts'

export type ServiceState = {
  readonly system: 'systemd' | 'windows'
  readonly state: 'absent' | 'running' | 'starting' | 'stopping' | 'stopped' | 'failed'
  /** Whether it starts with the machine. */
  readonly isAutomatic: boolean
  readonly pid: number | null
  readonly account: string | null
}

/** Asks the service manager. service-refused when it does not answer (no systemd here, no right to ask). */
export async function serviceState(platform: NodeJS.Platform, run: Run): Promise<Result<ServiceState>> {
  if (platform !== 'win32') return readSystemd(await run(systemdQuery))
  const queried = await run(windowsQuery)
  return readWindows(queried, queried.status === 0 ? await run(windowsConfigQuery) : null)
}

/** Reads `systemctl show`: one NAME=VALUE a line. A unit that is not there answers too, as not-found. */
export function readSystemd({ status, output }: Ran): Result<ServiceState> {
  if (status !== 0) return refused(typed(systemdQuery), status, output)
  const facts = new Map(output.split('\n').map((line) => splitAt(line, '=')))
  const active = facts.get('ActiveState') ?? ''
  const states: Record<string, ServiceState['state']> = {
    active: 'running',
    reloading: 'running',
    activating: facts.get('SubState') === 'auto-restart' ? 'failed' : 'starting',
    deactivating: 'stopping',
    failed: 'failed',
  }
  const isThere = facts.get('LoadState') === 'loaded'
  return ok({
    system: 'systemd',
    state: isThere ? (states[active] ?? 'stopped') : 'absent',
    isAutomatic: facts.get('UnitFileState') === 'enabled',
    pid: Number(facts.get('MainPID')) || null,
    account: facts.get('User') || null,
  })
}

/**
 * Reads `sc queryex` and `sc qc`. Only what is the same in every language of Windows is looked for: the numbers and the names of
 * constants (STATE is translated, "4  RUNNING" is not).
 */
export function readWindows(queried: Ran, config: Ran | null): Result<ServiceState> {
  const absent = { system: 'windows', state: 'absent', isAutomatic: false, pid: null, account: null } as const
  if (queried.status === 1060) return ok(absent)
  if (queried.status !== 0) return refused(typed(windowsQuery), queried.status, queried.output)
  const found = /:\s+(\d)\s+(STOPPED|START_PENDING|STOP_PENDING|RUNNING|PAUSED)/.exec(queried.output)
  const states: Record<string, ServiceState['state']> = {
    STOPPED: endedWell.test(queried.output) ? 'stopped' : 'failed',
    START_PENDING: 'starting',
    STOP_PENDING: 'stopping',
    RUNNING: 'running',
    PAUSED: 'stopped',
  }
  const pid = Number(/PID\s+:\s+(\d+)/.exec(queried.output)?.[1])
  const account = /SERVICE_START_NAME\s*:\s*(.+)/.exec(config?.output ?? '')?.[1]?.trim()
  return ok({
    system: 'windows',
    state: states[found?.[2] ?? ''] ?? 'stopped',
    isAutomatic: /:\s+2\s+AUTO_START/.test(config?.output ?? ''),
    pid: pid || null,
    account: account ?? null,
  })
}

/** Both exit codes are 0, or the first is 1077: it was never started. */
const endedWell = /\(0x(0|435)\)[\s\S]*\(0x0\)/

const refused = (command: string, status: number | null, output: string): Result<never> =>
  fail(fault('service-refused', { facts: { command, status: status ?? 'not started' }, raw: output }))

function splitAt(line: string, sign: string): [string, string] {
  const at = line.indexOf(sign)
  return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}
