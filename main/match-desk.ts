import type { CustomerLink, Destination, LinkOutcome, Owner } from '../app/halo/destination.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { UnlinkedClient } from '../app/model/match-customers.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { Window } from './api/port.ts'
import type { HaloKeeper } from './halo-keeper.ts'
import { keepLooks } from './match-keep.ts'
import {
  type ConfirmedMatch,
  linkedPairs,
  linksToTakeBack,
  noteLinks,
  noteTakenBack,
  pairsOfLinks,
} from './match-links.ts'
import { findClients, type MatchCounts, type MatchQuery, type MatchRow, windowOf } from './match-list.ts'
import { cannotMatch } from './match-look.ts'

/** `sure`: [customer, client] of those that can be linked at a glance. `links`: made by a person, and no sync has used them yet. */
type MatchSummary = {
  readonly comparedAt: string
  readonly counts: MatchCounts
  readonly sure: readonly (readonly [commerceId: number, haloId: number])[]
  readonly links: { readonly auditIds: readonly number[]; readonly customers: number }
}

/** `auditId`: takes them back; null when nothing was linked. */
type Confirmed = { readonly outcomes: readonly LinkOutcome[]; readonly auditId: number | null }

/** Customers that Halo has already, but without a link: proposed, and linked when a person confirms. What was compared is kept for some minutes. */
export type MatchDesk = {
  /** `isAnew`: asks Halo again. */
  look(tenantId: number, isAnew: boolean): Promise<Result<MatchSummary>>
  /** How many customers look like a client and nobody has decided about. `first sync`: 0 without asking Halo where a sync has written customers already. */
  alike(tenantId: number, when: 'always' | 'first sync'): Promise<Result<{ readonly customers: number }>>
  list(
    tenantId: number,
    query: MatchQuery,
    window: Window,
  ): Promise<Result<{ readonly rows: readonly MatchRow[]; readonly total: number }>>
  /** Clients without a link that contain the text, a few. */
  clients(tenantId: number, search: string): Promise<Result<readonly UnlinkedClient[]>>
  /** Links each pair by itself; a pair that cannot be is said in its outcome. Noted in the audit trail. */
  confirm(tenantId: number, pairs: readonly ConfirmedMatch[]): Promise<Result<Confirmed>>
  /** Takes links back that no sync has used yet; `left`: those that one has. already-running while a run may be using them. */
  undo(
    tenantId: number,
    auditIds: readonly number[],
  ): Promise<Result<{ readonly takenBack: number; readonly left: number }>>
  /** A person says that these are no clients yet, or takes that back. */
  setNew(
    tenantId: number,
    commerceIds: readonly number[],
    isNew: boolean,
  ): Promise<Result<{ readonly count: number }>>
  /** A run has ended: what was compared no longer holds. */
  forget(tenantId: number): void
}

type MatchDeskParts = {
  readonly store: Store
  readonly clock: Clock
  readonly halos: HaloKeeper
  readonly isBusy: (tenantId: number) => boolean
  readonly onChange: () => void
  /** For the audit trail. */
  readonly who: string
}

type Open = { readonly halo: Destination; readonly tenant: Tenant }

export function createMatchDesk(parts: MatchDeskParts): MatchDesk {
  const { store, clock, halos } = parts
  const at = <T>(tenantId: number, work: (open: Open) => Promise<Result<T>>): Promise<Result<T>> => {
    const tenant = store.tenants.get(tenantId)
    if (!tenant) return Promise.resolve(fail(fault('tenant-unknown', { facts: { id: tenantId } })))
    return halos.use(tenant, (halo) => work({ halo, tenant }))
  }
  const looks = keepLooks(store, clock, at)
  return {
    look: async (tenantId, isAnew) => {
      if (isAnew) looks.forget(tenantId)
      const kept = await looks.of(tenantId)
      if (!kept.ok) return kept
      const { rows, counts } = kept.value.all()
      const sure = rows.flatMap(({ commerceId, sureness, isNew, candidates: [first] }) =>
        sureness === 'sure' && !isNew && first ? [[commerceId, first.haloId] as const] : [],
      )
      return ok({ comparedAt: kept.value.comparedAt, counts, sure, links: linksToTakeBack(store, tenantId) })
    },
    alike: async (tenantId, when) => {
      const isSynced = when === 'first sync' && store.records.counts(tenantId).customers > 0
      if (isSynced || !store.unlinked.isAny(tenantId)) return ok({ customers: 0 })
      const kept = await looks.of(tenantId)
      return kept.ok ? ok({ customers: kept.value.all().counts.alike }) : kept
    },
    list: async (tenantId, query, window) => {
      const kept = await looks.of(tenantId)
      return kept.ok ? ok(windowOf(kept.value.chosen(query), window)) : kept
    },
    clients: async (tenantId, search) => {
      const kept = await looks.of(tenantId)
      return kept.ok ? ok(findClients(kept.value.look.clients, search)) : kept
    },
    confirm: async (tenantId, pairs) => {
      const confirmed = await at(tenantId, (open) => confirm(parts, open, pairs))
      if (confirmed.ok) await looks.without(tenantId, linkedPairs(confirmed.value.outcomes))
      return confirmed
    },
    undo: async (tenantId, auditIds) => {
      const undone = await at(tenantId, (open) => undo(parts, open, auditIds))
      looks.forget(tenantId)
      return undone
    },
    setNew: async (tenantId, commerceIds, isNew) => {
      if (!store.tenants.get(tenantId)) return fail(fault('tenant-unknown', { facts: { id: tenantId } }))
      const ids = store.unlinked.newOnes(tenantId)
      for (const id of commerceIds) {
        if (isNew) ids.add(id)
        else ids.delete(id)
      }
      store.unlinked.setNewOnes(tenantId, ids)
      await looks.renew(tenantId)
      parts.onChange()
      return ok({ count: commerceIds.length })
    },
    forget: looks.forget,
  }
}

async function confirm(
  parts: MatchDeskParts,
  { halo, tenant }: Open,
  pairs: readonly ConfirmedMatch[],
): Promise<Result<Confirmed>> {
  if (!halo.linkCustomers) return fail(cannotMatch)
  const owner = await halo.owner(tenant.instanceUrl)
  if (!owner.ok) return owner
  // The link into Commerce comes with the next sync of the customer, made from the tenant's template.
  const links = pairs.map(({ commerceId, haloId }): CustomerLink => ({ commerceId, haloId, url: '' }))
  const linked = await halo.linkCustomers(owner.value, links)
  if (!linked.ok) return linked
  const auditId = noteLinks(parts, tenant.id, linkedPairs(linked.value))
  if (auditId !== null) parts.onChange()
  return ok({ outcomes: linked.value, auditId })
}

async function undo(
  parts: MatchDeskParts,
  { halo, tenant }: Open,
  auditIds: readonly number[],
): Promise<Result<{ takenBack: number; left: number }>> {
  if (!halo.unlinkCustomers) return fail(cannotMatch)
  if (parts.isBusy(tenant.id)) return fail(fault('already-running', { facts: { name: tenant.name } }))
  const pairs = pairsOfLinks(parts.store, tenant.id, auditIds)
  if (!pairs) return fail(fault('input-invalid', { facts: { problem: 'this change is not in the history' } }))
  const owner = await halo.owner(tenant.instanceUrl)
  if (!owner.ok) return owner
  const used = parts.store.unlinked.linkedAmong(
    tenant.id,
    pairs.map(({ commerceId }) => commerceId),
  )
  const free = pairs.filter(({ commerceId }) => !used.has(commerceId))
  const freed = await unlink(halo, owner.value, free)
  if (!freed.ok) return freed
  const takenBack = linkedPairs(freed.value)
  noteTakenBack(parts, tenant.id, auditIds, takenBack)
  parts.onChange()
  return ok({ takenBack: takenBack.length, left: pairs.length - takenBack.length })
}

const unlink = async (
  halo: Destination,
  owner: Owner,
  pairs: readonly ConfirmedMatch[],
): Promise<Result<readonly LinkOutcome[]>> =>
  pairs.length === 0 ? ok([]) : ((await halo.unlinkCustomers?.(owner, pairs)) ?? fail(cannotMatch))
