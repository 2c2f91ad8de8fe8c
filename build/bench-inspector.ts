/**
 * `npm run bench:inspector [-- sync|filters] [REPEATS QUOTES]`: what recording costs a sync (the same sync with and without the recorder, in turns, each pair's ratio), and how
 * long filters take over 100,000 recorded exchanges. Bare measuring of our own parts in one process; the sample API is in another.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { createCommerce } from '../app/commerce/client.ts'
import { openHalo } from '../app/halo/open.ts'
import { createHttpClient } from '../app/http/client.ts'
import { readFilter } from '../app/model/inspector/filter-line.ts'
import { defaultNetwork } from '../app/model/network.ts'
import { budgetBook } from '../app/store/budget.ts'
import { type Exchanges, openExchanges } from '../app/store/exchanges.ts'
import { openStore } from '../app/store/open.ts'
import { runSync } from '../app/sync/run-sync.ts'
import type { ApiAnswer } from './bench-api.ts'
import { inventExchanges } from './bench-exchanges.ts'

const clock = { now: () => Date.now() }
const limits = { requestsPerMinute: 1_000_000, requestsPerDay: 100_000_000 }

type Pass = { readonly seconds: number; readonly cpu: number; readonly requests: number }
type Api = { readonly child: ChildProcess; readonly url: string; readonly key: string }

async function startApi(quotes: number): Promise<Api> {
  const part = (share: number) => Math.max(10, Math.round(quotes * share))
  const options = { quotes, customers: part(0.1), products: part(0.1), orders: part(0.2), ...limits }
  const child = fork(fileURLToPath(new URL('bench-api.ts', import.meta.url)), [JSON.stringify(options)])
  const [started] = (await once(child, 'message')) as [ApiAnswer]
  return { child, url: started.url, key: started.key }
}

/** One first sync into an embedded Halo, all on fresh files; `cpu` is this process's own time, which other work on the machine does not touch. */
async function measureSync(api: Api, isRecorded: boolean): Promise<Pass> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const opened = openStore(folder, { clock, role: 'owner' })
  if (!opened.ok) throw new Error(opened.fault.code)
  const store = opened.value
  const added = store.tenants.add({
    name: 'Bench',
    instanceUrl: 'https://bench.mydattocommerce.com',
    apiUrl: api.url,
    syncFrom: '2000-01-01T00:00:00.000Z',
    halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
    ...limits,
  })
  if (!added.ok) throw new Error(added.fault.code)
  const tenant = added.value
  const halo = await openHalo(tenant.halo, { clock })
  if (!halo.ok) throw new Error(halo.fault.code)
  const exchanges = isRecorded ? openExchanges(folder, { clock }) : null
  const http = createHttpClient({
    ...{ clock, sink: exchanges?.sink ?? null, book: budgetBook(store.db), network: defaultNetwork, env: {} },
  })
  const run = store.runs.start(tenant.id, 'sync', 'cli')
  const { signal } = new AbortController()
  const budget = { key: 'bench', limits: { perMinute: 1_000_000, perDay: 100_000_000, reserve: 0 } }
  const commerce = createCommerce({
    ...{ http, apiUrl: api.url, keyIn: tenant.keyIn, key: api.key, tenantId: tenant.id, runId: run.id },
    ...{ purpose: 'sync', budget, signal },
  })
  let requests = 0
  const begun = performance.now()
  const used = process.cpuUsage()
  await runSync({
    ...{ runId: run.id, kind: 'sync', tenant, store, clock, signal, commerce, destination: halo.value },
    requests: () => requests++,
    isStopping: () => false,
    onStart: () => undefined,
    onProgress: () => undefined,
  })
  exchanges?.flush()
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(used)
  const recorded = exchanges?.count() ?? 0
  await http.close()
  await halo.value.close()
  exchanges?.close()
  store.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  return { seconds, cpu: (user + system) / 1_000_000, requests: recorded }
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function compareSyncs(repeats: number, quotes: number): Promise<void> {
  const api = await startApi(quotes)
  try {
    await measureSync(api, true)
    const passes: { readonly on: Pass; readonly off: Pass }[] = []
    for (let repeat = 0; repeat < repeats; repeat++) {
      // In turns, the first of a pair changing, so that a busy moment of the machine meets both alike.
      const first = await measureSync(api, repeat % 2 === 0)
      const second = await measureSync(api, repeat % 2 !== 0)
      passes.push(repeat % 2 === 0 ? { on: first, off: second } : { on: second, off: first })
    }
    const requests = passes[0]?.on.requests ?? 0
    console.log(`\n### A sync of ${quotes} quotes (${requests} requests) with and without the recorder\n`)
    for (const what of ['seconds', 'cpu'] as const) {
      const ratios = passes.map(({ on, off }) => on[what] / off[what])
      const [on, off] = [passes.map((pass) => pass.on[what]), passes.map((pass) => pass.off[what])]
      console.log(
        `${what}: with ${middle(on).toFixed(2)}, without ${middle(off).toFixed(2)} (medians); ratios of the pairs ${ratios
          .map((ratio) => ratio.toFixed(3))
          .join(', ')}; median ${middle(ratios).toFixed(3)}; least with / least without ${(
          Math.min(...on) / Math.min(...off)
        ).toFixed(3)}`,
      )
    }
  } finally {
    api.child.disconnect()
  }
}

const lines = [
  '',
  'kind:failures',
  'status:4xx host:halo path:/quotation',
  'text:"mandatory"',
  'text:"quotation"',
  '-status:404 kind:failures since:1h',
  'run:123 tenant:2',
  'slower:2s larger:100kB',
  'host:api.kaseya path:/v1/quoteline faster:1s',
]

function measureFilters(rows: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const exchanges = openExchanges(folder, { clock, limits: { rows: rows * 2 } })
  try {
    const begun = performance.now()
    for (const draft of inventExchanges(rows, clock.now())) exchanges.sink.save(draft)
    exchanges.flush()
    const each = (performance.now() - begun) / rows
    console.log(`\n### Filters over ${rows} exchanges\n`)
    console.log(
      `written in ${each.toFixed(3)} ms each; the file has ${Math.round(exchanges.bytes() / 1e6)} MB\n`,
    )
    console.log(
      '| filter | found | first page + count, ms | last page, ms | groups, ms | bars, ms |\n| --- | ---: | ---: | ---: | ---: | ---: |',
    )
    for (const line of lines) console.log(`| ${rowFor(exchanges, line).join(' | ')} |`)
  } finally {
    exchanges.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

function rowFor(exchanges: Exchanges, line: string): string[] {
  const filter = { terms: readFilter(line).terms }
  const total = exchanges.count(filter) ?? 0
  const offset = Math.max(0, total - 200)
  const asks = [
    () => [exchanges.list(filter, { limit: 200, offset: 0 }), exchanges.count(filter)],
    () => exchanges.list(filter, { limit: 200, offset }),
    () => exchanges.groups(filter),
    () => exchanges.timeline(filter, 60),
  ]
  const times = asks.map((ask) => middle(Array.from({ length: 7 }, () => timed(ask))).toFixed(1))
  return [line === '' ? '(none)' : `\`${line}\``, String(total), ...times]
}

function timed(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

const only = process.argv.find((word) => word === 'sync' || word === 'filters')
const [repeats = 5, quotes = 1500] = process.argv.slice(2).map(Number).filter(Number.isInteger)
console.log(`Node ${process.version}, ${process.platform} ${process.arch}.`)
if (only !== 'sync') measureFilters(100_000)
if (only !== 'filters') await compareSyncs(repeats, quotes)
