import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { openStore } from '../../app/store/open.ts'
import { checkout, runCli } from '../../build/program.ts'
import { folderOwner } from '../../main/lock.ts'
import { good, tempFolder } from './ground.ts'

const clock = { now: () => Date.now() }

function countIn(file: string, table: string): number {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  } finally {
    db.close()
  }
}

/** What is in the folder's Halo, and how its runs ended. */
function stateOf(folder: string) {
  const store = good(openStore(folder, { clock, role: 'reader' }))
  try {
    const halo = join(folder, 'halo.db')
    const runs = store.runs.list({}, 0, 10).rows
    return { runs, quotes: countIn(halo, 'QUOTATIONHEADER'), lines: countIn(halo, 'QUOTATIONDETAIL') }
  } finally {
    store.close()
  }
}

/** Starts a run of the first tenant as the screens do. */
async function startRun(address: string): Promise<void> {
  const { origin } = new URL(address)
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const started = await fetch(`${origin}/api/runs.start`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ tenantId: 1, kind: 'sync' }),
  })
  expect(await started.json()).toMatchObject({ result: { data: { ok: true } } })
}

async function prepared() {
  const folder = tempFolder()
  const api = await startSampleApi({
    ...{ customers: 20, products: 20, quotes: 40, orders: 10 },
    ...{ requestsPerMinute: 100_000, requestsPerDay: 1_000_000, quirks: { delayMs: 60 } },
  })
  onTestFinished(() => api.stop())
  const limits = ['--requests-per-minute', '100000', '--requests-per-day', '1000000']
  const added = await runCli(
    [
      ...['--data', folder, 'tenant', 'add', '--name', 'North', '--url', 'https://north.mydattocommerce.com'],
      ...['--api-url', api.url, '--api-key-stdin', '--sync-from', '2000-01-01', ...limits],
    ],
    { stdin: api.key },
  )
  expect(added).toMatchObject({ status: 0 })
  return { folder, api }
}

it('a service that is told to stop in the middle of a run ends it at a record, exits well, and the next run goes on', async () => {
  const { folder, api } = await prepared()
  const args = [join(checkout, 'main', 'cli.ts'), '--data', folder, 'serve', '--port', '0', '--json']
  const service = spawn(process.execPath, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void service.kill('SIGKILL'))
  const ended = once(service, 'exit')
  const [line] = await once(service.stdout.setEncoding('utf8'), 'data')
  await startRun(JSON.parse(line).address)
  // A whole run takes some fifty requests.
  while (api.stats().total < 25) {
    expect(service.exitCode).toBeNull()
    await wait(20)
  }
  service.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(folderOwner(folder)).toBeNull()
  const stopped = stateOf(folder)
  expect(stopped.runs).toMatchObject([{ outcome: 'stopped', fault: { code: 'interrupted' } }])
  expect(stopped.runs[0]?.endedAt).not.toBeNull()

  api.quirks.delayMs = 0
  expect(await runCli(['--data', folder, 'sync', '--json'])).toMatchObject({ status: 0 })
  const after = stateOf(folder)
  expect(after.runs.map((run) => run.outcome)).toEqual(['done', 'stopped'])

  const fresh = tempFolder()
  const again = await runCli(
    [
      ...['--data', fresh, 'tenant', 'add', '--name', 'North', '--url', 'https://north.mydattocommerce.com'],
      ...['--api-url', api.url, '--api-key-stdin', '--sync-from', '2000-01-01'],
      ...['--requests-per-minute', '100000', '--requests-per-day', '1000000'],
    ],
    { stdin: api.key },
  )
  expect(again).toMatchObject({ status: 0 })
  expect(await runCli(['--data', fresh, 'sync', '--json'])).toMatchObject({ status: 0 })
  const unbroken = stateOf(fresh)
  // Nothing lost and nothing twice: as if it had never been stopped.
  expect({ quotes: after.quotes, lines: after.lines }).toEqual({
    quotes: unbroken.quotes,
    lines: unbroken.lines,
  })
  expect(after.quotes).toBe(40)
})
