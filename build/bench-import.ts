/**
 * `npm run bench:import [-- --rows 100000 --times 3 --only csv]`: a spreadsheet of invented customers into the embedded Halo, as the command
 * `commerce-integrator import` does it (its threads, store and engine and all), against a bare loop of the same reader that maps and writes the
 * same records in the same batches and does nothing else. Each in a process of its own, from its start to its end, in turns; what both left in
 * Halo is compared. `npm run bench:import -- --hostile`: what files cost that are made to do harm (bench-import-hostile.ts).
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { benchHostile } from './bench-import-hostile.ts'
import { headings, type SheetKind, writeSheet } from './bench-import-sheets.ts'
import { runCli } from './program.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    times: { type: 'string', default: '3' },
    only: { type: 'string' },
    hostile: { type: 'boolean', default: false },
  },
})

const usageSchema = z.object({ peakMb: z.number(), cpuS: z.number() })
type Cost = z.infer<typeof usageSchema> & { readonly seconds: number }
type Pair = { readonly full: Cost; readonly bare: Cost }
type Measured = {
  readonly kind: SheetKind
  readonly pairs: readonly Pair[]
  readonly lookSeconds: number
  readonly isSame: boolean
}

const hook = ['--import', new URL('bench-memory.ts', import.meta.url).href]
const part = fileURLToPath(new URL('bench-import-part.ts', import.meta.url))
const rows = Number(options.rows)

async function compare(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'bench-import-'))
  try {
    const measured: Measured[] = []
    for (const kind of ['xlsx', 'csv'] as const)
      if (options.only === undefined || options.only === kind) measured.push(await measure(kind, home))
    print(measured)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function measure(kind: SheetKind, home: string): Promise<Measured> {
  const sheet = join(home, `rows.${kind}`)
  await writeSheet(kind, sheet, rows)
  const looks = [await look(sheet), await look(sheet), await look(sheet)]
  const pairs: Pair[] = []
  let isSame = true
  for (let turn = 0; turn < Number(options.times); turn++) {
    const folder = mkdtempSync(join(home, 'turn-'))
    const bare = await bareLoop(sheet, join(folder, 'bare.db'), folder)
    const full = await wholeImport(sheet, join(folder, 'full.db'), folder)
    isSame &&= contentOf(join(folder, 'bare.db')) === contentOf(join(folder, 'full.db'))
    pairs.push({ full, bare })
    rmSync(folder, { recursive: true, force: true })
  }
  return { kind, pairs, lookSeconds: median(looks), isSame }
}

async function wholeImport(sheet: string, halo: string, folder: string): Promise<Cost> {
  const data = ['--data', join(folder, 'data')]
  const urls = [
    '--url',
    'https://bench.mydattocommerce.com',
    '--api-url',
    'https://api.kaseyaquotemanager.com',
  ]
  const tenant = ['--name', 'Bench', ...urls, '--api-key-stdin', '--halo', `sqlite:${halo}`]
  const since = ['--sync-from', '2000-01-01T00:00:00Z']
  const added = await runCli([...data, 'tenant', 'add', ...tenant, ...since], { stdin: 'invented-key' })
  if (added.status !== 0) throw new Error(added.stderr)
  const usage = join(folder, 'full.json')
  const began = performance.now()
  const done = await runCli(
    [...data, 'import', sheet, '--tenant', 'Bench', '--entity', 'customers', '--json'],
    { env: { BENCH_USAGE: usage }, nodeArgs: hook },
  )
  const seconds = (performance.now() - began) / 1000
  const said = done.status === 0 ? doneSchema.parse(JSON.parse(done.stdout)) : null
  if (said?.counts.created !== rows) throw new Error(`${done.stdout}\n${done.stderr}`)
  return { seconds, ...usageSchema.parse(JSON.parse(readFileSync(usage, 'utf8'))) }
}
const doneSchema = z.object({ counts: z.object({ created: z.number() }) })

async function bareLoop(sheet: string, halo: string, folder: string): Promise<Cost> {
  const usage = join(folder, 'bare.json')
  const began = performance.now()
  await runPart(['bare', sheet, halo], usage)
  const seconds = (performance.now() - began) / 1000
  return { seconds, ...usageSchema.parse(JSON.parse(readFileSync(usage, 'utf8'))) }
}

const look = async (sheet: string): Promise<number> =>
  z.object({ seconds: z.number() }).parse(JSON.parse(await runPart(['look', sheet]))).seconds

function runPart(args: readonly string[], usage = ''): Promise<string> {
  const child = spawn(process.execPath, [...hook, part, ...args], {
    env: { ...process.env, BENCH_USAGE: usage },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) =>
      status === 0 ? resolve(out) : reject(new Error(`${args[0]} ended with ${status}`)),
    )
  })
}

/** A fingerprint of all rows of all tables. */
function contentOf(file: string): string {
  const db = new Database(file, { readonly: true })
  const hash = createHash('sha256')
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
  for (const table of tables)
    for (const row of db.prepare(`SELECT * FROM "${table}"`).raw().iterate()) hash.update(JSON.stringify(row))
  db.close()
  return hash.digest('hex')
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
}

/** "1.20 (1.15 to 1.31)". */
function spread(figures: readonly number[], digits: number): string {
  const middle = median(figures).toFixed(digits)
  if (figures.length === 1) return middle
  return `${middle} (${Math.min(...figures).toFixed(digits)} to ${Math.max(...figures).toFixed(digits)})`
}

function print(measured: readonly Measured[]): void {
  const machine = `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`
  console.log(
    `\n${rows.toLocaleString('en-GB')} customers of ${headings.length} columns into the embedded Halo, in turns, middle (least to most)\n\n${machine}\n`,
  )
  const heads = [
    'file',
    'time, to a bare loop',
    'processor, to a bare loop',
    'peak MB',
    'bare MB',
    'same records',
    'seconds',
    'rows/s',
    'first look, s',
  ]
  const lines = measured.map(({ kind, pairs, lookSeconds, isSame }) => [
    kind,
    spread(
      pairs.map(({ full, bare }) => full.seconds / bare.seconds),
      2,
    ),
    spread(
      pairs.map(({ full, bare }) => full.cpuS / bare.cpuS),
      2,
    ),
    spread(
      pairs.map(({ full }) => full.peakMb),
      0,
    ),
    spread(
      pairs.map(({ bare }) => bare.peakMb),
      0,
    ),
    isSame ? 'yes' : 'NO',
    spread(
      pairs.map(({ full }) => full.seconds),
      1,
    ),
    median(pairs.map(({ full }) => rows / full.seconds)).toFixed(0),
    lookSeconds.toFixed(2),
  ])
  for (const line of [heads, heads.map((_, at) => (at === 0 ? '---' : '---:')), ...lines])
    console.log(`| ${line.join(' | ')} |`)
}

if (options.hostile) await benchHostile(part, options.only)
else await compare()
