import { Connection, Request } from 'tedious'
import { openHalo } from '../../../app/halo/open.ts'
import { createTable } from '../../../app/halo/sql/dialects/mssql/create.ts'
import { halo as catalogue, tableNames } from '../../../app/halo/sql/tables/all.ts'
import { haloTargetSchema, type TargetOf } from '../../../app/model/halo-target.ts'
import { good, type HaloWorld } from './conformance.ts'
import { type FoundRow, insertStatuses, sqlWorld, type Tables } from './sql-world.ts'
import { clock } from './sqlite-world.ts'

/** `MSSQL_URL`: mssql://USER:PASSWORD@HOST:PORT of a SQL Server on which databases may be made and dropped. */
export type LiveServer = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

export function liveServer(url: string): LiveServer {
  const { hostname, port, username, password } = new URL(url)
  return {
    ...{ host: hostname, port: Number(port || 1433) },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
  }
}

type Client = { run(sql: string): Promise<FoundRow[]>; close(): void }

async function connect(server: LiveServer, database: string): Promise<Client> {
  const connection = new Connection({
    server: server.host,
    authentication: { type: 'default', options: { userName: server.user, password: server.password } },
    options: { port: server.port, database, encrypt: true, trustServerCertificate: true, useUTC: true },
  })
  await new Promise<void>((resolve, reject) =>
    connection.connect((error) => (error ? reject(error) : resolve())),
  )
  return {
    run: (sql) =>
      new Promise((resolve, reject) => {
        const rows: FoundRow[] = []
        const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)))
        request.on('row', (columns: readonly { value: unknown; metadata: { colName: string } }[]) => {
          rows.push(
            Object.fromEntries(columns.map(({ value, metadata }) => [metadata.colName, plain(value)])),
          )
        })
        connection.execSqlBatch(request)
      }),
    close: () => connection.close(),
  }
}

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'number' ? value : String(value)
}

const literal = (value: string | number | null): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `N'${value.replaceAll("'", "''")}'`

function tablesOf(client: Client): Tables {
  return {
    rows: (table, column, value) => {
      const key = Object.values(catalogue).find(({ name }) => name === table)?.key ?? column
      return client.run(`SELECT * FROM [${table}] WHERE [${column}] = ${value} ORDER BY [${key}]`)
    },
    count: async (table) => Number((await client.run(`SELECT COUNT(*) AS n FROM [${table}]`))[0]?.n),
    run: async ({ update, set, key, id }) => {
      const changes = Object.entries(set).map(([column, value]) => `[${column}] = ${value}`)
      await client.run(`UPDATE [${update}] SET ${changes.join(', ')} WHERE [${key}] = ${id}`)
    },
    insert: async (table, row) => {
      const spec = Object.values(catalogue).find(({ name }) => name === table)
      const isKeyed = spec !== undefined && spec.key in row && spec.primary.length === 1
      const insert = `INSERT INTO [${table}] (${Object.keys(row)
        .map((name) => `[${name}]`)
        .join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`
      const allow = `IF OBJECTPROPERTY(OBJECT_ID('${table}'), 'TableHasIdentity') = 1 SET IDENTITY_INSERT [${table}]`
      await client.run(isKeyed ? `${allow} ON; ${insert}; ${allow} OFF` : insert)
    },
  }
}

let databases = 0

/** A database of its own with Halo's tables on a live server; dropped at the end. `collation`: of the database. */
export async function liveWorld(
  server: LiveServer,
  made: { readonly isIdentity: boolean; readonly collation?: string },
): Promise<HaloWorld & { readonly tables: Tables; readonly target: TargetOf<'mssql'> }> {
  databases += 1
  const database = `halo_test_${process.pid}_${databases}`
  const master = await connect(server, 'master')
  await master.run(`CREATE DATABASE [${database}]${made.collation ? ` COLLATE ${made.collation}` : ''}`)
  const client = await connect(server, database)
  for (const id of tableNames) for (const text of createTable(catalogue[id], made)) await client.run(text)
  const tables = tablesOf(client)
  await insertStatuses(tables)
  const target = haloTargetSchema.parse({
    ...{ kind: 'mssql', server: `${server.host},${server.port}`, database },
    ...{ login: { kind: 'sql', user: server.user }, certificate: { kind: 'any' } },
  }) as TargetOf<'mssql'>
  const again = async () => good(await openHalo(target, { clock, secret: server.password }))
  const halo = await again()
  const close = async (): Promise<void> => {
    await halo.close()
    client.close()
    await master.run(
      `ALTER DATABASE [${database}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [${database}]`,
    )
    master.close()
  }
  return { ...sqlWorld({ halo, again, tables, close }), tables, target }
}
