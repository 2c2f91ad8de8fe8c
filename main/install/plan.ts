import type { Command } from './command.ts'

/** The name of the service, of its unit and of its virtual account. */
export const windowsName = 'CommerceIntegrator'
export const unitName = 'commerce-integrator'
export const displayName = 'Commerce Integrator'
export const description =
  'Copies customers, products, quotes and sales orders from Datto Commerce into HaloPSA.'

/** What the service manager waits for a stop; the program itself is done five seconds earlier, whatever it was doing. */
export const stopSeconds = 30

/** All that an installation depends on, gathered in one place, so that the steps can be computed from it and tested anywhere. */
export type ServicePlan = {
  /** The node binary that runs the service. */
  readonly node: string
  /** The program's own start file. */
  readonly script: string
  readonly dataFolder: string
  readonly port: number
  /** The account to run under; null: one of its own that is made for it. */
  readonly user: string | null
  /** Windows: WinSW.exe, as it lies beside the program. */
  readonly wrapper: string
  /** Windows: who installs, and so may open the window without being administrator each time. */
  readonly installer: string | null
}

/** One thing to do to a machine, in order. Nothing here is run by a shell. */
export type Step =
  | {
      readonly kind: 'run'
      readonly command: Command
      /** Exit statuses that are as good as 0: the service is already gone, already stopped. */
      readonly alsoFine?: readonly number[]
      /** Goes on when it fails: the step is a nicety, and `why` says what is lost without it. */
      readonly optional?: string
    }
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly mode: number }
  | { readonly kind: 'copy'; readonly from: string; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** Until the service has stopped, `seconds` at most. */
  | { readonly kind: 'await-stop'; readonly seconds: number }

export const runStep = (
  file: string,
  args: readonly string[],
  more: { readonly alsoFine?: readonly number[]; readonly optional?: string } = {},
): Step => ({ kind: 'run', command: { file, args }, ...more })

/**
 * Arguments of the service process after node itself. A smaller young generation gives back what a sync has used (docs/performance.md); the
 * worker thread's is set by itself.
 */
export const serveArguments = (plan: ServicePlan): readonly string[] => [
  '--max-semi-space-size=4',
  plan.script,
  '--data',
  plan.dataFolder,
  'serve',
  '--port',
  String(plan.port),
  '--quiet',
]
