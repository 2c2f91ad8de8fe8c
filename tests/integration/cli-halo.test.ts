import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../build/program.ts'
import { tempFolder } from './ground.ts'
import { type PostgresServer, startPostgres } from './halo/postgres-server.ts'
import { postgresWorld } from './halo/postgres-world.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.end())

/** A data folder with the tenant North. */
async function north() {
  const folder = tempFolder()
  const run = (args: readonly string[], stdin?: string) =>
    runCli(['--data', folder, ...args], stdin === undefined ? {} : { stdin })
  const where = ['--url', 'https://north.mydattocommerce.com', '--api-url', 'http://127.0.0.1:9']
  const added = await run(['tenant', 'add', '--name', 'North', ...where, '--api-key-stdin'], 'a-key-of-north')
  expect(added.status).toBe(0)
  return { folder, run }
}

const told = z.object({
  halo: z.record(z.string(), z.unknown()),
  secret: z.object({ endsIn: z.string() }).nullable(),
})

test('a password is typed once, kept sealed, and forgotten when the server is another', async () => {
  const { folder, run } = await north()
  const server01 = ['--mssql', 'SQL01\\HALO', '--database', 'Halo', '--user', 'integrator']
  const set = await run(
    ['tenant', 'halo', 'North', ...server01, '--secret-stdin', '--json'],
    'a-long-password-5678\n',
  )
  expect(told.parse(JSON.parse(set.stdout))).toMatchObject({
    halo: { kind: 'mssql', server: 'SQL01\\HALO', certificate: { kind: 'trusted' } },
    secret: { endsIn: '5678' },
  })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  for (const file of files.filter((one) => statSync(one).isFile()))
    expect(readFileSync(file, 'latin1')).not.toContain('a-long-password')
  const other = await run(['tenant', 'halo', 'North', '--json', ...server01.with(1, 'SQL02')])
  expect(told.parse(JSON.parse(other.stdout)).secret).toBeNull()
  const sync = await run(['sync'])
  expect(sync.stderr).toMatch(/No password or client secret is stored for Halo/)
})

test('the self-test and the connection test run on the server that was set', async () => {
  const world = await postgresWorld(server)
  const { run } = await north()
  const where = [
    '--postgres',
    `127.0.0.1:${server.port}`,
    '--database',
    world.database,
    '--user',
    server.user,
  ]
  const set = await run(
    ['tenant', 'halo', 'North', ...where, '--certificate', 'off', '--secret-stdin'],
    server.password,
  )
  expect(set.status).toBe(0)
  const tested = await run(['halo', 'self-test', 'North'])
  expect(tested).toMatchObject({ status: 0, stderr: '' })
  expect(tested.stdout).toMatch(/ok {3}300 products at once \(keys allocated under a lock\): 300 created/)
  const ladder = await run(['tenant', 'test', 'North'])
  expect(ladder.stdout).toMatch(/ok {3}schema {11}postgres PostgreSQL/)
  await world.close()
})
