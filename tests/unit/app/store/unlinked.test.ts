import { beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../../app/store/open.ts'
import { aRecord, must, tempStore } from './temp-store.ts'

let store: Store
let tenantId: number

const put = (...ids: number[]): void => {
  const rows = ids.map((id) => ({ id, parentId: null, modifiedAt: null, body: JSON.stringify({ id }) }))
  store.sources.putPage(tenantId, 'customer', rows, 1, { marksChildren: false })
}
const write = (id: number, haloId: number | null): void => {
  const run = store.runs.start(tenantId, 'sync', 'person')
  store.records.putOutcomes(tenantId, run.id, [aRecord(id, { entity: 'customers', haloId })])
}
const ids = (after: number, limit: number): number[] =>
  store.unlinked.batch(tenantId, after, limit).map(({ id }) => id)

beforeEach(() => {
  store = tempStore().store
  tenantId = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' })).id
})

test('customers that are in the mirror and in no Halo, in bites, without those that are gone', () => {
  expect(store.unlinked.isAny(tenantId)).toBe(false)
  put(1, 2, 3, 4, 5)
  write(2, 99)
  write(3, null)
  const later = store.runs.start(tenantId, 'reconcile', 'person')
  store.sources.putPage(
    tenantId,
    'customer',
    [1, 2, 3, 4].map((id) => ({ id, parentId: null, modifiedAt: null, body: JSON.stringify({ id }) })),
    later.id + 5,
    { marksChildren: false },
  )
  store.sources.markGone(tenantId, 'customer', later.id + 5)
  expect(ids(0, 2)).toEqual([1, 3])
  expect(ids(3, 2)).toEqual([4])
  expect(store.unlinked.isAny(tenantId)).toBe(true)
  expect(store.unlinked.isAny(tenantId + 1)).toBe(false)
  expect([...store.unlinked.linkedAmong(tenantId, [1, 2, 7])]).toEqual([2])
})

test('who is new is kept until it has its client, tenant by tenant', () => {
  put(1, 2)
  store.unlinked.setNewOnes(tenantId, new Set([1, 2]))
  expect([...store.unlinked.newOnes(tenantId)]).toEqual([1, 2])
  expect(store.unlinked.newOnes(tenantId + 1).size).toBe(0)
  write(1, 50)
  store.unlinked.setNewOnes(tenantId, store.unlinked.newOnes(tenantId))
  expect([...store.unlinked.newOnes(tenantId)]).toEqual([2])
  store.unlinked.setNewOnes(tenantId, new Set())
  expect(store.db.prepare("SELECT count(*) FROM setting WHERE key LIKE 'new-customers%'").pluck().get()).toBe(
    0,
  )
})
