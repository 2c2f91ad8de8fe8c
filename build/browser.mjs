// Finds a Chromium for the end-to-end tests, and installs one where there is none. `node build/browser.mjs` prints its path.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { run } from './run.mjs'

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome',
  'msedge',
]

/** Where installers put Chrome, Edge and Chromium, most common first. */
const USUAL_PLACES = {
  win32: [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ['Chromium', 'Application', 'chrome.exe'],
  ],
  darwin: ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  linux: ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge', '/usr/lib/chromium/chromium'],
}

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env */
function usualPlaces(platform, env) {
  if (platform === 'darwin') return USUAL_PLACES.darwin
  if (platform !== 'win32') return USUAL_PLACES.linux
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
  return roots.flatMap((root) => (root ? USUAL_PLACES.win32.map((parts) => join(root, ...parts)) : []))
}

/**
 * The path of a Chromium-like browser: CHROME_PATH, then PATH, then the usual places, then Playwright's own; null when there is none.
 * A CHROME_PATH that leads nowhere throws: whoever set it wants to know.
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findBrowser(platform = process.platform, env = process.env) {
  const chosen = env.CHROME_PATH
  if (chosen && !existsSync(chosen)) throw new Error(`CHROME_PATH is set to ${chosen}, but nothing is there.`)
  const ending = platform === 'win32' ? '.exe' : ''
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = [
    ...(chosen ? [chosen] : []),
    ...folders.flatMap((folder) => ON_PATH.map((name) => join(folder, name + ending))),
    ...usualPlaces(platform, env),
    chromium.executablePath(),
  ]
  return places.find((place) => place !== '' && existsSync(place)) ?? null
}

/**
 * Installs a browser with the platform's own means: Debian's package as root, Playwright's installer elsewhere.
 * @returns {string | null} its path; null when neither way brought one
 */
export function installBrowser() {
  const isDebianRoot =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (isDebianRoot) {
    process.stderr.write('No Chrome, Chromium or Edge found: installing the Debian package chromium.\n')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const isListed = run('apt-get', ['update', '-qq'], { env }).isDone
    if (isListed)
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
        env,
      })
    const found = findBrowser()
    if (found !== null) return found
  }
  process.stderr.write("No Chrome, Chromium or Edge found: installing Playwright's own Chromium.\n")
  const cli = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url))
  run(process.execPath, [cli, 'install', 'chromium'])
  return findBrowser()
}

/** Finds a browser, installing one when needed; null when there is no way to one. */
export const ensureBrowser = () => findBrowser() ?? installBrowser()

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = ensureBrowser()
  if (path === null) {
    process.stderr.write(
      'No browser could be found or installed. Install Chrome, Chromium or Edge, or set CHROME_PATH to one.\n',
    )
    process.exit(1)
  }
  process.stdout.write(`${path}\n`)
}
