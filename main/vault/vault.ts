import { ok, type Result } from '../../app/model/fault.ts'

/** All that a screen may learn of a secret. */
export type SecretNote = {
  /** The last four characters; '' for a secret that is too short to show any, or that cannot be read. */
  readonly endsIn: string
  /** UTC ISO. */
  readonly setAt: string
}

/** Where secrets are kept. They leave it only towards the request that needs them: never into a log, a row, a message or a window. */
export type Vault = {
  /** no-secret-store when this vault cannot keep it safely. */
  set(name: string, secret: string): Result<null>
  /** Null when it was never set. Fault secret-lost: it was, and can no longer be read; it has to be entered again. */
  get(name: string): Result<string | null>
  remove(name: string): Result<null>
  /** Null when it was never set. */
  describe(name: string): SecretNote | null
  /** Names of all secrets that were set, readable or not. */
  names(): readonly string[]
}

const shortestShown = 12

/** The end of a secret, where the rest is long enough to stay one. */
export const endOf = (secret: string): string => (secret.length >= shortestShown ? secret.slice(-4) : '')

/** A vault that tells `hear` each secret that passes, so that the log can mask it wherever it turns up. */
export function overheard(vault: Vault, hear: (secret: string) => void): Vault {
  return {
    ...vault,
    set: (name, secret) => {
      hear(secret)
      return vault.set(name, secret)
    },
    get: (name) => {
      const found = vault.get(name)
      if (found.ok && found.value !== null) hear(found.value)
      return found
    },
  }
}

/**
 * Several vaults as one. New secrets go into the first and leave the others, so that none lies twice; an old one is read where it was
 * set last (a key that was entered on the command line is newer than the one the window knew).
 */
export function joined(first: Vault, others: readonly Vault[]): Vault {
  const holder = (name: string): Vault => {
    const holding = [first, ...others].flatMap((vault) => {
      const note = vault.describe(name)
      return note ? [{ vault, setAt: note.setAt }] : []
    })
    return holding.reduce(
      (best, one) => (one.setAt > best.setAt ? one : best),
      holding[0] ?? { vault: first, setAt: '' },
    ).vault
  }
  const removeFrom = (vaults: readonly Vault[], name: string): Result<null> => {
    for (const vault of vaults) {
      if (!vault.names().includes(name)) continue
      const removed = vault.remove(name)
      if (!removed.ok) return removed
    }
    return ok(null)
  }
  return {
    set: (name, secret) => {
      const kept = first.set(name, secret)
      return kept.ok ? removeFrom(others, name) : kept
    },
    get: (name) => holder(name).get(name),
    remove: (name) => removeFrom([first, ...others], name),
    describe: (name) => holder(name).describe(name),
    names: () => [...new Set([first, ...others].flatMap((vault) => vault.names()))],
  }
}

/** Which secrets of `from` are in `to` now, and which could not be read and have to be entered again. */
export type CarriedOver = { readonly carried: readonly string[]; readonly lost: readonly string[] }

/**
 * Seals every secret of one vault anew in another, reads it back, and only then removes the first copy: a crash in between leaves it
 * in both. A newer one in `to` stays. A secret that cannot be read stays where it is, for whoever can.
 */
export function carryOver(from: Vault, to: Vault): Result<CarriedOver> {
  const carried: string[] = []
  const lost: string[] = []
  for (const name of from.names()) {
    const secret = from.get(name)
    if (!secret.ok && secret.fault.code !== 'secret-lost' && secret.fault.code !== 'no-secret-store')
      return secret
    if (!secret.ok || secret.value === null) {
      lost.push(name)
      continue
    }
    if ((to.describe(name)?.setAt ?? '') <= (from.describe(name)?.setAt ?? '')) {
      const kept = to.set(name, secret.value)
      if (!kept.ok) return kept
      const back = to.get(name)
      if (!back.ok) return back
    }
    const removed = from.remove(name)
    if (!removed.ok) return removed
    carried.push(name)
  }
  return ok({ carried, lost })
}
