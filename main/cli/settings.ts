import { text } from 'node:stream/consumers'
import { Command, InvalidArgumentError, Option } from 'commander'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { NetworkSettings } from '../../app/model/network.ts'
import { type LogLevel, logLevels, type NetworkInput, networkInputSchema } from '../../app/model/settings.ts'
import type { SettingsView } from '../api/port.ts'
import { type CommonOptions, tellFault } from './engine.ts'
import { say } from './output.ts'
import { type SettingsCalls, withSettings } from './running-settings.ts'
import { updatesCommand } from './update-settings.ts'

type NetworkOptions = CommonOptions & {
  readonly proxy?: string
  readonly proxyUser?: string
  readonly proxyPasswordStdin?: boolean
  readonly bypass?: readonly string[]
  readonly caFile?: readonly string[]
  readonly systemStore?: boolean
}

/** settings show | network | updates | log-level */
export function settingsCommand(): Command {
  const settings = new Command('settings').description('settings of the program; a tenant has its own')
  const json = (command: Command): Command => command.option('--json', 'print JSON for machines')
  settings.addCommand(
    json(new Command('show').description('show all settings; passwords are never shown')).action(
      (_, command: Command) => show(command.optsWithGlobals()),
    ),
  )
  settings.addCommand(networkCommand(json))
  settings.addCommand(updatesCommand(told))
  settings.addCommand(
    json(new Command('log-level').description('how much the log says'))
      .argument('<level>', logLevels.join(', '), logLevel)
      .action((level: LogLevel, _, command: Command) => setLogLevel(level, command.optsWithGlobals())),
  )
  return settings
}

function networkCommand(json: (command: Command) => Command): Command {
  return json(new Command('network').description('how the program reaches the internet'))
    .option('--proxy <way>', 'system, none, or http://HOST:PORT')
    .option('--proxy-user <name>', 'login name at the proxy')
    .option(
      '--proxy-password-stdin',
      'read the password from standard input (else from COMMERCE_INTEGRATOR_PROXY_PASSWORD)',
    )
    .option('--bypass <hosts>', 'reached without the proxy: a,.b.example,10.0.0.0/8', listed)
    .addOption(
      new Option(
        '--ca-file <file>',
        'trust this PEM file too; may be repeated, and replaces those of before',
      ).argParser((file: string, before: readonly string[] | undefined) => [...(before ?? []), file]),
    )
    .option('--system-store', 'trust what the operating system trusts (as it comes)')
    .option('--no-system-store', "do not trust the operating system's own authorities")
    .action((_, command: Command) => setNetwork(command.optsWithGlobals()))
}

const listed = (given: string): readonly string[] =>
  given
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function logLevel(given: string): LogLevel {
  const level = logLevels.find((one) => one === given)
  if (!level) throw new InvalidArgumentError(`One of ${logLevels.join(', ')}.`)
  return level
}

async function show(options: CommonOptions): Promise<void> {
  await withSettings(options, (settings) => told(settings, options))
}

async function told(settings: SettingsCalls, options: CommonOptions): Promise<number> {
  const view = await settings.get()
  if (options.json) say.json(view)
  else say.line(settingsText(view))
  return 0
}

async function setLogLevel(level: LogLevel, options: CommonOptions): Promise<void> {
  await withSettings(options, async (settings) => {
    const set = await settings.setLogLevel(level)
    if (set.ok) return told(settings, options)
    say.fault(set.fault, options.json === true)
    return 1
  })
}

async function setNetwork(options: NetworkOptions): Promise<void> {
  const password = await readPassword(options)
  if (!password.ok) return tellFault(password.fault, options)
  await withSettings(options, async (settings) => {
    const given = changed((await settings.get()).network, options)
    const set = given.ok ? await settings.setNetwork(given.value, password.value) : given
    if (set.ok) return told(settings, options)
    say.fault(set.fault, options.json === true)
    return 1
  })
}

/** The settings with what was named changed and the rest as it was. */
function changed(now: NetworkSettings, options: NetworkOptions): Result<NetworkInput> {
  const before = now.proxy.mode === 'manual' ? now.proxy : null
  const way = options.proxy ?? before?.url ?? now.proxy.mode
  const isManual = way !== 'system' && way !== 'none'
  const forManual = options.proxyUser ?? options.bypass ?? options.proxyPasswordStdin
  if (!isManual && forManual !== undefined)
    return refused('proxy', 'user, password and bypass list belong to --proxy URL')
  const proxy = isManual
    ? {
        mode: 'manual',
        url: way,
        user: options.proxyUser ?? before?.user ?? '',
        bypass: options.bypass ?? before?.bypass ?? [],
      }
    : { mode: way }
  const read = networkInputSchema.safeParse({
    proxy,
    trustSystemStore: options.systemStore ?? now.trustSystemStore,
    extraCaFiles: options.caFile ?? now.extraCaFiles,
  })
  return read.success
    ? ok(read.data)
    : refused('proxy', (read.error.issues[0]?.message ?? 'not an address').replace(/\.$/, ''))
}

const refused = (field: string, reason: string): Result<never> =>
  fail(fault('input-invalid', { facts: { field, reason } }))

/** Never an argument: other users of the machine could read it in the process list. Undefined: none was given, the old one stays. */
async function readPassword(options: NetworkOptions): Promise<Result<string | undefined>> {
  if (!options.proxyPasswordStdin) return ok(process.env.COMMERCE_INTEGRATOR_PROXY_PASSWORD || undefined)
  if (process.stdin.isTTY)
    say.aside("Type the proxy's password, then press Enter and Ctrl+D (Ctrl+Z on Windows):")
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  return password ? ok(password) : refused('proxy-password-stdin', 'nothing was read')
}

function settingsText({ network, proxyPassword, log, vault, updates }: SettingsView): string {
  const { proxy } = network
  const login =
    proxy.mode === 'manual' && proxy.user
      ? `, as ${proxy.user}${proxyPassword ? ' with a password' : ''}`
      : ''
  const bypass =
    proxy.mode === 'manual' && proxy.bypass.length > 0 ? `, but not to ${proxy.bypass.join(', ')}` : ''
  const trust = [
    network.trustSystemStore ? 'the operating system' : 'the built-in list',
    ...network.extraCaFiles,
  ]
  const kept = vault.kind === 'os' ? "the operating system's store of this user" : "the service's key file"
  return [
    `Proxy    ${proxy.mode === 'manual' ? proxy.url : proxy.mode}${login}${bypass}`,
    `Trust    ${trust.join(', ')}`,
    `Log      ${log.level}, in ${log.folder}`,
    `Secrets  ${vault.secrets} in ${kept}${vault.lost.length > 0 ? `; enter again: ${vault.lost.join(', ')}` : ''}`,
    `Updates  ${updates.mode}${updates.window ? `, between ${updates.window.from} and ${updates.window.to}` : ''}${updates.feedUrl ? `, from ${updates.feedUrl}` : ''}`,
  ].join('\n')
}
