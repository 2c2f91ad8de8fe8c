import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type SqlBool,
  sql,
} from 'kysely'
import type pg from 'pg'
import { fail, type Result } from '../../../model/fault.ts'
import type { SqlDialect } from '../dialect.ts'
import { type AnyTables, createStatements, type Lists } from '../statements.ts'
import { connectPostgres, type PostgresPlan } from './postgres/connect.ts'
import { createTable, typeOf } from './postgres/create.ts'
import { postgresFault } from './postgres/fault.ts'
import { deniedPostgres, introspectPostgres } from './postgres/introspect.ts'
import { type Names, postgresSession } from './postgres/session.ts'
import { arrayText, castName, dateText } from './postgres/values.ts'
import { serverTransactions, temporaryFacts } from './server.ts'

const kysely = new Kysely<AnyTables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** One array is one statement for every number of keys, and is searched by its hash; a list of parameters is searched from end to end. */
const isOneOf: Lists['isOneOf'] = (column) =>
  sql<SqlBool>`${sql.ref(column?.live ?? '')} = any(cast(${''} as ${sql.raw(castName(column?.declared ?? 'text'))}[]))`

type Connection = { readonly client: pg.Client; readonly names: Names; isEnded: boolean }

/** PostgreSQL over the wire. Nothing is connected before the first transaction. */
export function postgresDialect(plan: PostgresPlan, version: string): SqlDialect {
  const { host, database, user } = plan.target
  const statements = createStatements(kysely, { isOneOf, asList: arrayText })
  const faultOf = (error: unknown) => postgresFault(error, { host, database, user })
  return {
    kind: 'postgres',
    version,
    statements,
    dateText,
    faultOf,
    introspect: introspectPostgres,
    denied: deniedPostgres,
    temporary: (table, isIdentity) => {
      const spec = { ...table, name: `halo_self_test_${table.name}` }
      const facts = temporaryFacts(spec, isIdentity, typeOf)
      const statements = createTable(spec, { names: 'exact', isIdentity, isTemporary: true })
      return { spec, facts, statements }
    },
    ...serverTransactions<Connection>({
      connect: async () => {
        const connection = { client: await connectPostgres(plan), names: new Map(), isEnded: false }
        connection.client.once('end', () => {
          connection.isEnded = true
        })
        return connection
      },
      disconnect: async (connection) => {
        connection.isEnded = true
        await connection.client.end()
      },
      isUsable: ({ isEnded }) => !isEnded,
      begin: async ({ client }, mode) => {
        await client.query(mode === 'write' ? 'begin' : 'begin read only')
      },
      commit: async ({ client }) => {
        await client.query('commit')
      },
      rollback: async ({ client }) => {
        await client.query('rollback')
      },
      session: ({ client, names }) => postgresSession(client, names, statements, faultOf),
      faultOf,
    }),
  }
}

/** The server's version, which a first connection tells; a wrong address, login or certificate is found here. */
export async function openPostgresDialect(plan: PostgresPlan): Promise<Result<SqlDialect>> {
  const probe = postgresDialect(plan, '')
  const version = await probe.transaction('read', async (session) => {
    const [row] = await session.all('select version() as version', [])
    const words = String(row?.version ?? '')
    return { ok: true, value: /^PostgreSQL [\d.]+/.exec(words)?.[0] ?? words.slice(0, 40) }
  })
  if (version.ok) return { ok: true, value: { ...probe, version: version.value } }
  await probe.close()
  return fail(version.fault)
}
