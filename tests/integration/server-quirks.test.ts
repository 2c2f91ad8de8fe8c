import { expect, test } from 'vitest'
import type { Quirks } from '../../app/commerce/sample-api/quirks.ts'
import { entities } from '../../app/model/tenant.ts'
import { done, makeRig, type Rig, type Synced } from './rig.ts'

/** Syncs a world whose server behaves oddly; twice, because what was learned must not change the result. */
async function oddly(quirks: Quirks): Promise<{ rig: Rig; first: Synced; second: Synced; dump: string }> {
  const rig = await makeRig({ api: { quirks } })
  const first = await rig.sync()
  const dump = rig.dump()
  rig.clock.pass(15)
  return { rig, first, second: await rig.sync(), dump }
}

async function plainly(): Promise<{ dump: string; counts: Synced['counts'] }> {
  const rig = await makeRig()
  const { counts } = await rig.sync()
  return { dump: rig.dump(), counts }
}

test('a server that ignores the filter by parent is noticed, remembered and read as a whole', async () => {
  const plain = await plainly()
  // Few changed quotes, so that the first plan is to ask for each of them.
  const rig = await makeRig()
  await rig.sync()
  expect(rig.dump()).toBe(plain.dump)
  rig.api.quirks.ignoreParentFilters = true
  const line = rig.world.list('quoteline')[0]
  const change = (title: string) => {
    rig.clock.pass(60)
    rig.world.touchLine(line?.id ?? 0, { title })
  }
  change('Noticed')
  expect(await rig.sync()).toMatchObject(done)
  expect(rig.store.watermarks.quirk(rig.tenantId, 'ignores-parent-filter:quotesection')).toBe('yes')
  expect(rig.store.watermarks.quirk(rig.tenantId, 'ignores-parent-filter:quoteline')).toBe('yes')
  const changed = "SELECT count(*) AS n FROM QUOTATIONDETAIL WHERE QDDesc = 'Noticed'"
  expect(rig.rows(changed)).toEqual([{ n: 1 }])
  const lines = 'SELECT count(*) AS n FROM QUOTATIONDETAIL'
  const before = rig.rows(lines)
  change('Remembered')
  const third = await rig.sync()
  expect(third).toMatchObject(done)
  expect(third.counts.quotes).toMatchObject({ updated: 1, created: 0, failed: 0 })
  expect(rig.rows(lines)).toEqual(before)
})

test.each<[string, Quirks]>([
  ['dates without a zone', { datesWithoutZone: true }],
  ['enumerations with labels', { enumLabels: true }],
  ['fields left out', { absentFields: true }],
])('%s: the same Halo as from a plain server', async (_, quirks) => {
  const plain = await plainly()
  const { first, second, dump, rig } = await oddly(quirks)
  expect(first).toMatchObject({ ...done, counts: plain.counts })
  expect(dump).toBe(plain.dump)
  expect(second).toMatchObject({ ...done, outcomes: [] })
  expect(rig.dump()).toBe(dump)
})

test('values that nobody documented pass, with a note', async () => {
  const { first, second } = await oddly({ unknownEnums: true })
  expect(first.outcome).toBe('done')
  for (const entity of entities) expect(first.counts[entity].failed).toBe(0)
  expect(first.outcomes.flatMap((one) => one.notes.map((note) => note.code))).toContain('value-unknown')
  expect(second).toMatchObject({ ...done, outcomes: [] })
})

test('lists that shift while they are read lose nothing and double nothing', async () => {
  const sizes = { customers: 130, products: 250, quotes: 120, orders: 20 }
  const rig = await makeRig({ api: { ...sizes, quirks: { shiftingLists: true } } })
  const all = { customer: rig.world.ids('customer'), quote: rig.world.ids('quote') }
  expect(await rig.sync()).toMatchObject(done)
  rig.api.quirks.shiftingLists = false
  rig.clock.pass(15)
  expect(await rig.sync()).toMatchObject(done)
  for (const [list, table, column] of [
    ['customer', 'AREA', 'adattocommerceid'],
    ['quote', 'QUOTATIONHEADER', 'qhdattocommerceid'],
  ] as const) {
    const ids = rig.rows(`SELECT ${column} AS id FROM ${table} WHERE ${column} > 0`).map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(all[list]))
  }
})

test('a list that is not ordered by date, and many changes at one moment, end in one request each', async () => {
  const rig = await makeRig()
  await rig.sync()
  rig.clock.pass(60)
  for (const id of rig.world.ids('product')) rig.world.touchProduct(id, { weight: 2 })
  for (let more = 0; more < 120; more++) rig.world.addProduct({ productNumber: `SKU-${more}` })
  expect((await rig.sync()).counts.products).toMatchObject({ created: 120 })
  // Two days on, nothing has changed since: the moment of the change is not asked for any more.
  rig.clock.pass(2 * 24 * 60)
  await rig.sync()
  rig.clock.pass(15)
  expect((await rig.sync()).paths['/v1/product']).toBe(1)
})

test.each(['seconds', 'date', 'none'] as const)(
  'too many requests, Retry-After %s: it waits and goes on',
  async (retryAfter) => {
    const plain = await plainly()
    const rig = await makeRig({ api: { requestsPerMinute: 5, quirks: { retryAfter } } })
    const run = await rig.sync()
    expect(run).toMatchObject(done)
    expect(rig.dump()).toBe(plain.dump)
    expect(run.requests).toBeGreaterThan(run.run.requests)
  },
)

test('the limit of a day stops a long list; the next run goes on at its page and finishes', async () => {
  const sizes = { customers: 5, products: 5, quotes: 1150, orders: 5 }
  const rig = await makeRig({ api: sizes, tenant: { requestsPerDay: 10, reserve: 0 } })
  const first = await rig.sync()
  expect(first).toMatchObject({
    outcome: 'stopped',
    fault: { code: 'day-limit', retryAt: '2026-06-03T00:00:00.000Z' },
  })
  expect(first.requests).toBe(10)
  const pages = first.paths['/v1/quote'] ?? 0
  expect(pages).toBeGreaterThan(2)
  // Still the same day: nothing is sent.
  rig.clock.pass(15)
  expect(await rig.sync()).toMatchObject({ outcome: 'stopped', fault: { code: 'day-limit' }, requests: 0 })
  rig.update({ requestsPerDay: 10_000 })
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  // 1,150 quotes are twelve pages; the last one read is read again.
  expect(second.paths['/v1/quote']).toBe(12 - pages + 1)
  expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')).toEqual([{ n: 1150 }])
})

test('Commerce says that the day is used up, though our own count does not', async () => {
  const plain = await plainly()
  const rig = await makeRig({ api: { requestsPerDay: 16 } })
  const first = await rig.sync()
  expect(first).toMatchObject({ outcome: 'stopped', fault: { code: 'day-limit', side: 'commerce' } })
  expect(first.fault?.retryAt).toMatch(/^2026-06-03T00:00/)
  rig.clock.nowMs = Date.parse('2026-06-03T00:01:00.000Z')
  expect(await rig.sync()).toMatchObject(done)
  expect(rig.dump()).toBe(plain.dump)
})
