import { type Fault, ok, type Result } from '../model/fault.ts'
import { type Entity, entities } from '../model/tenant.ts'
import type { SyncContext } from './context.ts'
import { noteBroken } from './failing.ts'
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
    ctx.progress.reading(resource, Math.max(1, Math.ceil(size / 100)), { way: 'whole list' })
    const read = await readWhole(ctx, entity)
    if (!read.ok) return read.fault
    ctx.store.sources.rememberSize(ctx.tenant.id, resource, read.value)
    const trouble = (await markGone(ctx, entity)) ?? (await completeAndWrite(ctx, entity))
    if (trouble) return trouble
    countListed(ctx, entity)
  }
  return null
}

/** Stages what is ours of a whole list. Answers how many rows it has. */
async function readWhole(ctx: SyncContext, entity: Entity): Promise<Result<number>> {
  const resource = rootOf[entity]
  const { sources } = ctx.store
  let size = 0
  for await (const page of ctx.commerce.pages(resource, {})) {
    if (!page.ok) return page
    const { rows, bad } = page.value
    const ids = rows.map((row) => row.id)
    const known = sources.existing(ctx.tenant.id, resource, ids)
    const wanted = rows.filter((row) => known.has(row.id) || (row.modifiedAt ?? '') >= ctx.tenant.syncFrom)
    stageRows(ctx, resource, wanted)
    // A broken record is still there: what the mirror has of it counts as seen.
    const broken = sources.getMany(
      ctx.tenant.id,
      resource,
      bad.flatMap((row) => row.id ?? []),
    )
    sources.putPage(ctx.tenant.id, resource, broken, ctx.runId, { marksChildren: false })
    const mirrored = new Set(broken.map((row) => row.id))
    for (const row of bad) if (mirrored.has(row.id ?? 0)) noteBroken(ctx, resource, row)
    size += rows.length + bad.length
    ctx.progress.read(rows.length)
  }
  return ok(size)
}

/** So many are asked for one by one before they count as gone. */
const fewIds = 50

/**
 * Marks what the list did not bring. A record that went while the list was read moves the ones behind it to a page that was passed already, so
 * each one missed is asked for by its id; only when they are too many for that, the list is believed.
 */
async function markGone(ctx: SyncContext, entity: Entity): Promise<Fault | null> {
  const resource = rootOf[entity]
  const { sources, records } = ctx.store
  const missed = ctx.store.inTransaction(() => {
    const gone = sources.markGone(ctx.tenant.id, resource, ctx.runId)
    if (gone.length > fewIds) records.markRecordsGone(ctx.tenant.id, entity, gone)
    return gone
  })
  if (missed.length > fewIds) return null
  for (const id of missed) {
    const one = await ctx.commerce.one(resource, id)
    if (one.ok) stageRows(ctx, resource, [one.value])
    else if (one.fault.code === 'not-found') records.markRecordsGone(ctx.tenant.id, entity, [id])
    else if (one.fault.next !== 'stop') return one.fault
  }
  return null
}
