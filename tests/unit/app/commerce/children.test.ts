import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type PartName,
  type PartsEvent,
  readParts,
  readQuoteParts,
} from '../../../../app/commerce/children.ts'
import { plainPlanner } from '../../../../app/commerce/planner.ts'
import type { ResourceName } from '../../../../app/commerce/resources/resource.ts'
import type { SampleApi } from '../../../../app/commerce/sample-api/index.ts'
import { all, answered, sampled, values } from './reader.ts'

const idsOf = (events: readonly PartsEvent[], resource: PartName) =>
  events.flatMap((event) =>
    event.kind === 'page' && event.resource === resource ? event.rows.map((row) => row.id) : [],
  )
const doneOf = (events: readonly PartsEvent[]) =>
  events.flatMap((event) => (event.kind === 'page' ? event.doneParents : []))
const rising = (ids: readonly number[]) => [...new Set(ids)].toSorted((a, b) => a - b)

const partsOf = (world: SampleApi['world'], quoteIds: readonly number[]) => {
  const sections = quoteIds.flatMap((parentId) => world.ids('quotesection', { parentId }))
  const lines = sections.flatMap((parentId) => world.ids('quoteline', { parentId }))
  return { sections: rising(sections), lines: rising(lines) }
}

describe('the parts of some parents', () => {
  it('are read per parent when that is cheaper', async () => {
    const { commerce, world, api } = await sampled({ quotes: 300 })
    const parentIds = new Set(world.ids('quote').slice(10, 13))
    const wanted = { resource: 'quotesection', parentIds, listSize: 900, isFilterIgnored: false } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(events[0]).toMatchObject({ kind: 'plan', plan: { way: 'per parent', requests: 3 } })
    expect(idsOf(events, 'quotesection')).toEqual(partsOf(world, [...parentIds]).sections)
    expect(doneOf(events)).toEqual([...parentIds])
    expect(api.stats().byCall).toEqual({ '/v1/quotesection?page&pageSize&quoteID': 3 })
  })

  it('are picked out of the whole list when that is cheaper, and the rest comes apart', async () => {
    const { commerce, world, api } = await sampled({ quotes: 300 })
    const parentIds = new Set(world.ids('quote').slice(0, 200))
    const total = world.count('quotesection')
    const wanted = { resource: 'quotesection', parentIds, listSize: total, isFilterIgnored: false } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(rising(idsOf(events, 'quotesection'))).toEqual(partsOf(world, [...parentIds]).sections)
    const others = events.flatMap((event) => (event.kind === 'page' ? event.others : []))
    expect(others).toHaveLength(total - idsOf(events, 'quotesection').length)
    expect(doneOf(events)).toEqual([...parentIds])
    expect(events.at(-1)).toEqual({ kind: 'size', resource: 'quotesection', rows: total })
    expect(api.stats().total).toBe(Math.floor(total / 100) + 1)
  })

  it('of more than a page are all read before their parent is done', async () => {
    const { commerce, world } = await sampled({ quotes: 3 })
    const [quote = 0] = world.ids('quote')
    for (let n = 0; n < 120; n++) world.addSection(quote)
    const wanted = {
      resource: 'quotesection',
      parentIds: new Set([quote]),
      listSize: null,
      isFilterIgnored: false,
    } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(idsOf(events, 'quotesection')).toHaveLength(world.ids('quotesection', { parentId: quote }).length)
    expect(events.map((event) => (event.kind === 'page' ? event.doneParents : event.kind))).toEqual([
      'plan',
      [],
      [quote],
    ])
  })

  it.each([
    ['contact', 'customer'],
    ['customeraddress', 'customer'],
    ['salesorderline', 'salesorder'],
  ] as const)('works for %s of %s, too', async (resource, parent) => {
    const { commerce, world } = await sampled()
    const parentIds = new Set(world.ids(parent).slice(0, 9))
    const events = await values(
      readParts(commerce, plainPlanner, { resource, parentIds, listSize: null, isFilterIgnored: false }),
    )
    const own = [...parentIds].flatMap((parentId) => world.ids(resource, { parentId }))
    expect(idsOf(events, resource)).toEqual(own)
    expect(own.length).toBeGreaterThan(0)
  })

  it('cost nothing when there are no parents', async () => {
    const { commerce, api } = await sampled()
    const wanted = {
      resource: 'contact',
      parentIds: new Set<number>(),
      listSize: 50,
      isFilterIgnored: false,
    } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(events.map((event) => event.kind)).toEqual(['plan'])
    expect(api.stats().total).toBe(0)
  })
})

describe('a server that ignores the filter', () => {
  it('is noticed at once; the whole list is read instead, and nothing is missing or foreign', async () => {
    const { commerce, world, api } = await sampled({ quotes: 90, quirks: { ignoreParentFilters: true } })
    const parentIds = new Set(world.ids('quote').slice(40, 45))
    const wanted = { resource: 'quotesection', parentIds, listSize: 900, isFilterIgnored: false } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(events.map((event) => event.kind).filter((kind) => kind !== 'page')).toEqual([
      'plan',
      'filter-ignored',
      'plan',
      'size',
    ])
    expect(rising(idsOf(events, 'quotesection'))).toEqual(partsOf(world, [...parentIds]).sections)
    expect(doneOf(events)).toEqual([...parentIds])
    expect(api.stats().total).toBe(1 + Math.floor(world.count('quotesection') / 100) + 1)
  })

  it('is not asked with a filter again once it is known', async () => {
    const { commerce, world, api } = await sampled({ quotes: 90, quirks: { ignoreParentFilters: true } })
    const parentIds = new Set(world.ids('quote').slice(0, 1))
    const wanted = { resource: 'quotesection', parentIds, listSize: null, isFilterIgnored: true } as const
    await values(readParts(commerce, plainPlanner, wanted))
    expect(Object.keys(api.stats().byCall)).toEqual(['/v1/quotesection?page&pageSize'])
  })
})

describe('a list of unknown length', () => {
  it('is given up when it turns out long, and the parents are asked one by one', async () => {
    const { commerce, world, api } = await sampled({ quotes: 2000 })
    const parentIds = new Set(world.ids('quote').slice(0, 52))
    const wanted = { resource: 'quotesection', parentIds, listSize: null, isFilterIgnored: false } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(rising(idsOf(events, 'quotesection'))).toEqual(partsOf(world, [...parentIds]).sections)
    expect(doneOf(events)).toEqual([...parentIds])
    expect(api.stats().byCall).toEqual({
      '/v1/quotesection?page&pageSize': 52,
      '/v1/quotesection?page&pageSize&quoteID': 52,
    })
  })

  it('is read to its end when it turns out short', async () => {
    const { commerce, world, api } = await sampled({ quotes: 80 })
    const parentIds = new Set(world.ids('quote'))
    const wanted = { resource: 'quotesection', parentIds, listSize: null, isFilterIgnored: false } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(events.at(-1)).toMatchObject({ kind: 'size', rows: world.count('quotesection') })
    expect(api.stats().total).toBe(Math.floor(world.count('quotesection') / 100) + 1)
  })
})

describe('trouble', () => {
  it('ends the reading with its fault, and no parent is done that was not read', async () => {
    const { commerce, world, api } = await sampled({ quotes: 50 })
    api.quirks.truncatedJsonAt = 2
    const parentIds = new Set(world.ids('quote').slice(0, 4))
    const wanted = { resource: 'quotesection', parentIds, listSize: null, isFilterIgnored: false } as const
    const results = await all(readParts(commerce, plainPlanner, wanted))
    expect(results.at(-1)).toMatchObject({ ok: false, fault: { code: 'json-broken' } })
    const events = results.flatMap((result) => (result.ok ? [result.value] : []))
    expect(doneOf(events)).toEqual([...parentIds].slice(0, 1))
    expect(api.stats().total).toBe(2)
  })

  it('with one parent that the server does not know does not hold the others back', async () => {
    const { commerce } = await answered((request, response) => {
      response.statusCode = request.url?.includes('quoteID=2&') ? 400 : 200
      response.end('[]')
    })
    const wanted = {
      resource: 'quotesection',
      parentIds: new Set([1, 2, 3]),
      listSize: null,
      isFilterIgnored: false,
    } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(doneOf(events)).toEqual([1, 3])
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'refused',
        parentId: 2,
        fault: expect.objectContaining({ code: 'bad-request' }),
      }),
    )
  })

  it('with a record is told when the record is wanted or cannot be placed', async () => {
    const rows = [
      { id: 1, quoteID: 5, lineNumber: 'x' },
      { id: 2, quoteID: 6, lineNumber: 'x' },
      { id: 3, quoteID: 'x' },
    ]
    const { commerce } = await answered((_, response) => response.end(JSON.stringify(rows)))
    const wanted = {
      resource: 'quotesection',
      parentIds: new Set([5]),
      listSize: 3,
      isFilterIgnored: true,
    } as const
    const events = await values(readParts(commerce, plainPlanner, wanted))
    expect(events.flatMap((event) => (event.kind === 'page' ? event.bad.map((row) => row.id) : []))).toEqual([
      1, 3,
    ])
  })
})

describe('the sections and lines of quotes', () => {
  it('are whole, whatever was changed, remembered or ignored, and cost no more than was planned', async () => {
    const { commerce, world, api } = await sampled({ quotes: 60 })
    const quotes = world.ids('quote')
    const cases = fc.record({
      picked: fc.subarray(quotes),
      isSizeKnown: fc.boolean(),
      ignoreParentFilters: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ picked, isSizeKnown, ignoreParentFilters }) => {
        Object.assign(api.quirks, { ignoreParentFilters })
        api.resetStats()
        const wanted = {
          quoteIds: new Set(picked),
          listSize: (name: ResourceName) => (isSizeKnown ? world.count(name) : null),
          isFilterIgnored: () => false,
        }
        const events = await values(readQuoteParts(commerce, plainPlanner, wanted))
        const { sections, lines } = partsOf(world, picked)
        expect(rising(idsOf(events, 'quotesection'))).toEqual(sections)
        expect(rising(idsOf(events, 'quoteline'))).toEqual(lines)
        const planned = events.reduce(
          (sum, event) => sum + (event.kind === 'plan' ? event.plan.requests : 0),
          0,
        )
        if (!ignoreParentFilters) expect(api.stats().total).toBeLessThanOrEqual(planned)
      }),
      { numRuns: 25 },
    )
  })

  it('stop at the sections when these cannot be read', async () => {
    const { commerce, world, api } = await sampled({ quotes: 9, quirks: { htmlAt: 1 } })
    const wanted = {
      quoteIds: new Set(world.ids('quote')),
      listSize: () => null,
      isFilterIgnored: () => false,
    }
    const results = await all(readQuoteParts(commerce, plainPlanner, wanted))
    expect(results.at(-1)).toMatchObject({ ok: false, fault: { code: 'not-json' } })
    expect(api.stats().total).toBe(1)
  })
})
