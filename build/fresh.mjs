// Answers "is this still up to date?" for the set-up. Plain JavaScript without packages: it runs before any is installed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * One hash over the contents of files and folders (their files at any depth, in a fixed order). A missing path counts as missing.
 * @param {string} root
 * @param {readonly string[]} paths relative to root
 */
export function hashOf(root, paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((one) => filesUnder(root, one))) {
    const file = join(root, path)
    hash.update(`${path}\0`)
    hash.update(existsSync(file) ? readFileSync(file) : 'missing')
    hash.update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const full = join(root, path)
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`))
}

/**
 * What a stamp file holds; null when it is missing or half written.
 * @param {string} file
 * @returns {unknown}
 */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Is the stamp there, saying exactly this?
 * @param {string} file
 * @param {Readonly<Record<string, string>>} expected
 */
export function isStamped(file, expected) {
  return JSON.stringify(readStamp(file)) === JSON.stringify(expected)
}

/**
 * Written as the last act of a step, so that a step that broke off is never called fresh.
 * @param {string} file
 * @param {Readonly<Record<string, string>>} content
 */
export function writeStamp(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(content))
}

/** @param {string} file */
export function dropStamp(file) {
  rmSync(file, { force: true })
}

/**
 * Does npm's own record of what it installed (written when npm has finished) agree with the lock file? So packages installed by
 * hand are not installed again.
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalledAsLocked(root) {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  const locked = packagesIn(join(root, 'package-lock.json'))
  if (installed === null || locked === null) return false
  return Object.entries(locked).every(([path, entry]) => {
    const there = installed[path]
    return path === '' || (there === undefined ? entry.optional === true : there.version === entry.version)
  })
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesIn(file) {
  const content = readStamp(file)
  if (typeof content !== 'object' || content === null || !('packages' in content)) return null
  const packages = content.packages
  return typeof packages === 'object' && packages !== null
    ? /** @type {Record<string, { version?: string, optional?: boolean }>} */ (packages)
    : null
}
