// Makes a checkout ready: installs packages, checks Node and SQLite, builds the screens, each only when it is stale, and prints
// nothing when all is fresh. Runs on Node 20, before anything is installed, so: plain JavaScript, no packages.
//   node build/setup.mjs [--for run|demo|test|build]     test: no screens (the tests build them); build: screens and bundle in any case
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dropStamp, hashOf, isInstalledAsLocked, isStamped, writeStamp } from './fresh.mjs'
import { npm, pinnedNode, root, run, runsFromPackages } from './run.mjs'

const PURPOSES = ['run', 'demo', 'test', 'build']
const PACKAGES_STAMP = join(root, 'node_modules', '.set-up.json')
const SCREENS_STAMP = join(root, '.cache', 'screens.json')
const SCREENS = 'out/renderer'
/** What the built screens are made from. The API's types are erased, so main/ is no input. */
const SCREEN_SOURCES = [
  'renderer',
  'app/model',
  'build/renderer.vite.ts',
  'package.json',
  'package-lock.json',
]

let hasSpoken = false

/** @param {string} line */
function say(line) {
  if (!hasSpoken)
    process.stderr.write(
      "Setting up (only what is missing or stale; nothing outside this folder but npm's cache)\n",
    )
  hasSpoken = true
  process.stderr.write(`${line}\n`)
}

/**
 * @param {string} step
 * @param {string} why
 * @param {string} doNow
 * @returns {never}
 */
function fail(step, why, doNow) {
  process.stderr.write(`\nSet-up failed while ${step}.\n  Why: ${why}\n  Do:  ${doNow}\n`)
  process.exit(1)
}

function packagesStamp() {
  return { lock: hashOf(root, ['package-lock.json']), system: `${process.platform} ${process.arch}` }
}

function installPackages() {
  const state = existsSync(join(root, 'node_modules'))
    ? 'node_modules does not match package-lock.json'
    : 'node_modules is missing'
  say(`- Installing the packages of package-lock.json, because ${state}. This takes about a minute.`)
  dropStamp(PACKAGES_STAMP)
  // Windows cannot delete the node.exe that runs this script; "install" replaces only what differs.
  const verb = process.platform === 'win32' && runsFromPackages() ? ['install', '--no-save'] : ['ci']
  // Warnings about engines are about the Node that types the command, not about the pinned one that runs the programs.
  const outcome = npm([...verb, '--loglevel=error', '--no-audit', '--no-fund'])
  if (!outcome.isDone)
    fail(
      'installing packages',
      outcome.why,
      'Read the lines above. Usual causes: no way to the npm registry (proxy: npm config set proxy URL), a full disk, files in use by a program that is still running. Then start the same command again.',
    )
}

/**
 * Runs a line of JavaScript on the pinned Node; null when it succeeds, else why not.
 * @param {string} code
 */
function tryOnPinnedNode(code) {
  const outcome = run(pinnedNode, ['-e', code], { isQuiet: true })
  return outcome.isDone
    ? null
    : (outcome.output.split('\n').find((line) => /error/i.test(line)) ?? outcome.why)
}

/** @returns {{ why: string, doNow: string } | null} */
function problemWithPackages() {
  if (!existsSync(pinnedNode))
    return {
      why: `${pinnedNode} is missing: the install script of the package "node" did not run.`,
      doNow:
        'If npm is set to ignore scripts: npm rebuild node --ignore-scripts=false. Else delete node_modules and start again.',
    }
  const node = tryOnPinnedNode(
    "if (+process.versions.node.split('.')[0] < 24) throw new Error('error: it is Node ' + process.version)",
  )
  if (node !== null)
    return {
      why: `The Node in node_modules does not run or is too old: ${node}`,
      doNow: 'Delete node_modules and start again.',
    }
  const sqlite = tryOnPinnedNode("new (require('better-sqlite3'))(':memory:').prepare('select 1').get()")
  return sqlite === null
    ? null
    : {
        why: `better-sqlite3 does not load on Node 24: ${sqlite}`,
        doNow:
          'Delete node_modules and start again. On a system without a ready-made binary, install a C++ compiler and Python 3 first.',
      }
}

function preparePackages() {
  const stamp = packagesStamp()
  if (isStamped(PACKAGES_STAMP, stamp) && existsSync(pinnedNode)) return
  const isInstalled = isInstalledAsLocked(root)
  if (!isInstalled) installPackages()
  say('- Checking that Node 24 and SQLite work.')
  let problem = problemWithPackages()
  if (problem !== null && isInstalled) {
    // Installed by hand, on another system or without scripts: once more, properly.
    installPackages()
    problem = problemWithPackages()
  }
  if (problem !== null) fail('checking Node 24 and SQLite', problem.why, problem.doNow)
  writeStamp(PACKAGES_STAMP, stamp)
}

/** @param {boolean} isForced */
function prepareScreens(isForced) {
  const sources = hashOf(root, SCREEN_SOURCES)
  const hasPage = existsSync(join(root, SCREENS, 'index.html'))
  if (!isForced && hasPage && isStamped(SCREENS_STAMP, { sources, built: hashOf(root, [SCREENS]) })) return
  say(
    `- Building the screens, because ${isForced ? 'it was asked for' : hasPage ? 'their sources changed' : 'they are not built yet'}.`,
  )
  dropStamp(SCREENS_STAMP)
  // All of it (the programs, too) where it was asked for; to run and to show, the sources do.
  const outcome = npm(['run', '--silent', isForced ? 'build' : 'build:screens'])
  if (!outcome.isDone)
    fail(
      'building the screens',
      outcome.why,
      'Read the lines above: they name the file and the line. Correct it and start the same command again.',
    )
  writeStamp(SCREENS_STAMP, { sources, built: hashOf(root, [SCREENS]) })
}

function main() {
  const at = process.argv.indexOf('--for')
  const purpose = at < 0 ? 'run' : process.argv[at + 1]
  if (purpose === undefined || !PURPOSES.includes(purpose))
    fail('reading its arguments', `--for takes one of ${PURPOSES.join(', ')}.`, 'Correct the argument.')
  const [major] = process.versions.node.split('.')
  if (Number(major) < 20)
    fail(
      'looking at Node',
      `Node ${process.versions.node} is too old to install the packages.`,
      'Install Node 20 or newer from https://nodejs.org (the programs then run on their own Node 24).',
    )
  const startedMs = performance.now()
  preparePackages()
  if (purpose !== 'test') prepareScreens(purpose === 'build')
  if (hasSpoken) say(`Ready after ${Math.round((performance.now() - startedMs) / 1000)} s.\n`)
}

main()
