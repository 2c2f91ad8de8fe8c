import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entities } from '../../app/model/tenant.ts'
import { makeRig, type Rig, tempFolder } from './rig.ts'

const done = { outcome: 'done', fault: null }
const none = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
const now = { tenant: { syncFrom: '2026-06-02T08:00:00.000Z' } }

/** Each list that a sync reads by date (and categories, which have none), asked once. */
const listsOnce = {
  '/v1/category': 1,
  '/v1/product': 1,
  '/v1/customer': 1,
  '/v1/contact': 1,
  '/v1/customeraddress': 1,
  '/v1/quote': 1,
  '/v1/salesorder': 1,
  '/v1/salesorderline': 1,
}

const everyRecord = (rig: Rig): string =>
  JSON.stringify(
    rig.store.db.prepare('SELECT * FROM record ORDER BY tenant_id, entity, commerce_id').all(),
    (name, value) => (name === 'last_run' ? undefined : value),
  )

/** What is paid once before tax for the lines that count, added up from Commerce's own records. */
function onceFromSource(rig: Rig, quoteId: number): number {
  let sum = 0
  for (const section of rig.world.list('quotesection', { parentId: quoteId })) {
    for (const line of rig.world.list('quoteline', { parentId: section.id })) {
      const isChosen = section.isSelected && (line.isSelected || !(line.isOptional || section.isMultiChoice))
      if (!isChosen || line.isRecurring) continue
      const gross = Math.round(line.price * line.quantity * 100) / 100
      const value = line.discountValue ?? 0
      const off = line.discountMethod === 0 ? (gross * value) / 100 : line.discountMethod === 1 ? value : 0
      sum += line.quantity === 0 ? 0 : gross - Math.round(off * 100) / 100
    }
  }
  return sum
}

const onceInHalo = `SELECT round(sum((QDPrice - coalesce(QDDiscount, 0)) * QDQuantity), 2) AS total FROM QUOTATIONDETAIL
  JOIN QUOTATIONHEADER ON QHid = QDQHid
  WHERE qhdattocommerceid = ? AND coalesce(QDIsGroupDesc, 0) = 0 AND coalesce(qdOptional, 0) = 0 AND coalesce(QDBillingPeriod, 0) = 0`

test('a first sync brings everything to where Halo looks for it', async () => {
  const rig = await makeRig()
  const first = await rig.sync()
  expect(first).toMatchObject(done)
  expect(first.counts.products).toEqual({ ...none, created: 40 })
  expect(first.counts.customers).toEqual({ ...none, created: 25 })
  expect(first.counts.quotes).toEqual({ ...none, created: 60 })
  const orders = rig.world.list('salesorder')
  const chosen = orders.filter((order) => order.status === 2 || order.status === 3)
  expect(chosen.length).toBeGreaterThan(0)
  expect(first.counts.salesOrders).toEqual({
    ...none,
    created: chosen.length,
    skipped: orders.length - chosen.length,
  })
  expect(first.run.requests).toBe(first.requests)

  const clientOfQuotes =
    rig.rows(`SELECT qhdattocommerceid AS id, adattocommerceid AS customer FROM QUOTATIONHEADER
    JOIN USERS ON Uid = QHUserID JOIN SITE ON Ssitenum = Usite JOIN AREA ON Aarea = Sarea ORDER BY 1`)
  expect(clientOfQuotes).toEqual(
    rig.world.list('quote').map((quote) => ({ id: quote.id, customer: quote.customerID })),
  )
  const clientOfOrders = rig.rows(`SELECT OHsummary AS number, adattocommerceid AS customer FROM ORDERHEAD
    JOIN SITE ON Ssitenum = OHsitenum JOIN AREA ON Aarea = Sarea ORDER BY OHid`)
  expect(clientOfOrders).toEqual(
    chosen.map((order) => ({ number: order.orderNumber, customer: order.customerID })),
  )

  for (const id of rig.world.ids('quote').slice(0, 40)) {
    const [row] = rig.rows(onceInHalo, id)
    expect(Number(row?.total ?? 0)).toBeCloseTo(onceFromSource(rig, id), 1)
  }
  const costs = rig.rows(`SELECT (SELECT count(*) FROM QUOTATIONDETAIL WHERE coalesce(QDCostPrice, 0) <> 0)
    + (SELECT count(*) FROM ORDERLINE WHERE coalesce(OLCostPrice, 0) <> 0) + (SELECT count(*) FROM ITEM WHERE coalesce(ICostPrice, 0) <> 0) AS n`)
  expect(costs).toEqual([{ n: 0 }])
})

test('a second sync with nothing new writes nothing and asks each list once', async () => {
  const rig = await makeRig()
  await rig.sync()
  const [halo, records] = [rig.dump(), everyRecord(rig)]
  rig.clock.pass(15)
  const second = await rig.sync()
  expect(second).toMatchObject({ ...done, outcomes: [] })
  expect(second.paths).toEqual(listsOnce)
  for (const entity of entities)
    expect(second.counts[entity]).toMatchObject({ created: 0, updated: 0, failed: 0 })
  expect(rig.dump()).toBe(halo)
  expect(everyRecord(rig)).toBe(records)
})

test('what changes is brought, and nothing else', async () => {
  const rig = await makeRig()
  await rig.sync()
  rig.clock.pass(60)
  const [touched, lined] = rig.world.ids('quote')
  const section = rig.world.ids('quotesection', { parentId: lined ?? 0 })[0] ?? 0
  const line = rig.world.ids('quoteline', { parentId: section })[0] ?? 0
  rig.world.touchQuote(touched ?? 0, { title: 'Another title' })
  rig.world.touchLine(line, { title: 'Another line', price: 123.45, quantity: 2 })
  const newcomer = rig.world.addCustomer({ name: 'Brand New Ltd' })
  rig.world.addContact(newcomer.id, { email: 'first@brandnew.example' })
  const contact = rig.world.list('contact')[0]
  rig.world.touch('contact', contact?.id ?? 0, { phone: '0555 123' })
  rig.clock.pass(1)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.counts.quotes).toMatchObject({ created: 0, updated: 2, failed: 0 })
  expect(second.counts.customers).toMatchObject({ created: 1, updated: 1 })
  expect(rig.rows('SELECT QHtitle FROM QUOTATIONHEADER WHERE qhdattocommerceid = ?', touched)).toEqual([
    { QHtitle: 'Another title' },
  ])
  expect(rig.rows("SELECT QDPrice FROM QUOTATIONDETAIL WHERE QDDesc = 'Another line'")).toEqual([
    { QDPrice: 123.45 },
  ])
  expect(
    rig.rows("SELECT uemail FROM USERS JOIN AREA ON Aarea = uarea WHERE aareadesc = 'Brand New Ltd'"),
  ).toEqual([{ uemail: 'first@brandnew.example' }])
  expect(rig.rows("SELECT count(*) AS n FROM USERS WHERE uextn = '0555 123'")).toEqual([{ n: 1 }])
})

test('a line that changed without its quote is met when its list is read anyway', async () => {
  const rig = await makeRig()
  await rig.sync()
  rig.clock.pass(60)
  const line = rig.world.list('quoteline')[0]
  rig.world.touchLine(line?.id ?? 0, { title: 'Silently other' }, { isQuoteMoved: false })
  // So many changed quotes that the whole list is cheaper than one request each.
  for (const id of rig.world.ids('quote').slice(10)) rig.world.touchQuote(id, { privateNote: 'moved' })
  expect(await rig.sync()).toMatchObject(done)
  expect(rig.rows("SELECT count(*) AS n FROM QUOTATIONDETAIL WHERE QDDesc = 'Silently other'")).toEqual([
    { n: 1 },
  ])
})

test('no historic record comes along, but a new quote brings its old customer', async () => {
  const rig = await makeRig(now)
  const first = await rig.sync()
  expect(first).toMatchObject(done)
  for (const entity of entities) expect(first.counts[entity]).toEqual(none)
  rig.clock.pass(10)
  const [, customer] = rig.world.list('customer')
  rig.world.addQuote({ customerID: customer?.id ?? 0, title: 'For an old customer' })
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.counts.quotes).toEqual({ ...none, created: 1 })
  expect(second.counts.customers).toEqual({ ...none, created: 1 })
  expect(second.paths).toMatchObject({ '/v1/customer/{id}': 1, '/v1/contact': 2, '/v1/customeraddress': 2 })
  expect(
    rig.rows(
      'SELECT adattocommerceid AS id FROM AREA WHERE adattocommerceid IS NOT NULL AND adattocommerceid > 0',
    ),
  ).toEqual([{ id: customer?.id }])
  const emails = rig.rows(
    'SELECT lower(uemail) AS email FROM USERS JOIN AREA ON Aarea = uarea WHERE adattocommerceid = ?',
    customer?.id,
  )
  const contacts = rig.world.list('contact', { parentId: customer?.id ?? 0 })
  for (const { email } of contacts) if (email) expect(emails).toContainEqual({ email: email.toLowerCase() })
  const third = await rig.sync()
  expect(third.paths).toEqual(listsOnce)
})

test('an order that is not to be imported brings nobody along', async () => {
  const rig = await makeRig(now)
  await rig.sync()
  rig.clock.pass(10)
  const order = rig.world.list('salesorder')[0]
  rig.world.touch('salesorder', order?.id ?? 0, { status: 1 })
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.counts.salesOrders).toEqual({ ...none, skipped: 1 })
  expect(second.counts.customers).toEqual(none)
  expect(second.counts.products).toEqual(none)
  expect(second.outcomes[0]?.notes[0]).toMatchObject({ code: 'status-not-chosen' })
})

test('a status is written when it changes, and one that was set by hand stays', async () => {
  const rig = await makeRig({ mapping: { quoteStatus: { '0': 1, '1': 2, '2': 2, '3': 4, '90': 5 } } })
  await rig.sync()
  const id = rig.world.list('quote').find((quote) => quote.status === 1)?.id ?? 0
  const status = () =>
    rig.rows('SELECT QHstatus AS s FROM QUOTATIONHEADER WHERE qhdattocommerceid = ?', id)[0]?.s
  expect(status()).toBe(2)
  rig.clock.pass(10)
  await setByHand(rig, id, 7)
  rig.world.touchQuote(id, { title: 'Moved on' })
  expect(await rig.sync()).toMatchObject(done)
  expect(status()).toBe(7)
  rig.clock.pass(10)
  rig.world.changeStatus(id, 3)
  expect(await rig.sync()).toMatchObject(done)
  expect(status()).toBe(4)
  rig.clock.pass(10)
  rig.world.changeStatus(id, 4)
  const last = await rig.sync()
  expect(last.outcomes.find((one) => one.commerceId === id)?.notes).toMatchObject([
    { code: 'status-unmapped', facts: { status: 4 } },
  ])
  expect(status()).toBe(4)
})

async function setByHand(rig: Rig, quoteId: number, status: number): Promise<void> {
  const { default: Database } = await import('better-sqlite3')
  const sql = new Database(rig.halo)
  sql.prepare('UPDATE QUOTATIONHEADER SET QHstatus = ? WHERE qhdattocommerceid = ?').run(status, quoteId)
  sql.close()
}

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
