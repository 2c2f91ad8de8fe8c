// Finds Electron's binary and a display to show it on. `node build/electron.mjs` (`npm run test:electron`) runs the tests in it, or says in one
// line why not.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm, pinnedNode, root, run } from './run.mjs'

const PACKAGE = join(root, 'node_modules', 'electron')

/**
 * @typedef {{ path: string, why: null } | { path: null, why: string }} Found
 */

/**
 * The binary that the package "electron" installed (or the one in ELECTRON_OVERRIDE_DIST_PATH, as that package has it), if it could be
 * shown here; else why not, in half a sentence.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @param {string} [folder] of the package
 * @returns {Found}
 */
export function findElectron(env = process.env, platform = process.platform, folder = PACKAGE) {
  const note = join(folder, 'path.txt')
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : null
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist')
  const path = join(dist, name ?? (platform === 'win32' ? 'electron.exe' : 'electron'))
  if (!existsSync(path)) return { path: null, why: "Electron's binary is not installed here" }
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { path: null, why: 'there is no display here (xvfb-run gives one)' }
  return { path, why: null }
}

/** Bundles the desktop and tests it in Electron; true when all is well or there is no Electron. @returns {boolean} */
export function testElectron() {
  const { path, why } = findElectron()
  if (path === null) {
    process.stdout.write(`The tests in Electron itself did not run: ${why}.\n`)
    return true
  }
  const built = npm(['run', '--silent', 'build'])
  if (!built.isDone) return false
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const args = [cli, 'test', '--config', 'tests/electron/playwright.config.ts']
  return run(pinnedNode, args, { isResult: true, env: { ELECTRON_PATH: path } }).isDone
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(testElectron() ? 0 : 1)
