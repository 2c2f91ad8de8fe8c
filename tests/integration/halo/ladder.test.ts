import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { climbHalo, haloStepsOf } from '../../../app/halo/ladder.ts'
import type { HaloTarget } from '../../../app/model/halo-target.ts'
import { password, stubServer } from './mssql-stub-world.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { postgresWorld } from './postgres-world.ts'
import { clock } from './sqlite-world.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.end())
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of closing.splice(0)) await end()
})

/** Each rung by what it found or by its fault. */
async function climbed(target: HaloTarget, secret: string | null): Promise<Record<string, string>> {
  const rungs = await climbHalo(target, { clock, secret })
  const order = haloStepsOf(target)
  expect(rungs.map(({ step }) => step)).toEqual(order.slice(0, rungs.length))
  return Object.fromEntries(rungs.map(({ step, found, fault }) => [step, fault?.code ?? found]))
}

async function stub() {
  const world = await stubServer()
  closing.unshift(world.close)
  return world
}

test('SQL Server: every rung says what was found', async () => {
  const { target, server: wire, sql } = await stub()
  sql.exec("insert into AREA (Aarea, aareadesc) values (7, 'Hill Ltd')")
  expect(await climbed(target, password)).toEqual({
    halo: '127.0.0.1',
    'halo-instance': `port ${wire.port}`,
    'halo-network': `connected to 127.0.0.1:${wire.port}`,
    'halo-certificate': `signed by SSL_Self_Signed_Fallback, fingerprint ${wire.certificate.fingerprint}`,
    'halo-login': 'integrator',
    'halo-database': 'Halo',
    'halo-rights': expect.stringMatching(/^may read and write, \d+ tables$/),
    schema: expect.stringMatching(/^mssql SQL Server 16\.0\.4135\.4 Stub Edition, \d+ columns found$/),
    'halo-record': 'client 7, Hill Ltd',
  })
})

test('SQL Server: the rung that fails is the one that is to blame', async () => {
  const { target, stub: behind, server: wire } = await stub()
  const last = async (given: HaloTarget, secret: string | null = password) => {
    const found = await climbed(given, secret)
    return Object.entries(found).at(-1)
  }
  expect(await last(target, 'wrong')).toEqual(['halo-login', 'halo-login'])
  expect(await last(target, null)).toEqual(['halo-login', 'halo-secret-missing'])
  expect(await last({ ...target, database: 'X' })).toEqual(['halo-database', 'halo-database-missing'])
  expect(await last({ ...target, certificate: { kind: 'trusted' } })).toEqual([
    'halo-certificate',
    'halo-certificate',
  ])
  behind.denied = [
    ['AREA', 'INSERT'],
    ['FAULTS', 'DELETE'],
  ]
  expect(await last(target)).toEqual(['halo-rights', 'halo-rights'])
  const [rights] = (await climbHalo(target, { clock, secret: password })).slice(-1)
  expect(rights?.fault?.facts).toEqual({ table: 'AREA: INSERT' })
  await wire.stop()
  expect(await last(target)).toEqual(['halo-network', 'halo-unreachable'])
})

test('a certificate that is refused is shown all the same, to be compared and pinned', async () => {
  const { target, server: wire } = await stub()
  const rungs = await climbHalo({ ...target, certificate: { kind: 'trusted' } }, { clock, secret: password })
  expect(rungs.at(-1)).toMatchObject({
    step: 'halo-certificate',
    fault: { code: 'halo-certificate' },
    certificate: { issuer: 'SSL_Self_Signed_Fallback', fingerprint: wire.certificate.fingerprint },
  })
})

test('PostgreSQL: every rung says what was found', async () => {
  const world = await postgresWorld(server)
  closing.unshift(world.close)
  expect(await climbed(world.target, server.password)).toEqual({
    halo: `127.0.0.1, port ${server.port}`,
    'halo-network': `connected to 127.0.0.1:${server.port}`,
    'halo-certificate': 'not encrypted',
    'halo-login': 'postgres',
    'halo-database': world.database,
    'halo-rights': expect.stringMatching(/^may read and write, \d+ tables$/),
    schema: expect.stringMatching(/^postgres PostgreSQL [\d.]+, \d+ columns found$/),
    'halo-record': 'Halo has no clients yet',
  })
})

test('PostgreSQL: rights that are lacking are named, table by table', async () => {
  const world = await postgresWorld(server)
  closing.unshift(world.close)
  await server.run(
    world.database,
    `create role reader login password '${server.password}'`,
    'grant select on all tables in schema public to reader',
    'grant insert, update on area to reader',
  )
  const rungs = await climbHalo({ ...world.target, user: 'reader' }, { clock, secret: server.password })
  const { fault } = rungs.at(-1) ?? {}
  expect(fault).toMatchObject({ code: 'halo-rights', next: 'setup' })
  expect(fault?.facts?.table).toMatch(
    /^dattocommercedetails: INSERT, UPDATE; site: INSERT, UPDATE; |site: INSERT, UPDATE/,
  )
  expect(fault?.facts?.table).not.toMatch(/\barea:/)
  expect(fault?.facts?.table).toMatch(/orderline: INSERT, UPDATE, DELETE/)
})
