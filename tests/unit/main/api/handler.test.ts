import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHandler } from '../../../../main/api/handler.ts'
import { must, tempFolder, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

function screens(): string {
  const folder = join(tempFolder(), 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Screens</title>')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(folder, '..', 'secret.txt'), 'not for you')
  return folder
}

function setUp(folder = screens()) {
  const { store } = tempStore()
  const port = testPort(store)
  const bugs: string[] = []
  const handler = createHandler({ engine: port, screens: folder, onBug: (_, path) => bugs.push(path) })
  const get = (path: string, init?: RequestInit) => handler(new Request(`http://127.0.0.1${path}`, init))
  const post = (path: string, input: unknown) =>
    get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
  return { store, port, bugs, get, post, handler }
}

describe('the screens', () => {
  it('gives every screen address the page, to be asked for each time', async () => {
    const { get } = setUp()
    for (const path of ['/', '/index.html', '/runs', '/runs/12', '/quotes/1/77']) {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain('<title>Screens</title>')
    }
  })

  it('lets hashed files be kept for a year', async () => {
    const answer = await setUp().get('/assets/main-1a2b.js')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it.each([
    '/assets/gone.js',
    '/favicon.ico',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00.js',
    '/%E0%A4%A.js',
    '/.env.js',
  ])('answers %s with 404 in plain text', async (path) => {
    const answer = await setUp().get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  })

  it('answers HEAD without a body, and nothing but reading', async () => {
    const { get } = setUp()
    const head = await get('/', { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    const post = await get('/runs', { method: 'POST', body: '{}' })
    expect(post.status).toBe(405)
    expect(post.headers.get('allow')).toBe('GET, HEAD')
  })

  it('says what to do when the screens are not built', async () => {
    const answer = await setUp(join(tempFolder(), 'nothing')).get('/runs')
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('npm run build')
  })
})

describe('every answer', () => {
  it.each(['/', '/assets/main-1a2b.js', '/gone.js', '/api/status.get', '/api/nothing'])(
    '%s carries the policy and the guards',
    async (path) => {
      const { headers } = await setUp().get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    },
  )

  it('of the API is kept by nobody', async () => {
    const { headers } = await setUp().get('/api/status.get')
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('trouble over the API', () => {
  it('answers refused input with the field that is wrong', async () => {
    const answer = await setUp().post('/api/tenants.add', { tenant: { name: ' ' }, key: 'k' })
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { data: unknown } }
    expect(error.data).toMatchObject({ fault: { code: 'input-invalid', facts: { field: 'tenant.name' } } })
  })

  it('brings a fault whole, as a value', async () => {
    const { store, post } = setUp()
    must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }))
    const tenant = { name: 'north', instanceUrl: 'https://other.mydattocommerce.com' }
    const answer = await post('/api/tenants.add', { tenant, key: 'secret' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      result: { data: { ok: false, fault: { code: 'name-taken', facts: { field: 'name' } } } },
    })
  })

  it('reports a bug, and says nothing of its insides', async () => {
    const { port, bugs, handler } = setUp()
    const broken = createHandler({
      engine: {
        ...port,
        status: {
          ...port.status,
          get: () => {
            throw new Error('at /home/person/secret place')
          },
        },
      },
      screens: screens(),
      onBug: (_, path) => bugs.push(path),
    })
    const answer = await broken(new Request('http://127.0.0.1/api/status.get'))
    expect(answer.status).toBe(500)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ error: { data: { fault: { code: 'bug' } } } })
    expect(text).not.toContain('secret place')
    expect(bugs).toEqual(['status.get'])
    expect((await handler(new Request('http://127.0.0.1/api/status.nothing'))).status).toBe(404)
  })

  it('takes one call at a time', async () => {
    const answer = await setUp().get('/api/status.get,runs.live?batch=1')
    expect(answer.status).toBe(400)
  })
})
