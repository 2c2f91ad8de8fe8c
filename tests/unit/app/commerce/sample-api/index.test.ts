import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { type SampleApiOptions, startSampleApi } from '../../../../../app/commerce/sample-api/index.ts'
import { ask, unlimited } from './ask.ts'

const base = Date.parse('2026-06-01T08:00:00Z')
let nowMs = base
const clock = { now: () => nowMs }
afterEach(() => {
  nowMs = base
})

async function start(options: SampleApiOptions = {}) {
  const api = await startSampleApi({ ...unlimited, clock, ...options })
  onTestFinished(() => api.stop())
  return api
}

describe('the key', () => {
  it('is taken as a header or as a query parameter of any case, and nothing else is', async () => {
    const api = await start({ key: 'right' })
    const status = async (path: string, headers: Record<string, string> = {}) =>
      (await ask(api, path, headers)).status
    expect(await status('brand', { apiKey: 'right' })).toBe(200)
    expect(await status('brand', { APIKEY: 'right' })).toBe(200)
    expect(await status('brand?apiKey=right')).toBe(200)
    expect(await status('brand?apikey=right')).toBe(200)
    expect(await status('brand', { apiKey: 'wrong' })).toBe(401)
    expect(await status('brand', { authorization: 'right' })).toBe(401)
    expect(await status('brand')).toBe(401)
  })
})

describe('lists', () => {
  it('come in pages of 100 at most, the last one shorter, ordered by id', async () => {
    const api = await start({ quotes: 250 })
    const pages = await Promise.all([1, 2, 3, 4].map((page) => ask(api, `quote?page=${page}`)))
    expect(pages.map((page) => page.rows().length)).toEqual([100, 100, 50, 0])
    expect(pages.flatMap((page) => page.ids())).toEqual(api.world.ids('quote'))
  })

  it('cap the page size at 100 and take smaller ones', async () => {
    const api = await start({ quotes: 250 })
    expect((await ask(api, 'quote?pageSize=500')).rows()).toHaveLength(100)
    const second = await ask(api, 'quote?PAGESIZE=7&Page=2')
    expect(second.ids()).toEqual(api.world.ids('quote').slice(7, 14))
  })

  it('send categories whole, whatever page is asked for', async () => {
    const api = await start()
    const whole = await ask(api, 'category')
    expect((await ask(api, 'category?page=2&pageSize=1')).text).toBe(whole.text)
  })

  it('filter by parent and by number, and ignore filters that they do not know', async () => {
    const api = await start({ quotes: 40 })
    const [quote] = api.world.list('quote')
    const sections = await ask(api, `quotesection?quoteid=${quote?.id}`)
    expect(sections.ids()).toEqual(api.world.ids('quotesection', { parentId: quote?.id ?? 0 }))
    expect((await ask(api, `quote?quoteNumber=${quote?.quoteNumber}`)).ids()).toEqual([quote?.id])
    expect((await ask(api, 'quote?quoteNumber=')).rows()).toHaveLength(40)
    expect((await ask(api, `quote?customer=${quote?.customerID}`)).rows()).toHaveLength(40)
    expect((await ask(api, 'quotesection?quoteID=1')).rows()).toEqual([])
  })

  it('find images by product, though an image does not say whose it is', async () => {
    const api = await start()
    const perProduct = await Promise.all(
      api.world.ids('product').map((id) => ask(api, `productimage?productID=${id}`)),
    )
    expect(perProduct.flatMap((answer) => answer.rows())).toHaveLength(api.world.count('productimage'))
  })

  it('know what was modified strictly after an instant, in whatever way it is written', async () => {
    const api = await start({ quotes: 30 })
    const [id = 0] = api.world.ids('quote')
    nowMs = Date.parse('2026-07-01T10:00:00Z')
    api.world.touchQuote(id)
    const found = async (after: string) =>
      (await ask(api, `quote?modifiedAfter=${encodeURIComponent(after)}`)).ids()
    expect(await found('2026-07-01T09:59:59')).toEqual([id])
    expect(await found('2026-07-01')).toEqual([id])
    expect(await found('2026-07-01T11:59:59+02:00')).toEqual([id])
    expect(await found('2026-07-01T10:00:00Z')).toEqual([])
    expect(await found('0001-01-01')).toHaveLength(30)
  })

  it('ignore modifiedAfter where the document has none', async () => {
    const api = await start({ quotes: 10 })
    const all = await ask(api, 'quotesection')
    expect((await ask(api, 'quotesection?modifiedAfter=2026-05-31')).text).toBe(all.text)
  })

  it('refuse what they cannot read', async () => {
    const api = await start()
    expect((await ask(api, 'quote?modifiedAfter=yesterday')).status).toBe(400)
    expect((await ask(api, 'quote?page=two')).status).toBe(400)
    expect((await ask(api, 'quotesection?quoteID=many')).status).toBe(400)
  })
})

describe('single records', () => {
  it('come by id, and 400 says that there is none', async () => {
    const api = await start()
    const [id = 0] = api.world.ids('product')
    expect((await ask(api, `product/${id}`)).json()).toEqual(api.world.get('product', id))
    for (const unknown of ['1', '2147483648', 'x'])
      expect((await ask(api, `product/${unknown}`)).status).toBe(400)
    api.world.removeProduct(id)
    expect((await ask(api, `product/${id}`)).status).toBe(400)
  })

  it('are not there for product images, nor is any other address', async () => {
    const api = await start()
    for (const path of ['productimage/1', 'invoice', 'quote/1/lines', '../quote'])
      expect((await ask(api, path)).status).toBe(404)
  })

  it('cannot be written', async () => {
    const api = await start()
    const response = await fetch(`${api.url}/v1/quote`, {
      method: 'POST',
      body: '{}',
      headers: { apiKey: api.key },
    })
    expect(response.status).toBe(405)
  })
})

describe('limits', () => {
  it('grant 60 in any minute, and say when the next is free', async () => {
    const api = await start({ requestsPerMinute: 60, requestsPerDay: 10_000 })
    for (let n = 0; n < 60; n++) {
      nowMs = base + n * 100
      expect((await ask(api, 'warehouse')).status).toBe(200)
    }
    nowMs = base + 30_000
    const refused = await ask(api, 'warehouse')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    nowMs = base + 60_000
    expect((await ask(api, 'warehouse')).status).toBe(200)
    expect((await ask(api, 'warehouse')).status).toBe(429)
  })

  it('grant so many a day, until midnight UTC', async () => {
    const api = await start({ requestsPerDay: 3 })
    for (let n = 0; n < 3; n++) await ask(api, 'warehouse')
    const refused = await ask(api, 'warehouse')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(16 * 3600)])
    nowMs = Date.parse('2026-06-02T00:00:00Z')
    expect((await ask(api, 'warehouse')).status).toBe(200)
  })

  it('do not count what was refused', async () => {
    const api = await start({ requestsPerMinute: 1, requestsPerDay: 10_000 })
    await ask(api, 'warehouse', { apiKey: 'wrong' })
    expect((await ask(api, 'warehouse')).status).toBe(200)
  })

  it("are the vendor's unless told otherwise; another grant is said in answers and start line", async () => {
    const [usual, granted] = [
      await startSampleApi(),
      await start({ requestsPerMinute: 6000, requestsPerDay: 90_000 }),
    ]
    onTestFinished(() => usual.stop())
    expect((await ask(usual, 'brand')).headers.has('x-sample-limits')).toBe(false)
    expect(usual.startLine).toMatch(/60 requests a minute, 10000 a day$/)
    expect((await ask(granted, 'brand')).headers.get('x-sample-limits')).toBe('6000 a minute, 90000 a day')
    expect(granted.startLine).toContain(
      '6000 requests a minute, 90000 a day (the real API grants 60 and 10000)',
    )
  })

  it('say Retry-After as seconds, as a date or not at all', async () => {
    const api = await start({ requestsPerMinute: 1, quirks: { retryAfter: 'date' } })
    await ask(api, 'brand')
    const dated = (await ask(api, 'brand')).headers.get('retry-after') ?? ''
    expect(Date.parse(dated)).toBe(base + 60_000)
    api.quirks.retryAfter = 'none'
    expect((await ask(api, 'brand')).headers.has('retry-after')).toBe(false)
  })
})

describe('quirks', () => {
  it('ignoreParentFilters sends the whole list', async () => {
    const api = await start({ quotes: 20, quirks: { ignoreParentFilters: true } })
    const [quote] = api.world.ids('quote')
    const { text } = await ask(api, `quotesection?quoteID=${quote}`)
    expect(text).toBe((await ask(api, 'quotesection')).text)
  })

  it('ignorePages sends the first page again', async () => {
    const api = await start({ quotes: 150, quirks: { ignorePages: true } })
    expect((await ask(api, 'quote?page=2')).text).toBe((await ask(api, 'quote?page=1')).text)
  })

  it('enumLabels and unknownEnums bend enumerations', async () => {
    const api = await start({ quirks: { enumLabels: true } })
    const statuses = async () => (await ask(api, 'quote')).rows().map((row) => row.status)
    expect(await statuses()).toContain('3 - Won')
    expect(await statuses()).toContain('90 - Declined')
    Object.assign(api.quirks, { enumLabels: false, unknownEnums: true })
    const unknown = (await ask(api, 'quote')).rows().filter((row) => row.status === 77)
    expect(unknown.length).toBeGreaterThan(0)
    expect(unknown.every((row) => Number(row.id) % 5 === 0)).toBe(true)
  })

  it('absentFields leaves out what is null, datesWithoutZone the Z', async () => {
    const api = await start({ quirks: { absentFields: true, datesWithoutZone: true } })
    const rows = (await ask(api, 'quote')).rows()
    expect(rows.some((row) => 'salesOrderId' in row)).toBe(true)
    expect(rows.every((row) => 'salesOrderId' in row)).toBe(false)
    expect(rows.flatMap((row) => Object.values(row))).not.toContain(null)
    for (const row of rows) expect(row.modifiedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
  })

  it('shiftingLists shows a row twice, hides one, shows one twice', async () => {
    const api = await start({ quotes: 350, quirks: { shiftingLists: true } })
    const before = api.world.ids('quote')
    const seen: number[] = []
    for (let page = 1; page <= 4; page++) seen.push(...(await ask(api, `quote?page=${page}`)).ids())
    expect(seen.filter((id, at) => seen.indexOf(id) !== at)).toHaveLength(2)
    expect(before.filter((id) => !seen.includes(id))).toHaveLength(1)
  })

  it('htmlErrors and htmlAt send web pages', async () => {
    const api = await start({ quirks: { htmlErrors: true, htmlAt: 2 } })
    const error = await ask(api, 'quote/1')
    expect([error.status, error.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
    const page = await ask(api, 'quote')
    expect([page.status, page.text.startsWith('<!DOCTYPE html>')]).toEqual([200, true])
    expect((await ask(api, 'quote')).rows()).not.toEqual([])
  })

  it('truncatedJsonAt cuts one answer', async () => {
    const api = await start({ quirks: { truncatedJsonAt: 1 } })
    const cut = await ask(api, 'quote')
    expect(() => cut.json()).toThrow()
    expect((await ask(api, 'quote')).text.startsWith(cut.text)).toBe(true)
  })

  it('brokenRecord breaks the first record, or the one named, and no other', async () => {
    const api = await start({ quirks: { brokenRecord: { resource: 'quote' } } })
    const [first, second] = (await ask(api, 'quote')).rows()
    expect([first?.modifiedDate, typeof second?.modifiedDate]).toEqual([42, 'string'])
    const id = Number(second?.id)
    api.quirks.brokenRecord = { resource: 'quote', id, fields: { customerID: 'none' } }
    expect((await ask(api, `quote/${id}`)).json()).toMatchObject({ id, customerID: 'none' })
  })

  it('failEvery fails every nth request with 500', async () => {
    const api = await start({ quirks: { failEvery: 3 } })
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) statuses.push((await ask(api, 'brand')).status)
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500])
  })

  it('delayMs holds every answer back', async () => {
    const api = await start({ quirks: { delayMs: 40 } })
    const sentAt = performance.now()
    expect((await ask(api, 'brand')).status).toBe(200)
    // Timers may fire a little early, never half.
    expect(performance.now() - sentAt).toBeGreaterThan(20)
  })
})

describe('a running sample API', () => {
  it('sends the same bytes for the same seed', async () => {
    const [one, two, other] = [await start({ seed: 4 }), await start({ seed: 4 }), await start({ seed: 5 })]
    const { text } = await ask(one, 'quoteline?page=2')
    expect((await ask(two, 'quoteline?page=2')).text).toBe(text)
    expect((await ask(other, 'quoteline?page=2')).text).not.toBe(text)
  })

  it('counts requests by path, by what was asked, and by status, and never shows a key', async () => {
    const api = await start()
    await ask(api, 'quotesection?quoteID=5&page=1', {})
    await ask(api, `quotesection?quoteID=5&apiKey=${api.key}`, {})
    await ask(api, 'quote/12')
    expect(api.stats()).toEqual({
      total: 3,
      byStatus: { 200: 1, 400: 1, 401: 1 },
      byPath: { '/v1/quotesection': 2, '/v1/quote/{id}': 1 },
      byCall: { '/v1/quotesection?page&quoteID': 1, '/v1/quotesection?quoteID': 1, '/v1/quote/{id}': 1 },
    })
    api.resetStats()
    expect(api.stats().total).toBe(0)
  })

  it('makes new and changed quotes by itself when it is told to', async () => {
    const api = await start({ hasActivity: true, activityEveryMs: 1 })
    const { version } = api.world
    while (api.world.version === version) await wait(1)
    await api.stop()
    const stopped = api.world.version
    await wait(20)
    expect(api.world.version).toBe(stopped)
  })

  it('rejects a port that is taken', async () => {
    const api = await start()
    await expect(startSampleApi({ port: Number(new URL(api.url).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  it('frees its port when stopped, even with a connection open', async () => {
    const api = await startSampleApi(unlimited)
    await ask(api, 'brand')
    await api.stop()
    const again = await startSampleApi({ ...unlimited, port: Number(new URL(api.url).port) })
    expect((await ask(again, 'brand')).status).toBe(200)
    await again.stop()
  })
})
