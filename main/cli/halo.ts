import { Command } from 'commander'
import { explain } from '../../app/model/fault-words.ts'
import { acceptsAnyCertificate, placeOfTarget } from '../../app/model/halo-target.ts'
import { type CommonOptions, tellFault, tenantNamed, withEngine } from './engine.ts'
import { type HaloOptions, readHaloSecret, targetOf, withHaloOptions } from './halo-options.ts'
import { say } from './output.ts'

const json = (command: Command): Command => command.option('--json', 'print JSON for machines')

/** tenant halo: which Halo a tenant feeds. */
export function tenantHaloCommand(): Command {
  return withHaloOptions(
    json(
      new Command('halo')
        .description('show which Halo a tenant feeds, or set it; its password is kept sealed')
        .argument('<name>'),
    ),
  ).action((name: string, _, command: Command) => setHalo(name, command.optsWithGlobals()))
}

/** halo self-test */
export function haloCommand(): Command {
  const halo = new Command('halo').description("a tenant's Halo")
  halo.addCommand(
    json(
      new Command('self-test')
        .description(
          "try all that a sync does on the database server of a tenant's Halo: temporary tables in a transaction that is rolled back; nothing stays",
        )
        .argument('<tenant>'),
    ).action((name: string, _, command: Command) => selfTest(name, command.optsWithGlobals())),
  )
  return halo
}

async function setHalo(name: string, options: CommonOptions & HaloOptions): Promise<void> {
  const target = targetOf(options)
  if (!target.ok) return tellFault(target.fault, options)
  const secret = await readHaloSecret(options)
  await withEngine(options, async (engine) => {
    const tenant = tenantNamed(engine, name)
    if (!tenant.ok) return told(tenant.fault, options)
    const { tenantControl } = engine
    const { id } = tenant.value
    const done =
      target.value !== null
        ? tenantControl.update(id, { halo: target.value }, 'command line', secret)
        : secret === undefined
          ? tenant
          : tenantControl.setHaloSecret(id, secret, 'command line')
    if (!done.ok) return told(done.fault, options)
    const view = engine.tenants.get(id)
    if (view && options.json) say.json({ halo: view.tenant.halo, secret: view.haloSecret })
    else if (view) {
      const kept = view.haloSecret ? `set ${view.haloSecret.setAt}` : 'none stored'
      say.line(
        `${view.tenant.halo.kind}: ${placeOfTarget(view.tenant.halo)}; password or client secret: ${kept}`,
      )
      if (acceptsAnyCertificate(view.tenant.halo))
        say.aside('Whoever answers at that address is believed to be Halo: the server is not checked.')
    }
    return 0
  })
}

const told = (found: Parameters<typeof say.fault>[0], options: CommonOptions): number => {
  say.fault(found, options.json === true)
  return 1
}

async function selfTest(name: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const tenant = tenantNamed(engine, name)
    if (!tenant.ok) return told(tenant.fault, options)
    const steps = await engine.tenants.selfTest(tenant.value.id)
    if (!steps.ok) return told(steps.fault, options)
    if (options.json) say.json(steps.value)
    else
      for (const step of steps.value) {
        const words = step.fault ? explain(step.fault) : null
        say.line(
          `${words ? ' FAIL' : '  ok '}  ${step.name}: ${words ? words.what : `${step.found}, ${step.durationMs} ms`}`,
        )
        if (step.fault?.raw) say.line(`         ${step.fault.raw}`)
      }
    return steps.value.some((step) => step.fault) ? 1 : 0
  })
}
