import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type SampleApi, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { checkout, runCli, startCli } from '../../build/program.ts'

// Inside the checkout, where the bundle finds its packages, but not in out/, which others may be using.
const out = join(checkout, '.cache', 'bundle-test')
const program = { node: process.execPath, cli: join(out, 'cli.js') }
let folder = ''
let api: SampleApi

beforeAll(() => {
  const vite = join(checkout, 'node_modules', 'vite', 'bin', 'vite.js')
  for (const config of ['main', 'preload']) {
    const args = [vite, 'build', '--config', `build/${config}.vite.ts`, '--outDir', out, '--logLevel', 'warn']
    const built = spawnSync(process.execPath, args, { cwd: checkout, encoding: 'utf8' })
    if (built.status !== 0) throw new Error(built.stdout + built.stderr)
  }
})
afterAll(() => rmSync(out, { recursive: true, force: true }))
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  api = await startSampleApi({ customers: 3, products: 4, quotes: 3, orders: 2, requestsPerMinute: 100_000 })
})
afterEach(async () => {
  await api.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

const addTenant = (): ReturnType<typeof runCli> => {
  const where = ['--url', 'https://sample.mydattocommerce.com', '--api-url', api.url]
  const how = ['--api-key-stdin', '--sync-from', '2000-01-01', '--requests-per-minute', '100000', '--json']
  const args = ['--data', folder, 'tenant', 'add', '--name', 'Sample', ...where, ...how]
  return runCli(args, { program, stdin: api.key })
}

describe('the bundle under plain Node', () => {
  test('has beside it what it reads at run time', () => {
    expect(readdirSync(join(out, 'migrations'))).toEqual(
      readdirSync(join(checkout, 'app', 'store', 'migrations')),
    )
    for (const state of ['idle', 'syncing', 'paused', 'attention'])
      for (const theme of ['light', 'dark'])
        expect(existsSync(join(out, 'icons', `tray-${state}-${theme}.png`)), `${state} ${theme}`).toBe(true)
  })

  test('the preload is one CommonJS file that needs Electron alone, and hands out two things', () => {
    const preload = readFileSync(join(out, 'preload.cjs'), 'utf8')
    expect([...preload.matchAll(/require\((.*?)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
    expect(preload).not.toMatch(/ipcRenderer/)
    const handed: unknown[] = []
    const electron = {
      contextBridge: { exposeInMainWorld: (...given: unknown[]) => handed.push(given) },
      webUtils: { getPathForFile: (file: string) => `/path/of/${file}` },
    }
    const load = new Function('require', 'process', preload)
    load(() => electron, { platform: 'win32' })
    const [name, bridge] = z.tuple([z.string(), z.record(z.string(), z.unknown())]).parse(handed[0])
    expect([handed.length, name, Object.keys(bridge).sort(), bridge.platform]).toEqual([
      ...[1, 'desktop', ['pathOfFile', 'platform'], 'win32'],
    ])
    expect((bridge.pathOfFile as (file: string) => string)('a.xlsx')).toBe('/path/of/a.xlsx')
  })

  test('only the desktop needs Electron', () => {
    const needing = readdirSync(out).filter(
      (name) => name.endsWith('.js') && /from ['"]electron['"]/.test(readFileSync(join(out, name), 'utf8')),
    )
    expect(needing).toEqual(['desktop.js'])
  })

  test('serves, syncs in its worker thread and ends politely', async () => {
    const added = await addTenant()
    expect(added).toMatchObject({ status: 0, stderr: '' })
    const service = await startCli(['--data', folder, 'serve', '--port', '0', '--json'], { program })
    try {
      const { address } = z.object({ address: z.url() }).parse(JSON.parse(service.firstLine))
      const entered = await fetch(address, { redirect: 'manual' })
      const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const { origin } = new URL(address)
      const call = (path: string, init: RequestInit = {}) =>
        fetch(`${origin}/api/${path}`, {
          ...init,
          headers: { cookie, origin, 'content-type': 'application/json' },
        }).then((answer) => answer.json())
      await call('runs.start', { method: 'POST', body: JSON.stringify({ tenantId: 1, kind: 'sync' }) })
      const ended = z.object({
        result: z.object({ data: z.object({ rows: z.array(z.object({ outcome: z.string() })).min(1) }) }),
      })
      const window = encodeURIComponent(
        JSON.stringify({ filter: { outcome: 'done' }, window: { offset: 0, limit: 5 } }),
      )
      await expect
        .poll(async () => ended.safeParse(await call(`runs.list?input=${window}`)).success, {
          timeout: 60_000,
        })
        .toBe(true)
    } finally {
      await service.stop()
    }
  })
})
