import { expect, test } from 'vitest'
import { done, listsOnce, makeRig, none, now } from './rig.ts'

test('a product that is gone leaves its line without an item', async () => {
  const rig = await makeRig(now)
  await rig.sync()
  rig.clock.pass(10)
  const quote = rig.world.addQuote({ title: 'With a lost product' })
  const section = rig.world.ids('quotesection', { parentId: quote.id })[0] ?? 0
  const lines = rig.world.list('quoteline', { parentId: section })
  rig.world.removeProduct(lines[0]?.productID ?? 0)
  const run = await rig.sync()
  expect(run).toMatchObject(done)
  const outcome = run.outcomes.find((one) => one.entity === 'quotes')
  expect(outcome?.notes.map((note) => note.code)).toContain('product-missing')
  const items = rig.rows(
    'SELECT QDItemid AS item FROM QUOTATIONDETAIL WHERE coalesce(QDIsGroupDesc, 0) = 0 ORDER BY QDsortseq',
  )
  expect(items).toHaveLength(2)
  expect(Number(items[0]?.item ?? 0)).toBe(0)
  expect(Number(items[1]?.item)).toBeGreaterThan(0)
})

test('a quote without its customer fails alone, and heals when the customer appears', async () => {
  const rig = await makeRig(now)
  await rig.sync()
  rig.clock.pass(10)
  const lost = rig.world.addQuote({ customerID: 987_654, quoteNumber: 'QO-LOST' })
  const fine = rig.world.addQuote({ quoteNumber: 'QO-FINE' })
  const second = await rig.sync()
  expect(second.outcome).toBe('partial')
  expect(second.counts.quotes).toEqual({ ...none, created: 1, failed: 1 })
  expect(rig.failures()).toMatchObject([
    { entity: 'quotes', commerceId: lost.id, fault: { code: 'customer-missing' } },
  ])
  expect(rig.record('quotes', fine.id)?.haloId).toEqual(expect.any(Number))

  const customer = rig.world.addCustomer({ name: 'Late Ltd' })
  rig.world.touch('quote', lost.id, { customerID: customer.id, modifiedDate: lost.modifiedDate })
  rig.clock.pass(10)
  const third = await rig.sync()
  expect(third).toMatchObject(done)
  expect(rig.failures()).toEqual([])
  expect(rig.record('quotes', lost.id)?.haloId).toEqual(expect.any(Number))
})

test('a broken record fails alone and is read again by its id', async () => {
  const rig = await makeRig()
  const id = rig.world.ids('quote')[5] ?? 0
  rig.api.quirks.brokenRecord = { resource: 'quote', id, fields: { modifiedDate: 42 } }
  const first = await rig.sync()
  expect(first.outcome).toBe('partial')
  expect(first.counts.quotes).toEqual({ ...none, created: 59, failed: 1 })
  expect(rig.failures()).toMatchObject([{ commerceId: id, fault: { code: 'record-invalid' }, tries: 1 }])
  expect(rig.failures()[0]?.payload).toContain('"modifiedDate":42')
  // Too early for another try, and no list brings it again.
  rig.clock.pass(1)
  expect((await rig.sync()).paths).toEqual(listsOnce)
  rig.clock.pass(10)
  expect((await rig.sync()).paths['/v1/quote/{id}']).toBe(1)
  expect(rig.failures()).toMatchObject([{ commerceId: id, tries: 2 }])
  delete rig.api.quirks.brokenRecord
  rig.clock.pass(20)
  const healed = await rig.sync()
  expect(healed).toMatchObject(done)
  expect(healed.counts.quotes).toMatchObject({ created: 1 })
  expect(rig.failures()).toEqual([])
})

test('a quote with a broken line is not written in part', async () => {
  const rig = await makeRig()
  const line = rig.world.list('quoteline')[0]
  const quoteId = rig.world.get('quotesection', line?.quoteSectionID ?? 0)?.quoteID ?? 0
  rig.api.quirks.brokenRecord = { resource: 'quoteline', id: line?.id ?? 0, fields: { quantity: 'many' } }
  expect((await rig.sync()).counts.quotes).toEqual({ ...none, created: 59, failed: 1 })
  expect(rig.failures()).toMatchObject([{ entity: 'quotes', commerceId: quoteId }])
  const inHalo = () =>
    rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER WHERE qhdattocommerceid = ?', quoteId)[0]?.n
  expect(inHalo()).toBe(0)
  // Mapped again for another reason, it is still not whole.
  rig.remap({ interpretation: { ...rig.current().mapping.interpretation, unchosenLines: 'leave out' } })
  await rig.sync()
  expect(inHalo()).toBe(0)
  delete rig.api.quirks.brokenRecord
  rig.clock.pass(60)
  expect(await rig.sync()).toMatchObject(done)
  expect(inHalo()).toBe(1)
})

test('a run by hand tries failed records again at once, and nothing else', async () => {
  const rig = await makeRig()
  const id = rig.world.ids('customer')[2] ?? 0
  rig.api.quirks.brokenRecord = { resource: 'customer', id, fields: { modifiedDate: 42 } }
  await rig.sync()
  delete rig.api.quirks.brokenRecord
  rig.store.failures.retryNow({ all: true })
  const retry = await rig.sync('retry')
  expect(retry).toMatchObject(done)
  expect(retry.paths['/v1/customer/{id}']).toBe(1)
  expect(Object.keys(retry.paths)).not.toContain('/v1/quote')
  expect(rig.failures()).toEqual([])
  expect(rig.record('customers', id)?.haloId).toEqual(expect.any(Number))
})

test('a full disk stops the run with its reason, and the next one loses nothing', async () => {
  const plain = await makeRig()
  await plain.sync()
  const rig = await makeRig()
  const pages = Number(rig.store.db.pragma('page_count', { simple: true }))
  rig.store.db.pragma(`max_page_count = ${pages + 30}`)
  expect(await rig.sync()).toMatchObject({ outcome: 'stopped', fault: { code: 'disk-full' } })
  rig.store.db.pragma('max_page_count = 1000000')
  expect(await rig.sync()).toMatchObject(done)
  expect(rig.dump()).toBe(plain.dump())
})
