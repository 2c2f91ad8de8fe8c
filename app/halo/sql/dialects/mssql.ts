import { DummyDriver, Kysely, MssqlAdapter, MssqlIntrospector, MssqlQueryCompiler } from 'kysely'
import type { Connection } from 'tedious'
import { fail, ok, type Result } from '../../../model/fault.ts'
import type { SqlDialect } from '../dialect.ts'
import { type AnyTables, createStatements } from '../statements.ts'
import { connectMssql, type MssqlPlan, placeOf } from './mssql/connect.ts'
import { createTable } from './mssql/create.ts'
import { mssqlFault } from './mssql/fault.ts'
import { deniedMssql, introspectMssql } from './mssql/introspect.ts'
import { called, runBatch } from './mssql/request.ts'
import { mssqlSession } from './mssql/session.ts'
import { rollback, serverVersion } from './mssql/statements.ts'
import { dateText } from './mssql/values.ts'
import { serverTransactions, temporaryFacts } from './server.ts'

export const mssqlKysely = new Kysely<AnyTables>({
  dialect: {
    createAdapter: () => new MssqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new MssqlIntrospector(db),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
})

type Open = { readonly connection: Connection; isEnded: boolean }

/** SQL Server over the wire. Nothing is connected before the first transaction. READ COMMITTED: a reader waits for a writer, 15 seconds at most. */
export function mssqlDialect(plan: MssqlPlan, version: string): SqlDialect {
  const place = placeOf(plan.target)
  const faultOf = (error: unknown) => mssqlFault(error, place)
  return {
    ...{ kind: 'mssql', version, statements: createStatements(mssqlKysely), dateText, faultOf },
    introspect: introspectMssql,
    denied: deniedMssql,
    temporary: (table, isIdentity) => {
      const spec = { ...table, name: `#${table.name}` }
      const facts = temporaryFacts(spec, isIdentity, ({ declared }) => declared)
      return { spec, facts, statements: createTable(spec, { isIdentity }) }
    },
    ...serverTransactions<Open>({
      connect: async () => {
        const open = { connection: await connectMssql(plan), isEnded: false }
        open.connection.once('end', () => {
          open.isEnded = true
        })
        return open
      },
      disconnect: async (open) => {
        open.isEnded = true
        open.connection.close()
      },
      isUsable: ({ isEnded }) => !isEnded,
      begin: ({ connection }) => called((done) => connection.beginTransaction(done)),
      commit: ({ connection }) => called((done) => connection.commitTransaction(done)),
      rollback: async ({ connection }) => {
        await runBatch(connection, rollback)
      },
      session: ({ connection }) => mssqlSession(connection, faultOf),
      faultOf,
    }),
  }
}

/** The server's version, which a first connection tells; a wrong address, login or certificate is found here. */
export async function openMssqlDialect(plan: MssqlPlan): Promise<Result<SqlDialect>> {
  const dialect = mssqlDialect(plan, '')
  const version = await dialect.transaction('read', async (session) => {
    const [row] = await session.all(serverVersion, [])
    return ok(`SQL Server ${String(row?.version ?? '')} ${String(row?.edition ?? '')}`.trim())
  })
  if (version.ok) return ok({ ...dialect, version: version.value })
  await dialect.close()
  return fail(version.fault)
}
