import { afterEach, describe, expect, it } from 'vitest'
import type { HaloObject } from '../../../../../app/halo/rest/answers.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function staged(quirks: Partial<Quirks> = {}): Promise<RestStage> {
  const stage = await restStage(quirks)
  stages.push(stage)
  return stage
}

function addClients({ fake }: RestStage, count: number): void {
  for (let at = 0; at < count; at++) {
    const id = fake.tables.newKey('Client')
    fake.tables.rows.Client.set(id, { id, name: `Client ${id}`, inactive: at % 10 === 0 })
  }
}

async function walkAll(stage: RestStage): Promise<HaloObject[]> {
  const rows: HaloObject[] = []
  const walked = await stage.api().walk('/Client', { includeactive: true, includeinactive: true }, (page) => {
    rows.push(...page)
    return true
  })
  if (!walked.ok) throw new Error(walked.fault.code)
  return rows
}

describe('walk', () => {
  it.each([
    ['keyed', {}, 3],
    ['under another key', { listShape: 'other-key' as const }, 3],
    ['bare', { listShape: 'bare' as const }, 3],
    ['with paging ignored', { ignoresPaging: true }, 1],
    ['bare, with paging ignored', { ignoresPaging: true, listShape: 'bare' as const }, 1],
  ])('reads every row once: %s', async (_, quirks, requests) => {
    const stage = await staged(quirks)
    addClients(stage, 250)
    const rows = await walkAll(stage)
    expect(rows.map((row) => row.id)).toEqual([...stage.fake.tables.rows.Client.keys()])
    expect(stage.fake.asked).toHaveLength(requests)
    expect(stage.fake.violations).toEqual([])
  })

  it('ends where a bare list that does not page is as long as a page', async () => {
    const stage = await staged({ ignoresPaging: true, listShape: 'bare' })
    addClients(stage, 100)
    expect(await walkAll(stage)).toHaveLength(100)
    expect(stage.fake.asked).toHaveLength(2)
  })

  it.each([0, 1, 99, 100, 101, 200])('of %i rows', async (count) => {
    const stage = await staged()
    addClients(stage, count)
    expect(await walkAll(stage)).toHaveLength(count)
  })

  it('stops when told to', async () => {
    const stage = await staged()
    addClients(stage, 250)
    const walked = await stage.api().walk('/Client', {}, () => false)
    expect(walked.ok).toBe(true)
    expect(stage.fake.asked).toHaveLength(1)
  })
})

describe('trouble', () => {
  it.each([
    ['page', 'halo-not-api'],
    ['half', 'json-broken'],
  ] as const)('%s', async (how, code) => {
    const stage = await staged()
    stage.fake.quirks.trouble.push({ method: 'GET', path: '/Client', how })
    const answer = await stage.api().get('/Client')
    expect(answer.ok ? null : answer.fault).toMatchObject({
      code,
      side: 'halo',
      facts: { host: expect.any(String) },
    })
    expect(answer.ok ? null : answer.fault.exchangeId).toBeGreaterThan(0)
  })

  it.each(['busy', 'down', 'page-502', 'lost-before'] as const)(
    '%s heals by itself where asking again is safe',
    async (how) => {
      const stage = await staged()
      stage.fake.quirks.trouble.push({ method: 'GET', path: '/Client', how })
      expect((await stage.api().get('/Client')).ok).toBe(true)
    },
  )

  it('busy heals for a POST, too, after the time that Halo asks for', async () => {
    const stage = await staged()
    stage.fake.quirks.trouble.push({ method: 'POST', path: '/Client', how: 'busy' })
    expect((await stage.api().post('/Client', [{ name: 'A' }])).ok).toBe(true)
    expect(stage.clock.slept).toEqual([7000])
    expect(stage.fake.tables.rows.Client.size).toBe(1)
  })

  it.each(['down', 'page-502', 'lost-after', 'lost-before'] as const)(
    '%s of a POST is told, not repeated',
    async (how) => {
      const stage = await staged()
      stage.fake.quirks.trouble.push({ method: 'POST', path: '/Client', how })
      const answer = await stage.api().post('/Client', [{ name: 'A' }])
      expect(answer.ok).toBe(false)
      expect(stage.fake.tables.rows.Client.size).toBe(how === 'lost-after' ? 1 : 0)
    },
  )

  it('of a record that is not there is none', async () => {
    const stage = await staged()
    expect(await stage.api().get('/Client/77')).toEqual({ ok: true, value: null })
  })

  it('names what may not be done', async () => {
    const stage = await staged({ forbidden: [{ method: 'POST', path: '/Item' }] })
    const answer = await stage.api().post('/Item', [{ name: 'A' }])
    expect(answer.ok ? null : answer.fault).toMatchObject({ code: 'halo-rights', facts: { status: 403 } })
  })

  it.each([
    'json-text',
    'message',
    'Message',
    'exception',
    'result-code',
    'oauth',
    'by-place',
    'problem',
    'errors',
    'text',
  ] as const)('in the shape %s says what Halo says', async (errorShape) => {
    const stage = await staged({ errorShape })
    const answer = await stage.api().post('/Site', [{ name: 'A', client_id: 77 }])
    expect(answer.ok ? null : answer.fault).toMatchObject({
      code: 'halo-reference-missing',
      raw: expect.stringContaining('Client with id 77 does not exist'),
      facts: { table: 'customers', id: 77 },
    })
  })
})
