import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type SampleApi, startSampleApi } from '../../../app/commerce/sample-api/index.ts'
import type { Quirks } from '../../../app/commerce/sample-api/quirks.ts'
import { faultRecorder } from '../../../app/halo/recorded.ts'
import { createHttpClient } from '../../../app/http/client.ts'
import { budgetBook } from '../../../app/store/budget.ts'
import { openExchanges } from '../../../app/store/exchanges.ts'
import { type Tested, testConnection } from '../../../main/connection-test.ts'
import { tempStore } from '../app/store/temp-store.ts'

const ending: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ending.splice(0)) await end()
})

async function world(quirks: Quirks = {}, customers = 3): Promise<SampleApi> {
  const api = await startSampleApi({ customers, products: 1, quotes: 0, orders: 0, quirks })
  ending.push(() => api.stop())
  return api
}

function stage(apiUrl: string) {
  const { store, clock, folder } = tempStore()
  const network = { proxy: { mode: 'none' as const }, trustSystemStore: false, extraCaFiles: [] }
  const exchanges = openExchanges(folder, { clock })
  const http = createHttpClient({
    clock,
    sink: exchanges.sink,
    book: budgetBook(store.db),
    network,
    sleep: async () => undefined,
  })
  ending.unshift(async () => {
    await http.close()
    exchanges.close()
  })
  const tested: Tested = {
    ...{ id: null, apiUrl, keyIn: 'header', requestsPerMinute: 60, requestsPerDay: 10_000 },
    halo: { kind: 'sqlite', file: join(folder, 'halo.db') },
  }
  const parts = { clock, http, network, proxyPassword: null, budgetKeyOf: () => 'a-budget' }
  const secret = 'planted-password'
  return {
    folder,
    tested,
    exchanges,
    run: (key: string, more: Partial<Tested> = {}) => {
      const tenant = { ...tested, ...more }
      const { note } = faultRecorder({
        ...{ sink: exchanges.sink, clock, target: tenant.halo, secrets: [secret] },
        ...{ purpose: 'test', tenantId: tenant.id, runId: null },
      })
      return testConnection({ ...parts, halo: { clock, secret }, noteHalo: note }, tenant, key)
    },
  }
}

const states = (steps: Awaited<ReturnType<typeof testConnection>>): Record<string, string> =>
  Object.fromEntries(steps.map((step) => [step.id, step.fault?.code ?? step.state]))

const allWell = {
  ...{ address: 'passed', dns: 'passed', proxy: 'passed', tcp: 'passed', key: 'passed', record: 'passed' },
  ...{ halo: 'passed', schema: 'passed' },
}

test('each rung says what was found', async () => {
  const api = await world()
  const steps = await stage(api.url).run(api.key)
  expect(states(steps)).toEqual(allWell)
  expect(steps.find((step) => step.id === 'record')?.found).toMatch(/^customer \d+, /)
  expect(steps.find((step) => step.id === 'schema')?.found).toMatch(/columns found$/)
  expect(api.stats().total).toBe(1)
})

test('an instance without customers is as good', async () => {
  const api = await world({}, 0)
  const steps = await stage(api.url).run(api.key)
  expect(states(steps)).toEqual(allWell)
  expect(steps.find((step) => step.id === 'record')?.found).toMatch(/no customers yet/)
})

test('trouble on one side does not hide the other', async () => {
  const api = await world()
  const wrongKey = states(await stage(api.url).run('another-key'))
  expect(wrongKey).toEqual({ ...allWell, key: 'key-refused', record: 'skipped' })
  const silent = states(await stage('http://127.0.0.1:9').run('a-key'))
  expect(silent).toEqual({ ...allWell, tcp: 'connection-refused', key: 'skipped', record: 'skipped' })
  const { folder, run } = stage(api.url)
  const file = join(folder, 'junk.db')
  writeFileSync(file, 'Not a database at all, but of some length. '.repeat(200))
  const noHalo = states(await run(api.key, { halo: { kind: 'sqlite', file } }))
  expect(noHalo).toEqual({ ...allWell, halo: 'halo-damaged', schema: 'skipped' })
})

test('what a database refuses is found in the inspector, and its rung leads there', async () => {
  const api = await world()
  const { exchanges, folder, run } = stage(api.url)
  const file = join(folder, 'junk.db')
  writeFileSync(file, 'Not a database at all, but of some length. '.repeat(200))
  const halos: readonly [Tested['halo'], string][] = [
    [{ kind: 'sqlite', file }, 'halo-damaged'],
    [
      {
        ...{ kind: 'postgres', host: '127.0.0.1', port: 9, database: 'halo', user: 'sync' },
        tls: { kind: 'any' },
      },
      'halo-unreachable',
    ],
  ]
  for (const [halo, code] of halos) {
    const failed = (await run(api.key, { id: 7, halo })).find(({ fault }) => fault !== null)
    expect(failed?.fault?.code).toBe(code)
    const recorded = exchanges.get(failed?.fault?.exchangeId ?? 0)
    expect(recorded).toMatchObject({ method: 'SQL', purpose: 'test', tenantId: 7, faultCode: code })
    expect(recorded?.url).toMatch(/^sql:.*\/test-halo/)
    expect(JSON.stringify(recorded)).not.toContain('planted-password')
  }
})

test('what answers is a web page', async () => {
  const api = await world({ htmlAt: 'always' })
  expect(states(await stage(api.url).run(api.key))).toEqual({
    ...allWell,
    key: 'skipped',
    record: 'not-json',
  })
})
