import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { apiRouter } from '../../../main/api/router.ts'
import { createEngine } from '../../../main/engine.ts'
import { must, tempFolder, testClock } from '../app/store/temp-store.ts'

// The preview's worker thread reads the whole engine when it starts; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

function stage(folder = tempFolder()) {
  const engine = must(
    createEngine({ folder, mode: 'service', clock: testClock(), onTrouble: () => undefined }),
  )
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await engine.stop()
    isStopped = true
  }
  onTestFinished(stop)
  return { folder, engine, stop, api: apiRouter.createCaller({ engine }) }
}
const answers = (url: string) =>
  fetch(`${url}/v1/customer`, { headers: { apiKey: 'sample-api-key' } }).then(
    ({ status }) => status,
    () => null,
  )

it('adds a tenant of invented records once, switched off, whose preview works and writes nothing', async () => {
  const { api, engine, folder } = stage()
  const { id } = must(await api.tenants.addSample())
  expect(must(await api.tenants.addSample()).id).toBe(id)
  expect((await api.status.get()).sampleTenantId).toBe(id)
  const tenant = (await api.tenants.get({ id }))?.tenant
  expect(tenant).toMatchObject({ isEnabled: false, name: expect.stringContaining('invented') })
  const { runId } = must(await api.runs.start({ tenantId: id, kind: 'preview' }))
  await engine.control.ended(runId)
  const run = engine.store.runs.get(runId)
  expect(run?.outcome).toMatch(/done|partial/)
  expect(run?.counts.quotes.created).toBeGreaterThan(0)
  expect(engine.store.records.counts(id).quotes).toBe(0)
  expect(existsSync(join(folder, 'halo.db'))).toBe(false)
})

it('comes back after a restart, at another port when its own is taken', async () => {
  const first = stage()
  const { id } = must(await first.api.tenants.addSample())
  const url = first.engine.store.tenants.get(id)?.apiUrl ?? ''
  await first.stop()
  expect(await answers(url)).toBeNull()

  const again = stage(first.folder)
  await expect.poll(() => answers(url)).toBe(200)
  expect(again.engine.store.tenants.get(id)?.apiUrl).toBe(url)
  await again.stop()

  const other = createServer((_, response) => response.writeHead(404).end())
  await new Promise<void>((resolve) => other.listen(Number(new URL(url).port), '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => other.close(() => resolve())))
  const moved = stage(first.folder)
  const urlNow = () => moved.engine.store.tenants.get(id)?.apiUrl ?? url
  await expect.poll(urlNow).not.toBe(url)
  expect(new URL(urlNow()).port).not.toBe(String((other.address() as AddressInfo).port))
  expect(await answers(urlNow())).toBe(200)
})

it('removing its tenant ends the invented Commerce and deletes the Halo file that was made for it', async () => {
  const { api, engine, folder } = stage()
  const { id } = must(await api.tenants.addSample())
  const url = engine.store.tenants.get(id)?.apiUrl ?? ''
  const halo = join(folder, 'sample-halo.db')
  writeFileSync(halo, '')
  must(await api.tenants.remove({ id }))
  await expect.poll(() => answers(url)).toBeNull()
  await expect.poll(() => existsSync(halo)).toBe(false)
  expect((await api.status.get()).sampleTenantId).toBeNull()
  expect(must(await api.tenants.addSample()).id).not.toBe(id)
})

it('leaves a tenant alone that has its name', async () => {
  const { api, engine } = stage()
  const given = { name: 'Sample (invented data)', instanceUrl: 'https://north.mydattocommerce.com' }
  must(await api.tenants.add({ tenant: given, key: 'a-key-of-somebody' }))
  const { id } = must(await api.tenants.addSample())
  expect(engine.store.tenants.get(id)?.name).toBe('Sample (invented data) 2')
})

it('never lets the invented records reach a real Halo', async () => {
  const { api } = stage()
  const { id } = must(await api.tenants.addSample())
  const halo = { kind: 'rest', address: 'https://halo.example.com', tenant: null, clientId: 'a' } as const
  expect(await api.tenants.update({ id, patch: { halo }, haloSecret: 'a-client-secret' })).toMatchObject({
    ok: false,
    fault: { code: 'input-invalid', facts: { field: 'halo' } },
  })
  must(await api.tenants.update({ id, patch: { halo: { kind: 'sqlite', file: '/somewhere/else.db' } } }))
})
