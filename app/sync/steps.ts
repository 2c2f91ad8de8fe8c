import type { ResourceName } from '../commerce/resources/resource.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'
import { type SyncContext, wantsSuppliers } from './context.ts'
import { bringMissing } from './missing.ts'
import { completeParts } from './parts.ts'
import { checkpoint, type ListRead, readList } from './read-list.ts'
import { countListed } from './stage.ts'
import { bringSuppliers } from './suppliers.ts'
import { writeEntity } from './write.ts'

/** What one entity's sync reads: its lists by date, then the parts of what changed, then what it refers to. */
const listsOf: Readonly<Record<Entity, readonly ResourceName[]>> = {
  products: ['category', 'product'],
  customers: ['customer', 'contact', 'customeraddress'],
  quotes: ['quote'],
  salesOrders: ['salesorder', 'salesorderline'],
}

const withSuppliers: readonly ResourceName[] = [...listsOf.products, 'productsupplier', 'supplier']

/**
 * Syncs one entity: read, write, checkpoint. The watermarks move only when everything was written (or kept as a failure); any fault
 * before that leaves them where they are, and the next run repeats the work without harm.
 */
export async function syncEntity(ctx: SyncContext, entity: Entity): Promise<Fault | null> {
  ctx.progress.phase('reading', entity)
  const lists: ListRead[] = []
  const names = entity === 'products' && wantsSuppliers(ctx) ? withSuppliers : listsOf[entity]
  const sinceBefore = new Map(names.map((resource) => [resource, sinceOf(ctx, resource)]))
  for (const resource of names) {
    const read = await readList(ctx, resource)
    if (!read.ok) return read.fault
    lists.push(read.value)
  }
  const trouble = await completeAndWrite(ctx, entity, sinceBefore)
  if (trouble) return trouble
  countListed(ctx, entity)
  ctx.progress.phase('checkpoint', entity)
  checkpoint(ctx, lists)
  return null
}

const sinceOf = (ctx: SyncContext, resource: ResourceName): string =>
  ctx.store.watermarks.get(ctx.tenant.id, resource)?.since ?? ctx.tenant.syncFrom

/** Reads the missing parts of an entity's dirty records and what they refer to, and writes them: customers and products before those that name them. */
export async function completeAndWrite(
  ctx: SyncContext,
  entity: Entity,
  sinceBefore: ReadonlyMap<ResourceName, string> = new Map(),
): Promise<Fault | null> {
  const parts = await completeParts(ctx, entity, sinceBefore)
  if (parts) return parts
  if (entity === 'products') {
    const suppliers = await bringSuppliers(ctx)
    if (suppliers) return suppliers
  }
  if (entity === 'quotes' || entity === 'salesOrders') {
    const missing = await bringMissing(ctx, entity)
    if (missing) return missing
  }
  if (ctx.signal.aborted) return fault('cancelled')
  return writeEntity(ctx, entity)
}
