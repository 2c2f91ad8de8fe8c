import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { packArguments } from '../../build/pack.ts'
import { checkout, type Program, runCli, startCli } from '../../build/program.ts'
import { standInElectron } from '../../build/stand-in-electron.ts'
import type { ApiRouter } from '../../main/api/router.ts'

const plainJson = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value }
const isWindows = process.platform === 'win32'
const work = mkdtempSync(join(tmpdir(), 'commerce-integrator-pack-'))
const packed = join(work, 'dist', isWindows ? 'win-unpacked' : 'linux-unpacked')
const resources = join(packed, 'resources')
const asar = join(resources, 'app.asar')
const desktop = join(packed, isWindows ? 'Commerce Integrator.exe' : 'commerce-integrator-desktop')

/** Packing needs the whole minute on a busy machine. */
const packingMs = 300_000
const megabyte = 1_000_000

function node(script: string, ...args: string[]): void {
  const ended = spawnSync(process.execPath, [join(checkout, script), ...args], {
    cwd: checkout,
    encoding: 'utf8',
  })
  if (ended.status !== 0) throw new Error(`${script} failed:\n${ended.stdout}${ended.stderr}`)
}

/** The real Electron where it is installed; on Linux without it the stand-in; elsewhere electron-builder fetches it. */
function electron(): string[] {
  const installed = join(checkout, 'node_modules', 'electron', 'dist')
  if (existsSync(join(installed, isWindows ? 'electron.exe' : 'electron')))
    return [`-c.electronDist=${installed}`]
  return isWindows ? [] : [`-c.electronDist=${standInElectron(join(work, 'electron'))}`]
}

beforeAll(() => {
  node('build/setup.mjs', '--for', 'run')
  // The screens as they are now, licences included, whenever and for whatever they were built last.
  for (const config of ['build/renderer.vite.ts', 'build/main.vite.ts', 'build/preload.vite.ts'])
    node('node_modules/vite/bin/vite.js', 'build', '--config', config, '--logLevel', 'warn')
  const to = `-c.directories.output=${join(work, 'dist')}`
  const args = packArguments([isWindows ? '--win' : '--linux', 'dir', to, ...electron()], {})
  node('node_modules/electron-builder/cli.js', ...args)
}, packingMs)

afterAll(() => rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))

/** The packages that package-lock.json installs for the program itself, at whichever depth. */
function runtimePackages(): string[] {
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
    .parse(JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')))
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith('node_modules/') && entry.dev !== true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

/** The packages at the top of node_modules. */
const packagesIn = (paths: readonly string[]): string[] =>
  paths
    .map((path) => /^\/node_modules\/((@[^/]+\/)?[^/@]+)$/.exec(path)?.[1])
    .filter((name) => name !== undefined)

const isOurs = (path: string): boolean => !path.startsWith('/node_modules')

describe('what is in the package', () => {
  const list = (): string[] => listPackage(asar, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  const files = (): string[] => list().filter((path) => /\.\w+$/.test(path))

  it('holds our built code and package.json, and nothing else of ours', () => {
    const tops = new Set(
      list()
        .filter(isOurs)
        .map((path) => path.split('/').slice(1, 3).join('/')),
    )
    expect([...tops].sort()).toEqual(['out', 'out/main', 'out/renderer', 'package.json'])
    for (const needed of [
      '/out/main/desktop.js',
      '/out/main/cli.js',
      '/out/main/worker.js',
      '/out/renderer/index.html',
    ])
      expect(files()).toContain(needed)
  })

  it('holds no source, test, map or development package', () => {
    expect(files().filter((path) => /\.(ts|mts|cts|tsx|map|gyp|c|h|cpp|hpp)$/.test(path))).toEqual([])
    expect(list().filter((path) => /\/(tests?|__tests__|examples?)\//.test(path))).toEqual([])
    const inside = packagesIn(list())
    expect(inside.filter((name) => !runtimePackages().includes(name))).toEqual([])
    expect(inside).toContain('better-sqlite3')
  })

  it('holds the one native binary of this system, outside the archive', () => {
    const natives = files().filter((path) => path.endsWith('.node'))
    expect(natives.map((path) => basename(path))).toEqual([`${process.platform}-${process.arch}.node`])
    for (const path of natives) expect(existsSync(join(resources, 'app.asar.unpacked', path))).toBe(true)
  })

  it('keeps the licence of each package, packed or bundled, of the screens and of the programs', () => {
    const licences = list().filter((path) => /licen[cs]e/i.test(basename(path)))
    expect(licences.some((path) => path.startsWith('/node_modules/better-sqlite3/'))).toBe(true)
    const tells = (file: string, name: string): boolean =>
      extractFile(asar, file).toString('utf8').includes(`\n## ${name} - `)
    for (const name of ['undici', 'zod', 'pino', 'kysely'])
      expect(tells('out/main/licences.md', name), name).toBe(true)
    for (const name of ['react', 'react-dom', 'wouter'])
      expect(tells('out/renderer/licences.md', name), name).toBe(true)
  })

  it('holds as packages only what package.json calls a dependency, and nothing of Azure at all', () => {
    const needed = runtimePackages()
    for (const name of packagesIn(list())) expect(needed).toContain(name)
    expect(packagesIn(list()).length).toBeLessThan(30)
    const service = globSync('**/*', { cwd: join(resources, 'service', 'node_modules') })
    expect(service.filter((path) => /electron|azure/.test(path))).toEqual([])
  })

  it('stays small', () => {
    expect(statSync(asar).size).toBeLessThan(20 * megabyte)
    expect(sizeOf(join(resources, 'app.asar.unpacked'))).toBeLessThan(6 * megabyte)
    const itsNode = statSync(join(resources, 'service', isWindows ? 'node.exe' : 'node')).size
    expect(sizeOf(join(resources, 'service')) - itsNode).toBeLessThan(22 * megabyte)
  })

  it('names no address to look for updates when none was given', () => {
    expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).toContain('url: https://feed.invalid/')
  })
})

describe('the fuses of the release', () => {
  it('close every way to run other code in our name', async () => {
    const wire = await getCurrentFuseWire(desktop)
    const on = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1'
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      cookies: on(FuseV1Options.EnableCookieEncryption),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      file: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookies: true,
      nodeOptions: false,
      inspect: false,
      integrity: true,
      onlyAsar: true,
      file: false,
    })
  })
})

/** The packed service syncs an invented Commerce over its API, as the screens would ask it to. Answers how many of the quotes arrived. */
async function quotesSynced(program: Program): Promise<{ outcome: string | null; quotes: number }> {
  const data = mkdtempSync(join(work, 'data-'))
  const api = await startSampleApi({
    customers: 6,
    products: 8,
    quotes: 5,
    orders: 2,
    requestsPerMinute: 100_000,
  })
  onTestFinished(() => api.stop())
  const run = { program, stdin: api.key }
  const where = ['--url', 'https://sample.mydattocommerce.com', '--api-url', api.url, '--api-key-stdin']
  const limits = ['--requests-per-minute', '100000', '--sync-from', '2020-01-01']
  const added = await runCli(
    ['--data', data, 'tenant', 'add', '--name', 'Sample', ...where, ...limits, '--json'],
    run,
  )
  expect(added.status, added.stderr).toBe(0)
  const { id: tenantId } = z.object({ id: z.int() }).parse(JSON.parse(added.stdout))
  const service = await startCli(['--data', data, 'serve', '--port', '0', '--json'], { program })
  onTestFinished(() => service.stop())
  const { address } = z.object({ address: z.url() }).parse(JSON.parse(service.firstLine))
  const door = await enter(address)
  const asked = await door.runs.start.mutate({ tenantId, kind: 'sync' })
  if (!asked.ok) throw new Error(`The run did not start: ${asked.fault.code}`)
  const { runId } = asked.value
  await expect
    .poll(async () => (await door.runs.get.query({ id: runId }))?.endedAt ?? null, {
      timeout: 60_000,
    })
    .not.toBeNull()
  const ended = await door.runs.get.query({ id: runId })
  return { outcome: ended?.outcome ?? null, quotes: ended?.counts.quotes.created ?? 0 }
}

async function enter(address: string) {
  const first = await fetch(address, { redirect: 'manual' })
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { origin } = new URL(address)
  const page = await fetch(origin, { headers: { cookie } })
  expect(await page.text()).toContain('<div id="root">')
  return createTRPCClient<ApiRouter>({
    links: [httpLink({ url: `${origin}/api`, transformer: plainJson, headers: { cookie, origin } })],
  })
}

describe('the packed code', () => {
  it('syncs as a service, taken out of the archive', async () => {
    const out = join(work, 'extracted')
    extractAll(asar, out)
    const program = { node: process.execPath, cli: join(out, 'out', 'main', 'cli.js') }
    expect(await quotesSynced(program)).toEqual({ outcome: 'done', quotes: 5 })
  })

  it('syncs as it is installed, on the Node beside it', async () => {
    const folder = join(resources, 'service')
    const program = {
      node: join(folder, isWindows ? 'node.exe' : 'node'),
      cli: join(folder, 'out', 'main', 'cli.js'),
    }
    expect(await quotesSynced(program)).toEqual({ outcome: 'done', quotes: 5 })
  })

  it('starts by its command', () => {
    const command = join(resources, 'service', isWindows ? 'commerce-integrator.cmd' : 'commerce-integrator')
    const said = spawnSync(command, ['--version'], { encoding: 'utf8', shell: isWindows })
    expect(said.stdout.trim()).toMatch(/^\d+\.\d+\.\d+/)
  })
})
