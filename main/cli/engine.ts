import { InvalidArgumentError } from 'commander'
import { type Fault, fail, fault, type Result } from '../../app/model/fault.ts'
import type { Tenant } from '../../app/model/tenant.ts'
import { openStore, type Store } from '../../app/store/open.ts'
import { createEngine, type Engine } from '../engine.ts'
import { dataFolder } from '../folders.ts'
import { say } from './output.ts'

export const clock = { now: (): number => Date.now() }

type Globals = { readonly data?: string }
export type CommonOptions = Globals & { readonly json?: boolean }

export const folderOf = (options: Globals): string => dataFolder(options.data)

/** Opens the engine for one command, hands it to `work`, and closes it again; a fault is told and makes the exit status 1. */
export async function withEngine(
  options: CommonOptions,
  work: (engine: Engine) => Promise<number>,
): Promise<void> {
  const engine = createEngine({
    folder: folderOf(options),
    mode: 'cli',
    clock,
    onTrouble: (found, what) => say.aside(`${what}: ${found.code}${found.raw ? ` (${found.raw})` : ''}`),
  })
  if (!engine.ok) {
    tellFault(engine.fault, options)
    return
  }
  try {
    process.exitCode = await work(engine.value)
  } finally {
    await engine.value.stop()
  }
}

/** Reads the store beside a running engine; a folder without a store is empty, not wrong. */
export function withReader(options: CommonOptions, work: (store: Store | null) => number): void {
  const opened = openStore(folderOf(options), { clock, role: 'reader' })
  if (!opened.ok) {
    if (opened.fault.code === 'folder-missing') process.exitCode = work(null)
    else tellFault(opened.fault, options)
    return
  }
  try {
    process.exitCode = work(opened.value)
  } finally {
    opened.value.close()
  }
}

export function tellFault(found: Fault, options: CommonOptions): void {
  say.fault(found, options.json === true)
  process.exitCode = 1
}

/** The tenant of this name, or the fault that names it. */
export function tenantNamed(engine: Engine, name: string): Result<Tenant> {
  const found = engine.tenants
    .list()
    .find(({ tenant }) => tenant.name.toLowerCase() === name.trim().toLowerCase())
  return found ? { ok: true, value: found.tenant } : fail(fault('tenant-unknown', { facts: { name } }))
}

/** A command-line number: whole, above zero. */
export function count(given: string): number {
  const number = Number(given)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('A whole number above zero is needed.')
  return number
}

/** A port to listen on; 0 takes any free one. */
export function port(given: string): number {
  const number = Number(given)
  if (given.trim() === '' || !Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  return number
}
