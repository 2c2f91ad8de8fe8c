import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { type SampleApi, startSampleApi } from '../../../app/commerce/sample-api/index.ts'
import { ok } from '../../../app/model/fault.ts'
import type { NewTenant } from '../../../app/model/tenant.ts'
import { createRunControl, type RunControl } from '../../../main/run-control.ts'
import { must, tempFolder, tempStore } from '../app/store/temp-store.ts'

// A worker thread reads the whole engine when it starts; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const lifted = { requestsPerMinute: 1_000_000, requestsPerDay: 10_000_000 }
const network = { proxy: { mode: 'none' as const }, trustSystemStore: false, extraCaFiles: [] }
const ending: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0)) await end()
})

async function world(delayMs = 0): Promise<SampleApi> {
  const api = await startSampleApi({
    customers: 3,
    products: 4,
    quotes: 5,
    orders: 2,
    ...lifted,
    quirks: { delayMs },
  })
  ending.push(() => api.stop())
  return api
}

function stage(api: SampleApi, workerFolder?: string, patch: Partial<NewTenant> = {}, restMs = 60_000) {
  const { store, folder } = tempStore()
  const heard: string[] = []
  const bugs: unknown[] = []
  const control: RunControl = createRunControl({
    store,
    setup: { folder: workerFolder ?? folder, salt: 'a-salt-for-tests', version: '0' },
    keyOf: () => ok(api.key),
    haloSecretOf: () => ok(null),
    network: () => ok({ network, proxyPassword: null }),
    onChange: () => heard.push('change'),
    onEnded: (tenantId, runId) => heard.push(`ended ${tenantId} ${runId}`),
    onBug: (error) => bugs.push(error),
    restMs,
  })
  ending.unshift(() => control.stop(10_000))
  const tenant = must(
    store.tenants.add({
      ...{ name: 'North', instanceUrl: 'https://north.mydattocommerce.com', apiUrl: api.url },
      ...{
        syncFrom: '2000-01-01T00:00:00.000Z',
        halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
        ...lifted,
        ...patch,
      },
    }),
  )
  return { store, folder, control, tenant, heard, bugs }
}

test('a run goes through the worker thread to its end, and is told of on its way', async () => {
  const { store, control, tenant, heard } = stage(await world())
  const { runId } = must(control.start(tenant, 'sync', 'person'))
  expect(control.isBusy(tenant.id)).toBe(true)
  expect(control.live()).toMatchObject([{ runId, tenantId: tenant.id }])
  expect(control.start(tenant, 'sync', 'person')).toMatchObject({
    ok: false,
    fault: { code: 'already-running' },
  })
  expect(await control.ended(runId)).toBeNull()
  expect(store.runs.get(runId)).toMatchObject({ outcome: 'done', counts: { quotes: { created: 5 } } })
  expect(control.isBusy()).toBe(false)
  expect(heard).toContain(`ended ${tenant.id} ${runId}`)
})

test('a run that is cancelled ends soon; one that the program stops is not lost', async () => {
  const { store, control, tenant } = stage(await world(40))
  const first = must(control.start(tenant, 'sync', 'person'))
  control.cancel(first.runId)
  await control.ended(first.runId)
  expect(store.runs.get(first.runId)).toMatchObject({ outcome: 'cancelled' })
  const second = must(control.start(tenant, 'sync', 'person'))
  await control.stop(10_000)
  expect(await control.ended(second.runId)).toBeNull()
  expect(store.runs.get(second.runId)?.endedAt).not.toBeNull()
  expect(control.start(tenant, 'sync', 'person')).toMatchObject({ ok: false, fault: { code: 'interrupted' } })
})

test('a worker that dies closes its run, and the next run has a new one', async () => {
  const below = join(tempFolder(), 'not-there-yet')
  const { store, folder, control, tenant, bugs } = stage(await world(), below)
  const first = must(control.start(tenant, 'sync', 'person'))
  await control.ended(first.runId)
  expect(store.runs.get(first.runId)).toMatchObject({ outcome: 'stopped', fault: { code: 'bug' } })
  expect(bugs).toHaveLength(1)
  symlinkSync(folder, below, 'junction')
  const second = must(control.start(tenant, 'sync', 'person'))
  await control.ended(second.runId)
  expect(store.runs.get(second.runId)).toMatchObject({ outcome: 'done' })
})

test('the thread ends when nothing runs, without harm to the run that comes then', async () => {
  const threads: Worker[] = []
  const seen = (thread: Worker): void => void threads.push(thread)
  process.on('worker', seen)
  onTestFinished(() => void process.off('worker', seen))
  const { store, control, tenant, bugs } = stage(await world(), undefined, {}, 1)
  const first = must(control.start(tenant, 'sync', 'person'))
  await control.ended(first.runId)
  const [thread] = threads
  if (!thread) throw new Error('no thread was begun')
  expect(await once(thread, 'exit')).toEqual([0])
  const second = must(control.start(tenant, 'sync', 'person'))
  await control.ended(second.runId)
  expect(store.runs.get(second.runId)).toMatchObject({ outcome: 'done' })
  expect([threads.length, bugs]).toEqual([2, []])
})

test('a thread on its way out is waited for, too', async () => {
  const { control, tenant } = stage(await world(), undefined, {}, 1)
  const exits: number[] = []
  const seen = (thread: Worker): void => void thread.on('exit', (code) => exits.push(code))
  process.on('worker', seen)
  onTestFinished(() => void process.off('worker', seen))
  await control.ended(must(control.start(tenant, 'sync', 'person')).runId)
  // Timers of one length go off in their order: the thread has been told to end by now.
  await wait(1)
  await control.stop(10_000)
  expect(exits).toEqual([0])
})

test('an end that the store does not take is kept, told, and stored when it can be', async () => {
  const { store, folder, control, tenant } = stage(await world(), join(tempFolder(), 'missing'))
  const first = must(control.start(tenant, 'sync', 'person'))
  store.db.pragma('query_only = ON')
  expect(await control.ended(first.runId)).toMatchObject({ code: 'bug' })
  store.db.pragma('query_only = OFF')
  expect(store.runs.get(first.runId)?.outcome).toBeNull()
  const second = must(control.start(tenant, 'sync', 'person'))
  expect(store.runs.get(first.runId)).toMatchObject({ outcome: 'stopped', fault: { code: 'bug' } })
  await control.ended(second.runId)
  expect(folder).toBe(store.folder)
})

test('a tenant that is switched off is synced for a person, not by the schedule', async () => {
  const { control, tenant, store } = stage(await world(), undefined, { isEnabled: false })
  expect(control.start(tenant, 'sync', 'schedule')).toMatchObject({
    ok: false,
    fault: { code: 'tenant-disabled' },
  })
  const { runId } = must(control.start(tenant, 'preview', 'person'))
  await control.ended(runId)
  expect(store.runs.get(runId)).toMatchObject({ kind: 'preview', outcome: 'done' })
})
