import { setTimeout as later } from 'node:timers'
import type { Destination } from '../app/halo/destination.ts'
import { openHalo } from '../app/halo/open.ts'
import type { HttpClient } from '../app/http/types.ts'
import type { Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { NetworkControl } from './network.ts'

export type TenantHaloParts = {
  readonly clock: Clock
  readonly http: HttpClient
  readonly network: Pick<NetworkControl, 'now'>
  readonly haloSecretOf: (tenantId: number, target: HaloTarget) => Result<string | null>
}

/** Opens a stored tenant's Halo with its stored secret and the network settings as they are now. Faults: secret-lost, halo-secret-missing, openHalo's. */
export async function openTenantHalo(tenant: Tenant, parts: TenantHaloParts): Promise<Result<Destination>> {
  const now = parts.network.now()
  if (!now.ok) return now
  const secret = parts.haloSecretOf(tenant.id, tenant.halo)
  if (!secret.ok) return secret
  const facts = { purpose: 'test', tenantId: tenant.id, runId: null } as const
  return openHalo(tenant.halo, {
    ...{ clock: parts.clock, network: now.value.network, secret: secret.value },
    rest: { http: parts.http, facts },
  })
}

/** A person who pages through a list asks every second; opening a database for each question would cost more than the question. */
const idleMs = 20_000

export type HaloKeeper = {
  /** Works on the tenant's Halo, opened for it or still open from the last question. Faults: those of opening it, and of the work. */
  use<T>(tenant: Tenant, work: (halo: Destination) => Promise<Result<T>>): Promise<Result<T>>
  /** Closes all; what is under way ends first. */
  close(): Promise<void>
}

type Kept = {
  readonly opened: Promise<Result<Destination>>
  users: number
  timer: NodeJS.Timeout | null
}

/**
 * Keeps a Halo open for a short while after a person's question. `open`: opens a tenant's Halo, with its secret. Not for a preview: what a destination
 * remembers of one must not reach the next question.
 */
export function createHaloKeeper(open: (tenant: Tenant) => Promise<Result<Destination>>): HaloKeeper {
  const kept = new Map<string, Kept>()
  const working = new Set<Promise<unknown>>()
  const shut = async (key: string, one: Kept): Promise<void> => {
    if (kept.get(key) === one) kept.delete(key)
    if (one.timer) clearTimeout(one.timer)
    const opened = await one.opened
    if (opened.ok) await opened.value.close()
  }
  const take = (key: string, tenant: Tenant): Kept => {
    const found = kept.get(key)
    if (found) return found
    const made: Kept = { opened: open(tenant), users: 0, timer: null }
    kept.set(key, made)
    return made
  }
  const use: HaloKeeper['use'] = async (tenant, work) => {
    // Another target or tenant is another Halo.
    const key = JSON.stringify([tenant.id, tenant.halo])
    const one = take(key, tenant)
    if (one.timer) clearTimeout(one.timer)
    one.users += 1
    try {
      const opened = await one.opened
      const done = opened.ok ? await work(opened.value) : opened
      // A lost connection, or a new password: the next question opens it anew.
      const isBroken = !opened.ok || (!done.ok && done.fault.side === 'halo')
      if (isBroken && kept.get(key) === one) kept.delete(key)
      return done
    } finally {
      one.users -= 1
      if (one.users === 0) {
        if (kept.get(key) === one) one.timer = later(() => void shut(key, one), idleMs).unref()
        else await shut(key, one)
      }
    }
  }
  return {
    use: async (tenant, work) => {
      const used = use(tenant, work)
      working.add(used)
      try {
        return await used
      } finally {
        working.delete(used)
      }
    },
    close: async () => {
      await Promise.allSettled(working)
      await Promise.all([...kept].map(([key, one]) => shut(key, one)))
    },
  }
}
