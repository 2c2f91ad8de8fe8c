/**
 * `npm run bench:halo-sql [-- QUOTES]`: quotes of eight lines into each SQL destination that can be had here, against the fastest upsert of the same rows
 * that was written by hand, in the same run. SQL Server is measured where MSSQL_URL names one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import pg from 'pg'
import type { Destination, Known } from '../app/halo/destination.ts'
import { openHalo } from '../app/halo/open.ts'
import type { Result } from '../app/model/fault.ts'
import type { HaloQuote } from '../app/model/halo.ts'
import { liveServer, liveWorld } from '../tests/integration/halo/mssql-live-world.ts'
import { startPostgres } from '../tests/integration/halo/postgres-server.ts'
import { postgresWorld } from '../tests/integration/halo/postgres-world.ts'
import { contact, customer, instance, line, product, quote } from '../tests/integration/halo/records.ts'

const clock = { now: () => Date.now() }
/** As many as a sync writes at once. */
const batchSize = 200
const clients = 100
const lines = 8

const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

type Phase = 'new' | 'all changed' | 'nothing new'
const phases: readonly Phase[] = ['new', 'all changed', 'nothing new']
type Measured = Record<Phase, number>

function quotesOf(count: number, phase: Phase): HaloQuote[] {
  const isChanged = phase !== 'new'
  return Array.from({ length: count }, (_, at) => {
    const id = at + 1
    const client = (id % clients) + 1
    return quote(id, {
      title: `Quote ${id}${isChanged ? ', changed' : ''}`,
      customerCommerceId: client,
      contact: { name: `Ann ${client}`, email: `ann@c${client}.example` },
      lines: Array.from({ length: lines }, (_, nth) =>
        line(id * 100 + nth, nth + 1, {
          productCommerceId: nth + 1,
          productCode: `SKU-${nth + 1}`,
          price: 10 + nth + (isChanged ? 0.5 : 0),
        }),
      ),
    })
  })
}

/** Rows a second of this program, phase by phase. */
async function ours(halo: Destination, count: number): Promise<Measured> {
  const owner = good(await halo.owner(instance))
  const options = { owner, mode: 'write' as const, defaultGroup: null, createItemsFromQuotes: true }
  const known = <R>(records: R[]): Known<R>[] => records.map((record) => ({ record, haloId: null }))
  const people = Array.from({ length: clients }, (_, at) =>
    customer(at + 1, { contacts: [contact(`Ann ${at + 1}`, `ann@c${at + 1}.example`)] }),
  )
  good(await halo.write('customers', known(people), options))
  good(
    await halo.write('products', known(Array.from({ length: lines }, (_, at) => product(at + 1))), options),
  )
  const measured: Measured = { new: 0, 'all changed': 0, 'nothing new': 0 }
  for (const phase of phases) {
    const records = known(quotesOf(count, phase))
    const begun = performance.now()
    for (let at = 0; at < records.length; at += batchSize)
      good(await halo.write('quotes', records.slice(at, at + batchSize), options))
    measured[phase] = rate(count, begun)
  }
  return measured
}

const rate = (count: number, begunMs: number): number =>
  (count * (lines + 1) * 1000) / (performance.now() - begunMs)

/** The written tables with their rows as this program left them, to be written again by hand. */
type Rows = {
  readonly table: string
  /** The key is the first. */
  readonly columns: readonly string[]
  /** PostgreSQL's, without lengths. */
  readonly types: readonly string[]
  readonly rows: readonly unknown[][]
}

/** What a hand that knows all keys beforehand writes: a batch of quotes and their lines in one transaction. */
type ByHand = (batches: readonly (readonly Rows[])[]) => Promise<void>

async function byHand(tables: readonly Rows[], write: ByHand): Promise<Measured> {
  const [heads, details] = tables
  const count = heads?.rows.length ?? 0
  const title = placeOf(heads, 'qhtitle')
  const price = placeOf(details, 'qdprice')
  const before = tables.map((table, at) => ({
    ...table,
    rows: table.rows.map((row) => row.with(at === 0 ? title : price, at === 0 ? 'Quote' : 1)),
  }))
  const measured: Measured = { new: 0, 'all changed': 0, 'nothing new': 0 }
  for (const phase of phases) {
    const batches = batchesOf(phase === 'new' ? before : tables)
    const begun = performance.now()
    await write(batches)
    measured[phase] = rate(count, begun)
  }
  return measured
}

const placeOf = (table: Rows | undefined, name: string): number =>
  table?.columns.findIndex((column) => column.toLowerCase() === name) ?? -1

function batchesOf([heads, details]: readonly Rows[]): Rows[][] {
  if (!heads || !details) return []
  const batches: Rows[][] = []
  for (let at = 0; at < heads.rows.length; at += batchSize) {
    const own = { ...heads, rows: heads.rows.slice(at, at + batchSize) }
    batches.push([own, { ...details, rows: details.rows.slice(at * lines, (at + batchSize) * lines) }])
  }
  return batches
}

async function sqlite(count: number): Promise<[Measured, Measured]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const file = join(folder, 'halo.db')
    const halo = good(await openHalo({ kind: 'sqlite', file }, { clock }))
    const measured = await ours(halo, count)
    await halo.close()
    const from = new Database(file)
    const tables = ['QUOTATIONHEADER', 'QUOTATIONDETAIL'].map((table): Rows => {
      const statement = from.prepare(`select * from ${table} order by 1`).raw()
      const columns = statement.columns().map(({ name }) => name)
      return { table, columns, types: [], rows: statement.all() as unknown[][] }
    })
    const empty = good(await openHalo({ kind: 'sqlite', file: join(folder, 'hand.db') }, { clock }))
    await empty.close()
    const hand = await byHand(tables, handSqlite(join(folder, 'hand.db')))
    from.close()
    return [measured, hand]
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/** One prepared statement a table, positional arrays, a transaction a batch, rewriting only what differs; as durable as the destination. */
function handSqlite(file: string): ByHand {
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
  return async (batches) => {
    for (const batch of batches) {
      sql.exec('begin immediate')
      for (const table of batch) {
        const statement = statementOf(table)
        for (const row of table.rows) statement.run(row)
      }
      sql.exec('commit')
    }
  }
}

async function postgres(count: number): Promise<[Measured, Measured]> {
  const server = await startPostgres(['-c', 'fsync=on'])
  try {
    const world = await postgresWorld(server)
    const measured = await ours(world.halo, count)
    await world.close()
    const tables = await Promise.all(
      ['quotationheader', 'quotationdetail'].map((table) => postgresRows(server.run, world.database, table)),
    )
    const empty = await postgresWorld(server)
    await empty.close()
    const login = { host: '127.0.0.1', port: server.port, user: server.user, password: server.password }
    const client = new pg.Client({ ...login, database: empty.database })
    client.on('error', () => undefined)
    await client.connect()
    const hand = await byHand(tables, handPostgres(client))
    await client.end()
    return [measured, hand]
  } finally {
    await server.end()
  }
}

async function postgresRows(
  run: Awaited<ReturnType<typeof startPostgres>>['run'],
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
function handPostgres(client: pg.Client): ByHand {
  return async (batches) => {
    for (const batch of batches) {
      await client.query('begin')
      for (const { table, columns, types, rows } of batch) {
        const [key, ...others] = columns
        const text = `insert into ${table} (${columns.join()}) select * from unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join()}) on conflict (${key}) do update set ${others.map((name) => `${name} = excluded.${name}`).join()} where (${others.map((name) => `${table}.${name}`).join()}) is distinct from (${others.map((name) => `excluded.${name}`).join()})`
        const values = columns.map((_, at) => rows.map((row) => row[at] ?? null))
        await client.query({ name: table, text, values })
      }
      await client.query('commit')
    }
  }
}

async function sqlServer(url: string, count: number): Promise<Measured> {
  const world = await liveWorld(liveServer(url), { isIdentity: true })
  try {
    return await ours(world.halo, count)
  } finally {
    await world.close()
  }
}

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })

/** Prints one table; the rest of the measurements is bench.ts. */
export async function benchHaloSql(count: number): Promise<void> {
  console.log('\n### Into Halo’s database\n')
  console.log(`${number(count)} quotes of ${lines} lines, ${batchSize} in a transaction; rows a second.\n`)
  console.log('| destination | what | this program | by hand | ratio |\n| --- | --- | ---: | ---: | ---: |')
  const print = (name: string, mine: Measured, hand: Measured | null): void => {
    for (const phase of phases) {
      const ratio = hand ? number(mine[phase] / hand[phase], 2) : ''
      console.log(
        `| ${name} | ${phase} | ${number(mine[phase])} | ${hand ? number(hand[phase]) : ''} | ${ratio} |`,
      )
    }
  }
  print('SQLite', ...(await sqlite(count)))
  print('PostgreSQL', ...(await postgres(count)))
  const url = process.env.MSSQL_URL
  if (url) print('SQL Server', await sqlServer(url, count), null)
  else console.log('\nSQL Server was not measured: MSSQL_URL names none.')
}

if (import.meta.main) {
  const asked = Number(process.argv[2] ?? 2_000)
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).`,
  )
  await benchHaloSql(asked)
}
