import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkout } from '../../build/program.ts'

// Inside the checkout, where the bundle finds better-sqlite3.
const out = join(checkout, '.cache', 'packages-in-bundle-test')
let chunks: ReadonlyMap<string, Rolldown.OutputChunk> = new Map()

beforeAll(async () => {
  const at = (file: string): string => join(checkout, file)
  const input = {
    cli: at('main/cli.ts'),
    worker: at('main/worker.ts'),
    every: at('tests/integration/every-package.ts'),
  }
  const built = await build({
    configFile: at('build/main.vite.ts'),
    logLevel: 'warn',
    build: { outDir: out, rolldownOptions: { input } },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  chunks = new Map(outputs.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one]] : [])))
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** The packages whose code Node reads when it starts this file: its own and that of what it imports, not what it may import later. */
function packagesAtStart(file: string, seen = new Set<string>()): string[] {
  const chunk = chunks.get(file)
  if (!chunk || seen.has(file)) return []
  seen.add(file)
  const own = chunk.moduleIds.flatMap((id) => {
    const [, name = ''] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/')) ?? []
    return name ? [name] : []
  })
  return [...new Set([...own, ...chunk.imports.flatMap((next) => packagesAtStart(next, seen))])]
}

/** What costs megabytes of memory, and what most tenants never use. */
const heavy = [
  'tedious',
  'pg',
  'exceljs',
  '@e965/xlsx',
  'csv-parse',
  'nodemailer',
  'pdfmake',
  'pdfkit',
  'fontkit',
]

describe('packages in the bundle', () => {
  test.each(['cli.js', 'worker.js'])('%s reads none of the heavy ones when it starts', (file) => {
    const read = packagesAtStart(file)
    expect(read).toContain('zod')
    expect(read.filter((name) => heavy.includes(name))).toEqual([])
  })

  test('nothing of Azure is in it', () => {
    const modules = [...chunks.values()].flatMap(({ moduleIds }) => moduleIds)
    expect(modules.some((id) => id.includes('tedious'))).toBe(true)
    expect(modules.filter((id) => id.includes('@azure'))).toEqual([])
  })

  test('each works from it, and finds its files', () => {
    expect(existsSync(join(out, 'data', 'Helvetica.afm'))).toBe(true)
    const ran = spawnSync(process.execPath, [join(out, 'every.js')], { encoding: 'utf8', timeout: 60_000 })
    expect([ran.stdout, ran.status], ran.stderr).toEqual(['all\n', 0])
  })
})
