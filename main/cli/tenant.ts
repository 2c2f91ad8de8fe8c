import { text } from 'node:stream/consumers'
import { Command, InvalidArgumentError } from 'commander'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import type { HaloTarget } from '../../app/model/halo-target.ts'
import type { NewTenant } from '../../app/model/tenant.ts'
import type { LadderStep } from '../api/port.ts'
import { type CommonOptions, count, tellFault, tenantNamed, withEngine, withReader } from './engine.ts'
import { tenantHaloCommand } from './halo.ts'
import { sqliteTarget } from './halo-options.ts'
import { say, table } from './output.ts'

type AddOptions = CommonOptions & {
  readonly name: string
  readonly url: string
  readonly apiUrl?: string
  readonly apiKeyStdin?: boolean
  readonly halo?: HaloTarget
  readonly syncFrom?: string
  readonly requestsPerMinute?: number
  readonly requestsPerDay?: number
}

/** tenant add | list | halo | test | remove */
export function tenantCommands(): Command[] {
  const tenant = new Command('tenant').description('the Datto Commerce instances that are synced')
  tenant.addCommand(addCommand())
  tenant.addCommand(
    json(new Command('list').description('list the tenants')).action((_, command: Command) =>
      list(command.optsWithGlobals()),
    ),
  )
  tenant.addCommand(tenantHaloCommand())
  tenant.addCommand(
    json(
      new Command('test').description('try the connections of a tenant, step by step').argument('<name>'),
    ).action((name: string, _, command: Command) => test(name, command.optsWithGlobals())),
  )
  tenant.addCommand(
    json(
      new Command('remove')
        .description('forget a tenant: its key, links and history; what is in Halo stays')
        .argument('<name>'),
    ).action((name: string, _, command: Command) => remove(name, command.optsWithGlobals())),
  )
  return [tenant]
}

const json = (command: Command): Command => command.option('--json', 'print JSON for machines')

function addCommand(): Command {
  return json(new Command('add').description('add a tenant'))
    .requiredOption('--name <name>', 'what to call it')
    .requiredOption('--url <url>', 'the web address of the instance, https://NAME.mydattocommerce.com')
    .option('--api-url <url>', 'the address of the API, when it is not the usual one')
    .option('--api-key-stdin', 'read the API key from standard input (else from COMMERCE_INTEGRATOR_API_KEY)')
    .option(
      '--halo <target>',
      'where the records go: sqlite:FILE (default: halo.db in the data folder); for another Halo see tenant halo',
      sqliteTarget,
    )
    .option('--sync-from <iso>', 'sync what changed after this instant (default: now)', instant)
    .option('--requests-per-minute <n>', 'default 60', count)
    .option('--requests-per-day <n>', 'default 10000', count)
    .action((_, command: Command) => add(command.optsWithGlobals()))
}

async function add(options: AddOptions): Promise<void> {
  const key = await readKey(options)
  if (!key.ok) return tellFault(key.fault, options)
  const given: NewTenant = {
    name: options.name,
    instanceUrl: options.url,
    ...(options.apiUrl ? { apiUrl: options.apiUrl } : {}),
    ...(options.halo ? { halo: options.halo } : {}),
    ...(options.syncFrom ? { syncFrom: options.syncFrom } : {}),
    ...(options.requestsPerMinute ? { requestsPerMinute: options.requestsPerMinute } : {}),
    ...(options.requestsPerDay ? { requestsPerDay: options.requestsPerDay } : {}),
  }
  await withEngine(options, async (engine) => {
    const added = engine.tenantControl.add(given, key.value, 'command line')
    if (!added.ok) {
      say.fault(added.fault, options.json === true)
      return 1
    }
    const { id, name, instanceUrl, apiUrl, syncFrom } = added.value
    if (options.json) say.json({ id, name, instanceUrl, apiUrl, syncFrom })
    else say.line(`Added ${name}. It syncs what changes after ${syncFrom}. Try it: tenant test "${name}"`)
    return 0
  })
}

/** The key never comes as an argument: other users of the machine could read it in the process list. */
async function readKey(options: AddOptions): Promise<Result<string>> {
  if (!options.apiKeyStdin) {
    const named = process.env.COMMERCE_INTEGRATOR_API_KEY?.trim()
    return named ? ok(named) : fail(fault('key-missing', { facts: { name: options.name } }))
  }
  if (process.stdin.isTTY) say.aside('Paste the API key, then press Enter and Ctrl+D (Ctrl+Z on Windows):')
  const key = (await text(process.stdin)).trim()
  return key ? ok(key) : fail(fault('key-missing', { facts: { name: options.name } }))
}

function list(options: CommonOptions): void {
  withReader(options, (store) => {
    const tenants = store?.tenants.list() ?? []
    if (options.json) {
      say.json(
        tenants.map(({ id, name, instanceUrl, isEnabled, syncFrom }) => ({
          id,
          name,
          instanceUrl,
          isEnabled,
          syncFrom,
        })),
      )
    } else if (tenants.length === 0)
      say.line('No tenants yet. Add one: tenant add --name N --url URL --api-key-stdin')
    else {
      const rows = tenants.map((one) => [
        one.name,
        one.instanceUrl,
        one.isEnabled ? 'on' : 'off',
        one.syncFrom,
      ])
      say.line(table(['Name', 'Instance', 'Sync', 'From'], rows))
    }
    return 0
  })
}

async function test(name: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const tenant = tenantNamed(engine, name)
    const steps = tenant.ok ? await engine.tenants.test({ id: tenant.value.id }) : tenant
    if (!steps.ok) {
      say.fault(steps.fault, options.json === true)
      return 1
    }
    if (options.json) say.json(steps.value)
    else for (const step of steps.value) say.line(stepLine(step))
    return steps.value.some((step) => step.state === 'failed') ? 1 : 0
  })
}

function stepLine(step: LadderStep): string {
  const mark = { passed: '  ok ', failed: ' FAIL', skipped: '   - ' }[step.state]
  if (!step.fault) return `${mark}  ${step.id.padEnd(16)} ${step.found}`
  const { what, doNow } = explain(step.fault)
  return `${mark}  ${step.id.padEnd(16)} ${what}\n                         ${doNow}`
}

async function remove(name: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const tenant = tenantNamed(engine, name)
    const losses = tenant.ok ? engine.store.tenants.losses(tenant.value.id) : null
    const removed = tenant.ok ? engine.tenantControl.remove(tenant.value.id, 'command line') : tenant
    if (!removed.ok) {
      say.fault(removed.fault, options.json === true)
      return 1
    }
    if (options.json) say.json({ removed: name, ...losses })
    else
      say.line(
        `Removed ${name}: ${losses?.links} links, ${losses?.runs} runs and ${losses?.failures} failures forgotten. What is in Halo stays.`,
      )
    return 0
  })
}

function instant(given: string): string {
  const read = new Date(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00Z` : given)
  if (Number.isNaN(read.getTime()))
    throw new InvalidArgumentError('Write it as 2026-01-31 or 2026-01-31T08:00:00Z.')
  return read.toISOString()
}
