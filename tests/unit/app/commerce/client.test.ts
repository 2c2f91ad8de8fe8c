import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CommerceRow } from '../../../../app/commerce/client.ts'
import type { Quote } from '../../../../app/model/commerce.ts'
import { all, answered, faultOf, good, readerOf, sampled, values } from './reader.ts'

const json = (value: unknown) => (_: unknown, response: { end(text: string): void }) =>
  response.end(JSON.stringify(value))

describe('a list', () => {
  it('is read to its end, every row once and in order, as raw and parsed', async () => {
    const { commerce, world } = await sampled({ quotes: 230 })
    const pages = await values(commerce.pages('quote'))
    expect(pages.map(({ page, rows, isLast }) => [page, rows.length, isLast])).toEqual([
      [1, 100, false],
      [2, 100, false],
      [3, 30, true],
    ])
    const rows = pages.flatMap((page) => page.rows)
    expect(rows.map((row) => row.raw)).toEqual(world.list('quote'))
    const [first] = rows
    expect(first).toMatchObject({ parentId: null, modifiedAt: world.list('quote')[0]?.modifiedDate })
    expect(first?.parsed.title).toBe(world.list('quote')[0]?.title)
    expectTypeOf(rows).toEqualTypeOf<CommerceRow<'quote'>[]>()
    expectTypeOf<CommerceRow<'quote'>['parsed']>().toEqualTypeOf<Quote>()
  })

  it('of exactly two full pages takes a third request, which finds nothing', async () => {
    const { commerce, api } = await sampled({ quotes: 200 })
    const pages = await values(commerce.pages('quote'))
    expect(pages.map((page) => [page.rows.length, page.isLast])).toEqual([
      [100, false],
      [100, false],
      [0, true],
    ])
    expect(api.stats().total).toBe(3)
  })

  it('may be read from a later page on', async () => {
    const { commerce, world } = await sampled({ quotes: 230 })
    const [page] = await values(commerce.pages('quote', { fromPage: 3 }))
    expect(page?.rows.map((row) => row.id)).toEqual(world.ids('quote').slice(200))
  })

  it('without paging is one request', async () => {
    const { commerce, api, world } = await sampled()
    const pages = await values(commerce.pages('category'))
    expect(pages.flatMap((page) => page.rows.map((row) => row.id))).toEqual(world.ids('category'))
    expect(api.stats().byCall).toEqual({ '/v1/category': 1 })
  })

  it('without ids is read as well', async () => {
    const { commerce, world } = await sampled({ products: 150 })
    const rows = (await values(commerce.pages('productimage'))).flatMap((page) => page.rows)
    expect(rows).toHaveLength(world.count('productimage'))
    expect(rows[0]).toMatchObject({ id: 0, parentId: null, modifiedAt: null })
  })

  it('is asked only for what changed since, in the shape of the vendor and rounded down', async () => {
    const clock = { now: () => Date.parse('2026-07-01T10:00:00.400Z') }
    const { commerce, world, sink } = await sampled({ clock })
    const { id } = world.touchQuote(world.ids('quote')[3] ?? 0)
    const [page] = await values(commerce.pages('quote', { modifiedAfter: '2026-07-01T10:00:00.399Z' }))
    expect(page?.rows.map((row) => row.id)).toEqual([id])
    expect(sink.drafts[0]?.url).toContain('modifiedAfter=2026-07-01T10%3A00%3A00&page=1&pageSize=100')
  })

  it('is never sent a filter that it does not know', async () => {
    const { commerce, api } = await sampled()
    await values(commerce.pages('quotesection', { modifiedAfter: '2026-07-01T10:00:00Z' }))
    expect(Object.keys(api.stats().byCall)).toEqual(['/v1/quotesection?page&pageSize'])
  })

  it('ends when its caller has seen enough', async () => {
    const { commerce, api } = await sampled({ quotes: 500 })
    for await (const page of commerce.pages('quote')) if (good(page).page === 2) break
    expect(api.stats().total).toBe(2)
  })
})

describe('parts of a parent', () => {
  it('come by the filter', async () => {
    const { commerce, world } = await sampled()
    const parentId = world.ids('quote')[2] ?? 0
    const [page] = await values(commerce.pages('quotesection', { parentId }))
    expect(page).toMatchObject({ foreignParents: 0, isLast: true })
    expect(page?.rows.map((row) => row.id)).toEqual(world.ids('quotesection', { parentId }))
    expect(page?.rows.every((row) => row.parentId === parentId)).toBe(true)
  })

  it('of others are left out and counted when the server ignores the filter', async () => {
    const { commerce, world } = await sampled({ quotes: 12, quirks: { ignoreParentFilters: true } })
    const parentId = world.ids('quote')[2] ?? 0
    const [page] = await values(commerce.pages('quotesection', { parentId }))
    const own = world.ids('quotesection', { parentId })
    expect(page?.rows.map((row) => row.id)).toEqual(own)
    expect(page?.foreignParents).toBe(world.count('quotesection') - own.length)
  })
})

describe('records that break their schema', () => {
  it('are set aside with their reasons, and the rest of the page goes on', async () => {
    const { commerce, world, api } = await sampled({ quotes: 9 })
    const id = world.ids('quote')[4] ?? 0
    api.quirks.brokenRecord = { resource: 'quote', id, fields: { customerID: 'none', title: 5 } }
    const [page] = await values(commerce.pages('quote'))
    expect(page?.rows).toHaveLength(8)
    expect(page?.bad).toMatchObject([{ id, raw: { customerID: 'none' } }])
    expect(page?.bad[0]?.problems).toEqual([
      expect.stringMatching(/^title: .*expected string/),
      expect.stringMatching(/^customerID: .*expected number/),
    ])
  })

  it('may have no readable id, or be no records at all', async () => {
    const { commerce } = await answered(json([{ id: '7' }, 5, null, []]))
    const [page] = await values(commerce.pages('customer'))
    expect(page?.rows).toEqual([])
    expect(page?.bad.map((row) => row.id)).toEqual([null, null, null, null])
  })

  it('count as foreign when they say that they belong to another parent', async () => {
    const rows = [
      { id: 1, quoteID: 8, lineNumber: 'x' },
      { id: 2, quoteID: 9, lineNumber: 'x' },
      { lineNumber: 'x' },
    ]
    const { commerce } = await answered(json(rows))
    const [page] = await values(commerce.pages('quotesection', { parentId: 9 }))
    expect(page).toMatchObject({ foreignParents: 1, bad: [{ id: 2 }, { id: null }] })
  })
})

describe('leniency', () => {
  it.each([
    ['labels instead of numbers', { enumLabels: true }],
    ['unknown numbers', { unknownEnums: true }],
    ['absent fields', { absentFields: true }],
    ['dates without a zone', { datesWithoutZone: true }],
  ])('reads records with %s', async (_, quirks) => {
    const { commerce, world } = await sampled({ quirks })
    const pages = await values(commerce.pages('quote'))
    expect(pages.flatMap((page) => page.bad)).toEqual([])
    const rows = pages.flatMap((page) => page.rows)
    const sent = world.list('quote')
    expect(rows.map((row) => row.modifiedAt)).toEqual(sent.map((row) => row.modifiedDate))
    const statusOf = (row: { id: number; status: number }) =>
      'unknownEnums' in quirks && row.id % 5 === 0 ? 77 : row.status
    expect(rows.map((row) => row.parsed.status)).toEqual(sent.map(statusOf))
  })
})

describe('answers that are no list', () => {
  it('a web page is not-json, with the exchange that shows it', async () => {
    const reader = await sampled({ quirks: { htmlAt: 'always' } })
    expect(await faultOf(reader, 'quote')).toMatchObject({
      code: 'not-json',
      exchangeId: 1,
      facts: { path: '/v1/quote', host: new URL(reader.api.url).host },
      raw: expect.stringContaining('Sign in'),
    })
  })

  it('JSON that was cut is json-broken, and pages before it stay', async () => {
    const reader = await sampled({ quotes: 150, quirks: { truncatedJsonAt: 2 } })
    const [first, second] = await all(reader.commerce.pages('quote'))
    expect([first?.ok, second]).toMatchObject([
      true,
      { ok: false, fault: { code: 'json-broken', next: 'retry' } },
    ])
  })

  it.each([
    ['nothing', '', 'json-broken'],
    ['plain text', 'Service starting', 'not-json'],
    ['an object', '{"value":[]}', 'not-commerce'],
    ['null', 'null', 'not-commerce'],
    ['a text in quotes', '"hello"', 'not-commerce'],
  ])('%s is named', async (_, body, code) => {
    const reader = await answered((_request, response) => response.end(body))
    expect(await faultOf(reader, 'quote')).toMatchObject({ code, exchangeId: 1 })
  })

  it('are named with where they came from', async () => {
    const reader = await answered(json({}))
    expect((await faultOf(reader, 'quote')).facts).toEqual({ url: `${reader.server.url}/v1/quote` })
  })

  it('the same full page again is page-repeated', async () => {
    const reader = await sampled({ quotes: 250, quirks: { ignorePages: true } })
    const results = await all(reader.commerce.pages('quote'))
    expect(results.map((result) => result.ok)).toEqual([true, false])
    expect(await faultOf(reader, 'quote')).toMatchObject({
      code: 'page-repeated',
      facts: { resource: 'quote', page: 2 },
    })
  })

  it('the same page of records without ids is page-repeated, too', async () => {
    const reader = await sampled({ products: 250, quirks: { ignorePages: true } })
    expect((await faultOf(reader, 'productimage')).code).toBe('page-repeated')
  })
})

describe('refusals', () => {
  it.each([
    [401, 'key-refused'],
    [403, 'forbidden'],
    [500, 'api-down'],
  ])('%i is %s, with path and exchange', async (status, code) => {
    const reader = await answered((_, response) => {
      response.statusCode = status
      response.end('no')
    })
    const found = await faultOf(reader, 'product')
    expect(found).toMatchObject({ code, facts: { status, path: '/v1/product' } })
    expect(found.exchangeId).toBeGreaterThan(0)
  })

  it('a redirect is not followed, so that the key stays with its host', async () => {
    const other = await answered(json([]))
    const reader = await answered((_, response) => {
      response.writeHead(302, { location: `${other.server.url}/v1/product` })
      response.end()
    })
    expect((await faultOf(reader, 'product')).code).toBe('redirected')
    expect(other.server.requests).toEqual([])
  })

  it('every third answer failing holds nothing back, because each is tried again', async () => {
    const { commerce, world } = await sampled({ quotes: 450, quirks: { failEvery: 3 } })
    const rows = (await values(commerce.pages('quote'))).flatMap((page) => page.rows)
    expect(rows.map((row) => row.id)).toEqual(world.ids('quote'))
  })

  it('a cancelled run asks for nothing more', async () => {
    const stop = new AbortController()
    const { commerce, api } = await sampled({ quotes: 450 }, { signal: stop.signal })
    const codes: string[] = []
    for await (const page of commerce.pages('quote')) {
      codes.push(page.ok ? 'page' : page.fault.code)
      stop.abort()
    }
    expect(codes).toEqual(['page', 'cancelled'])
    expect(api.stats().total).toBe(1)
  })
})

describe('one record', () => {
  it('comes by id', async () => {
    const { commerce, world, api } = await sampled()
    const id = world.ids('product')[7] ?? 0
    expect(good(await commerce.one('product', id))).toMatchObject({ id, raw: world.get('product', id) })
    expect(api.stats().byPath).toEqual({ '/v1/product/{id}': 1 })
  })

  it('that Commerce does not know is not-found and given up', async () => {
    const { commerce } = await sampled()
    expect(await commerce.one('product', 7)).toMatchObject({
      ok: false,
      fault: { code: 'not-found', next: 'stop', facts: { resource: 'product', id: 7 }, exchangeId: 1 },
    })
  })

  it('that breaks its schema is record-invalid', async () => {
    const { commerce, world } = await sampled({ quirks: { brokenRecord: { resource: 'quote' } } })
    const id = world.ids('quote')[0] ?? 0
    expect(await commerce.one('quote', id)).toMatchObject({
      ok: false,
      fault: { code: 'record-invalid', facts: { id, problems: expect.stringMatching(/^modifiedDate: /) } },
    })
  })

  it('that is another than the one asked for is refused', async () => {
    const { commerce } = await answered(json({ id: 8, name: 'Other' }))
    expect(await commerce.one('brand', 7)).toMatchObject({ ok: false, fault: { code: 'not-commerce' } })
  })

  it('keeps other faults as they are', async () => {
    const { commerce } = await sampled({}, { key: 'wrong' })
    expect(await commerce.one('brand', 7)).toMatchObject({ ok: false, fault: { code: 'key-refused' } })
  })
})

describe('the connection test', () => {
  it('finds a customer with one small request', async () => {
    const { commerce, world, api } = await sampled()
    const [first] = world.list('customer')
    expect(await commerce.test()).toEqual({
      ok: true,
      value: { customer: { id: first?.id, name: first?.name } },
    })
    expect(api.stats().byCall).toEqual({ '/v1/customer?page&pageSize': 1 })
  })

  it('is content with an instance that has no customer yet', async () => {
    const { commerce } = await sampled({ customers: 0 })
    expect(await commerce.test()).toEqual({ ok: true, value: { customer: null } })
  })

  it.each([
    ['an object', { hello: 'world' }],
    ['a list of something else', [{ userId: 1, title: 'delectus' }]],
    ['a list of numbers', [1, 2]],
  ])('tells %s from Commerce', async (_, value) => {
    const { commerce } = await answered(json(value))
    expect(await commerce.test()).toMatchObject({ ok: false, fault: { code: 'not-commerce', exchangeId: 1 } })
  })

  it('says that the key was refused, or that there is none', async () => {
    const refused = await sampled({}, { key: 'wrong' })
    expect(await refused.commerce.test()).toMatchObject({ ok: false, fault: { code: 'key-refused' } })
    const none = await sampled({}, { key: '' })
    expect(await none.commerce.test()).toMatchObject({ ok: false, fault: { code: 'key-missing' } })
    expect(none.api.stats().total).toBe(0)
  })

  it('sends no key to an address that would carry it in the open', async () => {
    const { commerce, sink } = readerOf('http://commerce.example')
    expect(await commerce.test()).toMatchObject({ ok: false, fault: { code: 'url-insecure' } })
    expect(sink.drafts).toEqual([])
  })
})

describe('the key', () => {
  it('travels in the header alone', async () => {
    const { commerce, server } = await answered(json([]), { key: 'secret-key' })
    await commerce.test()
    expect(server.requests[0]?.headers.apikey).toBe('secret-key')
    expect(server.requests[0]?.url).not.toContain('secret-key')
  })

  it('travels in the query alone where the tenant says so', async () => {
    const { commerce, server } = await answered(json([]), { key: 'secret key', keyIn: 'query' })
    await commerce.test()
    expect(server.requests[0]?.headers.apikey).toBeUndefined()
    expect(server.requests[0]?.url).toBe('/v1/customer?page=1&pageSize=1&apiKey=secret+key')
  })

  it.each(['header', 'query'] as const)('in the %s is nowhere in what is recorded or told', async (keyIn) => {
    const key = 'planted-key-123'
    const reader = await answered((request, response) => response.end(`<p>${request.url} ${key}</p>`), {
      key,
      keyIn,
    })
    const told = JSON.stringify(await faultOf(reader, 'quote'))
    expect(told + JSON.stringify(reader.sink.drafts)).not.toContain(key)
  })
})

describe('the budget', () => {
  it('is handed to the HTTP client with every call', async () => {
    const budget = { key: 'hash', limits: { perMinute: 60, perDay: 10_000, reserve: 0.1 } }
    const calls: unknown[] = []
    const http = {
      send: async (call: { budget?: unknown; purpose: string }) => {
        calls.push([call.budget, call.purpose])
        return { ok: true, value: { status: 200, headers: {}, body: '[]', exchangeId: null } } as const
      },
      close: async () => {},
    }
    const counted = readerOf('http://127.0.0.1:1', { http, budget, purpose: 'reconcile' })
    await values(counted.commerce.pages('quote'))
    expect(calls).toEqual([[budget, 'reconcile']])
  })
})
