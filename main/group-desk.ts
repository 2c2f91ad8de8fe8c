import { z } from 'zod'
import type { Destination, Owner } from '../app/halo/destination.ts'
import type { HaloGroup, HaloItem, ItemQuery, MovedItems, ProductGroups } from '../app/halo/product-groups.ts'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import type { HaloKeeper } from './halo-keeper.ts'

/** More in one step would make one very long transaction, and one very long line in the audit trail. */
export const mostMoved = 5_000
const windowRows = 500

/** A product with whether a person put it where it is. */
type ArrangedItem = HaloItem & { readonly isChosen: boolean }
type ArrangedItems = { readonly rows: readonly ArrangedItem[]; readonly total: number }
/** `groupId` as a source means: all of this tenant's products in it. */
type WhatToMove = { readonly haloIds: readonly number[] } | { readonly groupId: number }
/** `auditId` undoes it; null when nothing was moved. */
export type Moved = { readonly moved: number; readonly gone: number; readonly auditId: number | null }

/** Product groups of a tenant's Halo, for a person: looked at, made, renamed, filled. Each change is in the audit trail. */
export type GroupDesk = {
  list(tenantId: number): Promise<Result<readonly HaloGroup[]>>
  items(tenantId: number, query: Omit<ItemQuery, 'owner'>): Promise<Result<ArrangedItems>>
  /** Faults: name-taken, and Halo's. */
  add(tenantId: number, name: string): Promise<Result<{ readonly id: number }>>
  rename(tenantId: number, id: number, name: string): Promise<Result<{ readonly was: string }>>
  /** Moves now, and for good: no later sync moves them back. input-invalid when there are more than `mostMoved`. */
  move(tenantId: number, what: WhatToMove, groupId: number): Promise<Result<Moved>>
  /** Puts what a move moved back to where it was, and who decides about it back to who did. */
  undoMove(tenantId: number, auditId: number): Promise<Result<{ readonly moved: number }>>
  /** The mapping of their categories decides about these products again, from the next run on. */
  release(tenantId: number, commerceIds: readonly number[]): Promise<Result<{ readonly released: number }>>
}

type GroupDeskParts = {
  readonly store: Store
  readonly halos: HaloKeeper
  readonly onChange: () => void
  /** For the audit trail. */
  readonly who: string
}

type Open = { readonly tenant: Tenant; readonly groups: ProductGroups; readonly owner: Owner }

export function createGroupDesk(parts: GroupDeskParts): GroupDesk {
  const { store, halos } = parts
  const at = <T>(tenantId: number, work: (open: Open) => Promise<Result<T>>): Promise<Result<T>> => {
    const tenant = store.tenants.get(tenantId)
    if (!tenant) return Promise.resolve(fail(fault('tenant-unknown', { facts: { id: tenantId } })))
    return halos.use(tenant, (halo) => withGroups(halo, tenant, work))
  }
  return {
    list: (tenantId) => at(tenantId, ({ groups, owner }) => groups.list(owner)),
    items: (tenantId, query) => at(tenantId, (open) => itemsOf(parts, open, query)),
    add: (tenantId, name) => at(tenantId, (open) => add(parts, open, name)),
    rename: (tenantId, id, name) => at(tenantId, (open) => rename(parts, open, id, name)),
    move: (tenantId, what, groupId) => at(tenantId, (open) => move(parts, open, what, groupId)),
    undoMove: (tenantId, auditId) => at(tenantId, (open) => undoMove(parts, open, auditId)),
    release: async (tenantId, commerceIds) => release(parts, tenantId, commerceIds),
  }
}

async function withGroups<T>(
  halo: Destination,
  tenant: Tenant,
  work: (open: Open) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!halo.groups)
    return fail(
      fault('halo-error', { raw: 'The product groups of this kind of Halo cannot be arranged from here.' }),
    )
  // A preview only looks: before the first sync there may be no such owner, and then nothing is its.
  const owner = await halo.owner(tenant.instanceUrl, 'preview')
  return owner.ok ? work({ tenant, groups: halo.groups, owner: owner.value }) : owner
}

async function itemsOf(
  { store }: GroupDeskParts,
  { tenant, groups, owner }: Open,
  query: Omit<ItemQuery, 'owner'>,
): Promise<Result<ArrangedItems>> {
  const found = await groups.items({ ...query, owner })
  if (!found.ok) return found
  const ids = found.value.rows.flatMap(({ commerceId }) => commerceId ?? [])
  const chosen = store.groupChoices.of(tenant.id, ids)
  const rows = found.value.rows.map((row) => ({
    ...row,
    isChosen: row.commerceId !== null && chosen.has(row.commerceId),
  }))
  return ok({ rows, total: found.value.total })
}

async function add(parts: GroupDeskParts, { tenant, groups }: Open, name: string) {
  const added = await groups.add(name)
  if (added.ok) note(parts, tenant.id, 'product group added', null, { id: added.value.id, name })
  return added
}

/** The default group goes by its name where no number is set: after a renaming it goes by its number, or the next run would make another. */
async function rename(parts: GroupDeskParts, { tenant, groups }: Open, id: number, name: string) {
  const renamed = await groups.rename(id, name)
  if (!renamed.ok) return renamed
  const { was } = renamed.value
  note(parts, tenant.id, 'product group renamed', { id, name: was }, { id, name })
  if (was.trim().toLowerCase() === defaultGroupName.toLowerCase()) pinDefaultGroup(parts, tenant, id)
  return renamed
}
/** What every kind of Halo calls the group of products that no mapping places. */
const defaultGroupName = 'Datto Commerce'

function pinDefaultGroup(parts: GroupDeskParts, { halo }: Tenant, id: number): void {
  const place = JSON.stringify(halo)
  for (const tenant of parts.store.tenants.list()) {
    if (JSON.stringify(tenant.halo) !== place || tenant.mapping.defaultGroup !== null) continue
    const mapping = { ...tenant.mapping, defaultGroup: id }
    const changed = parts.store.tenants.update(tenant.id, { mapping })
    if (changed.ok) note(parts, tenant.id, 'tenant changed', tenant, changed.value)
  }
}

async function move(
  parts: GroupDeskParts,
  open: Open,
  what: WhatToMove,
  groupId: number,
): Promise<Result<Moved>> {
  const ids = 'haloIds' in what ? ok(what.haloIds) : await idsIn(open, what.groupId)
  if (!ids.ok) return ids
  if (ids.value.length > mostMoved)
    return fail(
      fault('input-invalid', {
        facts: { problem: `at most ${mostMoved} products can be moved in one step` },
      }),
    )
  const { tenant, groups, owner } = open
  const done = await groups.move(owner, ids.value, groupId)
  if (!done.ok) return done
  const { from, gone } = done.value
  if (from.length === 0) return ok({ moved: 0, gone: gone.length, auditId: null })
  const commerceIds = from.flatMap(({ commerceId }) => commerceId ?? [])
  const chosen = parts.store.groupChoices.of(tenant.id, commerceIds)
  const auditId = parts.store.inTransaction(() => {
    parts.store.groupChoices.set(
      tenant.id,
      commerceIds.map((commerceId) => ({ commerceId, groupId })),
    )
    const before = from.map((one) => [
      one.haloId,
      one.commerceId,
      one.groupId,
      chosen.get(one.commerceId ?? 0) ?? null,
    ])
    return parts.store.audit.add({
      who: parts.who,
      what: movedProducts,
      tenantId: tenant.id,
      before: { products: before },
      after: { groupId },
    })
  })
  parts.onChange()
  return ok({ moved: from.length, gone: gone.length, auditId })
}

async function idsIn({ groups, owner }: Open, groupId: number): Promise<Result<number[]>> {
  const ids: number[] = []
  for (;;) {
    const page = await groups.items({
      ...{ owner, groupId, search: '', sort: 'name', isDescending: false },
      offset: ids.length,
      limit: windowRows,
    })
    if (!page.ok) return page
    ids.push(...page.value.rows.map(({ haloId }) => haloId))
    if (page.value.rows.length < windowRows || ids.length > mostMoved) return ok(ids)
  }
}

const movedProducts = 'products moved'
const idOrNone = z.int().nullable()
/** [Halo id, Commerce id, group before, group chosen before] of each product. */
const movedSchema = z.object({ products: z.array(z.tuple([z.int(), idOrNone, idOrNone, idOrNone])) })

async function undoMove(
  parts: GroupDeskParts,
  { tenant, groups, owner }: Open,
  auditId: number,
): Promise<Result<{ moved: number }>> {
  const row = parts.store.audit.get(auditId)
  const before =
    row?.tenantId === tenant.id && row.what === movedProducts ? movedSchema.safeParse(row.before).data : null
  if (!before)
    return fail(fault('input-invalid', { facts: { problem: 'this change is not in the history' } }))
  const byGroup = Map.groupBy(before.products, ([, , groupId]) => groupId)
  let moved = 0
  for (const [groupId, products] of byGroup) {
    // Products that were in no group have none to go back to.
    if (groupId === null) continue
    const done = await groups.move(
      owner,
      products.map(([haloId]) => haloId),
      groupId,
    )
    if (!done.ok) return done
    moved += restore(parts, tenant.id, done.value, products)
  }
  note(parts, tenant.id, 'products moved back', null, { auditId, moved })
  return ok({ moved })
}

type Before = z.infer<typeof movedSchema>['products'][number]

function restore(
  parts: GroupDeskParts,
  tenantId: number,
  { from }: MovedItems,
  products: readonly Before[],
): number {
  const chosen = new Map(products.flatMap(([, id, , group]) => (id === null ? [] : [[id, group] as const])))
  const ids = from.flatMap(({ commerceId }) =>
    commerceId !== null && chosen.has(commerceId) ? [commerceId] : [],
  )
  parts.store.groupChoices.set(
    tenantId,
    ids.map((commerceId) => ({ commerceId, groupId: chosen.get(commerceId) ?? null })),
  )
  return from.length
}

function release(parts: GroupDeskParts, tenantId: number, commerceIds: readonly number[]) {
  const chosen = parts.store.groupChoices.of(tenantId, commerceIds)
  const ids = [...chosen.keys()]
  if (ids.length === 0) return ok({ released: 0 })
  parts.store.groupChoices.set(
    tenantId,
    ids.map((commerceId) => ({ commerceId, groupId: null })),
  )
  note(parts, tenantId, 'products follow their category', { products: [...chosen] }, null)
  return ok({ released: ids.length })
}

function note(parts: GroupDeskParts, tenantId: number, what: string, before: unknown, after: unknown): void {
  parts.store.audit.add({ who: parts.who, what, tenantId, before, after })
  parts.onChange()
}
