import { z } from 'zod'
import { networkSettingsSchema, proxySettingsSchema } from './network.ts'

/** From the most talkative to the quietest. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export const logLevelSchema = z.enum(logLevels)
export type LogLevel = z.infer<typeof logLevelSchema>
export const defaultLogLevel: LogLevel = 'info'

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is written as 03:30.')

/** How updates come. Signatures are always checked: there is no setting for it. */
export const updateSettingsSchema = z.object({
  mode: z.enum(['off', 'notify', 'automatic']),
  /** Hours (local time, may cross midnight) in which an automatic update may restart the program; null: any time without a run. */
  window: z.object({ from: timeSchema, to: timeSchema }).nullable(),
  /** Where updates are looked for in a closed network; empty: the maker's own feed. */
  feedUrl: z.union([z.literal(''), z.url({ protocol: /^https$/ })]),
})
export type UpdateSettings = z.infer<typeof updateSettingsSchema>
export const defaultUpdates: UpdateSettings = { mode: 'notify', window: null, feedUrl: '' }

const manual = proxySettingsSchema.options[2]

/** The network settings as a person gives them: whether there is a password is for the vault to say. */
export const networkInputSchema = networkSettingsSchema.extend({
  proxy: z.discriminatedUnion('mode', [
    proxySettingsSchema.options[0],
    proxySettingsSchema.options[1],
    manual.omit({ hasPassword: true }),
  ]),
})
export type NetworkInput = z.infer<typeof networkInputSchema>

/** Where secrets are kept: the operating system's store of one user, or the service's key file. */
export const vaultKinds = ['os', 'keyfile'] as const
export type VaultKind = (typeof vaultKinds)[number]

/** What may be told of the vault. */
export type VaultState = {
  /** Where new secrets go. */
  readonly kind: VaultKind
  /** Whether new secrets can be stored. */
  readonly isAvailable: boolean
  /** Whether this program can also reach the other kind, so that secrets can be carried over. */
  readonly canMoveTo: readonly VaultKind[]
  readonly secrets: number
  /** Names of secrets that cannot be read here and have to be entered again. */
  readonly lost: readonly string[]
}
