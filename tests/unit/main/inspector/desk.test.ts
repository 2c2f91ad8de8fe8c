import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { BLURRED } from '../../../../app/http/blur.ts'
import type { ExchangeDraft } from '../../../../app/model/exchange.ts'
import { fault } from '../../../../app/model/fault.ts'
import { type Exchanges, openExchanges } from '../../../../app/store/exchanges.ts'
import { download } from '../../../../main/api/downloads.ts'
import type { EnginePort } from '../../../../main/api/port.ts'
import { anExchange, bodyOf } from '../../app/model/explain/an-exchange.ts'
import { tempStore } from '../../app/store/temp-store.ts'
import { testInspector } from './test-inspector.ts'

const noon = Date.UTC(2026, 4, 10, 12)
const schema: object = JSON.parse(
  readFileSync(new URL('../../../fixtures/contracts/har-1.2.json', import.meta.url), 'utf8'),
)
const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv)
const isHar = ajv.compile(schema)

const open: Exchanges[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

function stage() {
  const { store } = tempStore()
  const exchanges = openExchanges(store.folder, { clock: { now: () => noon } })
  open.push(exchanges)
  const desk = testInspector(store, exchanges, noon)
  const save = (more: Partial<ExchangeDraft> = {}): number => {
    const { id: _, ...draft } = anExchange({ startedAt: new Date(noon).toISOString(), ...more })
    return exchanges.sink.save(draft) ?? 0
  }
  return { store, exchanges, desk, save }
}

describe('the inspector’s desk', () => {
  it('lists by the filter line, standing still, and tells what came after', () => {
    const { desk, save } = stage()
    save()
    save({ status: 401, faultCode: 'key-refused' })
    const newest = desk.news({ q: '' }).newest
    save({ status: 401, faultCode: 'key-refused' })
    const asked = { q: 'kind:failures not-understood:', upTo: newest }
    expect(desk.list(asked, { offset: 0, limit: 10 })).toMatchObject({ total: 1, rows: [{ id: 2 }] })
    expect(desk.news(asked)).toMatchObject({ newest: 3, fresh: 1, health: { isRecording: true } })
    expect(desk.groups({ q: '' })).toHaveLength(1)
    expect(desk.timeline({ q: '' })?.bars).toHaveLength(60)
  })

  it('looks into large bodies when asked', () => {
    const { desk, save } = stage()
    const large = JSON.stringify(Array.from({ length: 500 }, (_, at) => ({ title: `needle ${at}` })))
    save({ responseBody: bodyOf(large) })
    save()
    expect(desk.list({ q: 'needle' }, { offset: 0, limit: 10 }).total).toBe(0)
    expect(desk.unsearched({ q: 'needle' })).toBe(1)
    expect(desk.unsearched({ q: '' })).toBe(0)
    expect(desk.dig({ q: 'needle' }, undefined).rows).toMatchObject([{ id: 1 }])
    expect(desk.dig({ q: '' }, undefined)).toEqual({ rows: [], next: null })
  })

  it('shows one with its attempts, its neighbours and the records that it failed', () => {
    const { store, desk, save } = stage()
    const added = store.tenants.add({ name: 'T', instanceUrl: 'https://t.mydattocommerce.com' })
    if (!added.ok) throw new Error(added.fault.code)
    const run = store.runs.start(added.value.id, 'sync', 'cli')
    const ours = { tenantId: added.value.id, runId: run.id }
    save({ ...ours, callId: 'a', attempt: 1, status: 429, faultCode: 'rate-limited' })
    save({ ...ours, callId: 'a', attempt: 2 })
    save({ ...ours, callId: 'b' })
    store.failures.record({
      ...{ tenantId: added.value.id, entity: 'quotes', commerceId: 77, label: 'Firewall', payload: null },
      ...{ fault: fault('bad-request', { exchangeId: 2 }) },
    })
    const detail = desk.get(2)
    expect(detail?.attempts.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect(detail?.around.map(({ id }) => id)).toEqual([1, 3])
    expect(detail?.failures).toMatchObject([{ commerceId: 77, label: 'Firewall', isOpen: true }])
    expect(desk.get(99)).toBeNull()
  })

  it('clears, says how many, and the change is kept', () => {
    const { store, desk, save } = stage()
    save()
    save()
    expect(desk.clear()).toEqual({ ok: true, value: { cleared: 2 } })
    expect(desk.list({ q: '' }, { offset: 0, limit: 10 }).total).toBe(0)
    expect(store.audit.list(null, 0, 5)).toMatchObject([
      { what: 'exchanges.clear', before: { exchanges: 2 } },
    ])
  })

  it('keeps the limits that were set, across a restart', () => {
    const { store, exchanges, desk, save } = stage()
    for (let n = 0; n < 150; n++) save()
    const limits = { rows: 100, bytes: 50_000_000, ageMs: 7 * 86_400_000 }
    expect(desk.setRetention(limits)).toEqual({ ok: true, value: null })
    expect(desk.retention()).toMatchObject({ limits, rows: 100, oldestAt: '2026-05-10T12:00:00.000Z' })
    expect(desk.retention().bytes).toBeGreaterThan(4096)
    expect(testInspector(store, exchanges, noon).retention().limits).toEqual(limits)
  })
})

describe('an archive', () => {
  const ask = async (path: string) => {
    const { desk, save } = stage()
    save({ responseBody: bodyOf('[{"name":"Ada"}]') })
    save({ status: 400, faultCode: 'bad-request', errorText: 'of ada@example.org' })
    save({ runId: 9 })
    const engine = { inspector: desk, status: { get: () => ({ version: '0.1.0' }) } } as unknown as EnginePort
    return download(engine, new Request(`http://127.0.0.1${path}`))
  }

  it.each([
    ['/download/requests.har?q=', 3],
    ['/download/requests.har?q=run:9', 1],
    ['/download/requests.har?ids=2,1', 2],
    ['/download/requests.har?q=&upTo=1', 1],
    ['/download/requests.har?q=run:77', 0],
  ])('%s holds %d entries, oldest first, and fits the HAR schema', async (path, count) => {
    const answer = await ask(path)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="commerce-integrator-0\.1\.0-/,
    )
    const har = JSON.parse(await answer.text())
    expect(isHar(har), JSON.stringify(isHar.errors)).toBe(true)
    const ids = har.log.entries.map((entry: { _id: number }) => entry._id)
    expect(ids).toHaveLength(count)
    expect(ids.toSorted()).toEqual(ids)
  })

  it('leaves names out when asked', async () => {
    const text = await (await ask('/download/requests.har?q=&blur=1')).text()
    expect(text).toContain(BLURRED)
    expect(text).not.toMatch(/Ada|ada@/)
  })

  it('says no to what makes no sense', async () => {
    expect((await ask('/download/requests.har?ids=x')).status).toBe(400)
    expect((await ask('/download/other?q=')).status).toBe(404)
  })
})

describe('a report', () => {
  it('is previewed and saved with the same files, none with a secret', async () => {
    const { store, desk, save } = stage()
    save({ responseBody: bodyOf('[{"name":"Ada"}]') })
    writeFileSync(join(store.folder, 'program.log'), '{"msg":"started by ada@example.org"}\n')
    const preview = await desk.reportPreview({ q: '' }, false)
    const zip = unzipSync(await desk.report({ q: '' }, false))
    expect(Object.keys(zip)).toEqual(preview.map(({ name }) => name))
    expect(Object.keys(zip)).toEqual(
      expect.arrayContaining([
        'READ ME.txt',
        'about.json',
        'requests.har',
        'configuration.json',
        'logs/program.log',
      ]),
    )
    // The first file tells of the recorder's own file, which grows meanwhile.
    for (const { name, bytes } of preview.filter((one) => one.name !== 'about.json'))
      expect(zip[name]?.length, name).toBe(bytes)
    expect(strFromU8(zip['requests.har'] ?? new Uint8Array())).toContain('Ada')
    expect(strFromU8(zip['configuration.json'] ?? new Uint8Array())).not.toContain('"word"')
  })

  it('leaves names out when asked', async () => {
    const { store, desk, save } = stage()
    save({ responseBody: bodyOf('[{"name":"Ada"}]') })
    writeFileSync(join(store.folder, 'program.log'), '{"msg":"started by ada@example.org"}\n')
    const zip = unzipSync(await desk.report({ q: '' }, true))
    const all = Object.values(zip)
      .map((bytes) => strFromU8(bytes))
      .join('')
    expect(all).not.toMatch(/Ada|ada@/)
  })
})
