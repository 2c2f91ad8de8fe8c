import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Handler } from '../../../../main/api/handler.ts'
import { type HttpHost, serveHttp } from '../../../../main/api/http.ts'

const token = 'a-token-of-many-random-bits'
const hosts: HttpHost[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop()
})

const echo: Handler = async (incoming) =>
  Response.json({
    method: incoming.method,
    path: new URL(incoming.url).pathname + new URL(incoming.url).search,
    body: await incoming.text(),
    cookie: incoming.headers.get('cookie'),
  })

async function open(handler: Handler = echo, port = 0): Promise<HttpHost> {
  const opened = await serveHttp({ handler, port, token })
  if (!opened.ok) throw new Error(`The door did not open: ${JSON.stringify(opened.fault)}`)
  hosts.push(opened.value)
  return opened.value
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }
type Ask = { method?: string; path?: string; headers?: Record<string, string>; body?: string }

/** node:http, because fetch allows neither a Host nor an Origin of one's own. */
function ask(host: HttpHost, { method = 'GET', path = '/', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: host.port, method, path, headers, agent: false },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(parts).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

async function enter(host: HttpHost): Promise<string> {
  const answer = await ask(host, { path: `/?token=${token}` })
  return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? ''
}

const json = { 'content-type': 'application/json' }

describe('the loopback door', () => {
  it('is bound to 127.0.0.1 and says where to enter', async () => {
    const host = await open()
    expect(host.address).toBe(`http://127.0.0.1:${host.port}/?token=${token}`)
    expect(host.origin).toBe(`http://127.0.0.1:${host.port}`)
  })

  it('changes the token for a cookie that scripts and other sites cannot use, and takes it out of the address', async () => {
    const host = await open()
    const answer = await ask(host, { path: `/runs?tenant=2&token=${token}` })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/runs?tenant=2')
    const cookie = String(answer.headers['set-cookie']?.[0])
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(cookie).not.toContain(token)
  })

  it('lets in who has the cookie, and hands the cookie to nobody', async () => {
    const host = await open()
    const answer = await ask(host, { path: '/a?b=1', headers: { cookie: await enter(host) } })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ method: 'GET', path: '/a?b=1', body: '', cookie: null })
  })

  it('lets a window that was signed in before a restart with the same token and port stay', async () => {
    const first = await open()
    const cookie = await enter(first)
    await first.stop()
    const second = await open(echo, first.port)
    expect((await ask(second, { headers: { cookie } })).status).toBe(200)
  })

  it.each([
    ['nothing', {}],
    ['a wrong cookie', { cookie: 'commerce_integrator_1=x' }],
  ])('refuses who brings %s', async (_, headers) => {
    const host = await open()
    expect((await ask(host, { headers })).status).toBe(401)
  })

  it('refuses a wrong token', async () => {
    const host = await open()
    expect((await ask(host, { path: '/?token=another' })).status).toBe(401)
  })

  it('refuses a foreign name for this machine (DNS rebinding), even with the cookie', async () => {
    const host = await open()
    const cookie = await enter(host)
    for (const name of [
      'evil.example',
      `evil.example:${host.port}`,
      '127.0.0.1',
      `127.0.0.1:${host.port + 1}`,
    ]) {
      expect((await ask(host, { headers: { cookie, host: name } })).status).toBe(421)
    }
    expect((await ask(host, { headers: { cookie, host: `localhost:${host.port}` } })).status).toBe(200)
  })

  it('takes a change only from its own page', async () => {
    const host = await open()
    const cookie = await enter(host)
    const post = (headers: Record<string, string>) =>
      ask(host, { method: 'POST', path: '/api/x', headers: { cookie, ...json, ...headers }, body: '{}' })
    expect((await post({})).status).toBe(403)
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ origin: 'null' })).status).toBe(403)
    expect((await post({ origin: `http://127.0.0.1:${host.port + 1}` })).status).toBe(403)
    expect((await post({ origin: `https://127.0.0.1:${host.port}` })).status).toBe(403)
    expect((await post({ origin: host.origin, 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await post({ origin: host.origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('answers no reading by another page, but a person may follow a link from there', async () => {
    const host = await open()
    const headers = { cookie: await enter(host), 'sec-fetch-site': 'cross-site' }
    expect((await ask(host, { headers: { ...headers, 'sec-fetch-mode': 'no-cors' } })).status).toBe(403)
    expect((await ask(host, { headers: { ...headers, 'sec-fetch-mode': 'navigate' } })).status).toBe(200)
  })

  it('never answers with CORS headers', async () => {
    const host = await open()
    const answer = await ask(host, { headers: { cookie: await enter(host), origin: host.origin } })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('takes GET, HEAD and POST alone', async () => {
    const host = await open()
    const cookie = await enter(host)
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) {
      const answer = await ask(host, { method, headers: { cookie } })
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toBe('GET, HEAD, POST')
    }
  })

  it('takes JSON alone, and no more than a megabyte of it', async () => {
    const host = await open()
    const headers = { cookie: await enter(host), origin: host.origin }
    const post = (more: Record<string, string>, body: string) =>
      ask(host, { method: 'POST', headers: { ...headers, ...more }, body })
    expect((await post({ 'content-type': 'text/plain' }, '{}')).status).toBe(415)
    expect((await post(json, 'x'.repeat(1_000_001))).status).toBe(413)
    expect((await post({ ...json, 'transfer-encoding': 'chunked' }, 'x'.repeat(1_000_001))).status).toBe(413)
    const answer = await post(json, '{"a":"ü"}')
    expect(JSON.parse(answer.text).body).toBe('{"a":"ü"}')
  })

  it('refuses an address that is no path', async () => {
    const host = await open()
    const headers = { cookie: await enter(host) }
    expect((await ask(host, { path: 'http://evil.example/', headers })).status).toBe(400)
    expect(JSON.parse((await ask(host, { path: '//evil.example/x', headers })).text).path).toBe(
      '//evil.example/x',
    )
  })

  it('says that a port is taken', async () => {
    const first = await open()
    const second = await serveHttp({ handler: echo, port: first.port, token })
    expect(second).toMatchObject({ ok: false, fault: { code: 'port-in-use', facts: { port: first.port } } })
  })

  it('ends a long wait when the asker goes away', async () => {
    const ended = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const host = await open((incoming) => {
      incoming.signal.addEventListener('abort', () => ended.resolve())
      asked.resolve()
      return new Promise(() => undefined)
    })
    const sent = request({ host: '127.0.0.1', port: host.port, headers: { cookie: await enter(host) } })
    sent.on('error', () => undefined)
    sent.end()
    await asked.promise
    sent.destroy()
    await ended.promise
  })

  it('stops at once while someone waits: the wait is answered, the port is free again', async () => {
    const asked = Promise.withResolvers<void>()
    const host = await open(
      (incoming) =>
        new Promise((resolve) => {
          incoming.signal.addEventListener('abort', () => resolve(Response.json({ woken: true })))
          asked.resolve()
        }),
    )
    const waiting = ask(host, { headers: { cookie: await enter(host) } })
    await asked.promise
    await host.stop()
    expect((await waiting).text).toBe('{"woken":true}')
    const again = await open(echo, host.port)
    expect(again.port).toBe(host.port)
  })
})
