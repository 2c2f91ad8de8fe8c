import type { Fault } from '../model/fault.ts'
import { entities } from '../model/tenant.ts'
import type { SyncContext } from './context.ts'
import { rootOf } from './prepare.ts'
import { countListed, stageRows } from './stage.ts'
import { completeAndWrite } from './steps.ts'

/**
 * Reads the lists of the tenant's entities whole and marks what is gone from Commerce; nothing is deleted in Halo. Changes that a
 * watermark missed are written too. Records never synced, and older than the tenant's `syncFrom`, stay out: a reconcile brings no history.
 */
export async function reconcile(ctx: SyncContext): Promise<Fault | null> {
  for (const entity of entities.filter((one) => ctx.tenant.entities.includes(one))) {
    const resource = rootOf[entity]
    ctx.progress.phase('reading', entity)
    const size = ctx.store.sources.size(ctx.tenant.id, resource)?.rows ?? 0
    ctx.progress.reading(resource, Math.max(1, Math.ceil(size / 100)))
    let rows = 0
    for await (const page of ctx.commerce.pages(resource, {})) {
      if (!page.ok) return page.fault
      const known = ctx.store.sources.existing(
        ctx.tenant.id,
        resource,
        page.value.rows.map((row) => row.id),
      )
      const wanted = page.value.rows.filter(
        (row) => known.has(row.id) || (row.modifiedAt ?? '') >= ctx.tenant.syncFrom,
      )
      stageRows(ctx, resource, wanted)
      rows += page.value.rows.length
      ctx.progress.read(page.value.rows.length)
    }
    ctx.store.sources.rememberSize(ctx.tenant.id, resource, rows)
    ctx.store.inTransaction(() => {
      const gone = ctx.store.sources.markGone(ctx.tenant.id, resource, ctx.runId)
      ctx.store.records.markRecordsGone(ctx.tenant.id, entity, gone)
    })
    const trouble = await completeAndWrite(ctx, entity)
    if (trouble) return trouble
    countListed(ctx, entity)
  }
  return null
}
