/**
 * `npm run bench [-- QUOTES...]`: a whole first sync, one with nothing new and one with ten changed quotes, through the command line,
 * against the sample API in a process of its own, with the budget lifted. 1,000, 10,000 and 100,000 quotes unless told otherwise. Last, quotes into each
 * SQL destination (bench-halo-sql.ts).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ApiAnswer, ApiQuestion } from './bench-api.ts'
import { benchHaloSql } from './bench-halo-sql.ts'
import { runCli } from './program.ts'

const LIFTED = { requestsPerMinute: 1_000_000, requestsPerDay: 100_000_000 }
const Counts = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
})
const Sync = z.object({ outcome: z.string(), durationMs: z.number(), entities: z.record(z.string(), Counts) })
const Usage = z.object({ peakMb: z.number(), cpuS: z.number() })

type Pass = z.infer<typeof Usage> & {
  readonly seconds: number
  readonly requests: number
  readonly handled: number
  readonly written: number
}
type Size = {
  readonly quotes: number
  readonly rows: number
  readonly first: Pass
  readonly again: Pass
  readonly ten: Pass
  readonly haloBytes: number
  readonly storeBytes: number
}

async function ask(api: ChildProcess, question: ApiQuestion): Promise<ApiAnswer> {
  const answer = once(api, 'message')
  api.send(question)
  const [said] = (await answer) as [ApiAnswer]
  return said
}

async function measureSync(folder: string, api: ChildProcess): Promise<Pass> {
  await ask(api, 'reset')
  const usageFile = join(folder, 'usage.json')
  const out = await runCli(['--data', join(folder, 'data'), 'sync', '--json'], {
    env: { BENCH_USAGE: usageFile },
    nodeArgs: ['--import', new URL('bench-memory.ts', import.meta.url).href],
  })
  if (out.status !== 0) throw new Error(`sync ended with status ${out.status}:\n${out.stdout}\n${out.stderr}`)
  const printed: unknown = JSON.parse(out.stdout)
  const sync = Sync.parse(Array.isArray(printed) ? printed[0] : printed)
  const usage = Usage.parse(JSON.parse(readFileSync(usageFile, 'utf8')))
  const { requests } = await ask(api, 'stats')
  const all = Object.values(sync.entities)
  const written = all.reduce((sum, one) => sum + one.created + one.updated, 0)
  const handled = all.reduce((sum, one) => sum + one.created + one.updated + one.unchanged + one.skipped, 0)
  return { ...usage, seconds: sync.durationMs / 1000, requests, handled, written }
}

async function addTenant(folder: string, api: ApiAnswer): Promise<void> {
  const where = ['--url', 'https://bench.mydattocommerce.com', '--api-url', api.url, '--api-key-stdin']
  const what = ['--halo', `sqlite:${join(folder, 'halo.db')}`, '--sync-from', '2000-01-01T00:00:00Z']
  const limits = [
    '--requests-per-minute',
    `${LIFTED.requestsPerMinute}`,
    '--requests-per-day',
    `${LIFTED.requestsPerDay}`,
  ]
  const args = [
    '--data',
    join(folder, 'data'),
    'tenant',
    'add',
    '--name',
    'Bench',
    ...where,
    ...what,
    ...limits,
  ]
  const out = await runCli(args, { stdin: api.key })
  if (out.status !== 0) throw new Error(`tenant add ended with status ${out.status}:\n${out.stderr}`)
}

async function measureSize(quotes: number): Promise<Size> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const part = (share: number) => Math.max(10, Math.round(quotes * share))
  const options = { quotes, customers: part(0.1), products: part(0.1), orders: part(0.2), ...LIFTED }
  const api = fork(fileURLToPath(new URL('bench-api.ts', import.meta.url)), [JSON.stringify(options)])
  try {
    const [started] = (await once(api, 'message')) as [ApiAnswer]
    await addTenant(folder, started)
    const first = await measureSync(folder, api)
    const sizes = { haloBytes: bytesOf(folder, 'halo.db'), storeBytes: bytesOf(join(folder, 'data')) }
    const again = await measureSync(folder, api)
    await ask(api, 'change-ten')
    return { quotes, rows: started.rows, first, again, ten: await measureSync(folder, api), ...sizes }
  } finally {
    if (api.connected) api.disconnect()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/** Bytes of the files in a folder whose names begin so (a database has its log beside it). */
function bytesOf(folder: string, beginning = ''): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const chosen = files.filter((one) => one.name.startsWith(beginning))
  return chosen.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0)
}

const number = (value: number, digits = 0) =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = heads.map((_, index) => (index === 0 ? '---' : '---:'))
  console.log(`\n### ${title}\n\n${[heads, rule, ...rows].map(line).join('\n')}`)
}

function print(sizes: readonly Size[]): void {
  table(
    'On any machine',
    [
      'quotes',
      'rows in Commerce',
      'requests, first run',
      'rows a request',
      'requests, nothing new',
      'written, nothing new',
      'requests, 10 changed',
      'Halo bytes a row',
      'store bytes a row',
    ],
    sizes.map((size) => [
      number(size.quotes),
      number(size.rows),
      number(size.first.requests),
      number(size.rows / size.first.requests, 1),
      number(size.again.requests),
      number(size.again.written),
      number(size.ten.requests),
      number(size.haloBytes / size.rows),
      number(size.storeBytes / size.rows),
    ]),
  )
  table(
    'On this machine',
    [
      'quotes',
      'first run, s',
      'records a second',
      'rows a second',
      'processor s',
      'peak MB, first run',
      'peak MB, nothing new',
      'nothing new, s',
    ],
    sizes.map(({ quotes, rows, first, again }) => [
      number(quotes),
      number(first.seconds, 1),
      number(first.handled / first.seconds),
      number(rows / first.seconds),
      number(first.cpuS, 1),
      number(first.peakMb),
      number(again.peakMb),
      number(again.seconds, 1),
    ]),
  )
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  if (smallest && largest && largest !== smallest) {
    const ratio = number(largest.first.peakMb / smallest.first.peakMb, 2)
    console.log(
      `\nPeak memory, ${number(largest.quotes)} against ${number(smallest.quotes)} quotes: ${ratio} times.`,
    )
  }
}

const asked = process.argv.slice(2).map(Number)
if (asked.some((one) => !Number.isInteger(one) || one < 1)) {
  console.error('Give the numbers of quotes: npm run bench -- 1000 10000')
  process.exit(1)
}
const command = ['npm run bench', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' ')
console.log(`\`${command}\``)
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).`,
)
const sizes: Size[] = []
for (const quotes of asked.length > 0 ? asked : [1_000, 10_000, 100_000]) {
  console.error(`Measuring with ${number(quotes)} quotes ...`)
  sizes.push(await measureSize(quotes))
}
print(sizes)
console.log(
  '\nA row is a record of any Commerce list that a sync reads; a record is a product, customer, quote or order with its lines.',
)
await benchHaloSql(2_000)
