/** The other half of bench-halo-sql.ts: the fastest upsert of the same rows that can be written by hand, knowing all keys beforehand. */
import Database from 'better-sqlite3'
import type pg from 'pg'
import type { PostgresServer } from '../tests/integration/halo/postgres-server.ts'

export type Phase = 'new' | 'all changed' | 'nothing new'
export const phases: readonly Phase[] = ['new', 'all changed', 'nothing new']
/** As many as a sync writes at once. */
export const batchSize = 200
export const lines = 8

/** Writes one batch of a phase. */
export type Writer = (phase: Phase, nth: number) => Promise<void>

export const batchesOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

/** The written tables with their rows as this program left them, to be written again by hand. */
export type Rows = {
  readonly table: string
  /** The key is the first. */
  readonly columns: readonly string[]
  /** PostgreSQL's, without lengths. */
  readonly types: readonly string[]
  readonly rows: readonly unknown[][]
}

/** What a hand that knows all keys beforehand writes: a batch of quotes and their lines in one transaction. */
type ByHand = (batch: readonly Rows[]) => Promise<void>

export function byHand(tables: readonly Rows[], write: ByHand): Writer {
  const [heads, details] = tables
  const title = placeOf(heads, 'qhtitle')
  const price = placeOf(details, 'qdprice')
  const before = tables.map((table, at) => ({
    ...table,
    rows: table.rows.map((row) => row.with(at === 0 ? title : price, at === 0 ? 'Quote' : 1)),
  }))
  const cut = (all: readonly Rows[]): Rows[][] => {
    const [own = [], theirs = []] = all.map(({ rows }, at) =>
      batchesOf(rows, at === 0 ? batchSize : batchSize * lines),
    )
    return own.map((rows, nth) =>
      all.map((table, at) => ({ ...table, rows: at === 0 ? rows : (theirs[nth] ?? []) })),
    )
  }
  const [fresh, changed] = [cut(before), cut(tables)]
  return (phase, nth) => write((phase === 'new' ? fresh : changed)[nth] ?? [])
}

const placeOf = (table: Rows | undefined, name: string): number =>
  table?.columns.findIndex((column) => column.toLowerCase() === name) ?? -1

/** One prepared statement a table, positional arrays, a transaction a batch, rewriting only what differs; as durable as the destination. */
export function handSqlite(file: string): ByHand {
  const sql = new Database(file)
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'wal_autocheckpoint = 4000',
    'cache_size = -32000',
  ])
    sql.pragma(pragma)
  const statements = new Map<string, Database.Statement>()
  const statementOf = ({ table, columns }: Rows): Database.Statement => {
    const known = statements.get(table)
    if (known) return known
    const [key, ...others] = columns
    const made = sql.prepare(
      `insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()}) on conflict (${key}) do update set ${others.map((name) => `${name} = excluded.${name}`).join()} where ${others.map((name) => `${table}.${name} is not excluded.${name}`).join(' or ')}`,
    )
    statements.set(table, made)
    return made
  }
  return async (batch) => {
    sql.exec('begin immediate')
    for (const table of batch) {
      const statement = statementOf(table)
      for (const row of table.rows) statement.run(row)
    }
    sql.exec('commit')
  }
}

export async function postgresRows(
  run: PostgresServer['run'],
  database: string,
  table: string,
): Promise<Rows> {
  const [described] = await run(
    database,
    `select attname, format_type(atttypid, null) as type from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 order by attnum`,
  )
  const columns = (described?.rows ?? []).map(({ attname }) => String(attname))
  const [found] = await run(
    database,
    `select ${columns.map((name) => `${name}::text`).join()} from ${table} order by ${columns[0]}`,
  )
  const rows = (found?.rows ?? []).map((row) => columns.map((name) => row[name] as unknown))
  return { table, columns, types: (described?.rows ?? []).map(({ type }) => String(type)), rows }
}

/** INSERT ... SELECT FROM unnest ON CONFLICT, one named statement a table, a transaction a batch. */
export function handPostgres(client: pg.Client): ByHand {
  return async (batch) => {
    await client.query('begin')
    for (const { table, columns, types, rows } of batch) {
      const [key, ...others] = columns
      const theirs = (of: string): string => others.map((name) => `${of}.${name}`).join()
      const from = types.map((type, at) => `$${at + 1}::${type}[]`).join()
      const set = others.map((name) => `${name} = excluded.${name}`).join()
      const text = `insert into ${table} (${columns.join()}) select * from unnest(${from}) on conflict (${key}) do update set ${set} where (${theirs(table)}) is distinct from (${theirs('excluded')})`
      await client.query({
        name: table,
        text,
        values: columns.map((_, at) => rows.map((row) => row[at] ?? null)),
      })
    }
    await client.query('commit')
  }
}
