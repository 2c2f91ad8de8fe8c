#!/usr/bin/env node
// The command `commerce-integrator` of a checkout: starts main/cli.ts on the pinned Node, whatever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from './run.mjs'

if (!existsSync(pinnedNode)) {
  process.stderr.write(`The packages are not installed yet. In ${root}, run: npm run setup\n`)
  process.exit(1)
}
const child = spawn(pinnedNode, [join(root, 'main', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`Could not start ${pinnedNode}: ${error.message}\n`)
  process.exit(1)
})
child.on('exit', (status) => process.exit(status ?? 1))
