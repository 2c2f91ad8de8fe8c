/**
 * `npm run demo [-- --exit]`: an invented Commerce, a tenant that reads it, one real sync into an embedded Halo, and the screens.
 * Everything lies in demo-data/ of this checkout, which each demo makes anew.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startSampleApi } from '../app/commerce/sample-api/index.ts'
import { faultText } from '../main/cli/output.ts'
import { openDoor } from '../main/cli/serve.ts'
import { runTable } from '../main/cli/sync.ts'
import { createEngine } from '../main/engine.ts'
import { findElectron } from './electron.mjs'
import { checkout } from './program.ts'
import { npm } from './run.mjs'

const folder = join(checkout, 'demo-data')
const isToExit = process.argv.includes('--exit')
// Far more than the real API grants (60 a minute, 10,000 a day), so that the first sync takes seconds instead of minutes.
const limits = { requestsPerMinute: 100_000, requestsPerDay: 10_000_000 }
const say = (text: string): void => console.log(text)
const clock = { now: (): number => Date.now() }

process.exitCode = await demo()

async function demo(): Promise<number> {
  const cleared = clearOld()
  if (cleared) return giveUp(cleared)
  const api = await startSampleApi({
    customers: 60,
    products: 120,
    quotes: 150,
    orders: 60,
    ...limits,
    hasActivity: !isToExit,
  })
  say(api.startLine)
  const engine = createEngine({
    folder,
    mode: 'service',
    clock,
    onTrouble: (found, what) => say(`${what}: ${found.code}`),
  })
  if (!engine.ok) {
    await api.stop()
    return giveUp(faultText(engine.fault))
  }
  const { value: running } = engine
  const close = async (): Promise<void> => {
    await running.stop()
    await api.stop()
  }
  const added = running.tenantControl.add(
    {
      name: 'Northwind sample',
      instanceUrl: 'https://northwind.mydattocommerce.com',
      apiUrl: api.url,
      // The invented records lie in the past; a real tenant begins with what changes after it was added.
      syncFrom: '2000-01-01T00:00:00.000Z',
      halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
      schedule: { kind: 'every', minutes: 1, between: null, zone: 'UTC' },
      ...limits,
    },
    api.key,
    'demo',
  )
  if (!added.ok) return close().then(() => giveUp(faultText(added.fault)))
  const started = running.startRun(added.value.id, 'sync', 'cli')
  if (!started.ok) return close().then(() => giveUp(faultText(started.fault)))
  await running.control.ended(started.value.runId)
  const run = running.store.runs.get(started.value.runId)
  if (run) say(`\n${runTable(added.value, run)}\n\nHalo: ${join(folder, 'halo.db')}`)
  if (run?.fault) say(faultText(run.fault))
  const status = run?.outcome === 'done' || run?.outcome === 'partial' ? 0 : 1
  if (!isToExit && status === 0) await showScreens(running)
  await close()
  return status
}

function clearOld(): string | null {
  try {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    mkdirSync(folder, { recursive: true })
    return null
  } catch (error) {
    return `The folder of an earlier demo cannot be cleared: ${String(error)}\n  Stop the demo that is still running, or delete ${folder}.`
  }
}

function giveUp(why: string): number {
  console.error(why)
  return 1
}

async function showScreens(engine: Parameters<typeof openDoor>[0]): Promise<void> {
  const host = await openDoor(engine, 0)
  if (!host.ok) {
    console.error(faultText(host.fault))
    return
  }
  engine.folderLock.announce(host.value.origin)
  engine.beginSchedule()
  const why = openWindow()
  say(
    why === null
      ? '\nA desktop window opens, with an icon in the tray; the same screens are in your browser:'
      : `\nNo desktop window: ${why}. The same screens are in your browser:`,
  )
  say(
    `  ${host.value.address}\nNew and changed quotes keep coming; the sync runs every minute. Stop with Ctrl+C.`,
  )
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await host.value.stop()
}

/** The desktop becomes the window and tray of this process's engine, as it does of a service's. Null, or why there is none. */
function openWindow(): string | null {
  const { path, why } = findElectron()
  if (path === null) return why
  if (!npm(['run', '--silent', 'build:main']).isDone) return 'the desktop could not be built (see above)'
  // A person's folder of its own, so that the demo is no second start of a desktop that is installed here.
  const own = [`--user-data-dir=${join(folder, 'person')}`, '--data', folder]
  const desktop = spawn(path, [checkout, ...own], { stdio: 'ignore' })
  desktop.on('error', (error) => say(`The desktop window could not be opened: ${error.message}`))
  process.once('exit', () => desktop.kill())
  return null
}
