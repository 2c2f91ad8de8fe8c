import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Each room of ours with the rooms it may import (docs/decisions/003). A room may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'app/model': [],
  'app/http': ['app/model'],
  'app/store': ['app/model'],
  'app/commerce': ['app/http', 'app/model'],
  'app/halo': ['app/http', 'app/model'],
  'app/sync': ['app/http', 'app/commerce', 'app/halo', 'app/store', 'app/model'],
  'app/sheets': ['app/http', 'app/commerce', 'app/halo', 'app/store', 'app/model'],
  main: ['app/model', 'app/http', 'app/store', 'app/commerce', 'app/halo', 'app/sync', 'app/sheets'],
  'main/shell': [
    'app/model',
    'app/http',
    'app/store',
    'app/commerce',
    'app/halo',
    'app/sync',
    'app/sheets',
    'main',
  ],
  renderer: ['app/model'],
}
const TARGETS = [...Object.keys(MAY_IMPORT), 'build', 'tests']

type Plant = {
  readonly file: string
  readonly code: string
  readonly isAllowed: boolean
  readonly why: string
}
const plants: Plant[] = []
const plant = (room: string, code: string, isAllowed: boolean, why: string) =>
  plants.push({ file: `${room}/planted-${plants.length}.ts`, code, isAllowed, why })

/** A path as it must be written in a file that sits `depth` folders below `room`. */
function pathTo(room: string, depth: number, target: string): string {
  const from = join('/', room, ...Array.from({ length: depth }, () => 'inner'))
  const path = relative(from, join('/', target, 'thing.ts')).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}

function plantArrows(): void {
  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    for (const target of TARGETS) {
      const isAllowed =
        target === room || allowed.includes(target) || (room === 'main' && target === 'main/shell')
      for (const depth of [0, 1, 2]) {
        const folder = [room, ...Array.from({ length: depth }, () => 'inner')].join('/')
        const path = pathTo(room, depth, target)
        const why = `${folder} -> ${target} as ${path}`
        plant(folder, `import { thing } from '${path}'\nexport const kept = thing\n`, isAllowed, why)
        plant(folder, `export { thing } from '${path}'\n`, isAllowed, `${why} (passed on)`)
        plant(folder, `export const kept = () => import('${path}')\n`, isAllowed, `${why} (at run time)`)
        const isTypeOfApi = room === 'renderer' && target === 'main/api'
        plant(folder, `export type { Thing } from '${path}'\n`, isAllowed || isTypeOfApi, `${why} (type)`)
      }
    }
  }
}

function plantPackages(): void {
  const rooms = [...Object.keys(MAY_IMPORT), 'main/api']
  const use = (name: string) => `import { thing } from '${name}'\nexport const kept = thing\n`
  for (const room of rooms) {
    for (const name of ['react', 'react/jsx-runtime', 'react-dom/client', '@fluentui/react-components'])
      plant(room, use(name), room === 'renderer', `${room} -> ${name}`)
    for (const name of ['electron', 'electron/main'])
      plant(room, use(name), room === 'main/shell', `${room} -> ${name}`)
    const isPure = room === 'renderer' || room === 'app/model'
    for (const name of ['node:fs', 'better-sqlite3', 'undici'])
      plant(room, use(name), !isPure, `${room} -> ${name}`)
    plant(room, use('zod'), true, `${room} -> zod`)
  }
  plants.push({
    file: 'main/desktop.ts',
    code: use('electron'),
    isAllowed: true,
    why: 'main/desktop.ts -> electron',
  })
  plants.push({
    file: 'main/service.ts',
    code: use('electron'),
    isAllowed: false,
    why: 'main/service.ts -> electron',
  })
}

function plantRendererTypes(): void {
  const api = '../main/api/router.ts'
  plant(
    'renderer',
    `import type { Router } from '${api}'\nexport type R = Router\n`,
    true,
    'a type of the API',
  )
  plant('renderer', `import { router } from '${api}'\nexport const r = router\n`, false, 'a value of the API')
  plant('renderer', `import { type Router } from '${api}'\nexport type R = Router\n`, false, 'a mixed import')
  plant('renderer', `import '${api}'\n`, false, 'the API for its effect')
  plant('renderer', `export * from '${api}'\n`, false, 'all of the API passed on')
  plant(
    'renderer',
    "import type { E } from '../main/engine.ts'\nexport type R = E\n",
    false,
    'a type of the engine',
  )
}

function plantDetours(): void {
  const use = (path: string) => `import { thing } from '${path}'\nexport const kept = thing\n`
  for (const path of ['./../store/thing.ts', '../model/../store/thing.ts', './inner/../../store/thing.ts']) {
    plant('app/http', use(path), false, `the detour ${path}`)
    plant(
      'app/http',
      `export const kept = () => import('${path}')\n`,
      false,
      `the detour ${path} at run time`,
    )
  }
  plant(
    'app/http',
    "export type T = import('../store/thing.ts').T\n",
    false,
    'a type imported in an expression',
  )
}

function plantHabits(): void {
  plant('app/http', 'const thing = 1\nexport default thing\n', false, 'a default export')
  plants.push({
    file: 'some.config.ts',
    code: 'export default {}\n',
    isAllowed: true,
    why: 'a default export in a config',
  })
  const print = "console.log('hello')\n"
  for (const room of ['app/http', 'app/sync', 'main', 'main/api', 'renderer'])
    plant(room, print, false, `print in ${room}`)
  for (const room of ['main/cli', 'build']) plant(room, print, true, `print in ${room}`)
  plants.push({ file: 'main/cli.ts', code: print, isAllowed: true, why: 'print in main/cli.ts' })
}

const Report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
})
const RULES = [
  'lint/style/noRestrictedImports',
  'lint/style/noDefaultExport',
  'lint/suspicious/noConsole',
  'plugin',
]

/** Runs the real linter with the real rules over the planted tree; returns the files it objects to. */
function lint(folder: string): Set<string> {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
  // With findings the status is 1: the report is what counts.
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 256e6 })
  const found = Report.parse(JSON.parse(stdout)).diagnostics.filter((one) => RULES.includes(one.category))
  return new Set(found.map((one) => one.location.path.replaceAll('\\', '/')))
}

describe('the import rule', () => {
  let folder = ''
  let objected = new Set<string>()

  beforeAll(() => {
    plantArrows()
    plantPackages()
    plantRendererTypes()
    plantDetours()
    plantHabits()
    folder = mkdtempSync(join(tmpdir(), 'layering-'))
    for (const part of ['biome.json', '.gitignore', 'build/lint'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    for (const { file, code } of plants) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      writeFileSync(join(folder, file), code)
    }
    objected = lint(folder)
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('refuses every forbidden arrow', () => {
    const missed = plants.filter((one) => !one.isAllowed && !objected.has(one.file))
    expect(missed.map((one) => one.why)).toEqual([])
    expect(plants.filter((one) => !one.isAllowed).length).toBeGreaterThan(300)
  })

  test('lets every allowed arrow pass', () => {
    const wronged = plants.filter((one) => one.isAllowed && objected.has(one.file))
    expect(wronged.map((one) => one.why)).toEqual([])
  })

  test('is not blurred by a folder that bears the name of another room', () => {
    // The rule knows a room by its folder's name at any distance, so inside a room that name must not come again.
    const names = [
      'http',
      'commerce',
      'halo',
      'store',
      'sync',
      'sheets',
      'main',
      'renderer',
      'build',
      'tests',
    ]
    const inside = readdirSync(join(ROOT, 'app'), { withFileTypes: true, recursive: true })
    const twins = inside.filter(
      (one) => one.isDirectory() && names.includes(one.name) && one.parentPath !== join(ROOT, 'app'),
    )
    expect(twins.map((one) => join(one.parentPath, one.name))).toEqual([])
  })
})
