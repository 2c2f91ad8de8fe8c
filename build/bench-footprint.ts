/**
 * `npm run bench:footprint [-- --seconds 180] [--package DIR]`: what an idle service with five tenants costs, how soon it can sync, and
 * how big the package is. DIR is a packed program (dist/linux-unpacked); without it the checkout is measured, and no sizes are told.
 * Idle means: every tenant waits for its next time. They run at the quarters of an hour: keep those out of the measured time.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startSampleApi } from '../app/commerce/sample-api/index.ts'
import { checkout, type Program, runCli, startCli } from './program.ts'

const tenants = 5
const starts = 5
const sampleSchema = z.object({ atMs: z.number(), rssMb: z.number(), cpuMs: z.number() })
type Sample = z.infer<typeof sampleSchema>

const probe = pathToFileURL(join(checkout, 'build', 'footprint-probe.ts')).href

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
    const added = await runCli(['--data', data, 'tenant', 'add', '--name', `Tenant ${number}`, ...where], {
      ...how,
      stdin: key,
    })
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

async function measureIdle(data: string, file: string, seconds: number, how: { readonly program?: Program }) {
  const service = await startCli(['--data', data, 'serve', '--port', '0', '--json'], {
    ...how,
    nodeArgs: ['--import', probe],
    env: { FOOTPRINT_FILE: file },
  })
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
    options: { seconds: { type: 'string', default: '180' }, package: { type: 'string' } },
  })
  const seconds = Number(values.seconds)
  if (!Number.isInteger(seconds) || seconds < 3)
    throw new Error('--seconds has to be a whole number of at least 3.')
  const how = values.package ? { program: packedProgram(values.package) } : {}
  const folder = mkdtempSync(join(tmpdir(), 'footprint-'))
  const data = join(folder, 'data')
  const api = await startSampleApi({ customers: 20, products: 30, quotes: 40, orders: 10 })
  try {
    if (values.package) tellSizes(values.package)
    await addTenants(data, api.url, api.key, how)
    const idle = await measureIdle(data, join(folder, 'samples'), seconds, how)
    const readyMs = await startMs(data, how)
    console.log(
      `\n### On this machine\n\n${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.versions.node}\n`,
    )
    row('idle service, five tenants', `over ${seconds} s`)
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
