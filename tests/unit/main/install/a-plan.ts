import type { ServicePlan, Step } from '../../../../main/install/plan.ts'

export const linuxPlan: ServicePlan = {
  node: '/opt/commerce-integrator/node',
  script: '/opt/commerce-integrator/main/cli.js',
  dataFolder: '/var/lib/commerce-integrator',
  port: 8765,
  user: null,
  wrapper: '/opt/commerce-integrator/WinSW.exe',
  installer: null,
}

export const windowsPlan: ServicePlan = {
  node: 'C:\\Program Files\\Commerce Integrator\\node.exe',
  script: 'C:\\Program Files\\Commerce Integrator\\main\\cli.js',
  dataFolder: 'C:\\ProgramData\\Commerce Integrator',
  port: 8765,
  user: null,
  wrapper: 'C:\\Program Files\\Commerce Integrator\\WinSW.exe',
  installer: 'SRV01\\ann',
}

/** The commands among the steps, as lists of words. */
export const commandsOf = (steps: readonly Step[]): readonly (readonly string[])[] =>
  steps.flatMap((step) => (step.kind === 'run' ? [[step.command.file, ...step.command.args]] : []))

/** The text that is written to a path; '' when nothing is. */
export const textAt = (steps: readonly Step[], path: string): string =>
  steps.flatMap((step) => (step.kind === 'write' && step.path === path ? [step.text] : []))[0] ?? ''
