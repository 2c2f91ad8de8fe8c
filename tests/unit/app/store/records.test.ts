import { describe, expect, it } from 'vitest'
import { fault } from '../../../../app/model/fault.ts'
import { aRecord, must, tempStore } from './temp-store.ts'

function stage() {
  const { store, clock } = tempStore()
  const tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.example' }))
  return { store, clock, records: store.records, tenantId: tenant.id }
}

describe('record states', () => {
  it('keep what a sync came to', () => {
    const { records, tenantId, clock } = stage()
    const note = fault('product-missing', { facts: { product: 5 } })
    records.putOutcomes(tenantId, 3, [aRecord(1, { notes: [note] })])
    expect(records.get(tenantId, 'quotes', 1)).toEqual({
      tenantId,
      entity: 'quotes',
      commerceId: 1,
      haloId: 1001,
      hash: 'hash-1',
      label: 'Q1',
      number: 'Q1',
      name: 'Quote 1',
      customerId: 7,
      customerName: 'Northwind',
      status: 1,
      amount: 1,
      modifiedAt: '2026-05-01T00:00:00.000Z',
      statusSeen: 1,
      lastKind: 'created',
      lastRun: 3,
      lastFault: null,
      notes: [note],
      syncedAt: clock.iso(),
      goneAt: null,
    })
    expect(records.get(tenantId, 'products', 1)).toBeNull()
  })

  it('forget no link when a later try fails, and are whole again after a success', () => {
    const { records, tenantId, clock } = stage()
    records.putOutcomes(tenantId, 1, [aRecord(1)])
    const syncedAt = clock.iso()
    clock.nowMs += 60_000
    const failed = fault('halo-locked')
    records.putOutcomes(tenantId, 2, [
      aRecord(1, { haloId: null, hash: null, statusSeen: null, kind: 'failed', fault: failed, status: 3 }),
    ])
    expect(records.get(tenantId, 'quotes', 1)).toMatchObject({
      haloId: 1001,
      hash: 'hash-1',
      statusSeen: 1,
      status: 3,
      lastKind: 'failed',
      lastFault: failed,
      syncedAt,
    })
    records.putOutcomes(tenantId, 3, [aRecord(1, { kind: 'updated', hash: 'new', statusSeen: 3 })])
    expect(records.get(tenantId, 'quotes', 1)).toMatchObject({
      hash: 'new',
      statusSeen: 3,
      lastFault: null,
      syncedAt: clock.iso(),
    })
  })

  it('give a batch what it needs to know', () => {
    const { records, tenantId } = stage()
    records.putOutcomes(tenantId, 1, [
      aRecord(1),
      aRecord(2, { kind: 'failed', haloId: null, hash: null, statusSeen: null }),
    ])
    expect(records.known(tenantId, 'quotes', [2, 1, 3])).toEqual(
      new Map([
        [1, { commerceId: 1, haloId: 1001, hash: 'hash-1', statusSeen: 1, lastKind: 'created' }],
        [2, { commerceId: 2, haloId: null, hash: null, statusSeen: null, lastKind: 'failed' }],
      ]),
    )
    expect(records.counts(tenantId)).toEqual({ products: 0, customers: 0, quotes: 1, salesOrders: 0 })
  })

  it('are marked when they are gone from Commerce, and unmarked when they come back', () => {
    const { records, tenantId, clock } = stage()
    records.putOutcomes(tenantId, 1, [aRecord(1), aRecord(2)])
    expect(records.markRecordsGone(tenantId, 'quotes', [1, 9])).toBe(1)
    expect(records.markRecordsGone(tenantId, 'quotes', [1])).toBe(0)
    expect(records.get(tenantId, 'quotes', 1)?.goneAt).toBe(clock.iso())
    records.putOutcomes(tenantId, 2, [aRecord(1, { kind: 'unchanged' })])
    expect(records.get(tenantId, 'quotes', 1)?.goneAt).toBeNull()
  })

  it('forget where they are in Halo when the tenant gets another one, and nobody else’s', () => {
    const { records, tenantId } = stage()
    records.putOutcomes(tenantId, 1, [aRecord(1), aRecord(2)])
    records.putOutcomes(tenantId + 1, 1, [aRecord(1)])
    expect(records.forgetHalo(tenantId)).toBe(2)
    expect(records.get(tenantId, 'quotes', 1)).toMatchObject({
      haloId: null,
      hash: null,
      statusSeen: null,
      syncedAt: null,
      label: 'Q1',
    })
    expect(records.counts(tenantId).quotes).toBe(0)
    expect(records.get(tenantId + 1, 'quotes', 1)?.haloId).toBe(1001)
  })
})
