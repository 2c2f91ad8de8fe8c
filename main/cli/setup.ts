import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { HaloTarget } from '../../app/model/halo-target.ts'
import { openStore } from '../../app/store/open.ts'
import { run } from '../install/command.ts'
import { serviceState } from '../install/state.ts'
import { proxyPasswordName } from '../network.ts'
import { haloSecretName, keyName } from '../tenants.ts'
import { type Mistake, readUnattended, type Unattended } from '../unattended.ts'
import { applyUnattended, forgetFiles, gatherSecrets, type Secrets } from '../unattended-apply.ts'
import { openVault } from '../vault/open.ts'
import { type CommonOptions, clock, folderOf, tellFault, withEngine } from './engine.ts'
import { say } from './output.ts'

type SetupOptions = CommonOptions & { readonly file: string; readonly check?: boolean }
type Ready = { readonly plan: Unattended; readonly secrets: Secrets }

/** setup: what an installation sets up without asking anybody. */
export function setupCommand(): Command {
  return new Command('setup')
    .description('set up tenants, network and service from a file; the same file twice changes nothing more')
    .requiredOption('--file <file>', 'YAML or JSON; docs/unattended.md explains it')
    .option('--check', 'only say whether the file is right')
    .option('--json', 'print JSON for machines')
    .action((_, command: Command) => setUp(command.optsWithGlobals()))
}

async function setUp(options: SetupOptions): Promise<void> {
  const file = resolve(options.file)
  const ready = prepare(file, options)
  if (!ready.ok) return tellFault(ready.fault, options)
  if (!ready.value.ready) return tellMistakes(file, ready.value.mistakes, options)
  const { plan, secrets } = ready.value.ready
  if (options.check) {
    if (options.json) say.json({ isRight: true, tenants: plan.tenants.length })
    else say.line(`${file} is right. Tenants in it: ${plan.tenants.length}. Nothing was changed.`)
    return
  }
  // A service that runs holds the data folder; it comes back with what was changed.
  if (plan.run && !(await withoutService(options))) return
  await withEngine(options, async (engine) => {
    const done = applyUnattended(engine, plan, secrets)
    if (!done.ok) {
      say.fault(done.fault, options.json === true)
      return 1
    }
    if (options.json) say.json(done.value)
    else
      for (const [what, names] of Object.entries(done.value))
        for (const name of names) say.line(`${name}: ${what}`)
    return 0
  })
  if (process.exitCode === 0)
    for (const left of forgetFiles(secrets.files))
      say.aside(`${left} holds a secret and could not be deleted: please delete it.`)
  if (plan.run === 'service' && !ourselves(options, 'install')) process.exitCode = 1
}

type Prepared =
  | { readonly ready: Ready; readonly mistakes: readonly [] }
  | { readonly ready: null; readonly mistakes: readonly Mistake[] }

/** Reads and checks everything; changes nothing. */
function prepare(file: string, options: SetupOptions): Result<Prepared> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = 'it cannot be read'
    return fail(fault('input-invalid', { facts: { field: 'file', file, reason }, raw: String(error) }))
  }
  const read = readUnattended(text)
  if (!read.ok) return ok({ ready: null, mistakes: read.mistakes })
  const stored = storedSecrets(folderOf(options))
  if (!stored.ok) return stored
  const isStored = stored.value
  const gathered = gatherSecrets(read.plan, read.lineOf, { file, env: process.env, isStored })
  return ok(
    gathered.ok
      ? { ready: { plan: read.plan, secrets: gathered.secrets }, mistakes: [] }
      : { ready: null, mistakes: gathered.mistakes },
  )
}

/** Which tenants' keys (null: the proxy's password) are stored already. A folder without a store has none. */
function storedSecrets(folder: string): Result<(tenant: string | null, halo?: HaloTarget) => boolean> {
  const opened = openStore(folder, { clock, role: 'reader' })
  if (!opened.ok) return opened.fault.code === 'folder-missing' ? ok(() => false) : opened
  const ids = new Map(opened.value.tenants.list().map(({ id, name }) => [name.toLowerCase(), id]))
  opened.value.close()
  const vault = openVault(folder, clock, { box: null })
  const has = (name: string): boolean => {
    const found = vault.get(name)
    return found.ok && found.value !== null
  }
  return ok((tenant, halo) => {
    if (tenant === null) return has(proxyPasswordName)
    const id = ids.get(tenant.toLowerCase())
    if (id === undefined) return false
    const name = halo ? haloSecretName(id, halo) : keyName(id)
    return name !== null && has(name)
  })
}

function tellMistakes(file: string, mistakes: readonly Mistake[], options: SetupOptions): void {
  if (options.json) say.json({ isRight: false, mistakes })
  for (const { line, reason } of mistakes) say.aside(`${file}:${line}: ${reason}`)
  say.aside('Nothing was changed.')
  process.exitCode = 1
}

async function withoutService(options: SetupOptions): Promise<boolean> {
  const state = await serviceState(process.platform, run)
  // Where no service manager answers there is no service either.
  if (!state.ok || state.value.state === 'absent') return true
  const isGone = ourselves(options, 'uninstall')
  if (!isGone) process.exitCode = 1
  return isGone
}

/** Runs our own `service install` or `uninstall`, which say by themselves what went wrong. */
function ourselves(options: SetupOptions, what: 'install' | 'uninstall'): boolean {
  const data = options.data ? ['--data', options.data] : []
  const script = process.argv[1] ?? ''
  const args = [...process.execArgv, script, ...data, 'service', what]
  // Its words go where ours for people go, so that the JSON on stdout stays alone.
  return spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2], windowsHide: true }).status === 0
}
