import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { ok } from '../../app/model/fault.ts'
import { openStore } from '../../app/store/open.ts'
import { checkout, runCli } from '../../build/program.ts'
import { createRunControl } from '../../main/run-control.ts'
import { createTenantControl } from '../../main/tenants.ts'
import { keyfileVault } from '../../main/vault/keyfile.ts'
import { type FakeHalo, type Quirks, startFakeHalo } from '../fake-halo/index.ts'
import { good, lifted, tempFolder } from './ground.ts'
import { done, makeRig, network, none } from './rig.ts'

async function fakeHalo(quirks: Partial<Quirks> = {}): Promise<FakeHalo> {
  const fake = await startFakeHalo(quirks)
  onTestFinished(() => fake.close())
  return fake
}

const haloOf = (fake: FakeHalo) => ({
  target: { kind: 'rest', address: fake.url, tenant: null, clientId: fake.clientId } as const,
  secret: fake.secret,
})

/** How many POSTs of records there were since the last question; report questions write nothing. */
function writes({ asked }: FakeHalo): number {
  const count = asked.filter((one) => one.method === 'POST' && one.path !== '/Report').length
  asked.length = 0
  return count
}

/** Records by the Commerce ids that they carry: each must be there once. */
function commerceIds({ tables }: FakeHalo) {
  const { Client, Item, Quotation, SalesOrder } = tables.rows
  const sorted = (ids: unknown[]): number[] => ids.map(Number).toSorted((a, b) => a - b)
  return {
    customers: sorted([...Client.values()].map((row) => row.datto_commerce_id)),
    products: sorted([...Item.values()].map((row) => row.third_party_id)),
    quotes: sorted([...Quotation.values()].map((row) => row.datto_commerce_id)),
    orders: [...SalesOrder.values()].map((row) => String(row.summary)).toSorted(),
  }
}

test('a first sync brings everything, a second one writes nothing', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig({ halo: haloOf(fake) })
  const first = await rig.sync()
  expect(first).toMatchObject(done)
  expect(first.counts).toMatchObject({
    products: { ...none, created: 40 },
    customers: { ...none, created: 25 },
    quotes: { ...none, created: 60 },
  })
  expect(commerceIds(fake).quotes).toEqual(
    rig.world
      .list('quote')
      .map((one) => one.id)
      .toSorted((a, b) => a - b),
  )
  const clientOf = (user: unknown) => {
    const site = fake.tables.rows.Users.get(Number(user))?.site_id
    const client = fake.tables.rows.Site.get(Number(site))?.client_id
    return fake.tables.rows.Client.get(Number(client))?.datto_commerce_id
  }
  const owners = new Map(
    [...fake.tables.rows.Quotation.values()].map((row) => [row.datto_commerce_id, clientOf(row.user_id)]),
  )
  for (const quote of rig.world.list('quote')) expect(owners.get(quote.id)).toBe(quote.customerID)
  writes(fake)
  rig.clock.pass(60)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(writes(fake)).toBe(0)
  expect(fake.violations).toEqual([])
})

test('both Halos get the same from one source', async () => {
  const fake = await fakeHalo()
  const [rest, sql] = [await makeRig({ halo: haloOf(fake) }), await makeRig()]
  const [throughApi, intoDatabase] = [await rest.sync(), await sql.sync()]
  expect(throughApi.counts).toEqual(intoDatabase.counts)
  const told = (run: typeof throughApi) =>
    run.outcomes.map(({ entity, commerceId, kind, notes, fault }) => [
      entity,
      commerceId,
      kind,
      notes.map(({ code }) => code),
      fault?.code ?? null,
    ])
  expect(told(throughApi)).toEqual(told(intoDatabase))
  const lines = [...fake.tables.rows.Quotation.values()]
    .flatMap((quote) =>
      (quote.lines as Record<string, unknown>[]).map(
        (line) => ({ quote: quote.datto_commerce_id, ...line }) as Record<string, unknown>,
      ),
    )
    .map((line) => [
      line.quote,
      line.sort_seq,
      line.name,
      line.price,
      line.quantity,
      line.discount,
      line.tax,
      line.billingperiod,
      Number(line.optional),
    ])
  const rows = sql
    .rows(`SELECT qhdattocommerceid AS quote, QDsortseq, QDDesc, QDPrice, QDQuantity, QDDiscount, QDTax, QDBillingPeriod, qdOptional
      FROM QUOTATIONDETAIL JOIN QUOTATIONHEADER ON QHid = QDQHid`)
    .map((row) => Object.values(row))
  const inOrder = (all: unknown[][]) =>
    all.toSorted((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]))
  expect(inOrder(lines)).toEqual(inOrder(rows))
})

test('a change in Commerce reaches Halo, and nothing else is written', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig({ halo: haloOf(fake) })
  await rig.sync()
  writes(fake)
  rig.clock.pass(60)
  const quote = rig.world.list('quote')[0]
  if (!quote) throw new Error('no quote')
  rig.world.touchQuote(quote.id, { title: 'Renamed' })
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(second.counts.quotes.updated).toBe(1)
  expect(second.outcomes.find((one) => one.kind === 'updated')?.changes).toContainEqual(
    expect.objectContaining({ field: 'Quotation.title', after: 'Renamed' }),
  )
  expect(writes(fake)).toBe(1)
})

test('a store that is lost makes nothing twice', async () => {
  const fake = await fakeHalo()
  await (await makeRig({ halo: haloOf(fake) })).sync()
  const before = commerceIds(fake)
  writes(fake)
  const again = await (await makeRig({ halo: haloOf(fake) })).sync()
  expect(again).toMatchObject(done)
  expect(again.counts.quotes).toEqual({ ...none, unchanged: 60 })
  expect(commerceIds(fake)).toEqual(before)
  expect(writes(fake)).toBe(0)
})

test('a tenant that changes its Halo, there and back, makes nothing twice', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig()
  const embedded = rig.current().halo
  const first = await rig.sync()
  good(rig.tenants.update(rig.tenantId, { halo: haloOf(fake).target }, 'test', fake.secret))
  const { secret } = fake
  const there = await rig.sync('sync', { secret })
  expect(there).toMatchObject(done)
  expect(there.counts).toEqual(first.counts)
  const api = commerceIds(fake)
  rig.update({ halo: embedded })
  const before = rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')
  const back = await rig.sync()
  expect(back).toMatchObject(done)
  expect(back.counts.quotes).toEqual({ ...none, unchanged: 60 })
  expect(rig.rows('SELECT count(*) AS n FROM QUOTATIONHEADER')).toEqual(before)
  good(rig.tenants.update(rig.tenantId, { halo: haloOf(fake).target }, 'test', fake.secret))
  writes(fake)
  expect((await rig.sync('sync', { secret })).counts.quotes).toEqual({ ...none, unchanged: 60 })
  expect(commerceIds(fake)).toEqual(api)
  expect(writes(fake)).toBe(0)
})

test('a preview writes nothing', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig({ halo: haloOf(fake) })
  const preview = await rig.sync('preview')
  expect(preview).toMatchObject(done)
  expect(preview.counts.quotes).toEqual({ ...none, created: 60 })
  expect(writes(fake)).toBe(0)
})

test('a Halo that goes away in the midst of it stops the run; the next one finishes', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig({ halo: haloOf(fake) })
  fake.quirks.trouble.push(
    { method: 'POST', path: '/Quotation', how: 'lost-before', skip: 2 },
    { method: 'POST', path: '/Quotation', how: 'lost-before' },
  )
  const stopped = await rig.sync()
  expect(stopped).toMatchObject({ outcome: 'stopped', fault: { next: 'retry' } })
  expect(fake.tables.rows.Quotation.size).toBe(40)
  rig.clock.pass(10)
  expect(await rig.sync()).toMatchObject(done)
  expect(commerceIds(fake).quotes).toEqual(
    rig.world
      .list('quote')
      .map((one) => one.id)
      .toSorted((a, b) => a - b),
  )
})

test('a Halo that answers with web pages in the midst of it stops the run and is named; the next one finishes', async () => {
  const fake = await fakeHalo()
  const rig = await makeRig({ halo: haloOf(fake) })
  const page = { method: 'POST', path: '/Quotation', how: 'page' } as const
  fake.quirks.trouble.push({ ...page, skip: 2 }, page, page)
  const stopped = await rig.sync()
  expect(stopped).toMatchObject({ outcome: 'stopped', fault: { code: 'halo-not-api', side: 'halo' } })
  expect(stopped.fault?.exchangeId).toBeGreaterThan(0)
  expect(fake.tables.rows.Quotation.size).toBe(40)
  fake.quirks.trouble.length = 0
  rig.clock.pass(10)
  expect(await rig.sync()).toMatchObject(done)
  expect(commerceIds(fake).quotes).toHaveLength(60)
})

test('a sync that is killed, wherever, and begun again leaves nothing twice', async () => {
  const fake = await fakeHalo()
  const api = await startSampleApi({ customers: 40, products: 60, quotes: 120, orders: 30, ...lifted })
  onTestFinished(() => api.stop())
  const args = ['--data', dataFolder(fake, api), 'sync', '--json']
  for (const point of [4, 8, 12, 15]) {
    fake.asked.length = 0
    const child = spawn(process.execPath, ['main/cli.ts', ...args], { cwd: checkout, windowsHide: true })
    child.stdout.resume()
    child.stderr.resume()
    const closed = once(child, 'close')
    while (child.exitCode === null && fake.asked.length < point) await wait(2)
    child.kill('SIGKILL')
    await closed
  }
  const last = await runCli(args)
  expect(last).toMatchObject({ status: 0 })
  const ids = commerceIds(fake)
  for (const list of Object.values(ids)) expect(list).toEqual([...new Set<unknown>(list)])
  expect([ids.customers, ids.products, ids.quotes].map((list) => list.length)).toEqual([40, 60, 120])
  const contacts = [...fake.tables.rows.Users.values()].map(
    (row) => `${row.client_id} ${row.name} ${row.emailaddress}`,
  )
  expect(contacts).toEqual([...new Set(contacts)])
})

/** A data folder with one tenant that feeds this Halo. */
function dataFolder(fake: FakeHalo, api: { readonly url: string; readonly key: string }): string {
  const folder = tempFolder()
  const clock = { now: () => Date.now() }
  const store = good(openStore(folder, { clock, role: 'owner' }))
  const setup = { folder, salt: 'a-salt-for-tests', version: '0' }
  const nothing = () => undefined
  const tenants = createTenantControl({
    store,
    vault: keyfileVault(folder, clock),
    runs: () => control,
    onChange: nothing,
  })
  const control = createRunControl({
    ...{ store, setup, keyOf: tenants.keyOf, haloSecretOf: tenants.haloSecretOf },
    ...{ onChange: nothing, onEnded: nothing, onBug: nothing },
    network: () => ok({ network, proxyPassword: null }),
  })
  const { target, secret } = haloOf(fake)
  const given = {
    name: 'North',
    instanceUrl: 'https://north.mydattocommerce.com',
    apiUrl: api.url,
    syncFrom: '2000-01-01T00:00:00.000Z',
    halo: target,
    ...lifted,
  }
  good(tenants.add(given, api.key, 'test', secret))
  store.close()
  return folder
}
