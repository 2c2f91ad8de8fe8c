import pg from 'pg'
import { openHalo } from '../../../app/halo/open.ts'
import { createTable } from '../../../app/halo/sql/dialects/postgres/create.ts'
import { halo as catalogue, tableNames } from '../../../app/halo/sql/tables/all.ts'
import type { TargetOf } from '../../../app/model/halo-target.ts'
import { good, type HaloWorld } from './conformance.ts'
import type { PostgresServer } from './postgres-server.ts'
import { type FoundRow, insertStatuses, sqlWorld, type Tables } from './sql-world.ts'

export const clock = { now: () => Date.UTC(2026, 2, 1) }

export type Made = { readonly names: 'exact' | 'lower'; readonly isIdentity: boolean }

export type PostgresWorld = HaloWorld & {
  readonly database: string
  readonly target: TargetOf<'postgres'>
  readonly tables: Tables
}

/** A database of its own with Halo's tables, made as `made` says. `prepare` are further statements before it is opened. */
export async function postgresWorld(
  server: PostgresServer,
  made: Made = { names: 'lower', isIdentity: true },
  prepare: readonly string[] = [],
): Promise<PostgresWorld> {
  const database = await server.newDatabase(await templateOf(server, made))
  if (prepare.length > 0) await server.run(database, ...prepare)
  const tables = tablesOf(server, database, made)
  const target: TargetOf<'postgres'> = {
    ...{ kind: 'postgres', host: '127.0.0.1', port: server.port, database, user: server.user },
    tls: { kind: 'off' },
  }
  const again = async () => good(await openHalo(target, { clock, secret: server.password }))
  const halo = await again()
  const close = async (): Promise<void> => {
    await halo.close()
    await server.leave(database)
  }
  return { ...sqlWorld({ halo, again, tables, close }), database, target, tables }
}

const templates = new WeakMap<PostgresServer, Map<string, string>>()

/** Halo's tables are made once a server and kind, and copied from then on. */
async function templateOf(server: PostgresServer, made: Made): Promise<string> {
  const own = templates.get(server) ?? new Map<string, string>()
  templates.set(server, own)
  const kind = JSON.stringify(made)
  const known = own.get(kind)
  if (known) return known
  const template = await server.newDatabase()
  await server.run(template, ...tableNames.flatMap((id) => createTable(catalogue[id], made)))
  await insertStatuses(tablesOf(server, template, made))
  own.set(kind, template)
  return template
}

const spelling = new Map(
  tableNames.flatMap((id) => catalogue[id].columns.map(({ name }) => [name.toLowerCase(), name])),
)

function tablesOf(server: PostgresServer, database: string, { names }: Made): Tables {
  const spelled = (name: string): string => pg.escapeIdentifier(names === 'lower' ? name.toLowerCase() : name)
  const ask = async (sql: string): Promise<Record<string, unknown>[]> => {
    const [result] = await server.run(database, sql)
    return result?.rows ?? []
  }
  return {
    rows: async (table, column, value) => {
      const key = Object.values(catalogue).find(({ name }) => name === table)?.key ?? column
      const sql = `select to_jsonb(t) as row from ${spelled(table)} t where ${spelled(column)} = ${value} order by ${spelled(key)}`
      return (await ask(sql)).map(({ row }) => plainRow(row as Record<string, unknown>))
    },
    count: async (table) => Number((await ask(`select count(*) as n from ${spelled(table)}`))[0]?.n),
    run: async ({ update, set, key, id }) => {
      const changes = Object.entries(set).map(([column, value]) => `${spelled(column)} = ${value}`)
      await ask(`update ${spelled(update)} set ${changes.join(', ')} where ${spelled(key)} = ${id}`)
    },
    insert: async (table, row) => {
      const values = Object.values(row).map((value) =>
        value === null ? 'null' : pg.escapeLiteral(String(value)),
      )
      await ask(
        `insert into ${spelled(table)} (${Object.keys(row).map(spelled).join(', ')}) values (${values.join(', ')})`,
      )
    },
  }
}

const plainRow = (row: Record<string, unknown>): FoundRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      spelling.get(column.toLowerCase()) ?? column,
      typeof value === 'boolean' ? Number(value) : (value as string | number | null),
    ]),
  )
