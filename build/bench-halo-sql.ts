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
import {
  batchesOf,
  batchSize,
  byHand,
  handPostgres,
  handSqlite,
  lines,
  type Phase,
  phases,
  postgresRows,
  type Rows,
  type Writer,
} from './bench-halo-hand.ts'

const clock = { now: () => Date.now() }
const clients = 100

const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

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

/** This program, into a Halo that has the clients and products already. */
async function ours(halo: Destination, count: number): Promise<Writer> {
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
  const batches = new Map(phases.map((phase) => [phase, batchesOf(known(quotesOf(count, phase)), batchSize)]))
  return async (phase, nth) => void good(await halo.write('quotes', batches.get(phase)?.[nth] ?? [], options))
}

/** All three phases at full length, for the rows that are there then and for a warm machine. */
async function writeAll(writer: Writer, count: number): Promise<void> {
  for (const phase of phases) for (let nth = 0; nth < count / batchSize; nth++) await writer(phase, nth)
}

/** Rows a second of both, batch by batch in turn, so that whatever else the machine does meets both. */
async function inTurn(mine: Writer, hand: Writer | null, count: number): Promise<[Measured, Measured]> {
  const measured: [Measured, Measured] = [
    { new: 0, 'all changed': 0, 'nothing new': 0 },
    { new: 0, 'all changed': 0, 'nothing new': 0 },
  ]
  const rows = count * (lines + 1)
  for (const phase of phases) {
    const times: [number, number] = [0, 0]
    for (let nth = 0; nth < count / batchSize; nth++) {
      for (const [who, writer] of [mine, hand].entries()) {
        const begun = performance.now()
        await writer?.(phase, nth)
        times[who as 0 | 1] += performance.now() - begun
      }
    }
    measured[0][phase] = (rows * 1000) / times[0]
    measured[1][phase] = (rows * 1000) / times[1]
  }
  return measured
}

async function sqlite(count: number): Promise<[Measured, Measured]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const fileOf = (name: string): string => join(folder, `${name}.db`)
  const open = async (name: string) => good(await openHalo({ kind: 'sqlite', file: fileOf(name) }, { clock }))
  try {
    const warm = await open('warm')
    await writeAll(await ours(warm, count), count)
    await warm.close()
    const from = new Database(fileOf('warm'))
    const tables = ['QUOTATIONHEADER', 'QUOTATIONDETAIL'].map((table): Rows => {
      const statement = from.prepare(`select * from ${table} order by 1`).raw()
      const columns = statement.columns().map(({ name }) => name)
      return { table, columns, types: [], rows: statement.all() as unknown[][] }
    })
    from.close()
    const others = [await open('warm-hand'), await open('hand')]
    for (const empty of others) await empty.close()
    await writeAll(byHand(tables, handSqlite(fileOf('warm-hand'))), count)
    const halo = await open('halo')
    const measured = await inTurn(await ours(halo, count), byHand(tables, handSqlite(fileOf('hand'))), count)
    await halo.close()
    return measured
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

async function postgres(count: number): Promise<[Measured, Measured]> {
  const server = await startPostgres(['-c', 'fsync=on'])
  try {
    const warm = await postgresWorld(server)
    await writeAll(await ours(warm.halo, count), count)
    const tables: Rows[] = []
    for (const table of ['quotationheader', 'quotationdetail'])
      tables.push(await postgresRows(server.run, warm.database, table))
    await warm.close()
    const login = { host: '127.0.0.1', port: server.port, user: server.user, password: server.password }
    const handIn = async (): Promise<[pg.Client, Writer]> => {
      const { database, close } = await postgresWorld(server)
      await close()
      const client = new pg.Client({ ...login, database })
      await client.connect()
      return [client, byHand(tables, handPostgres(client))]
    }
    const [warmClient, warmHand] = await handIn()
    await writeAll(warmHand, count)
    await warmClient.end()
    const [client, hand] = await handIn()
    const world = await postgresWorld(server)
    const measured = await inTurn(await ours(world.halo, count), hand, count)
    await world.close()
    await client.end()
    return measured
  } finally {
    await server.end()
  }
}

async function sqlServer(url: string, count: number): Promise<Measured> {
  const world = await liveWorld(liveServer(url), { isIdentity: true })
  try {
    const [mine] = await inTurn(await ours(world.halo, count), null, count)
    return mine
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
