import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ok } from '../../../app/model/fault.ts'
import { importMemory } from '../../../main/import-memory.ts'
import { createRunControl, type RunControl } from '../../../main/run-control.ts'
import { createTenantControl, keyName } from '../../../main/tenants.ts'
import { keyfileVault } from '../../../main/vault/keyfile.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

// A worker thread reads the whole engine when it starts; on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ending: RunControl[] = []
afterEach(async () => {
  for (const control of ending.splice(0)) await control.stop(10_000)
})

const network = { proxy: { mode: 'none' as const }, trustSystemStore: false, extraCaFiles: [] }
const north = { name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }

function stage() {
  const { store, clock, folder } = tempStore()
  const vault = keyfileVault(folder, clock)
  let changes = 0
  const nothing = () => undefined
  const runs = createRunControl({
    ...{
      store,
      setup: { folder, salt: 'a-salt-for-tests', version: '0' },
      onChange: nothing,
      onEnded: nothing,
      onBug: nothing,
    },
    keyOf: () => ok('a-key-of-somebody'),
    haloSecretOf: () => ok(null),
    network: () => ok({ network, proxyPassword: null }),
  })
  ending.push(runs)
  const control = createTenantControl({
    store,
    vault,
    runs: () => runs,
    onChange: () => {
      changes += 1
    },
  })
  return { store, vault, control, runs, changes: () => changes }
}

test('a tenant comes with its key, which lies in the vault and nowhere else', () => {
  const { store, vault, control, changes } = stage()
  const tenant = must(
    control.add(
      { ...north, instanceUrl: 'https://north.mydattocommerce.com/admin/' },
      ' the-secret-key-1234 ',
      'Ann',
    ),
  )
  expect(tenant.instanceUrl).toBe('https://north.mydattocommerce.com')
  expect(control.keyOf(tenant.id)).toEqual(ok('the-secret-key-1234'))
  expect(vault.describe(keyName(tenant.id))?.endsIn).toBe('1234')
  const everything = store.db
    .prepare(
      "SELECT group_concat(config) || (SELECT group_concat(what || coalesce(after, '')) FROM audit) FROM tenant",
    )
    .pluck()
    .get()
  expect(everything).toContain('tenant added')
  expect(everything).not.toContain('the-secret-key')
  expect(changes()).toBeGreaterThan(0)
})

test('without a key, with a wrong address or a name that is taken, nothing is added', () => {
  const { store, control } = stage()
  expect(control.add(north, '  ', 'Ann')).toMatchObject({ ok: false, fault: { code: 'key-missing' } })
  const insecure = control.add({ ...north, apiUrl: 'http://commerce.example' }, 'key', 'Ann')
  expect(insecure).toMatchObject({ ok: false, fault: { code: 'url-insecure', facts: { field: 'apiUrl' } } })
  expect(store.tenants.list()).toEqual([])
  must(control.add(north, 'key', 'Ann'))
  expect(control.add({ ...north, name: 'NORTH' }, 'key', 'Ann')).toMatchObject({
    ok: false,
    fault: { code: 'name-taken' },
  })
  expect(control.update(99, { name: 'South' }, 'Ann')).toMatchObject({
    ok: false,
    fault: { code: 'tenant-unknown' },
  })
})

test('a changed mapping asks the next run to map again', () => {
  const { store, control } = stage()
  const noted = (id: number) => store.settings.get(`remap-${id}`, z.record(z.string(), z.boolean()))
  const tenant = must(control.add(north, 'key', 'Ann'))
  must(control.update(tenant.id, { requestsPerMinute: 30 }, 'Ann'))
  expect(noted(tenant.id)).toBeNull()
  must(control.update(tenant.id, { mapping: { ...tenant.mapping, defaultGroup: 4 } }, 'Ann'))
  expect(noted(tenant.id)).toMatchObject({ isRemapped: true, isMoved: false })
})

test('a removed tenant takes its key and what imports remembered along, but never in the middle of a run', async () => {
  const { store, vault, control, runs } = stage()
  const tenant = must(control.add({ ...north, apiUrl: 'http://127.0.0.1:9' }, 'key', 'Ann'))
  const { runId } = must(runs.start(tenant, 'sync', 'person'))
  expect(control.remove(tenant.id, 'Ann')).toMatchObject({ ok: false, fault: { code: 'already-running' } })
  runs.cancel(runId)
  await runs.ended(runId)
  const memory = importMemory(store.settings)
  memory.remember(tenant.id, 'customers', ['Company'], { name: 0 })
  expect(control.remove(tenant.id, 'Ann')).toEqual(ok(null))
  expect(memory.recall(tenant.id, 'customers', ['Company']).fields).toEqual({})
  expect(store.tenants.list()).toEqual([])
  expect(vault.names()).toEqual([])
  expect(control.keyOf(tenant.id)).toMatchObject({ ok: false, fault: { code: 'key-missing' } })
})

test('a schedule that cannot work is refused, with its field', () => {
  const { store, control } = stage()
  const tenant = must(control.add(north, 'a-key', 'somebody'))
  const schedule = { kind: 'cron' as const, line: '0 25 * * *', zone: 'UTC' }
  expect(control.update(tenant.id, { schedule }, 'somebody')).toMatchObject({
    ok: false,
    fault: { code: 'input-invalid', facts: { field: 'schedule.line' } },
  })
  expect(store.tenants.get(tenant.id)?.schedule).toEqual(tenant.schedule)
})

const sqlServer = (server: string, user = 'integrator') => ({
  ...{ kind: 'mssql' as const, server, database: 'Halo' },
  ...{ login: { kind: 'sql' as const, user }, certificate: { kind: 'trusted' as const } },
})

test('a Halo password is for one server and one user, and nobody else ever gets it', () => {
  const { store, vault, control } = stage()
  const target = sqlServer('SQL01\\HALO')
  const tenant = must(control.add({ ...north, halo: target }, 'a-key', 'Ann', 'pass word-1234 '))
  expect(control.haloSecretOf(tenant.id, target)).toEqual(ok('pass word-1234 '))
  // Another spelling of the same server, another database: the same login.
  expect(control.haloSecretOf(tenant.id, { ...sqlServer('sql01\\halo'), database: 'Other' }).ok).toBe(true)
  for (const other of [sqlServer('evil'), sqlServer('SQL01\\HALO', 'sa')])
    expect(control.haloSecretOf(tenant.id, other)).toMatchObject({
      ok: false,
      fault: { code: 'halo-secret-missing' },
    })
  must(control.update(tenant.id, { halo: sqlServer('evil') }, 'Ann'))
  expect(vault.names()).toEqual([keyName(tenant.id)])
  must(control.update(tenant.id, { halo: target }, 'Ann', 'another-one-5678'))
  expect(control.haloSecretOf(tenant.id, target)).toEqual(ok('another-one-5678'))
  must(control.setHaloSecret(tenant.id, 'a-third-one-9012', 'Ann'))
  expect(control.haloSecretOf(tenant.id, target)).toEqual(ok('a-third-one-9012'))
  const everything = JSON.stringify([store.tenants.list(), store.audit.list(null, 0, 100)])
  expect(everything).not.toMatch(/1234|5678|9012/)
  must(control.remove(tenant.id, 'Ann'))
  expect(vault.names()).toEqual([])
})

test('the embedded Halo has no password, and accepting any certificate is on record', () => {
  const { store, control } = stage()
  const tenant = must(control.add(north, 'a-key', 'Ann'))
  expect(control.haloSecretOf(tenant.id, tenant.halo)).toEqual(ok(null))
  expect(control.setHaloSecret(tenant.id, 'password', 'Ann')).toMatchObject({
    ok: false,
    fault: { code: 'input-invalid', facts: { field: 'haloSecret' } },
  })
  const any = { ...sqlServer('SQL01'), certificate: { kind: 'any' as const } }
  must(control.update(tenant.id, { halo: any }, 'Ann', 'password'))
  must(control.update(tenant.id, { halo: { ...any, database: 'Halo2' } }, 'Ann'))
  const noted = store.audit.list(null, 0, 100).filter(({ what }) => what.includes('certificate'))
  expect(noted).toHaveLength(1)
})
