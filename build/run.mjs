// Starts the programs that set-up and tests need, on every system in the same way. Plain JavaScript without packages.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const isWindows = process.platform === 'win32'

/** The Node that package.json pins; everything of ours runs on it, whatever Node the machine has. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')

/**
 * Is this very process running from node_modules? Windows cannot delete a program while it runs.
 * @returns {boolean}
 */
export const runsFromPackages = () => process.execPath.startsWith(join(root, 'node_modules'))

/**
 * Runs npm in the checkout, its output on our error channel so that our standard output stays for results.
 * @param {readonly string[]} args
 * @returns {Outcome}
 */
export function npm(args) {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args])
  return isWindows ? run('npm.cmd', args, { shell: true }) : run('npm', args)
}

/**
 * @typedef {{ isDone: boolean, why: string, output: string }} Outcome
 * `why` is one line for a person; `output` is what a quiet program printed.
 */

/**
 * Runs a program in the checkout to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ shell?: boolean, isQuiet?: boolean, env?: NodeJS.ProcessEnv, isResult?: boolean }} [options] isQuiet: keep the output instead of
 *   showing it. isResult: show it on standard output
 * @returns {Outcome}
 */
export function run(program, args, options = {}) {
  const shown = options.isResult ? 'inherit' : process.stderr
  const out = spawnSync(program, [...args], {
    cwd: root,
    shell: options.shell ?? false,
    stdio: options.isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', shown, 'inherit'],
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWithPackages(), ...options.env },
  })
  const output = `${out.stdout ?? ''}${out.stderr ?? ''}`.trim()
  if (out.error)
    return { isDone: false, why: `${program} could not be started: ${out.error.message}`, output }
  if (out.signal) return { isDone: false, why: `${program} was stopped by ${out.signal}`, output }
  return {
    isDone: out.status === 0,
    why: `${[program, ...args].join(' ')} ended with status ${out.status}`,
    output,
  }
}

/** The checkout's own programs first, as npm scripts have it. */
function pathWithPackages() {
  const bin = join(root, 'node_modules', '.bin')
  const path = process.env.PATH ?? process.env.Path ?? ''
  return path.split(delimiter)[0] === bin ? path : `${bin}${delimiter}${path}`
}

/**
 * Runs a file of the checkout on the pinned Node as if it were this process: same channels, signals passed on, its exit status.
 * @param {string} file from the checkout's folder
 * @param {readonly string[]} args
 */
export function startPinned(file, args) {
  if (!existsSync(pinnedNode)) {
    process.stderr.write(`The packages are not installed yet. In ${root}, run: npm run setup\n`)
    process.exit(1)
  }
  const child = spawn(pinnedNode, [join(root, file), ...args], { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`Could not start ${pinnedNode}: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (status) => process.exit(status ?? 1))
}
