import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const NODE = process.platform === 'win32' ? 'node.exe' : 'node'

/**
 * Stands in for npm in a checkout made for one test: notes its calls, "installs" the Node of this test and the real better-sqlite3 by a
 * one-line module, "builds" one page. FAKE_NPM makes it go wrong in a named way.
 */
const FAKE_NPM = `
const fs = require('node:fs')
const args = process.argv.slice(2)
fs.appendFileSync('npm-calls.txt', args.join(' ') + '\\n')
const trouble = process.env.FAKE_NPM ?? ''
if (args[0] === 'ci' || args[0] === 'install') {
  fs.rmSync('node_modules', { recursive: true, force: true })
  fs.mkdirSync('node_modules/node/bin', { recursive: true })
  if (trouble === 'install-fails') process.exit(7)
  if (trouble !== 'no-scripts') fs.symlinkSync(process.env.REAL_NODE, 'node_modules/node/bin/${NODE}')
  fs.mkdirSync('node_modules/better-sqlite3')
  const real = JSON.stringify(process.env.REAL_SQLITE)
  const module = trouble === 'sqlite-breaks' ? "throw new Error('bad binary')" : 'module.exports = require(' + real + ')'
  fs.writeFileSync('node_modules/better-sqlite3/index.js', module)
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
} else {
  fs.mkdirSync('out/renderer', { recursive: true })
  fs.writeFileSync('out/renderer/index.html', 'half a page')
  if (trouble === 'build-fails') process.exit(1)
  fs.writeFileSync('out/renderer/index.html', 'the page')
}
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'))
  mkdirSync(join(folder, 'build'))
  mkdirSync(join(folder, 'renderer'))
  for (const file of ['setup.mjs', 'fresh.mjs', 'run.mjs'])
    copyFileSync(join(ROOT, 'build', file), join(folder, 'build', file))
  writeFileSync(join(folder, 'renderer', 'main.tsx'), 'one')
  writeFileSync(join(folder, 'package.json'), '{}')
  writeLock('1.0.0')
  writeFileSync(join(folder, 'npm.js'), FAKE_NPM)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeLock(version: string): void {
  const packages = {
    '': {},
    'node_modules/a': { version },
    'node_modules/b': { version: '2.0.0', optional: true },
  }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
}

function setUp(purpose = 'run', trouble = '') {
  const calls = join(folder, 'npm-calls.txt')
  rmSync(calls, { force: true })
  const out = spawnSync(process.execPath, ['build/setup.mjs', '--for', purpose], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_execpath: join(folder, 'npm.js'),
      REAL_NODE: process.execPath,
      REAL_SQLITE: join(ROOT, 'node_modules', 'better-sqlite3'),
      FAKE_NPM: trouble,
    },
  })
  const npm = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
  return {
    status: out.status,
    said: out.stderr,
    printed: out.stdout,
    npm: npm.map((call) => call.replace(/ --.*/, '')),
  }
}

// Each test starts several programs: time enough for a busy machine.
describe('set-up', { timeout: 120_000 }, () => {
  test('installs and builds in a fresh clone, then has nothing to do or say', () => {
    const first = setUp()
    expect(first).toMatchObject({ status: 0, printed: '', npm: ['ci', 'run'] })
    expect(first.said).toContain('node_modules is missing')
    expect(setUp()).toEqual({ status: 0, said: '', printed: '', npm: [] })
  })

  test('installs again when the lock file changes, builds again when a source or the result changes', () => {
    setUp()
    writeLock('1.0.1')
    expect(setUp().npm).toEqual(['ci', 'run'])
    writeFileSync(join(folder, 'renderer', 'main.tsx'), 'two')
    expect(setUp().npm).toEqual(['run'])
    writeFileSync(join(folder, 'out', 'renderer', 'index.html'), 'spoilt')
    expect(setUp().npm).toEqual(['run'])
  })

  test('takes what was installed by hand, once it has been seen to work', () => {
    setUp()
    rmSync(join(folder, 'node_modules', '.set-up.json'))
    const again = setUp()
    expect(again.npm).toEqual([])
    expect(again.said).toContain('Checking that Node 24 and SQLite work')
  })

  test('builds no screens for the tests, and in any case when asked to', () => {
    expect(setUp('test').npm).toEqual(['ci'])
    expect(setUp('build').npm).toEqual(['run'])
    expect(setUp('build').npm).toEqual(['run'])
  })

  test.each([
    ['install-fails', 'installing packages', 'status 7'],
    ['no-scripts', 'checking Node 24 and SQLite', 'npm rebuild node'],
    ['sqlite-breaks', 'checking Node 24 and SQLite', 'bad binary'],
    ['build-fails', 'building the screens', 'they name the file'],
  ])('says which step failed, why and what to do, and calls nothing fresh: %s', (trouble, step, words) => {
    const failed = setUp('run', trouble)
    expect(failed.status).toBe(1)
    expect(failed.said).toContain(`Set-up failed while ${step}.`)
    expect(failed.said).toContain(words)
    const repaired = setUp()
    expect(repaired.status).toBe(0)
    expect(repaired.npm.at(-1)).toBe('run')
    expect(setUp().npm).toEqual([])
  })

  test('refuses a purpose it does not know', () => {
    expect(setUp('fun')).toMatchObject({ status: 1, npm: [] })
  })
})
