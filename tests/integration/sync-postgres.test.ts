import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { dumpFile, tempFolder } from './ground.ts'
import { type PostgresServer, startPostgres } from './halo/postgres-server.ts'
import { type PostgresWorld, postgresWorld } from './halo/postgres-world.ts'
import { done, makeRig, none } from './rig.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.end())

async function world(isIdentity = true): Promise<PostgresWorld> {
  const made = await postgresWorld(server, { names: 'exact', isIdentity })
  onTestFinished(() => made.close())
  return made
}

const counts = async ({ count }: PostgresWorld) => ({
  customers: await count('customers'),
  products: await count('products'),
  quotes: await count('quotes'),
  orders: await count('salesOrders'),
})

/** Every row of a table, its columns as the catalogue spells them, without what differs by the hour of the run. */
async function rowsOf({ database }: PostgresWorld, table: string, key: string): Promise<unknown[]> {
  const [result] = await server.run(database, `select to_jsonb(t) as row from "${table}" t order by "${key}"`)
  return (result?.rows ?? []).map(({ row }) => row as unknown)
}

test('a first sync brings everything, a second one writes nothing', async () => {
  const halo = await world()
  const rig = await makeRig({ halo: { target: halo.target, secret: server.password } })
  const first = await rig.sync()
  expect(first).toMatchObject(done)
  expect(first.counts).toMatchObject({
    products: { ...none, created: 40 },
    customers: { ...none, created: 25 },
    quotes: { ...none, created: 60 },
  })
  const lines = async () => [
    await rowsOf(halo, 'QUOTATIONDETAIL', 'QDid'),
    await rowsOf(halo, 'ORDERLINE', 'id'),
  ]
  const before = await lines()
  rig.clock.pass(60)
  const second = await rig.sync()
  expect(second).toMatchObject(done)
  expect(await lines()).toEqual(before)
})

test('both databases get the same rows, with the same keys, from one source', async () => {
  const halo = await world(false)
  const rig = await makeRig({ halo: { target: halo.target, secret: server.password } })
  expect(await rig.sync()).toMatchObject(done)
  const file = join(tempFolder(), 'halo.db')
  const embedded = await makeRig({ tenant: { halo: { kind: 'sqlite', file } } })
  expect(await embedded.sync()).toMatchObject(done)
  expect(dumpFile(file)).not.toBe('')
  for (const [table, key, columns] of [
    ['AREA', 'Aarea', ['Aarea', 'aareadesc', 'Aarearef', 'adattocommerceid', 'adattocommerceurl']],
    ['USERS', 'Uid', ['Uid', 'Usite', 'uusername', 'uemail']],
    ['ITEM', 'Iid', ['Iid', 'idesc', 'Ibaseprice', 'IRecurringPrice', 'IExternalReference', 'ithirdpartyid']],
    ['QUOTATIONHEADER', 'QHid', ['QHid', 'QHtitle', 'QHUserID', 'QHCarriagePrice', 'qhdattocommerceid']],
    [
      'QUOTATIONDETAIL',
      'QDid',
      [
        'QDid',
        'QDQHid',
        'QDItemid',
        'QDDesc',
        'QDPrice',
        'QDQuantity',
        'QDTax',
        'QDDiscount',
        'QDBillingPeriod',
        'QDsortseq',
      ],
    ],
    ['ORDERLINE', 'id', ['id', 'OLid', 'OLseq', 'OLDesc', 'OLSellingPrice', 'oldattocommercelineid']],
  ] as const) {
    const pick = (row: unknown) => columns.map((column) => (row as Record<string, unknown>)[column])
    const theirs = embedded.rows(`select * from ${table} order by ${key}`).map(pick)
    expect([table, (await rowsOf(halo, table, key)).map(pick)]).toEqual([table, theirs])
  }
})

test('a tenant that is moved to another Halo, and back, finds its records again in both', async () => {
  const halo = await world()
  const rig = await makeRig()
  await rig.sync()
  const embedded = rig.current().halo
  const move = (target: typeof embedded) => {
    const moved = rig.tenants.update(
      rig.tenantId,
      { halo: target },
      'test',
      target.kind === 'sqlite' ? undefined : server.password,
    )
    expect(moved.ok).toBe(true)
  }
  const sync = () => rig.sync('sync', { secret: server.password })
  move(halo.target)
  const there = await sync()
  expect(there).toMatchObject(done)
  expect(await counts(halo)).toEqual({
    customers: 25,
    products: 40,
    quotes: 60,
    orders: there.counts.salesOrders.created,
  })
  const file = embedded.kind === 'sqlite' ? embedded.file : ''
  const before = dumpFile(file)
  move(embedded)
  expect(await sync()).toMatchObject(done)
  expect(dumpFile(file)).toBe(before)
  const inHalo = await counts(halo)
  move(halo.target)
  const again = await sync()
  expect(again.counts.quotes).toMatchObject({ created: 0, failed: 0 })
  expect(await counts(halo)).toEqual(inHalo)
})

test('the server is stopped in the middle of a run: the next one completes it, and nothing is twice', async () => {
  const halo = await world()
  const rig = await makeRig({ halo: { target: halo.target, secret: server.password }, api: { quotes: 500 } })
  let stopped: Promise<void> | null = null
  const first = await rig.sync('sync', {
    onProgress: ({ phase, entity }) => {
      if (phase === 'writing' && entity === 'quotes') stopped ??= server.stop()
    },
  })
  await stopped
  expect(first.fault).toMatchObject({ code: 'halo-unreachable', next: 'retry' })
  await server.start()
  const half = await counts(halo)
  expect(half.quotes).toBeLessThan(500)
  rig.clock.pass(60)
  expect(await rig.sync()).toMatchObject(done)
  expect(await counts(halo)).toMatchObject({
    customers: half.customers,
    products: half.products,
    quotes: 500,
  })
  const [twice] = await server.run(
    halo.database,
    'select "qhdattocommerceid" from "QUOTATIONHEADER" group by 1 having count(*) > 1',
  )
  expect(twice?.rows).toEqual([])
})
