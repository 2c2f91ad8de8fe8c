import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createEngine } from '../../../main/engine.ts'
import { readUnattended } from '../../../main/unattended.ts'
import { applyUnattended, forgetFiles, gatherSecrets } from '../../../main/unattended-apply.ts'
import { tempFolder } from '../app/store/temp-store.ts'

const text = `tenants:
  - name: North
    url: https://north.mydattocommerce.com/
    apiUrl: https://api.example.com/v1/
    key: { file: north.key }
    schedule: { kind: every, minutes: 20, zone: UTC }
  - name: South
    url: https://south.mydattocommerce.com
    key: { env: SOUTH_KEY }
updates: { mode: off, window: null, feedUrl: '' }
`.replace('mode: off', "mode: 'off'")

const planOf = (given: string) => {
  const read = readUnattended(given)
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  return read
}

function engineIn(folder: string) {
  const engine = createEngine({
    folder,
    mode: 'cli',
    clock: { now: () => Date.parse('2026-05-01T00:00:00Z') },
    onTrouble: (found) => expect.fail(found.code),
  })
  if (!engine.ok) throw new Error(engine.fault.code)
  onTestFinished(() => engine.value.stop())
  return engine.value
}

const never = () => false

it('sets up tenants, keys and settings, and the second time changes nothing', () => {
  const folder = tempFolder()
  const file = join(folder, 'setup.yml')
  writeFileSync(join(folder, 'north.key'), 'key-of-the-north\n')
  const { plan, lineOf } = planOf(text)
  const env = { SOUTH_KEY: 'key-of-the-south' }
  const first = gatherSecrets(plan, lineOf, { file, env, isStored: never })
  if (!first.ok) throw new Error(JSON.stringify(first.mistakes))
  expect(first.secrets.files).toEqual([join(folder, 'north.key')])

  const engine = engineIn(join(folder, 'data'))
  const nothing = { added: [], changed: [], unchanged: [] }
  expect(applyUnattended(engine, plan, first.secrets)).toEqual({
    ok: true,
    value: { ...nothing, added: ['North', 'South'] },
  })
  expect(forgetFiles(first.secrets.files)).toEqual([])
  expect(existsSync(join(folder, 'north.key'))).toBe(false)

  const [north, south] = engine.store.tenants.list()
  expect(north).toMatchObject({
    instanceUrl: 'https://north.mydattocommerce.com',
    apiUrl: 'https://api.example.com',
    schedule: { kind: 'every', minutes: 20 },
  })
  expect(engine.tenantControl.keyOf(north?.id ?? 0)).toEqual({ ok: true, value: 'key-of-the-north' })
  expect(engine.tenantControl.keyOf(south?.id ?? 0)).toEqual({ ok: true, value: 'key-of-the-south' })

  const again = gatherSecrets(plan, lineOf, { file, env, isStored: (tenant) => tenant === 'North' })
  if (!again.ok) throw new Error(JSON.stringify(again.mistakes))
  expect(applyUnattended(engine, plan, again.secrets)).toEqual({
    ok: true,
    value: { ...nothing, unchanged: ['North', 'South'] },
  })
  expect(engine.store.tenants.list()).toEqual([north, south])
})

it('changes what the file changed, and leaves what it does not name', () => {
  const folder = tempFolder()
  const engine = engineIn(folder)
  const keys = {
    keys: ['one-key-of-north', 'one-key-of-south'],
    haloSecrets: [],
    proxyPassword: null,
    files: [],
  }
  applyUnattended(engine, planOf(text).plan, keys)
  const id = engine.store.tenants.byName('North')?.id ?? 0
  engine.tenantControl.update(id, { requestsPerMinute: 30 }, 'person')

  const changed = planOf(text.replace('minutes: 20', 'minutes: 60')).plan
  const done = applyUnattended(engine, changed, { ...keys, keys: [null, 'another-key-of-south'] })
  expect(done).toMatchObject({ ok: true, value: { added: [], changed: ['North', 'South'] } })
  expect(engine.store.tenants.get(id)).toMatchObject({ requestsPerMinute: 30, schedule: { minutes: 60 } })
  expect(engine.tenantControl.keyOf(id)).toEqual({ ok: true, value: 'one-key-of-north' })
})

it('tells every secret that cannot be had, with its line', () => {
  const folder = tempFolder()
  const { plan, lineOf } = planOf(text)
  writeFileSync(join(folder, 'north.key'), '  \n')
  const from = { file: join(folder, 'setup.yml'), env: { SOUTH_KEY: ' ' }, isStored: never }
  expect(gatherSecrets(plan, lineOf, from)).toEqual({
    ok: false,
    mistakes: [
      { line: 5, reason: expect.stringMatching(/^tenants.0.key: the file .*north\.key is missing or empty/) },
      { line: 9, reason: 'tenants.1.key: the environment variable SOUTH_KEY is missing or empty.' },
    ],
  })
  expect(readFileSync(join(folder, 'north.key'), 'utf8')).toBe('  \n')
})

it('of network and updates, too, leaves as it is what is not named', () => {
  const engine = engineIn(join(tempFolder(), 'data'))
  const secrets = { keys: [], haloSecrets: [], proxyPassword: null, files: [] }
  const set = (given: string) => applyUnattended(engine, planOf(`tenants: []\n${given}`).plan, secrets).ok
  const manual = "{ mode: manual, url: 'http://proxy.example:3128', user: '', bypass: [] }"
  expect(set(`network: { proxy: ${manual} }\nupdates: { mode: automatic }`)).toBe(true)
  expect(set("network: { trustSystemStore: false }\nupdates: { feedUrl: 'https://feed.example/' }")).toBe(
    true,
  )
  expect(engine.settings.get()).toMatchObject({
    network: { proxy: { mode: 'manual', url: 'http://proxy.example:3128' }, trustSystemStore: false },
    updates: { mode: 'automatic', window: null, feedUrl: 'https://feed.example/' },
  })
})

const withServer = `tenants:
  - name: North
    url: https://north.mydattocommerce.com
    key: { env: NORTH_KEY }
    halo: { kind: mssql, server: 'SQL01\\HALO', database: Halo, login: { kind: sql, user: integrator }, certificate: { kind: trusted } }
    haloSecret: { env: HALO_PASSWORD }
`

it('sets up a Halo on a server with its password, once', () => {
  const { plan, lineOf } = planOf(withServer)
  const folder = tempFolder()
  const file = join(folder, 'setup.yml')
  const env = { NORTH_KEY: 'key-of-the-north', HALO_PASSWORD: 'password-of-halo' }
  const missing = gatherSecrets(plan, lineOf, { file, env: { NORTH_KEY: 'k' }, isStored: never })
  expect(missing).toMatchObject({ ok: false, mistakes: [{ line: 6 }] })
  const gathered = gatherSecrets(plan, lineOf, { file, env, isStored: never })
  if (!gathered.ok) throw new Error(JSON.stringify(gathered.mistakes))
  const engine = engineIn(join(folder, 'data'))
  expect(applyUnattended(engine, plan, gathered.secrets)).toMatchObject({ value: { added: ['North'] } })
  const [north] = engine.store.tenants.list()
  if (!north) throw new Error('There is no tenant.')
  expect(engine.tenantControl.haloSecretOf(north.id, north.halo)).toEqual({
    ok: true,
    value: 'password-of-halo',
  })
  expect(applyUnattended(engine, plan, gathered.secrets)).toMatchObject({ value: { unchanged: ['North'] } })
  const other = { ...gathered.secrets, haloSecrets: ['another-password'] }
  expect(applyUnattended(engine, plan, other)).toMatchObject({ value: { changed: ['North'] } })
  expect(engine.tenantControl.haloSecretOf(north.id, north.halo)).toEqual({
    ok: true,
    value: 'another-password',
  })
})

it('takes no password for a Halo that has none', () => {
  const read = readUnattended(withServer.replace(/halo: .*/, "halo: { kind: sqlite, file: '/data/halo.db' }"))
  expect(read).toMatchObject({ ok: false, mistakes: [{ line: 6 }] })
})
