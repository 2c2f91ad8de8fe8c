import { describe, expect, it } from 'vitest'
import type { Tenant } from '../../../../app/model/tenant.ts'
import { applyRemap, noteRemap } from '../../../../app/sync/remap.ts'
import { tempStore } from '../store/temp-store.ts'

function stage() {
  const { store } = tempStore()
  const added = store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' })
  if (!added.ok) throw new Error(added.fault.code)
  const tenant = added.value
  const row = { id: 7, parentId: null, modifiedAt: '2026-05-01T00:00:00.000Z', body: '{"id":7}' }
  store.sources.putPage(tenant.id, 'quote', [row], 1, { marksChildren: false })
  store.sources.clean(tenant.id, 'quote', [7])
  store.watermarks.move(tenant.id, 'quote', '2026-05-02T00:00:00.000Z', 1)
  const isDirty = () => store.sources.dirtyCount(tenant.id, 'quote') === 1
  return { store, tenant, isDirty }
}

const changed = (tenant: Tenant, change: Partial<Tenant>): Tenant => ({ ...tenant, ...change })

describe('what a change of settings asks of the next run', () => {
  it('waits for the next run, so that one that is going on cannot undo it', () => {
    const { store, tenant, isDirty } = stage()
    const mapping = { ...tenant.mapping, quoteStatus: { '3': 5 } }
    noteRemap(store, tenant, changed(tenant, { mapping }))
    expect(isDirty()).toBe(false)
    applyRemap(store, tenant.id)
    expect(isDirty()).toBe(true)
  })

  it('is carried out once', () => {
    const { store, tenant, isDirty } = stage()
    noteRemap(store, tenant, changed(tenant, { instanceUrl: 'https://south.mydattocommerce.com' }))
    applyRemap(store, tenant.id)
    store.sources.clean(tenant.id, 'quote', [7])
    applyRemap(store, tenant.id)
    expect(isDirty()).toBe(false)
  })

  it('adds up over several changes', () => {
    const { store, tenant, isDirty } = stage()
    const moved = changed(tenant, { halo: { kind: 'sqlite', file: 'other.db' } })
    noteRemap(store, tenant, moved)
    noteRemap(store, moved, changed(moved, { syncFrom: '2020-01-01T00:00:00.000Z' }))
    applyRemap(store, tenant.id)
    expect(isDirty()).toBe(true)
    expect(store.watermarks.get(tenant.id, 'quote')).toBeNull()
  })

  it('asks nothing for a new name, and nothing for a later syncFrom', () => {
    const { store, tenant, isDirty } = stage()
    noteRemap(store, tenant, changed(tenant, { name: 'South', syncFrom: '2099-01-01T00:00:00.000Z' }))
    applyRemap(store, tenant.id)
    expect(isDirty()).toBe(false)
    expect(store.watermarks.get(tenant.id, 'quote')?.since).toBe('2026-05-02T00:00:00.000Z')
  })
})
