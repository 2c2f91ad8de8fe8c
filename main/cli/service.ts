import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join, parse } from 'node:path'
import { Command } from 'commander'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { guarded } from '../../app/store/sqlite-fault.ts'
import { readDoorToken } from '../door.ts'
import { run } from '../install/command.ts'
import { perform, stepText } from '../install/perform.ts'
import type { ServicePlan, Step } from '../install/plan.ts'
import { type ServiceState, serviceState } from '../install/state.ts'
import { systemdInstall, systemdUninstall } from '../install/systemd.ts'
import { pathWithVariable, windowsInstall, windowsUninstall } from '../install/windows.ts'
import { folderOwner, type Owner, takeFolder } from '../lock.ts'
import { logFolder } from '../log.ts'
import { osVault } from '../vault/os.ts'
import { programFolder } from '../version.ts'
import { type CommonOptions, clock, count, folderOf, tellFault } from './engine.ts'
import { say } from './output.ts'
import { usualPort } from './serve.ts'

type InstallOptions = CommonOptions & {
  readonly user?: string
  readonly port?: number
  readonly node?: string
  readonly wrapper?: string
  readonly keysLater?: boolean
  readonly dryRun?: boolean
}
type UninstallOptions = CommonOptions & { readonly purge?: boolean; readonly dryRun?: boolean }

/** service install | uninstall | status */
export function serviceCommand(): Command {
  const service = new Command('service').description('run it in the background, without anybody signed in')
  service.addCommand(installCommand())
  service.addCommand(
    new Command('uninstall')
      .description('stop and remove the service; the data stay')
      .option('--purge', 'delete the data folder, too: keys, links, history')
      .option('--dry-run', 'only show what would be done')
      .option('--json', 'print JSON for machines')
      .action((_, command: Command) => uninstall(command.optsWithGlobals())),
  )
  service.addCommand(
    new Command('status')
      .description('whether it is installed and running, and who has the data folder')
      .option('--json', 'print JSON for machines')
      .action((_, command: Command) => status(command.optsWithGlobals())),
  )
  service.addCommand(
    new Command('address')
      .description('print the address of the screens, with the token that lets its reader in')
      .action((_, command: Command) => address(command.optsWithGlobals())),
  )
  return service
}

function address(options: CommonOptions): void {
  const folder = planOf(options).dataFolder
  const owner = folderOwner(folder)
  const token = readDoorToken(folder)
  if (!owner?.address) {
    say.aside('Nothing serves screens on this data folder now. Ask: service status')
    process.exitCode = 1
  } else if (token.ok) say.line(`${owner.address}/?token=${token.value}`)
  else tellFault(token.fault, options)
}

function installCommand(): Command {
  return new Command('install')
    .description('install and start the service; as administrator (on Linux: root)')
    .option('--user <account>', 'run under this account (default: one of its own)')
    .option('--port <n>', `port of the screens on 127.0.0.1 (default ${usualPort})`, count)
    .option('--node <file>', 'the node binary to run it with (default: the one running now)')
    .option('--wrapper <file>', 'Windows: WinSW.exe (default: the one beside the program)')
    .option(
      '--keys-later',
      "go on although keys lie in a desktop user's store; they have to be entered again",
    )
    .option('--dry-run', 'only show what would be done')
    .option('--json', 'print JSON for machines')
    .action((_, command: Command) => install(command.optsWithGlobals()))
}

async function install(options: InstallOptions): Promise<void> {
  const plan = planOf(options)
  const ready = isReady(plan, options)
  if (!ready.ok) return tellFault(ready.fault, options)
  const steps = process.platform === 'win32' ? windowsInstall(plan) : systemdInstall(plan)
  if (!(await done(steps, options)) || options.dryRun) return
  await status(options)
}

function planOf(options: InstallOptions): ServicePlan {
  const { username } = userInfo()
  return {
    node: options.node ?? realpathSync(process.execPath),
    script: realpathSync(process.argv[1] ?? join(programFolder(), 'main', 'cli.ts')),
    dataFolder: serviceFolder(options),
    port: options.port ?? usualPort,
    user: options.user ?? null,
    wrapper: options.wrapper ?? join(dirname(realpathSync(process.execPath)), 'WinSW.exe'),
    installer: process.env.USERDOMAIN ? `${process.env.USERDOMAIN}\\${username}` : null,
  }
}

/** The machine's own folder unless another is named: never that of the person who types this, as for other commands. */
function serviceFolder(options: CommonOptions): string {
  const isNamed = options.data !== undefined || process.env.COMMERCE_INTEGRATOR_DATA
  return isNamed || process.platform === 'win32' ? folderOf(options) : '/var/lib/commerce-integrator'
}

/** What would make the installed service useless is said before anything is changed. */
function isReady(plan: ServicePlan, options: InstallOptions): Result<null> {
  if (process.platform === 'win32' && !existsSync(plan.wrapper)) {
    const reason = 'WinSW.exe is not there; name it with --wrapper'
    return fail(fault('input-invalid', { facts: { field: 'wrapper', reason, file: plan.wrapper } }))
  }
  const unclear = process.platform === 'win32' ? pathWithVariable(plan) : null
  if (unclear !== null) {
    const reason = 'Windows reads the name between two % as a variable; choose a folder without them'
    return fail(fault('input-invalid', { facts: { field: 'data', reason, file: unclear } }))
  }
  if (!isOurFolder(plan.dataFolder)) {
    const reason = 'the folder holds something else; the service would take over all that is in it'
    return fail(fault('input-invalid', { facts: { field: 'data', reason, file: plan.dataFolder } }))
  }
  const onlyDesktop = osVault(plan.dataFolder, clock, null).names()
  if (onlyDesktop.length === 0 || options.keysLater) return ok(null)
  const reason =
    'keys lie in the store of a desktop user, which no service can read. In the desktop, Settings, Service, move them first, or add --keys-later and enter them again'
  return fail(fault('secret-lost', { facts: { name: onlyDesktop.join(', '), reason } }))
}

/**
 * Absent, with our store in it, or empty but for the logs, which an installer may have begun. Rights are set on all of it, so that a mistyped
 * --data would cost a machine.
 */
function isOurFolder(folder: string): boolean {
  if (!existsSync(folder) || existsSync(join(folder, 'store.db'))) return true
  return readdirSync(folder).every((name) => name === basename(logFolder(folder)))
}

async function uninstall(options: UninstallOptions): Promise<void> {
  const plan = planOf(options)
  const steps = process.platform === 'win32' ? windowsUninstall(plan) : systemdUninstall()
  if (!(await done(steps, options))) return
  if (options.purge && !options.dryRun) {
    const purged = purge(plan.dataFolder)
    if (!purged.ok) return tellFault(purged.fault, options)
  }
  if (options.json) say.json({ uninstalled: true, purged: options.purge === true && !options.dryRun })
  else if (!options.dryRun)
    say.line(
      options.purge
        ? 'The service and its data are gone.'
        : `The service is gone. Its data stay in ${plan.dataFolder}.`,
    )
}

/** Only a folder that is ours and that nobody works on: a mistyped --data must not cost a disk. */
function purge(folder: string): Result<null> {
  if (!existsSync(folder)) return ok(null)
  if (folder === parse(folder).root || !existsSync(join(folder, 'store.db')))
    return fail(fault('folder-missing', { facts: { folder } }))
  const lock = takeFolder(folder, { clock, mode: 'cli' })
  if (!lock.ok) return lock
  lock.value.release()
  return guarded(folder, () => {
    rmSync(folder, { recursive: true, force: true })
    return null
  })
}

/** Shows or does the steps. False: it failed, and that was told. */
async function done(steps: readonly Step[], options: InstallOptions): Promise<boolean> {
  if (options.dryRun) {
    for (const step of steps) {
      say.line(stepText(step))
      if (step.kind === 'write') say.line(step.text.replace(/^/gm, '    ').trimEnd())
    }
    return true
  }
  const isAdmin = process.platform === 'win32' || process.getuid?.() === 0
  const isRunning = async (): Promise<boolean> => {
    const now = await serviceState(process.platform, run)
    return now.ok && now.value.state !== 'stopped' && now.value.state !== 'absent'
  }
  const performed = await perform(steps, { run, isRunning, onStep: say.aside, isAdmin })
  if (performed.ok) return true
  tellFault(performed.fault, options)
  if (performed.fault.raw) say.aside(`  ${performed.fault.raw}`)
  return false
}

async function status(options: CommonOptions): Promise<void> {
  const asked = await serviceState(process.platform, run)
  const folder = planOf(options).dataFolder
  const owner = folderOwner(folder)
  const rest = { dataFolder: folder, logs: logFolder(folder), owner }
  if (!asked.ok) {
    if (options.json) say.json({ ...rest, state: 'unknown', fault: asked.fault })
    else say.line(folderText(folder, owner))
    return tellFault(asked.fault, { ...options, json: false })
  }
  if (options.json) say.json({ ...asked.value, ...rest })
  else say.line(`${stateText(asked.value)}\n${folderText(folder, owner)}`)
  process.exitCode = asked.value.state === 'running' ? 0 : 1
}

function stateText(service: ServiceState): string {
  if (service.state === 'absent') return 'Service  not installed'
  const pid = service.pid ? `, process ${service.pid}` : ''
  const start = service.isAutomatic ? 'starts with the machine' : 'does not start by itself'
  return `Service  ${service.state}${pid}, ${start}, account ${service.account ?? 'unknown'}`
}

function folderText(folder: string, owner: Owner | null): string {
  const who = owner
    ? `held by the ${owner.mode} of process ${owner.pid} on ${owner.host} since ${owner.startedAt}${owner.address ? `, ${owner.address}` : ''}`
    : 'held by nobody'
  return `Data     ${folder}, ${who}\nLogs     ${logFolder(folder)}`
}
