// Everything that must hold, in the order of what fails fastest: lint, types, unit, integration, build, end-to-end. Stops at the first
// red, ends with one summary. Runs on the pinned Node, after build/setup.mjs.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { countPlaywright, countVitest, withCount } from './counts.mjs'
import { testElectron } from './electron.mjs'
import { readStamp } from './fresh.mjs'
import { pinnedNode, root, run } from './run.mjs'

const REPORTS = join(root, '.cache', 'test-reports')

/**
 * @typedef {import('./counts.mjs').Count} Count
 * @typedef {{ isDone: boolean, count?: Count }} Result
 * @typedef {{ name: string, what: string, go: () => Result }} Stage
 */

/** @param {string} script @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
const tool = (script, args, env) =>
  run(pinnedNode, [join(root, script), ...args], { isResult: true, env: env ?? {} }).isDone

/** @param {string} project @returns {Result} */
function vitest(project) {
  const report = join(REPORTS, `${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  return withCount(tool('node_modules/vitest/vitest.mjs', args), countVitest(readStamp(report)))
}

/** @returns {Result} */
function endToEnd() {
  const browser = ensureBrowser()
  if (browser === null) {
    process.stdout.write(
      'No browser could be found or installed. Install Chrome, Chromium or Edge, or set CHROME_PATH to one.\n',
    )
    return { isDone: false }
  }
  process.stdout.write(`Browser: ${browser}\n`)
  const report = join(REPORTS, 'e2e.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROME_PATH: browser }
  const isDone = tool('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], env)
  return withCount(isDone, countPlaywright(readStamp(report)))
}

/** @type {readonly Stage[]} */
const STAGES = [
  {
    name: 'lint',
    what: 'format, rules, import arrows',
    go: () => ({ isDone: tool('node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']) }),
  },
  {
    name: 'types',
    what: 'strict TypeScript',
    go: () => ({ isDone: tool('node_modules/typescript/bin/tsc', ['-b', '--pretty', 'false']) }),
  },
  { name: 'unit', what: 'every room by itself', go: () => vitest('unit') },
  { name: 'integration', what: 'rooms together, over real HTTP and SQLite', go: () => vitest('integration') },
  {
    name: 'build',
    what: 'screens and bundle',
    go: () => ({ isDone: tool('build/setup.mjs', ['--for', 'build']) }),
  },
  { name: 'e2e', what: 'the running service in a real browser', go: endToEnd },
  { name: 'electron', what: 'the desktop in Electron itself', go: () => ({ isDone: testElectron() }) },
]

/** @param {number} sinceMs */
const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`

function main() {
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const startedMs = performance.now()
  /** @type {string[]} */
  const lines = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  let isGreen = true
  for (const stage of STAGES) {
    if (!isGreen) {
      lines.push(`  not run  ${stage.name}`)
      continue
    }
    process.stdout.write(`\n== ${stage.name}: ${stage.what}\n`)
    const stageMs = performance.now()
    const { isDone, count } = stage.go()
    isGreen = isDone
    for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += count?.[key] ?? 0
    process.stdout.write(`== ${stage.name}: ${isDone ? 'green' : 'RED'} after ${seconds(stageMs)}\n`)
    lines.push(
      `  ${isDone ? 'green  ' : 'RED    '}  ${stage.name.padEnd(12)} ${seconds(stageMs).padStart(8)}${count ? `  ${count.passed} passed, ${count.failed} failed` : ''}`,
    )
  }
  process.stdout.write(`\nSummary (${seconds(startedMs)})\n${lines.join('\n')}\n`)
  if (total.skipped > 0) process.stdout.write(`  ${total.skipped} skipped\n`)
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
  process.exit(isGreen ? 0 : 1)
}

main()
