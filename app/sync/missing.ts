import { plainPlanner } from '../commerce/planner.ts'
import { resources } from '../commerce/resources/index.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { SourceRow } from '../store/sources.ts'
import type { SyncContext } from './context.ts'
import { completeParts } from './parts.ts'
import { stageRows } from './stage.ts'
import { bringSuppliers } from './suppliers.ts'
import { writeEntity } from './write.ts'

const askAgainMs = 7 * 86_400_000

/**
 * A new quote or order of an old customer brings that customer (and its products) along, though nothing of theirs changed since the
 * tenant was enabled. Reads what the mirror lacks, by id when few and by pages when many, and writes it first. One that Commerce does not
 * know any more is left out; the record that names it then fails or degrades alone.
 */
export async function bringMissing(
  ctx: SyncContext,
  entity: 'quotes' | 'salesOrders',
): Promise<Fault | null> {
  const wanted = collectReferences(ctx, entity)
  const customers = await readMissing(ctx, 'customer', wanted.customers)
  if (customers) return customers
  const written = (await completeParts(ctx, 'customers', new Map())) ?? (await writeEntity(ctx, 'customers'))
  if (written || !ctx.tenant.mapping.createItemsFromQuotes) return written
  const products =
    (await readMissing(ctx, 'product', wanted.products)) ??
    (await completeParts(ctx, 'products', new Map())) ??
    (await bringSuppliers(ctx))
  return products ?? writeEntity(ctx, 'products')
}

type References = { readonly customers: Set<number>; readonly products: Set<number> }

/** Ids that the dirty records name and the mirror lacks. */
function collectReferences(ctx: SyncContext, entity: 'quotes' | 'salesOrders'): References {
  const { sources } = ctx.store
  const root = entity === 'quotes' ? 'quote' : 'salesorder'
  const found: References = { customers: new Set(), products: new Set() }
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const batch = sources.dirtyBatch(ctx.tenant.id, root, after, 500)
    const last = batch.at(-1)
    if (!last) return found
    after = last.id
    const rows = entity === 'quotes' ? batch : batch.filter((row) => isToImport(ctx, row))
    addMissing(
      ctx,
      'customer',
      found.customers,
      rows.map((row) => JSON.parse(row.body).customerID),
    )
    if (!ctx.tenant.mapping.createItemsFromQuotes) continue
    const ids = rows.map((row) => row.id)
    const lines =
      entity === 'quotes'
        ? sources.childrenOf(
            ctx.tenant.id,
            'quoteline',
            sources.childrenOf(ctx.tenant.id, 'quotesection', ids).map((row) => row.id),
          )
        : sources.childrenOf(ctx.tenant.id, 'salesorderline', ids)
    addMissing(
      ctx,
      'product',
      found.products,
      lines.map((row) => JSON.parse(row.body).productID),
    )
  }
}

/** An order in a status that is not imported needs nobody. */
function isToImport(ctx: SyncContext, row: SourceRow): boolean {
  const order = resources.salesorder.schema.safeParse(JSON.parse(row.body)).data
  return order?.status != null && ctx.tenant.mapping.orderStatusesToImport.includes(order.status)
}

function addMissing(
  ctx: SyncContext,
  resource: 'customer' | 'product',
  into: Set<number>,
  values: readonly unknown[],
): void {
  const ids = [...new Set(values.filter((value): value is number => Number.isInteger(value) && value !== 0))]
  const known = ctx.store.sources.existing(ctx.tenant.id, resource, ids)
  for (const id of ids) if (!known.has(id) && !isKnownMissing(ctx, resource, id)) into.add(id)
}

const missingQuirk = (id: number): string => `missing-product:${id}`

/** A product that is gone is asked for once a week, not whenever a quote that names it is mapped again. */
function isKnownMissing(ctx: SyncContext, resource: 'customer' | 'product', id: number): boolean {
  if (resource !== 'product') return false
  const askedAt = ctx.store.watermarks.quirk(ctx.tenant.id, missingQuirk(id))
  const isRecent = askedAt !== null && ctx.clock.now() - Date.parse(askedAt) < askAgainMs
  if (isRecent) ctx.missingProducts.add(id)
  return isRecent
}

function noteMissing(ctx: SyncContext, id: number): void {
  ctx.missingProducts.add(id)
  ctx.store.watermarks.noteQuirk(ctx.tenant.id, missingQuirk(id), new Date(ctx.clock.now()).toISOString())
}

async function readMissing(
  ctx: SyncContext,
  resource: 'customer' | 'product',
  found: ReadonlySet<number>,
): Promise<Fault | null> {
  if (found.size === 0) return null
  // In id order, so that a run that was cut off and goes on later gives them the same places in Halo.
  const ids = new Set([...found].sort((a, b) => a - b))
  ctx.progress.phase('reading', resource === 'customer' ? 'customers' : 'products')
  const listSize = ctx.store.sources.size(ctx.tenant.id, resource)?.rows ?? null
  const plan = plainPlanner.plan({ resource, by: 'id', ids, listSize, isFilterIgnored: false })
  ctx.progress.reading(resource, plan.requests, plan)
  if (plan.way !== 'whole list') return readById(ctx, resource, ids)
  return readByPages(ctx, resource, ids, plan.giveUpAfter)
}

async function readById(
  ctx: SyncContext,
  resource: 'customer' | 'product',
  ids: Set<number>,
): Promise<Fault | null> {
  for (const id of ids) {
    if (ctx.signal.aborted) return fault('cancelled')
    const one = await ctx.commerce.one(resource, id)
    if (one.ok) stageRows(ctx, resource, [one.value])
    else if (one.fault.code === 'not-found' && resource === 'product') noteMissing(ctx, id)
    else if (one.fault.next !== 'stop') return one.fault
  }
  return null
}

/** Reads the whole list, and asks for the rest one by one when it turns out to be longer than that would cost. */
async function readByPages(
  ctx: SyncContext,
  resource: 'customer' | 'product',
  ids: Set<number>,
  giveUpAfter: number | null,
): Promise<Fault | null> {
  const left = new Set(ids)
  let rows = 0
  for await (const page of ctx.commerce.pages(resource, {})) {
    if (ctx.signal.aborted) return fault('cancelled')
    if (!page.ok) return page.fault
    rows += page.value.rows.length
    const wanted = page.value.rows.filter((row) => left.delete(row.id))
    stageRows(ctx, resource, wanted)
    if (page.value.isLast) ctx.store.sources.rememberSize(ctx.tenant.id, resource, rows)
    else if (giveUpAfter !== null && page.value.page >= giveUpAfter) return readById(ctx, resource, left)
  }
  if (resource === 'product') for (const id of left) noteMissing(ctx, id)
  return null
}
