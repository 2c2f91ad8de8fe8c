import { describe, expect, it } from 'vitest'
import { apiRouter } from '../../../../main/api/router.ts'
import { aRecord, must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function setUp() {
  const { store } = tempStore()
  const engine = testPort(store)
  const { id: tenantId } = must(
    store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }),
  )
  return { store, tenantId, api: apiRouter.createCaller({ engine }) }
}
const query = { groupId: null, search: '', sort: 'name' as const, isDescending: false }
const window = { offset: 0, limit: 100 }

describe('product groups over the API', () => {
  it('come from the tenant’s own Halo, and a new one is there at once', async () => {
    const { api, tenantId } = setUp()
    const { id } = must(await api.groups.add({ tenantId, name: ' Laptops ' }))
    expect(must(await api.groups.list({ tenantId }))).toEqual([
      { id: 1, name: 'Datto Commerce', products: 0, others: 0 },
      { id, name: 'Laptops', products: 0, others: 0 },
    ])
    expect(must(await api.groups.items({ tenantId, query, window }))).toEqual({ rows: [], total: 0 })
    expect(must(await api.groups.rename({ tenantId, id, name: 'Notebooks' }))).toEqual({ was: 'Laptops' })
  })

  it('say a taken name as a fault, not as an error', async () => {
    const { api, tenantId } = setUp()
    expect(await api.groups.add({ tenantId, name: 'datto commerce' })).toMatchObject({
      ok: false,
      fault: { code: 'name-taken', facts: { field: 'name' } },
    })
  })

  it.each([
    ['a blank name', (api: Api, tenantId: number) => api.groups.add({ tenantId, name: '   ' })],
    ['a name too long', (api: Api, tenantId: number) => api.groups.add({ tenantId, name: 'x'.repeat(251) })],
    [
      'nothing to move',
      (api: Api, tenantId: number) => api.groups.move({ tenantId, what: { haloIds: [] }, to: 1 }),
    ],
    [
      'too many at once',
      (api: Api, tenantId: number) =>
        api.groups.move({
          tenantId,
          what: { haloIds: Array.from({ length: 5_001 }, (_, at) => at + 1) },
          to: 1,
        }),
    ],
    [
      'a window without end',
      (api: Api, tenantId: number) =>
        api.groups.items({ tenantId, query, window: { offset: 0, limit: 501 } }),
    ],
  ])('refuse %s', async (_, call) => {
    const { api, tenantId } = setUp()
    await expect(call(api, tenantId)).rejects.toThrow()
  })
})
type Api = ReturnType<typeof apiRouter.createCaller>

describe('a whole list over the API', () => {
  it('is walked by its keys', async () => {
    const { api, store, tenantId } = setUp()
    store.records.putOutcomes(tenantId, 1, [aRecord(1), aRecord(2), aRecord(3, { customerId: 9 })])
    const list = { entity: 'quotes' as const, sort: 'number' as const, isDescending: true }
    const keys = await api.records.keys({ query: list })
    expect(keys).toEqual([
      [tenantId, 3],
      [tenantId, 2],
      [tenantId, 1],
    ])
    const rows = await api.records.rows({ entity: 'quotes', keys: keys.slice(1) })
    expect(rows.map(({ number }) => number)).toEqual(['Q2', 'Q1'])
    expect(await api.records.keys({ query: { ...list, customerId: 9 } })).toEqual([[tenantId, 3]])
    await expect(
      api.records.rows({ entity: 'quotes', keys: Array.from({ length: 2_001 }, () => [1, 1]) }),
    ).rejects.toThrow()
  })
})

describe('a record over the API', () => {
  it('that the mirror does not hold has no view, and was never synced', async () => {
    const { api, tenantId } = setUp()
    const which = { tenantId, entity: 'quotes' as const, commerceId: 5 }
    expect(await api.records.view(which)).toBeNull()
    expect(must(await api.records.compare(which))).toEqual({ state: 'notSynced' })
    expect(await api.records.exchanges(which)).toEqual([])
  })
})
