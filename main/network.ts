import { createNetwork } from '../app/http/network.ts'
import type { HttpClient } from '../app/http/types.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { defaultNetwork, type NetworkSettings, networkSettingsSchema } from '../app/model/network.ts'
import type { NetworkInput } from '../app/model/settings.ts'
import type { Store } from '../app/store/open.ts'
import type { SecretNote, Vault } from './vault/vault.ts'

/** All that a client needs to reach the internet. */
export type NetworkNow = { readonly network: NetworkSettings; readonly proxyPassword: string | null }

/** The name under which the proxy's password lies in the vault. */
export const proxyPasswordName = 'proxy-password'

export type NetworkControl = {
  settings(): NetworkSettings
  /** Read anew for each run and client. Fault secret-lost when the proxy's password can no longer be read. */
  now(): Result<NetworkNow>
  password(): SecretNote | null
  /**
   * Keeps new settings; they hold from the next request on, runs under way go on as they began. `password`: a new one, null to forget it,
   * undefined to leave it. input-invalid (facts.field, facts.reason) when a PEM file cannot be used: nothing is changed then.
   */
  set(given: NetworkInput, password: string | null | undefined, who: string): Result<null>
}

type NetworkParts = {
  readonly store: Store
  readonly vault: Vault
  readonly onChange: () => void
}

export function createNetworkControl({ store, vault, onChange }: NetworkParts): NetworkControl {
  const settings = (): NetworkSettings =>
    store.settings.get('network', networkSettingsSchema) ?? defaultNetwork
  return {
    settings,
    password: () => vault.describe(proxyPasswordName),
    now: () => {
      const network = settings()
      if (network.proxy.mode !== 'manual' || !network.proxy.hasPassword)
        return ok({ network, proxyPassword: null })
      const password = vault.get(proxyPasswordName)
      if (!password.ok) return password
      return password.value === null
        ? fail(fault('secret-lost', { facts: { name: proxyPasswordName } }))
        : ok({ network, proxyPassword: password.value })
    },
    set: (given, password, who) => {
      const before = settings()
      const isManual = given.proxy.mode === 'manual' && given.proxy.user !== ''
      const had = vault.describe(proxyPasswordName) !== null
      const keeps = isManual && (password === undefined ? had : password !== null)
      const after: NetworkSettings = {
        ...given,
        proxy: given.proxy.mode === 'manual' ? { ...given.proxy, hasPassword: keeps } : given.proxy,
      }
      const usable = usableFiles(after)
      if (!usable.ok) return usable
      const kept = keeps ? storePassword(vault, password) : vault.remove(proxyPasswordName)
      if (!kept.ok) return kept
      store.settings.set('network', after)
      store.audit.add({ who, what: 'network settings changed', tenantId: null, before, after })
      onChange()
      return ok(null)
    },
  }
}

const storePassword = (vault: Vault, password: string | null | undefined): Result<null> =>
  typeof password === 'string' ? vault.set(proxyPasswordName, password) : ok(null)

/** Every file is read now, so that a wrong one is told to whoever enters it and not to tonight's sync. */
function usableFiles(settings: NetworkSettings): Result<null> {
  for (const file of settings.extraCaFiles) {
    const trust = createNetwork({ settings: { ...settings, extraCaFiles: [file] }, env: {} }).trust()
    if (trust.ok) continue
    return fail({ ...trust.fault, facts: { ...trust.fault.facts, field: 'extraCaFiles' } })
  }
  return ok(null)
}

/**
 * One client over many settings: `renew` makes the next request use a new one, and the old one closes when what it was sending has ended.
 * `make` answers a fault when there can be none for now; each request then gets it.
 */
export function renewableClient(make: () => Result<HttpClient>): HttpClient & { renew(): void } {
  type Held = { readonly made: Result<HttpClient>; busy: number; isOld: boolean }
  const hold = (): Held => ({ made: make(), busy: 0, isOld: false })
  const closing = new Set<Promise<void>>()
  let held: Held | null = null
  const shut = (one: Held): Promise<void> => {
    const closed = one.made.ok ? one.made.value.close() : Promise.resolve()
    closing.add(closed)
    return closed.finally(() => closing.delete(closed))
  }
  const retire = async (): Promise<void> => {
    const old = held
    held = null
    if (!old) return
    old.isOld = true
    if (old.busy === 0) await shut(old)
  }
  return {
    send: async (call) => {
      held ??= hold()
      const mine = held
      if (!mine.made.ok) {
        held = null
        return mine.made
      }
      mine.busy += 1
      try {
        return await mine.made.value.send(call)
      } finally {
        mine.busy -= 1
        if (mine.isOld && mine.busy === 0) await shut(mine)
      }
    },
    renew: () => void retire(),
    close: async () => {
      const now = held
      held = null
      if (now) await shut(now)
      await Promise.all(closing)
    },
  }
}
