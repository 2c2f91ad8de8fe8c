/**
 * Packs the program: builds screens and main code, then runs electron-builder.
 *   npm run pack                        installers of this system, into dist/
 *   npm run pack -- --dir               only the folder that they would install
 *   npm run pack -- --for-tests --dir   the variant that Playwright can drive, into dist/for-tests
 * Everything else goes to electron-builder as it is. COMMERCE_INTEGRATOR_FEED is the address of the update feed,
 * COMMERCE_INTEGRATOR_WINSW the service wrapper for Windows (decision 050), a file; signing is set by
 * electron-builder's own variables (CSC_LINK, CSC_KEY_PASSWORD, WIN_CSC_LINK, WIN_CSC_KEY_PASSWORD), never in a file.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The arguments of electron-builder for these of ours. Throws when the feed is no https address. */
export function packArguments(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const isForTests = given.includes('--for-tests')
  const feed = env.COMMERCE_INTEGRATOR_FEED?.trim()
  if (feed && !feed.startsWith('https://'))
    throw new Error('COMMERCE_INTEGRATOR_FEED has to be an https address.')
  return [
    '--config',
    'electron-builder.yml',
    // Packing never uploads: whoever releases copies the files to the feed.
    '--publish',
    'never',
    ...given.filter((one) => one !== '--for-tests'),
    ...(isForTests
      ? ['-c.electronFuses.enableNodeCliInspectArguments=true', '-c.directories.output=dist/for-tests']
      : []),
    ...(feed ? [`-c.publish.url=${feed}`] : []),
  ]
}

const root = fileURLToPath(new URL('..', import.meta.url))

function run(script: string, args: readonly string[]): void {
  const ended = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (ended.error) throw ended.error
  if (ended.status !== 0) process.exit(ended.status ?? 1)
}

if (import.meta.main) {
  run('setup.mjs', ['--for', 'build'])
  for (const config of ['build/main.vite.ts', 'build/preload.vite.ts'])
    run('../node_modules/vite/bin/vite.js', ['build', '--config', config, '--logLevel', 'warn'])
  run('../node_modules/electron-builder/cli.js', packArguments(process.argv.slice(2), process.env))
}
