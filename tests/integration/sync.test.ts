import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { entities } from '../../app/model/tenant.ts'
import { done, listsOnce, makeRig, none, now, type Rig } from './rig.ts'

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
  setByHand(rig, id, 7)
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

function setByHand(rig: Rig, quoteId: number, status: number): void {
  const sql = new Database(rig.halo)
  sql.prepare('UPDATE QUOTATIONHEADER SET QHstatus = ? WHERE qhdattocommerceid = ?').run(status, quoteId)
  sql.close()
}
