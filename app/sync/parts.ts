import { type PartName, type PartsEvent, readParts, readQuoteParts } from '../commerce/children.ts'
import { plainPlanner } from '../commerce/planner.ts'
import type { ResourceName } from '../commerce/resources/resource.ts'
import { readDate } from '../model/dates.ts'
import { type Fault, type FaultCode, fault, type Result } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'
import { type SyncContext, wantsSuppliers } from './context.ts'
import { noteBroken } from './failing.ts'
import { rootOf } from './prepare.ts'
import { ownerOf, stageRows } from './stage.ts'

/** The parts of an entity's records that are read by parent; those of quotes are sections, and their lines. */
const partsOfEntity: Readonly<Record<Exclude<Entity, 'quotes'>, readonly PartName[]>> = {
  products: ['productsupplier'],
  customers: ['contact', 'customeraddress'],
  salesOrders: ['salesorderline'],
}

/**
 * Reads the parts of the records that need them: of every new or changed quote; of orders and customers only when they are older than
 * what the dated lists of their parts have just brought (`sinceBefore`), because then some of their parts are, too.
 */
export async function completeParts(
  ctx: SyncContext,
  entity: Entity,
  sinceBefore: ReadonlyMap<ResourceName, string>,
): Promise<Fault | null> {
  if (entity === 'products' && !wantsSuppliers(ctx)) return null
  const parents = needing(ctx, entity)
  if (entity === 'quotes') return parents.size === 0 ? null : readQuotes(ctx, new Set(parents.keys()))
  for (const resource of partsOfEntity[entity]) {
    const since = sinceBefore.get(resource)
    const older = [...parents].filter(([, createdAt]) => since === undefined || createdAt < since)
    if (older.length === 0) continue
    const parentIds = new Set(older.map(([id]) => id))
    const wanted = {
      resource,
      parentIds,
      listSize: listSize(ctx, resource),
      isFilterIgnored: isFilterIgnored(ctx, resource),
    }
    const trouble = await take(ctx, readParts(ctx.commerce, plainPlanner, wanted))
    if (trouble) return trouble
    // Parts that Commerce does not list any more go from their record.
    ctx.store.sources.dropUnseen(ctx.tenant.id, resource, [...parentIds], ctx.runId)
  }
  ctx.store.sources.childrenRead(ctx.tenant.id, rootOf[entity], [...parents.keys()])
  return null
}

async function readQuotes(ctx: SyncContext, quoteIds: ReadonlySet<number>): Promise<Fault | null> {
  const trouble = await take(
    ctx,
    readQuoteParts(ctx.commerce, plainPlanner, {
      quoteIds,
      listSize: (name) => listSize(ctx, name),
      isFilterIgnored: (name) => isFilterIgnored(ctx, name),
    }),
  )
  if (trouble) return trouble
  const { sources } = ctx.store
  for (const ids of chunks([...quoteIds], 500)) {
    sources.dropUnseen(ctx.tenant.id, 'quotesection', ids, ctx.runId)
    const sections = sources.childrenOf(ctx.tenant.id, 'quotesection', ids)
    sources.dropUnseen(
      ctx.tenant.id,
      'quoteline',
      sections.map((row) => row.id),
      ctx.runId,
    )
    sources.childrenRead(ctx.tenant.id, 'quote', ids)
  }
  return null
}

/** Stages what comes, and remembers what was learned about the server. */
async function take(ctx: SyncContext, events: AsyncGenerator<Result<PartsEvent>>): Promise<Fault | null> {
  const { store, tenant, progress } = ctx
  for await (const event of events) {
    if (ctx.signal.aborted) return fault('cancelled')
    if (!event.ok) return event.fault
    const said = event.value
    if (said.kind === 'plan') progress.reading(said.resource, said.plan.requests, said.plan)
    else if (said.kind === 'size') store.sources.rememberSize(tenant.id, said.resource, said.rows)
    else if (said.kind === 'filter-ignored')
      store.watermarks.noteQuirk(tenant.id, filterQuirk(said.resource), 'yes')
    else if (said.kind === 'refused') ctx.broken.set(brokenKey(ctx, said.resource, said.parentId), said.fault)
    else {
      stageRows(ctx, said.resource, [...said.rows, ...ofKnownParents(ctx, said)])
      for (const bad of said.bad) noteBroken(ctx, said.resource, bad)
      progress.read(said.rows.length + said.others.length)
    }
  }
  return null
}

/** Parts of other records, met while a whole list was read: kept when their parent is ours, for they may show a change that no date did. */
function ofKnownParents(ctx: SyncContext, page: Extract<PartsEvent, { kind: 'page' }>) {
  const parents = page.others.map((row) => row.parentId ?? 0)
  const known = ctx.store.sources.existing(ctx.tenant.id, ownerOf[page.resource], parents)
  return page.others.filter((row) => known.has(row.parentId ?? 0))
}

function brokenKey(ctx: SyncContext, resource: PartName, parentId: number): string {
  if (resource === 'quoteline')
    return `quote:${ctx.store.sources.get(ctx.tenant.id, 'quotesection', parentId)?.parentId ?? 0}`
  return `${resource === 'quotesection' ? 'quote' : ownerOf[resource]}:${parentId}`
}

/** Ids of the records whose parts are to be read, with when they were created; '' (sorting before every date) when that is unknown. */
function needing(ctx: SyncContext, entity: Entity): Map<number, string> {
  const resource = rootOf[entity]
  const found = new Map<number, string>(notWhole(ctx, entity).map((id) => [id, '']))
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = ctx.store.sources.needingChildren(ctx.tenant.id, resource, after, 1000)
    const last = rows.at(-1)
    if (!last) return found
    after = last.id
    for (const row of rows) {
      // A quote's age does not matter: its parts have no dates to be listed by. A text for each of 100,000 quotes would be memory in vain.
      if (!found.has(row.id)) found.set(row.id, entity === 'quotes' ? '' : createdAt(row.body))
    }
  }
}

/** Customers spell it createDate, the others createdDate (apis.md §1.5). */
function createdAt(body: string): string {
  const { createDate, createdDate } = JSON.parse(body)
  return readDate(createDate ?? createdDate) ?? ''
}

/** Faults of a record one of whose parts could not be read: the mirror does not have all of it. */
const partial: readonly FaultCode[] = ['record-invalid', 'bad-request']

/** Dirty records that failed for want of a part. Whatever made them dirty, they are read anew, or they would be written without it. */
function notWhole(ctx: SyncContext, entity: Entity): number[] {
  const { records, sources } = ctx.store
  const found: number[] = []
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const ids = sources.dirtyIds(ctx.tenant.id, rootOf[entity], after, 1000)
    const last = ids.at(-1)
    if (last === undefined) return found
    after = last
    for (const known of records.known(ctx.tenant.id, entity, ids).values()) {
      if (known.lastKind !== 'failed') continue
      const code = records.get(ctx.tenant.id, entity, known.commerceId)?.lastFault?.code
      if (code && partial.includes(code)) found.push(known.commerceId)
    }
  }
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

const listSize = (ctx: SyncContext, resource: ResourceName): number | null =>
  ctx.store.sources.size(ctx.tenant.id, resource)?.rows ?? null
const filterQuirk = (resource: ResourceName): string => `ignores-parent-filter:${resource}`
const isFilterIgnored = (ctx: SyncContext, resource: ResourceName): boolean =>
  ctx.store.watermarks.quirk(ctx.tenant.id, filterQuirk(resource)) !== null
