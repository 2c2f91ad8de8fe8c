import { join } from 'node:path'
import { expect, test } from 'vitest'
import { movingClock, tempFolder } from './ground.ts'
import { done, listsOnce, makeRig, none, now } from './rig.ts'

test('a changed mapping maps again without a request for parts', async () => {
  const rig = await makeRig()
  await rig.sync()
  const { interpretation } = rig.current().mapping
  rig.remap({ interpretation: { ...interpretation, unchosenLines: 'leave out' } })
  rig.clock.pass(15)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.paths).toEqual(listsOnce)
  expect(second.counts.quotes.updated).toBeGreaterThan(0)
  expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONDETAIL WHERE qdOptional = 1')).toEqual([{ n: 0 }])
})

test.each([-60, 60])(
  'a clock that is %i minutes off loses no change and writes nothing twice',
  async (minutes) => {
    const start = movingClock().nowMs
    let ours: { now(): number } = { now: () => start }
    const rig = await makeRig({ api: { clock: { now: () => ours.now() + minutes * 60_000 } } })
    ours = rig.clock
    expect(await rig.sync()).toMatchObject(done)
    for (const name of ['First', 'Second']) {
      rig.clock.pass(15)
      rig.world.addQuote({ quoteNumber: `QO-${name}` })
      const run = await rig.sync()
      expect(run).toMatchObject(done)
      expect(run.counts.quotes.created).toBe(1)
    }
    rig.clock.pass(15)
    const quiet = await rig.sync()
    expect([
      quiet.counts.quotes.created,
      quiet.counts.quotes.updated,
      quiet.counts.customers.created,
    ]).toEqual([0, 0, 0])
    expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')).toEqual([{ n: 62 }])
  },
)

test('another Halo gets everything, out of what was read before', async () => {
  const rig = await makeRig({ mapping: { quoteStatus: { '1': 2 } } })
  const first = await rig.sync()
  const before = rig.dump()
  rig.update({ halo: { kind: 'sqlite', file: join(tempFolder(), 'other.db') } })
  rig.clock.pass(15)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.paths).toEqual(listsOnce)
  expect(second.counts).toEqual(first.counts)
  expect(rig.dump()).toBe(before)
})

test('a reconcile marks what is gone, deletes nothing and brings no history', async () => {
  const rig = await makeRig(now)
  rig.clock.pass(1)
  rig.world.addQuote({ quoteNumber: 'QO-STAYS' })
  const gone = rig.world.addQuote({ quoteNumber: 'QO-GONE-2' })
  await rig.sync()
  rig.clock.pass(10)
  rig.world.removeQuote(gone.id)
  const run = await rig.sync('reconcile')
  expect(run).toMatchObject(done)
  expect(rig.record('quotes', gone.id)?.goneAt).toEqual(expect.any(String))
  expect(rig.store.records.counts(rig.tenantId)).toMatchObject({ quotes: 2, customers: 1 })
  expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')).toEqual([{ n: 2 }])
})

test('a reconcile takes no record for gone that is broken or that moved while the list was read', async () => {
  const rig = await makeRig({ api: { customers: 230, products: 5, quotes: 5, orders: 5 } })
  await rig.sync()
  rig.api.quirks.brokenRecord = { resource: 'customer', id: rig.world.ids('customer')[3] ?? 0 }
  rig.clock.pass(10)
  const removed = rig.world.ids('customer')[0] ?? 0
  await rig.sync('reconcile', {
    onRequest: () => {
      // Gone between two pages: the first of the next page moves onto the one that was read.
      if (rig.world.get('customer', removed) && (rig.api.stats().byPath['/v1/customer'] ?? 0) > 0) {
        rig.world.removeCustomer(removed)
      }
    },
  })
  const gone = rig.store.db
    .prepare("SELECT commerce_id AS id FROM record WHERE entity = 'customers' AND gone_at IS NOT NULL")
    .all()
  expect(gone).toEqual([])
  await rig.sync('reconcile')
  const really = rig.store.db
    .prepare("SELECT commerce_id AS id FROM record WHERE entity = 'customers' AND gone_at IS NOT NULL")
    .all()
  expect(really).toEqual([{ id: removed }])
})

test('a preview writes nothing, and the sync after it is as if there had been none', async () => {
  const plain = await makeRig()
  await plain.sync()
  const rig = await makeRig()
  const preview = await rig.sync('preview')
  expect(preview).toMatchObject(done)
  expect(preview.counts.quotes).toEqual({ ...none, created: 60 })
  expect(preview.counts.customers).toEqual({ ...none, created: 25 })
  expect(preview.counts.products).toEqual({ ...none, created: 40 })
  expect(preview.outcomes.filter((one) => one.entity === 'quotes')).toHaveLength(60)
  expect(preview.outcomes.find((one) => one.entity === 'quotes')?.changes.length).toBeGreaterThan(0)
  expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')).toEqual([{ n: 0 }])
  expect(rig.store.watermarks.list(rig.tenantId)).toEqual([])
  // Changed after the preview has passed its page.
  const id = rig.world.ids('quote')[0] ?? 0
  rig.clock.pass(30)
  for (const one of [rig, plain])
    one.world.touchQuote(id, { title: 'Changed after the preview', modifiedDate: '2026-06-02T08:20:00.000Z' })
  const after = await rig.sync()
  expect(after).toMatchObject(done)
  await plain.sync()
  expect(rig.dump()).toBe(plain.dump())
})

test('a list that is cut off goes on at its page, and misses nothing that changed meanwhile', async () => {
  const rig = await makeRig({ api: { customers: 5, products: 5, quotes: 330, orders: 5 } })
  const first = await rig.sync('sync', {
    onRequest: () => {
      if ((rig.api.stats().byPath['/v1/quote'] ?? 0) === 2) rig.api.quirks.htmlAt = 'always'
    },
  })
  expect(first).toMatchObject({ outcome: 'stopped', fault: { code: 'not-json' } })
  delete rig.api.quirks.htmlAt
  rig.clock.pass(30)
  const [early] = rig.world.ids('quote')
  const late = rig.world.ids('quote').at(-1)
  rig.world.touchQuote(early ?? 0, { title: 'On a page that was read' })
  rig.clock.pass(30)
  rig.world.touchQuote(late ?? 0, { title: 'On a page that was not' })
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.paths['/v1/quote']).toBe(3)
  const third = await rig.sync()
  expect(third).toMatchObject(done)
  const titles = rig.rows(
    'SELECT QHtitle AS t FROM QUOTATIONHEADER WHERE qhdattocommerceid IN (?, ?) ORDER BY 1',
    early,
    late,
  )
  expect(titles).toEqual([{ t: 'On a page that was not' }, { t: 'On a page that was read' }])
})

test('a person can stop a run, and the next one finishes it', async () => {
  const whole = await makeRig()
  await whole.sync()
  const rig = await makeRig()
  const stop = new AbortController()
  const cancelled = await rig.sync('sync', {
    signal: stop.signal,
    onProgress: (now) => {
      if (now.phase === 'writing' && now.entity === 'quotes') stop.abort()
    },
  })
  expect(cancelled).toMatchObject({ outcome: 'cancelled', fault: { code: 'cancelled' } })
  expect(await rig.sync()).toMatchObject(done)
  expect(rig.dump()).toBe(whole.dump())
  expect(rig.failures()).toEqual([])
})

test('customers that two runs brought have the same places in Halo as those that one brought', async () => {
  const begun = async () => {
    const rig = await makeRig(now)
    await rig.sync()
    rig.clock.pass(10)
    const customers = rig.world.ids('customer')
    for (const at of [9, 3, 6])
      rig.world.addQuote({ customerID: customers[at] ?? 0, quoteNumber: `QO-${at}` })
    return rig
  }
  const whole = await begun()
  expect(await whole.sync()).toMatchObject(done)
  const rig = await begun()
  const cut = await rig.sync('sync', {
    onRequest: () => {
      if (rig.api.stats().byPath['/v1/customer/{id}'] === 1) rig.api.quirks.htmlAt = 'always'
    },
  })
  expect(cut).toMatchObject({ outcome: 'stopped', fault: { code: 'not-json' } })
  delete rig.api.quirks.htmlAt
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.paths['/v1/customer/{id}']).toBe(2)
  expect(rig.dump()).toBe(whole.dump())
})
