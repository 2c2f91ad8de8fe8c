import { describe, expect, test } from 'vitest'
import { openMssqlDialect } from '../../../app/halo/sql/dialects/mssql.ts'
import { selfTest } from '../../../app/halo/sql/self-test.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import { conformsAsDestination, good, makesOrders } from './conformance.ts'
import { liveServer, liveWorld } from './mssql-live-world.ts'
import { changesQuotes } from './quote-changes.ts'
import { takesOver } from './take-over.ts'

const url = process.env.MSSQL_URL

/** Against a live SQL Server, where one is named; what was and was not run is in docs/halo-sql.md. */
if (url) {
  const server = liveServer(url)
  conformsAsDestination('SQL Server with keys of its own', () => liveWorld(server, { isIdentity: true }))
  conformsAsDestination('SQL Server with allocated keys', () => liveWorld(server, { isIdentity: false }))
  conformsAsDestination('SQL Server with a case-sensitive collation', () =>
    liveWorld(server, { isIdentity: true, collation: 'Latin1_General_CS_AS' }),
  )
  makesOrders('SQL Server', () => liveWorld(server, { isIdentity: true }))
  changesQuotes('SQL Server', () => liveWorld(server, { isIdentity: true }))
  changesQuotes('SQL Server with a case-sensitive collation', () =>
    liveWorld(server, { isIdentity: true, collation: 'Latin1_General_CS_AS' }),
  )
  takesOver('SQL Server', () => liveWorld(server, { isIdentity: true }))
  test('the self-test passes', async () => {
    const world = await liveWorld(server, { isIdentity: true })
    const plan = { target: world.target, password: server.password, network: defaultNetwork }
    const dialect = good(await openMssqlDialect(plan))
    expect((await selfTest(dialect)).filter((step) => step.fault)).toEqual([])
    await dialect.close()
    await world.close()
  })
}

describe('a live SQL Server', () => {
  test('is named by MSSQL_URL', () => {
    expect(liveServer('mssql://sa:p%40ss@sql.example:1435')).toEqual({
      ...{ host: 'sql.example', port: 1435, user: 'sa', password: 'p@ss' },
    })
  })
})
