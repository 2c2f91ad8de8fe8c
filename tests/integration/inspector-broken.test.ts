import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { openExchanges } from '../../app/store/exchanges.ts'
import { runCli } from '../../build/program.ts'
import { lifted, tempFolder } from './ground.ts'
import { done, makeRig } from './rig.ts'

/** A sync whose recorder is well, to compare with: what reached Halo, and how many requests it took. */
async function healthy() {
  const rig = await makeRig()
  const run = await rig.sync()
  return { counts: run.counts, requests: run.requests, halo: rig.dump() }
}

test.each<[string, (file: string) => void]>([
  ['is no database', (file) => writeFileSync(file, 'nothing that SQLite could read '.repeat(200))],
  ['is of another program', (file) => writeFileSync(file, '')],
  ['is a folder', (file) => mkdirSync(file)],
])('a file of recorded requests that %s keeps no sync from its work', async (_, spoil) => {
  const wanted = await healthy()
  const rig = await makeRig()
  spoil(join(rig.folder, 'exchanges.db'))
  const run = await rig.sync()
  expect(run).toMatchObject(done)
  expect({ counts: run.counts, requests: run.requests, halo: rig.dump() }).toEqual(wanted)
})

test('a file that is damaged in the middle of a sync keeps it from nothing either', async () => {
  const wanted = await healthy()
  const rig = await makeRig()
  const file = join(rig.folder, 'exchanges.db')
  const run = await rig.sync('sync', {
    onRequest: (nth) => {
      for (const part of [file, `${file}-wal`]) {
        if (nth % 3 !== 0 || !existsSync(part)) continue
        const bytes = readFileSync(part)
        bytes.fill(0xa5, Math.min(4096, bytes.length))
        writeFileSync(part, bytes)
      }
    },
  })
  expect(run).toMatchObject(done)
  expect({ counts: run.counts, requests: run.requests, halo: rig.dump() }).toEqual(wanted)
})

test('no room for the recorder is told, and costs nothing but the recording', async () => {
  const rig = await makeRig()
  const kept = openExchanges(rig.folder, { clock: rig.clock, limits: { bytes: 40_000 } })
  const nothing = { requestHeaders: [], responseHeaders: [], connection: null, requestBody: null } as const
  const timing = {
    queueMs: 0,
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    waitMs: 1,
    receiveMs: 1,
    totalMs: 2,
  }
  for (let n = 0; n < 60; n++) {
    const text = Array.from({ length: 3_000 }, (_, at) => (at * 7919 * (n + 1)).toString(36)).join('')
    const id = kept.sink.save({
      ...{ ...nothing, callId: 'c', attempt: 1, tenantId: 1, runId: 1, host: 'commerce', purpose: 'sync' },
      ...{ method: 'GET', url: 'https://h.example/', status: 200, faultCode: null, errorText: null },
      ...{ startedAt: new Date(rig.clock.now()).toISOString(), timing, waitMs: null },
      responseBody: { text, bytes: text.length, isCut: false },
    })
    expect(id === null || Number.isInteger(id)).toBe(true)
  }
  expect(kept.health()).toMatchObject({ isRecording: false, trouble: 'disk-full' })
  expect(kept.health().lost).toBeGreaterThan(0)
  kept.close()
  expect(await rig.sync()).toMatchObject(done)
})

test('a run says in the log that its requests could not be recorded', async () => {
  const folder = tempFolder()
  const api = await startSampleApi({ customers: 3, products: 3, quotes: 3, orders: 2, ...lifted })
  onTestFinished(() => api.stop())
  mkdirSync(join(folder, 'exchanges.db'))
  const where = ['--url', 'https://sample.mydattocommerce.com', '--api-url', api.url, '--api-key-stdin']
  const halo = ['--halo', `sqlite:${join(folder, 'halo.db')}`, '--sync-from', '2020-01-01T00:00:00Z']
  const added = await runCli(['--data', folder, 'tenant', 'add', '--name', 'North', ...where, ...halo], {
    stdin: api.key,
  })
  expect(added.status, added.stderr).toBe(0)
  const synced = await runCli(['--data', folder, 'sync'])
  expect(synced.status, synced.stderr).toBe(0)
  const log = readFileSync(join(folder, 'logs', 'commerce-integrator.log'), 'utf8')
  expect(log).toContain('requests not recorded')
})
