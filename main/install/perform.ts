import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { guarded } from '../../app/store/sqlite-fault.ts'
import { replaceFile } from '../atomic-file.ts'
import { type Run, typed } from './command.ts'
import type { Step } from './plan.ts'

type Performing = {
  readonly run: Run
  /** Whether the service still runs; asked about twice a second while its stop is awaited. */
  readonly isRunning: () => Promise<boolean>
  /** Told of each step, and of what a step that is a nicety could not do. */
  readonly onStep: (text: string) => void
  readonly isAdmin: boolean
}

/** One line for a person: what a step does. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'run':
      return typed(step.command)
    case 'write':
      return `write ${step.path}`
    case 'copy':
      return `copy ${step.from} to ${step.path}`
    case 'folder':
      return `make the folder ${step.path}`
    case 'remove':
      return `remove ${step.path}`
    case 'await-stop':
      return `wait until the service has stopped, ${step.seconds} seconds at most`
  }
}

/**
 * Does the steps in order and ends at the first that fails: service-refused with the command, its status and the operating system's own
 * words, or the fault of a file. Doing all of them again is always safe.
 */
export async function perform(steps: readonly Step[], how: Performing): Promise<Result<null>> {
  for (const step of steps) {
    how.onStep(stepText(step))
    const done = step.kind === 'run' ? await runOne(step, how) : await other(step, how)
    if (!done.ok) return done
  }
  return ok(null)
}

async function runOne(step: Extract<Step, { kind: 'run' }>, how: Performing): Promise<Result<null>> {
  const { status, output } = await how.run(step.command)
  if (status === 0 || (status !== null && step.alsoFine?.includes(status))) return ok(null)
  if (step.optional) {
    how.onStep(`  not done (${step.optional})`)
    return ok(null)
  }
  const facts = {
    command: typed(step.command),
    status: status ?? 'not started',
    isAdmin: how.isAdmin ? 1 : 0,
  }
  return fail(fault('service-refused', { facts, raw: output }))
}

async function other(step: Exclude<Step, { kind: 'run' }>, how: Performing): Promise<Result<null>> {
  if (step.kind === 'await-stop') {
    for (let half = 0; half < step.seconds * 2 && (await how.isRunning()); half++) await wait(500)
    return ok(null)
  }
  return guarded(step.path, () => {
    if (step.kind === 'folder') mkdirSync(step.path, { recursive: true })
    else if (step.kind === 'remove') rmSync(step.path, { recursive: true, force: true })
    else {
      if (!existsSync(dirname(step.path))) mkdirSync(dirname(step.path), { recursive: true })
      if (step.kind === 'write') replaceFile(step.path, step.text, step.mode)
      else copyFileSync(step.from, step.path)
    }
    return null
  })
}
