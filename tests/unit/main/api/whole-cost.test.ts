import { expect, it } from 'vitest'
import { wholeCost } from '../../../../main/api/whole-cost.ts'
import { tempStore } from '../../app/store/temp-store.ts'

it('is a request for every hundred rows of every list, as far as their lengths are known', () => {
  const { store } = tempStore()
  const { sources } = store
  const tenant = { id: 1, entities: ['customers', 'quotes'] as const, requestsPerMinute: 60 }
  const asked = { ...tenant, entities: [...tenant.entities] }
  expect(wholeCost(sources, asked)).toEqual({ requests: 6, unknown: 6, perMinute: 60 })
  sources.rememberSize(1, 'customer', 100)
  sources.rememberSize(1, 'quoteline', 1201)
  sources.rememberSize(1, 'product', 90_000)
  sources.rememberSize(2, 'quote', 90_000)
  expect(wholeCost(sources, asked)).toEqual({ requests: 1 + 13 + 4, unknown: 4, perMinute: 60 })
})
