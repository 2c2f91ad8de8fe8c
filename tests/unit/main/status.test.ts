import { expect, it } from 'vitest'
import { apiRouter } from '../../../main/api/router.ts'
import { createStatus } from '../../../main/status.ts'
import { aRecord, must, tempStore } from '../app/store/temp-store.ts'
import { testPort } from './api/engine-port.ts'

function stage(mode: 'desktop' | 'service' | 'cli' = 'service') {
  const { store, folder } = tempStore()
  let changes = 0
  const status = createStatus({
    store,
    folder,
    version: '1.2.0',
    mode,
    startedAt: '2026-05-10T12:00:00.000Z',
    surroundings: () => ({ disk: { freeBytes: 5, isLow: true }, clockJump: null }),
    sampleTenantId: () => 7,
    onChange: () => {
      changes += 1
    },
  })
  return { status, folder, store, changes: () => changes }
}

it('puts together what the engine says of itself', () => {
  const { status, folder } = stage('cli')
  expect(status.get()).toMatchObject({
    version: '1.2.0',
    mode: 'service',
    dataFolder: folder,
    disk: { isLow: true },
    sampleTenantId: 7,
    nextRun: null,
    owner: { pid: process.pid },
  })
  expect(stage('desktop').status.get().mode).toBe('desktop')
})

it('tells of a newer version once, and never of its own', () => {
  const { status, changes } = stage()
  status.noteUpdate('1.2.0')
  expect(status.get().update).toBeNull()
  status.noteUpdate('1.3.0')
  status.noteUpdate('1.3.0')
  expect(status.get().update).toBe('1.3.0')
  expect(changes()).toBe(1)
})

it('lets the screens find any record, exact ones first, and the desktop tell of a version', async () => {
  const { store } = stage()
  const tenant = must(store.tenants.add({ name: 'North', instanceUrl: 'https://a.mydattocommerce.com' }))
  const run = store.runs.start(tenant.id, 'sync', 'person')
  store.records.putOutcomes(tenant.id, run.id, [
    aRecord(1, { number: 'QO-10', label: 'QO-10' }),
    aRecord(2, { number: 'QO-1', label: 'QO-1' }),
    aRecord(3, { entity: 'products', number: 'SKU-9', label: 'SKU-9', name: 'Switch' }),
  ])
  const port = testPort(store)
  const api = apiRouter.createCaller({ engine: port })
  const found = async (text: string) => (await api.records.find({ text })).map(({ number }) => number)
  expect(await found('qo-1')).toEqual(['QO-1', 'QO-10'])
  expect(await found('  switch ')).toEqual(['SKU-9'])
  expect(await found('')).toEqual([])
  await expect(api.records.find({ text: 'x'.repeat(201) })).rejects.toThrow()
  must(await api.status.noteUpdate({ version: '2.0.0' }))
  expect(port.asked).toContain('noteUpdate 2.0.0')
})
