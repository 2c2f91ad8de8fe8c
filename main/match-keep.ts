import { setTimeout as later } from 'node:timers'
import type { Destination } from '../app/halo/destination.ts'
import { ok, type Result } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { ConfirmedMatch } from './match-links.ts'
import {
  chosenRows,
  countsOf,
  type MatchCounts,
  type MatchQuery,
  type MatchRow,
  rowsOf,
} from './match-list.ts'
import { lookWithout, type MatchLook, makeLook } from './match-look.ts'

/** A comparison that is kept, with what was last asked of it. */
type KeptLook = {
  readonly look: MatchLook
  readonly comparedAt: string
  readonly all: () => { readonly rows: readonly MatchRow[]; readonly counts: MatchCounts }
  /** All rows of a query; its windows are parts of one answer. */
  readonly chosen: (query: MatchQuery) => readonly MatchRow[]
}

type At = <T>(
  tenantId: number,
  work: (open: { readonly halo: Destination; readonly tenant: Tenant }) => Promise<Result<T>>,
) => Promise<Result<T>>

/** A comparison asks Halo for all its clients, which a person who pages through a list must not wait for each time. */
const keptMs = 600_000

/** The comparisons of the last minutes, one a tenant. */
export function keepLooks(store: Store, clock: Clock, at: At) {
  const kept = new Map<string, Promise<Result<KeptLook>>>()
  /** Another Halo is another comparison. */
  const keyOf = (tenantId: number): string => JSON.stringify([tenantId, store.tenants.get(tenantId)?.halo])
  const keep = (tenantId: number, made: Promise<Result<KeptLook>>): Promise<Result<KeptLook>> => {
    const key = keyOf(tenantId)
    kept.set(key, made)
    const drop = (): void => {
      if (kept.get(key) === made) kept.delete(key)
    }
    // Trouble of the moment is not remembered.
    void made.then((result) => result.ok || drop(), drop)
    later(drop, keptMs).unref()
    return made
  }
  const keptLook = (
    tenantId: number,
    look: MatchLook,
    comparedAt = new Date(clock.now()).toISOString(),
  ): KeptLook => {
    let all: ReturnType<KeptLook['all']> | null = null
    let last: { readonly key: string; readonly rows: readonly MatchRow[] } | null = null
    const allOf = (): ReturnType<KeptLook['all']> => {
      if (all) return all
      const rows = rowsOf(look, store.unlinked.newOnes(tenantId))
      all = { rows, counts: countsOf(rows) }
      return all
    }
    return {
      look,
      comparedAt,
      all: allOf,
      chosen: (query) => {
        const key = JSON.stringify(query)
        if (last?.key !== key) last = { key, rows: chosenRows(allOf().rows, query) }
        return last.rows
      },
    }
  }
  const forget = (tenantId: number): void => void kept.delete(keyOf(tenantId))
  const then = async (tenantId: number, change: (look: MatchLook) => MatchLook | Promise<MatchLook>) => {
    const found = await kept.get(keyOf(tenantId))
    if (!found?.ok) return
    const look = await change(found.value.look)
    await keep(tenantId, Promise.resolve(ok(keptLook(tenantId, look, found.value.comparedAt))))
  }
  return {
    of: (tenantId: number): Promise<Result<KeptLook>> =>
      kept.get(keyOf(tenantId)) ??
      keep(
        tenantId,
        at(tenantId, async ({ halo, tenant }) => {
          const look = await makeLook(store, halo, tenant)
          return look.ok ? ok(keptLook(tenantId, look.value)) : look
        }),
      ),
    forget,
    /** Some are linked by now: Halo need not be asked again. */
    without: (tenantId: number, linked: readonly ConfirmedMatch[]): Promise<void> =>
      linked.length === 0 ? Promise.resolve() : then(tenantId, (look) => lookWithout(look, linked)),
    /** What a person has said about customers has changed. */
    renew: (tenantId: number): Promise<void> => then(tenantId, (look) => look),
  }
}
