import { type Fault, fault } from '../model/fault.ts'
import { type SyncContext, wantsSuppliers } from './context.ts'
import { stageRows } from './stage.ts'

/**
 * Reads Commerce's suppliers when a dirty product names one that the mirror lacks: all of them, because they are few, and older than the
 * tenant as a rule.
 */
export async function bringSuppliers(ctx: SyncContext): Promise<Fault | null> {
  if (!wantsSuppliers(ctx) || !lacksSupplier(ctx)) return null
  ctx.progress.reading('supplier', 1)
  for await (const page of ctx.commerce.pages('supplier', {})) {
    if (ctx.signal.aborted) return fault('cancelled')
    if (!page.ok) return page.fault
    if (!page.value.isLast) ctx.progress.reading('supplier', 1)
    stageRows(ctx, 'supplier', page.value.rows)
    ctx.progress.read(page.value.rows.length)
  }
  return null
}

function lacksSupplier({ store, tenant }: SyncContext): boolean {
  const { sources } = store
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const products = sources.dirtyIds(tenant.id, 'product', after, 500)
    const last = products.at(-1)
    if (last === undefined) return false
    after = last
    const named = sources
      .childrenOf(tenant.id, 'productsupplier', products)
      .map((row): unknown => JSON.parse(row.body).supplierID)
    const ids = [...new Set(named.filter((id): id is number => Number.isInteger(id) && id !== 0))]
    if (sources.existing(tenant.id, 'supplier', ids).size < ids.length) return true
  }
}
