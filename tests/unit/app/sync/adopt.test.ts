import { beforeEach, describe, expect, it } from 'vitest'
import type { Tenant } from '../../../../app/model/tenant.ts'
import type { Store } from '../../../../app/store/open.ts'
import { madeFor } from '../../../../app/sync/adopt.ts'
import { order, quote } from '../../../integration/halo/records.ts'
import { must, tempStore } from '../store/temp-store.ts'

let store: Store
let tenant: Tenant

beforeEach(() => {
  store = tempStore().store
  const halo = { kind: 'sqlite', file: 'halo.db' } as const
  tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com', halo }))
})

const made = (quoteId: number, haloId: number | null): void => {
  const row = store.madeOrders.begin(tenant.id, quoteId, 'Ann')
  if (haloId !== null) store.madeOrders.finish(row, haloId)
}
const of = (commerceId: number, quoteCommerceId: number | null) => {
  const record = order(commerceId, { quoteCommerceId })
  return madeFor({ store, tenant }, 'salesOrders', [record])(record)
}

describe('an order of Commerce', () => {
  it('may be any order that was made here from its quote', () => {
    made(4, 31)
    made(4, 32)
    made(5, 33)
    expect(of(9, 4)).toEqual({ made: [31, 32] })
    expect(of(9, 5)).toEqual({ made: [33] })
  })

  it('is none of those that are another order of Commerce by now, and stays the one that it became', () => {
    made(4, 31)
    store.madeOrders.adopt(tenant.id, { quoteId: 4, haloId: 31, orderId: 8 })
    expect(of(9, 4)).toEqual({})
    expect(of(8, 4)).toEqual({ made: [31] })
  })

  it('is nothing that was made here when it has no quote, none was made, or Halo never answered', () => {
    made(4, null)
    expect([of(9, 4), of(9, 6), of(9, null)]).toEqual([{}, {}, {}])
    const other = quote(4)
    expect(madeFor({ store, tenant }, 'quotes', [other])(other)).toEqual({})
  })
})
