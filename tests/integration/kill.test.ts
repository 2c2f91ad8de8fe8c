import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type SampleApi, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { checkout, runCli } from '../../build/program.ts'
import { dumpFile, lifted, tempFolder } from './ground.ts'

const sizes = { customers: 40, products: 60, quotes: 250, orders: 60 }

async function world(): Promise<SampleApi> {
  const api = await startSampleApi({ ...sizes, ...lifted })
  onTestFinished(() => api.stop())
  return api
}

/** A data folder with one tenant that reads this API from the beginning. */
async function dataFolder(api: SampleApi): Promise<{ folder: string; halo: string; args: string[] }> {
  const folder = tempFolder()
  const args = ['--data', folder]
  const added = await runCli(
    [
      ...[...args, 'tenant', 'add', '--name', 'North', '--url', 'https://north.mydattocommerce.com'],
      ...['--api-url', api.url, '--api-key-stdin', '--sync-from', '2000-01-01'],
      ...['--requests-per-minute', '1000000', '--requests-per-day', '10000000'],
    ],
    { stdin: api.key },
  )
  expect(added).toMatchObject({ status: 0, stderr: '' })
  return { folder, halo: join(folder, 'halo.db'), args }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(2)
}

test('a sync that is killed, wherever, and begun again ends in the same Halo as one that was left alone', async () => {
  const api = await world()
  const plain = await dataFolder(api)
  expect(await runCli([...plain.args, 'sync', '--json'])).toMatchObject({ status: 0 })
  const { total } = api.stats()
  const expected = dumpFile(plain.halo)

  const killed = await dataFolder(api)
  // Six moments over the whole of the run, the last ones in the midst of writing.
  const points = [1, 4, Math.floor(total / 3), Math.floor(total / 2), total - 3, total - 1]
  for (const point of points) {
    api.resetStats()
    const run = beginSync(killed.args)
    await until(() => run.isOver() || api.stats().total >= point)
    await run.end('SIGKILL')
  }
  const last = await runCli([...killed.args, 'sync', '--json'])
  expect(last).toMatchObject({ status: 0 })
  expect(JSON.parse(last.stdout)).toMatchObject({ outcome: 'done' })
  expect(dumpFile(killed.halo)).toBe(expected)
})

test('Ctrl+C stops a sync soon and says so; the next one finishes it', async () => {
  const api = await world()
  const { args } = await dataFolder(api)
  api.quirks.delayMs = 100
  api.resetStats()
  const run = beginSync(args)
  await until(() => run.isOver() || api.stats().total >= 4)
  const { status, stdout } = await run.end('SIGINT')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'cancelled', fault: { code: 'cancelled' } })
  expect(api.stats().total).toBeLessThan(20)
  delete api.quirks.delayMs
  const next = await runCli([...args, 'sync', '--json'])
  expect(next).toMatchObject({ status: 0 })
  expect(JSON.parse(next.stdout)).toMatchObject({
    outcome: 'done',
    entities: { quotes: { created: sizes.quotes } },
  })
})

/** A sync in a process of its own that can be ended while it runs. */
function beginSync(args: readonly string[]) {
  const child = spawn(process.execPath, ['main/cli.ts', ...args, 'sync', '--json'], {
    cwd: checkout,
    windowsHide: true,
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.resume()
  const closed = once(child, 'close')
  return {
    isOver: () => child.exitCode !== null,
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      await closed
      return { status: child.exitCode, stdout }
    },
  }
}
