import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resources } from '../../../../../app/commerce/resources/index.ts'
import { type Resource, resourceNames } from '../../../../../app/commerce/resources/resource.ts'
import { startSampleApi } from '../../../../../app/commerce/sample-api/index.ts'
import { makeWorld } from '../../../../../app/commerce/sample-api/world.ts'
import { makeValidator } from '../contract-validator.ts'
import { ask, unlimited } from './ask.ts'

const problemsOf = makeValidator()
const base = Date.parse('2026-06-01T08:00:00Z')
const clock = { now: () => base + 1000 }

describe("the sample API and the vendor's document", () => {
  it('agree on every response of all 39 operations', async () => {
    const api = await startSampleApi({ ...unlimited, customers: 130, products: 40, quotes: 50, orders: 30 })
    const problems: string[] = []
    for (const name of resourceNames) {
      const resource: Resource = resources[name]
      for (let page = 1; ; page++) {
        const answer = await ask(api, `${name}?page=${page}`)
        expect(answer.status).toBe(200)
        problems.push(...problemsOf(resource.path, answer.json()))
        if (page === 1) expect(answer.rows().length).toBeGreaterThan(0)
        if (!resource.isPaged || answer.rows().length < 100) break
      }
      const single = await ask(api, `${name}/${api.world.ids(name)[0]}`)
      expect(single.status).toBe(resource.hasSingle ? 200 : 404)
      if (resource.hasSingle) problems.push(...problemsOf(`${resource.path}/{id}`, single.json()))
    }
    await api.stop()
    expect(problems).toEqual([])
  })

  it('agree for any seed and size', () => {
    const size = fc.integer({ min: 0, max: 25 })
    const sizes = fc.record({ customers: size, products: size, quotes: size, orders: size })
    fc.assert(
      fc.property(fc.integer(), sizes, (seed, wanted) => {
        const world = makeWorld(seed, base, wanted, clock)
        for (const name of resourceNames) {
          const { rows, total } = world.slice(name, {}, 0, 1000)
          expect(rows).toHaveLength(total)
          expect(problemsOf(resources[name].path, rows)).toEqual([])
        }
      }),
      { numRuns: 40 },
    )
  })

  it('agree on records that were added or changed', () => {
    const world = makeWorld(5, base, { customers: 9, products: 9, quotes: 9, orders: 3 }, clock)
    const customer = world.addCustomer()
    world.addContact(customer.id)
    world.addProduct()
    const quote = world.addQuote({ customerID: customer.id })
    world.changeStatus(quote.id, 3)
    for (const name of resourceNames)
      expect(problemsOf(resources[name].path, world.slice(name, {}, 0, 1000).rows)).toEqual([])
  })
})
