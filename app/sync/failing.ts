import type { BadRow } from '../commerce/client.ts'
import type { ResourceName } from '../commerce/resources/resource.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'
import type { SyncContext } from './context.ts'
import { rootOf } from './prepare.ts'
import { quotesOf, stageRows } from './stage.ts'

const entityOf: Partial<Record<ResourceName, Entity>> = {
  product: 'products',
  customer: 'customers',
  contact: 'customers',
  customeraddress: 'customers',
  quote: 'quotes',
  quotesection: 'quotes',
  quoteline: 'quotes',
  salesorder: 'salesOrders',
  salesorderline: 'salesOrders',
}

/**
 * A row that breaks its schema fails its record alone: the record itself when it is one, else the quote or order that it is a part of
 * (which is then not written, because it would not be whole). A broken contact or address does not hold its customer back.
 */
export function noteBroken(ctx: SyncContext, resource: ResourceName, bad: BadRow): void {
  const entity = entityOf[resource]
  if (!entity) return
  const found = fault('record-invalid', {
    facts: { resource, ...(bad.id === null ? {} : { id: bad.id }), problems: bad.problems.join('; ') },
    raw: JSON.stringify(bad.raw).slice(0, 2000),
  })
  if (resource === rootOf[entity]) {
    failRecord(ctx, entity, bad.id ?? 0, found, JSON.stringify(bad.raw))
    return
  }
  const owner = recordOf(ctx, resource, bad.raw)
  if (owner !== null && (entity === 'quotes' || entity === 'salesOrders')) {
    ctx.broken.set(`${rootOf[entity]}:${owner}`, found)
    ctx.store.sources.markDirty(ctx.tenant.id, rootOf[entity], [owner])
  }
}

/** Fails a record that never reached the mirror. One whose id cannot be read has nothing to be retried by; it is in this run's outcomes. */
function failRecord(ctx: SyncContext, entity: Entity, id: number, found: Fault, payload: string): void {
  const key = `${rootOf[entity]}:${id}`
  if (id !== 0 && ctx.failed.has(key)) return
  ctx.failed.add(key)
  const label = `${rootOf[entity]} ${id || '?'}`
  ctx.store.inTransaction(() => {
    ctx.store.runs.addOutcomes(ctx.runId, [
      { entity, commerceId: id, label, kind: 'failed', haloId: null, fault: found, notes: [], changes: [] },
    ])
    if (ctx.kind !== 'preview' && id !== 0) {
      ctx.store.failures.record({
        tenantId: ctx.tenant.id,
        entity,
        commerceId: id,
        label,
        fault: found,
        payload,
      })
    }
  })
  ctx.progress.count(entity, 'failed')
  ctx.progress.failed({ entity, commerceId: id, label, fault: found })
}

function recordOf(ctx: SyncContext, resource: ResourceName, raw: unknown): number | null {
  if (typeof raw !== 'object' || raw === null) return null
  const row = raw as Record<string, unknown>
  const id =
    row[
      resource === 'quotesection' ? 'quoteID' : resource === 'quoteline' ? 'quoteSectionID' : 'salesOrderID'
    ]
  if (typeof id !== 'number' || !Number.isInteger(id)) return null
  return resource === 'quoteline' ? (quotesOf(ctx, [id])[0] ?? null) : id
}

/**
 * Failed records whose time has come (or that a person picked) are dirty again, and those that never reached the mirror are read by id.
 * Whether their parts are read anew, parts.ts decides.
 */
export async function reviveFailures(ctx: SyncContext): Promise<Fault | null> {
  const { store, tenant } = ctx
  for (const due of store.failures.due(tenant.id, new Date(ctx.clock.now()).toISOString())) {
    const resource = rootOf[due.entity]
    if (store.sources.get(tenant.id, resource, due.commerceId)) {
      store.sources.markDirty(tenant.id, resource, [due.commerceId])
      continue
    }
    const trouble = await rereadOne(ctx, due.entity, due.commerceId)
    if (trouble) return trouble
  }
  return null
}

async function rereadOne(ctx: SyncContext, entity: Entity, id: number): Promise<Fault | null> {
  const resource = rootOf[entity]
  ctx.progress.reading(resource, 1)
  const read = await ctx.commerce.one(resource, id)
  if (read.ok) {
    stageRows(ctx, resource, [read.value])
    return null
  }
  if (read.fault.next !== 'stop') return read.fault
  failRecord(ctx, entity, id, read.fault, '')
  return null
}
