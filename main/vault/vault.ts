import type { Result } from '../../app/model/fault.ts'

/** All that a screen may learn of a secret. */
export type SecretNote = {
  /** The last four characters; '' for a secret that is too short to show any, or that cannot be read. */
  readonly endsIn: string
  /** UTC ISO. */
  readonly setAt: string
}

/** Where secrets are kept. They leave it only towards the request that needs them: never into a log, a row, a message or a window. */
export type Vault = {
  set(name: string, secret: string): Result<null>
  /** Null when it was never set. Fault secret-lost: it was, and can no longer be read; it has to be entered again. */
  get(name: string): Result<string | null>
  remove(name: string): Result<null>
  /** Null when it was never set. */
  describe(name: string): SecretNote | null
}

const shortestShown = 12

/** The end of a secret, where the rest is long enough to stay one. */
export const endOf = (secret: string): string => (secret.length >= shortestShown ? secret.slice(-4) : '')
