import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgresDialect } from '../../../app/halo/sql/dialects/postgres.ts'
import { selfTest } from '../../../app/halo/sql/self-test.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import { good } from './conformance.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { postgresWorld } from './postgres-world.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.end())

test('tries all that is done there, and leaves nothing behind', async () => {
  const world = await postgresWorld(server)
  const before = await contents(world.database)
  const dialect = good(
    await openPostgresDialect({ target: world.target, password: server.password, network: defaultNetwork }),
  )
  const steps = await selfTest(dialect)
  await dialect.close()
  expect(steps.filter((step) => step.fault)).toEqual([])
  expect(steps).toHaveLength(20)
  expect(steps.map(({ found }) => found)).toContain('300 created')
  expect(await contents(world.database)).toEqual(before)
  await world.close()
})

/** How much there is of everything that a transaction could leave. */
async function contents(database: string): Promise<unknown> {
  const counts = [
    'select count(*) from pg_class',
    'select count(*) from area',
    'select count(*) from item',
    'select sum(n_tup_ins) from pg_stat_xact_user_tables',
  ]
  return (await server.run(database, ...counts)).map(({ rows }) => rows)
}
