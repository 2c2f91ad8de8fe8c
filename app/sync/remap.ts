import { z } from 'zod'
import type { Tenant } from '../model/tenant.ts'
import type { Store } from '../store/open.ts'
import { rootOf } from './prepare.ts'

const pendingSchema = z.object({
  isMoved: z.boolean(),
  isRemapped: z.boolean(),
  isEarlier: z.boolean(),
  wantsSuppliers: z.boolean().default(false),
})
type Pending = z.infer<typeof pendingSchema>

const keyOf = (tenantId: number): string => `remap-${tenantId}`

/**
 * Notes what a change of a tenant's settings asks of its next run. It is carried out when that run is started, not at once: a run that is still going
 * on works with the settings of its own start, and would undo it.
 */
export function noteRemap(store: Store, before: Tenant, after: Tenant): void {
  const differs = (of: (tenant: Tenant) => unknown): boolean =>
    JSON.stringify(of(before)) !== JSON.stringify(of(after))
  const isMoved = differs((tenant) => tenant.halo)
  const isRemapped = differs((tenant) => [tenant.mapping, tenant.instanceUrl])
  const isEarlier = after.syncFrom < before.syncFrom
  const wantsSuppliers = after.mapping.setProductSupplier && !before.mapping.setProductSupplier
  if (!isMoved && !isRemapped && !isEarlier) return
  const noted = pending(store, after.id)
  store.settings.set(keyOf(after.id), {
    isMoved: isMoved || noted.isMoved,
    isRemapped: isRemapped || noted.isRemapped,
    isEarlier: isEarlier || noted.isEarlier,
    wantsSuppliers: wantsSuppliers || noted.wantsSuppliers,
  })
}

/**
 * Carries out what was noted, in the same step in which a run is given the tenant's settings. A changed mapping maps everything again (equal results are not written); another Halo gets everything anew, found again there
 * by the Commerce ids; an earlier `syncFrom` reads from there. None of it costs a request but the last.
 */
export function applyRemap(store: Store, tenantId: number): void {
  store.groupChoices.settle(tenantId)
  store.statusChoices.settle(tenantId)
  const { isMoved, isRemapped, isEarlier, wantsSuppliers } = pending(store, tenantId)
  if (!isMoved && !isRemapped && !isEarlier) return
  store.inTransaction(() => {
    if (isMoved) {
      store.records.forgetHalo(tenantId)
      store.madeOrders.forget(tenantId)
      store.statusChoices.clear(tenantId)
    }
    if (isMoved || isRemapped) remapAll(store, tenantId)
    // Suppliers were not read before: those of every product are to be.
    if (wantsSuppliers) store.sources.needChildrenOfAll(tenantId, rootOf.products)
    if (isEarlier)
      for (const { resource } of store.watermarks.list(tenantId)) store.watermarks.forget(tenantId, resource)
    store.settings.remove(keyOf(tenantId))
  })
}

/** Everything is mapped again by the next run; what comes out equal is not written. */
export function remapAll(store: Store, tenantId: number): void {
  for (const resource of Object.values(rootOf)) store.sources.dirtyAll(tenantId, resource)
}

const nothing: Pending = { isMoved: false, isRemapped: false, isEarlier: false, wantsSuppliers: false }
const pending = (store: Store, tenantId: number): Pending =>
  store.settings.get(keyOf(tenantId), pendingSchema) ?? nothing
