import type { CommerceRow } from '../commerce/client.ts'
import type { ResourceName } from '../commerce/resources/resource.ts'
import type { Entity } from '../model/tenant.ts'
import { type SyncContext, wantsSuppliers } from './context.ts'

/**
 * Puts rows into the mirror. A changed part makes the record that it belongs to dirty.
 * New customers, and new or changed quotes and orders, are marked as needing their parts.
 */
export function stageRows(ctx: SyncContext, resource: ResourceName, rows: readonly CommerceRow[]): void {
  if (rows.length === 0) return
  const { store, tenant } = ctx
  const ids = rows.map((row) => row.id)
  const known = store.sources.existing(tenant.id, resource, ids)
  const added = ids.filter((id) => !known.has(id))
  const changed = store.inTransaction(() => {
    const put = store.sources.putPage(
      tenant.id,
      resource,
      rows.map((row) => ({
        id: row.id,
        parentId: row.parentId,
        modifiedAt: row.modifiedAt,
        body: JSON.stringify(row.raw),
      })),
      ctx.runId,
      { marksChildren: resource === 'quote' || resource === 'salesorder' },
    )
    const bringsParts = resource === 'customer' || (resource === 'product' && wantsSuppliers(ctx))
    if (bringsParts) store.sources.markNeedsChildren(tenant.id, resource, added)
    touchOwners(
      ctx,
      resource,
      rows.filter((row) => put.ids.includes(row.id)).map((row) => row.parentId ?? 0),
    )
    touchOwners(ctx, resource, put.formerParents)
    // A category that moved takes the group of its products along, a supplier its name.
    const isFelt = resource === 'category' ? put.ids.length > 0 : put.changed > 0
    if (isShared(resource) && isFelt) store.sources.dirtyAll(tenant.id, 'product')
    if (isPart(resource) || isShared(resource)) store.sources.clean(tenant.id, resource, put.ids)
    return new Set(put.ids)
  })
  for (const id of ids) if (!changed.has(id)) noteListed(ctx, resource, id)
}

/** Which record a part belongs to. A quote line belongs to its quote by way of its section. */
export const ownerOf = {
  contact: 'customer',
  customeraddress: 'customer',
  quotesection: 'quote',
  quoteline: 'quotesection',
  salesorderline: 'salesorder',
  productsupplier: 'product',
} as const satisfies Partial<Record<ResourceName, ResourceName>>

const isShared = (resource: ResourceName): boolean => resource === 'category' || resource === 'supplier'
const isPart = (resource: ResourceName): resource is keyof typeof ownerOf => resource in ownerOf

function touchOwners(ctx: SyncContext, part: ResourceName, parentIds: readonly number[]): void {
  if (!isPart(part) || parentIds.length === 0) return
  const owner = ownerOf[part]
  if (owner !== 'quotesection') ctx.store.sources.markDirty(ctx.tenant.id, owner, parentIds)
  else touchOwners(ctx, owner, quotesOf(ctx, parentIds))
}

/** The quotes that these sections belong to. */
export function quotesOf(ctx: SyncContext, sectionIds: readonly number[]): number[] {
  return ctx.store.sources.getMany(ctx.tenant.id, 'quotesection', sectionIds).map((row) => row.parentId ?? 0)
}

const entityOf: Partial<Record<ResourceName, Entity>> = {
  product: 'products',
  customer: 'customers',
  quote: 'quotes',
  salesorder: 'salesOrders',
}

function noteListed(ctx: SyncContext, resource: ResourceName, id: number): void {
  const entity = entityOf[resource]
  if (!entity) return
  const ids = ctx.listed.get(entity) ?? new Set()
  ctx.listed.set(entity, ids.add(id))
}

/** What was listed and not written is unchanged. */
export function countListed(ctx: SyncContext, entity: Entity): void {
  for (const _ of ctx.listed.get(entity) ?? []) ctx.progress.count(entity, 'unchanged')
  ctx.listed.delete(entity)
}
