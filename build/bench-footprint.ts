/**
 * `npm run bench:footprint [-- --seconds 180] [--package DIR] [--after-sync]`: what an idle service with five tenants costs, how soon it can sync, and
 * how big the package is. DIR is a packed program (dist/linux-unpacked); without it the checkout is measured, and no sizes are told.
 * Idle means: every tenant waits for its next time. They run at the quarters of an hour: keep those out of the measured time.
 * With --after-sync each tenant has had its first sync, and the thread that did it has had its rest.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startSampleApi } from '../app/commerce/sample-api/index.ts'
import { doorClient } from '../main/door-client.ts'
import { checkout, type Program, runCli, startCli } from './program.ts'

const tenants = 5
const starts = 5
const sampleSchema = z.object({ atMs: z.number(), rssMb: z.number(), cpuMs: z.number() })
type Sample = z.infer<typeof sampleSchema>

type Measured = {
  readonly data: string
  readonly file: string
  readonly seconds: number
  readonly afterSync: boolean
}

const probe = pathToFileURL(join(checkout, 'build', 'footprint-probe.mjs')).href

function packedProgram(folder: string): Program {
  const service = join(folder, 'resources', 'service')
  const node = join(service, process.platform === 'win32' ? 'node.exe' : 'node')
  return { node, cli: join(service, 'out', 'main', 'cli.js') }
}

const megabytes = (path: string): number =>
  (statSync(path).isFile()
    ? statSync(path).size
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)) / 1e6

const samplesIn = (file: string): Sample[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => sampleSchema.parse(JSON.parse(line)))
    : []

async function addTenants(data: string, url: string, key: string, how: { readonly program?: Program }) {
  for (let number = 1; number <= tenants; number++) {
    const where = ['--url', `https://t${number}.mydattocommerce.com`, '--api-url', url, '--api-key-stdin']
    const limits = [
      '--requests-per-minute',
      '100000',
      '--requests-per-day',
      '1000000',
      '--sync-from',
      '2000-01-01',
    ]
    const added = await runCli(
      ['--data', data, 'tenant', 'add', '--name', `Tenant ${number}`, ...where, ...limits],
      {
        ...how,
        stdin: key,
      },
    )
    if (added.status !== 0) throw new Error(added.stderr)
  }
}

/** From the start of the process to its first line, which it prints when the scheduler runs: then a sync can begin. */
async function startMs(data: string, how: { readonly program?: Program }): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < starts; i++) {
    const began = performance.now()
    const service = await startCli(['--data', data, 'serve', '--port', '0', '--json'], how)
    times.push(performance.now() - began)
    await service.stop()
  }
  return times.sort((a, b) => a - b)[Math.floor(starts / 2)] ?? 0
}

/** As `service install` starts it. */
const asInstalled = { nodeArgs: ['--max-semi-space-size=4'], env: { MALLOC_ARENA_MAX: '1' } }
/** The worker thread waits half a minute for more work before it ends. */
const restMs = 45_000

async function syncAll(data: string, firstLine: string): Promise<void> {
  const { address } = z.object({ address: z.url() }).parse(JSON.parse(firstLine))
  const { origin } = new URL(address)
  const door = doorClient(data)
  const headers = { 'content-type': 'application/json' }
  for (let tenantId = 1; tenantId <= tenants; tenantId++) {
    const body = JSON.stringify({ tenantId, kind: 'sync' })
    await door(origin, { method: 'POST', path: '/api/runs.start', headers, body })
    let live = 'not asked yet'
    while (live !== '[]') {
      await wait(500)
      const answer = await door(origin, { method: 'GET', path: '/api/runs.live', headers, body: null })
      live = JSON.stringify(liveSchema.parse(await answer.json()).result.data)
    }
  }
}
const liveSchema = z.object({ result: z.object({ data: z.array(z.unknown()) }) })

async function measureIdle(
  { data, file, seconds, afterSync }: Measured,
  how: { readonly program?: Program },
) {
  const service = await startCli(['--data', data, 'serve', '--port', '0', '--json'], {
    ...how,
    nodeArgs: [...asInstalled.nodeArgs, '--import', probe],
    env: { ...asInstalled.env, FOOTPRINT_FILE: file },
  })
  if (afterSync) {
    await syncAll(data, service.firstLine)
    await wait(restMs)
  }
  const from = Date.now() + 5_000
  await wait(5_000 + seconds * 1000)
  await service.stop()
  const idle = samplesIn(file).filter(({ atMs }) => atMs >= from)
  const first = idle[0]
  const last = idle.at(-1)
  if (!first || !last || first === last) throw new Error('The service noted nothing: is the time too short?')
  return {
    medianMb: idle.map(({ rssMb }) => rssMb).sort((a, b) => a - b)[Math.floor(idle.length / 2)] ?? 0,
    peakMb: Math.max(...samplesIn(file).map(({ rssMb }) => rssMb)),
    cpuPercent: ((last.cpuMs - first.cpuMs) / (last.atMs - first.atMs)) * 100,
  }
}

const row = (...cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`)

function tellSizes(folder: string): void {
  const resources = join(folder, 'resources')
  const node = packedProgram(folder).node
  console.log('\n### On any machine of this system\n')
  row('part of the package', 'MB')
  row('---', '---:')
  row('app.asar, what Electron runs', megabytes(join(resources, 'app.asar')).toFixed(1))
  row('beside it, native', megabytes(join(resources, 'app.asar.unpacked')).toFixed(1))
  row('the service without its Node', (megabytes(join(resources, 'service')) - megabytes(node)).toFixed(1))
  row('Node', megabytes(node).toFixed(1))
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '180' },
      package: { type: 'string' },
      'after-sync': { type: 'boolean', default: false },
    },
  })
  const seconds = Number(values.seconds)
  if (!Number.isInteger(seconds) || seconds < 3)
    throw new Error('--seconds has to be a whole number of at least 3.')
  const how = values.package ? { program: packedProgram(values.package) } : {}
  const folder = mkdtempSync(join(tmpdir(), 'footprint-'))
  const data = join(folder, 'data')
  const afterSync = values['after-sync']
  const size = afterSync
    ? { customers: 200, products: 300, quotes: 1_000, orders: 100 }
    : { customers: 20, products: 30, quotes: 40, orders: 10 }
  const api = await startSampleApi({ ...size, requestsPerMinute: 100_000, requestsPerDay: 1_000_000 })
  try {
    if (values.package) tellSizes(values.package)
    await addTenants(data, api.url, api.key, how)
    const idle = await measureIdle({ data, file: join(folder, 'samples'), seconds, afterSync }, how)
    const readyMs = await startMs(data, how)
    console.log(
      `\n### On this machine\n\n${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.versions.node}\n`,
    )
    row(`idle service, five tenants${afterSync ? ' after their first sync' : ''}`, `over ${seconds} s`)
    row('---', '---:')
    row('resident, median, MB', idle.medianMb.toFixed(0))
    row('resident, peak since its start, MB', idle.peakMb.toFixed(0))
    row('processor, % of one core', idle.cpuPercent.toFixed(2))
    row('start to the first possible sync, ms', readyMs.toFixed(0))
  } finally {
    await api.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

await main()
