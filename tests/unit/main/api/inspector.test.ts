import { describe, expect, it } from 'vitest'
import { createHandler } from '../../../../main/api/handler.ts'
import { anExchange } from '../../app/model/explain/an-exchange.ts'
import { tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function stage() {
  const { store } = tempStore()
  const engine = testPort(store)
  const bugs: unknown[] = []
  const handler = createHandler({ engine, screens: '/nowhere', onBug: (error) => bugs.push(error) })
  const { id: _, ...draft } = anExchange()
  engine.exchanges.sink.save(draft)
  engine.exchanges.sink.save({ ...draft, attempt: 2, status: 401, faultCode: 'key-refused' })
  const ask = async (procedure: string, input: unknown): Promise<unknown> => {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const answer = await handler(new Request(`http://127.0.0.1/api/inspector.${procedure}${query}`))
    const { result, error } = await answer.json()
    return error ? error.data.fault : result.data
  }
  return { engine, bugs, handler, ask }
}

const window = { offset: 0, limit: 10 }

describe('the inspector over the API', () => {
  it('answers what a screen asks', async () => {
    const { ask } = stage()
    expect(await ask('news', { q: '' })).toMatchObject({ newest: 2, fresh: 0 })
    expect(await ask('list', { asked: { q: 'kind:failures', upTo: 2 }, window })).toMatchObject({
      total: 1,
      rows: [{ id: 2, status: 401 }],
    })
    expect(await ask('get', { id: 2 })).toMatchObject({
      exchange: { id: 2 },
      attempts: [{ id: 1 }, { id: 2 }],
    })
    expect(await ask('get', { id: 3 })).toBeNull()
    expect(await ask('groups', { q: '' })).toMatchObject([{ faultCode: 'key-refused', count: 1 }])
    expect(await ask('timeline', { q: 'run:999' })).toBeNull()
    expect(await ask('unsearched', { q: 'words' })).toBe(0)
    expect(await ask('dig', { asked: { q: 'words' } })).toEqual({ rows: [], next: null })
    expect(await ask('retention', undefined)).toMatchObject({ rows: 2 })
  })

  it('refuses what makes no sense', async () => {
    const { ask } = stage()
    expect(await ask('list', { asked: { q: 'x'.repeat(3_000) }, window })).toMatchObject({
      code: 'input-invalid',
    })
    expect(await ask('reportPreview', { choice: { ids: [] }, blur: false })).toMatchObject({
      code: 'input-invalid',
    })
    expect(await ask('get', { id: 0 })).toMatchObject({ code: 'input-invalid' })
  })
})

describe('a download', () => {
  it('comes through the same door, with its guards, piece by piece', async () => {
    const { handler, bugs } = stage()
    const answer = await handler(new Request('http://127.0.0.1/download/requests.har?q='))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(/requests\.har"$/)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const pieces: Uint8Array[] = []
    for await (const piece of answer.body ?? []) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(3)
    expect(JSON.parse(Buffer.concat(pieces).toString()).log.entries).toHaveLength(2)
    expect(bugs).toEqual([])
  })

  it('is read only', async () => {
    const { handler } = stage()
    const posted = new Request('http://127.0.0.1/download/requests.har?q=', { method: 'POST', body: '{}' })
    expect((await handler(posted)).status).toBe(405)
  })
})
