import { createServer as createTcpServer, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { HttpClientOptions } from '../../../../app/http/client.ts'
import type { HttpCall } from '../../../../app/http/types.ts'
import type { Fault } from '../../../../app/model/fault.ts'
import { call, type Handler, limits, listen, type Stage, serve, shut, stage } from './stage.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function served(handler: Handler) {
  const server = await serve(handler)
  endings.push(server.close)
  return server
}

function staged(options: Partial<HttpClientOptions> = {}, used = { minute: 0, day: 0 }): Stage {
  const made = stage(options, used)
  endings.push(made.client.close)
  return made
}

async function refused(made: Stage, asked: HttpCall): Promise<Fault> {
  const result = await made.client.send(asked)
  if (result.ok) throw new Error(`expected a fault, got ${result.value.status}`)
  return result.fault
}

describe('an answer', () => {
  it('comes with status, headers and text, and is recorded', async () => {
    const { url } = await served((_, response) => {
      response.setHeader('X-Twice', ['a', 'b'])
      response.end('\uFEFF[{"id":1,"name":"Zoë"}]')
    })
    const made = staged()
    const result = await made.client.send(call(`${url}/v1/customer?page=1`, { headers: { apiKey: 'k' } }))
    expect(result).toMatchObject({
      ok: true,
      value: { status: 200, body: '[{"id":1,"name":"Zoë"}]', exchangeId: 1, headers: { 'x-twice': 'a, b' } },
    })
    expect(made.sink.drafts).toMatchObject([
      { attempt: 1, status: 200, faultCode: null, method: 'GET', tenantId: 1, runId: 2, host: 'commerce' },
    ])
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('packed with %s is unpacked', async (encoding, pack) => {
    const text = JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id })))
    const { url, requests } = await served((_, response) => {
      response.setHeader('content-encoding', encoding)
      response.end(pack(text))
    })
    const made = staged()
    const result = await made.client.send(call(url))
    expect(result.ok && result.value.body).toBe(text)
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip, br')
    const body = made.sink.drafts[0]?.responseBody
    expect(body?.text).toBe(text)
    expect(body?.unpackedBytes).toBe(text.length)
    expect(body?.bytes).toBeLessThan(text.length)
  })

  it('that is packed wrongly is a lost connection', async () => {
    const { url } = await served((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end('this is no gzip')
    })
    const made = staged()
    const found = await refused(made, call(url, { maxAttempts: 1 }))
    expect(found.code).toBe('connection-lost')
    expect(made.sink.drafts[0]?.responseBody?.text).toBeNull()
  })

  it('of a POST carries its body there', async () => {
    const { url } = await served((request, response) => {
      request.pipe(response)
    })
    const made = staged()
    const result = await made.client.send(call(url, { method: 'POST', body: '{"a":"ü"}' }))
    expect(result.ok && result.value.body).toBe('{"a":"ü"}')
    expect(made.sink.drafts[0]?.requestBody).toEqual({ text: '{"a":"ü"}', bytes: 10, isCut: false })
  })
})

describe('a refusal', () => {
  it.each([
    [400, 'bad-request', 'commerce'],
    [401, 'key-refused', 'commerce'],
    [403, 'forbidden', 'commerce'],
    [404, 'not-found', 'commerce'],
    [500, 'api-down', 'commerce'],
  ])('of status %i is %s', async (status, code, side) => {
    const { url } = await served((_, response) => {
      response.statusCode = status
      response.end('  No. ')
    })
    const found = await refused(staged(), call(url, { maxAttempts: 1 }))
    expect(found).toMatchObject({
      code,
      side,
      raw: 'No.',
      exchangeId: 1,
      facts: { status, host: '127.0.0.1' },
    })
  })

  it('keeps at most 2,000 characters of the server, without the secret', async () => {
    const { url } = await served((request, response) => {
      response.statusCode = 401
      response.end(`key ${request.headers.apikey} refused ${'x'.repeat(5000)}`)
    })
    const secret = 'sekret-0123456789'
    const found = await refused(staged(), call(url, { headers: { apiKey: secret }, secrets: [secret] }))
    expect(found.raw).toHaveLength(2000)
    expect(found.raw).toContain('key ••• redacted refused')
  })

  it('by redirect is not followed and names the host alone', async () => {
    const { url, requests } = await served((_, response) => {
      response.writeHead(302, { location: 'https://user:pw@login.example/in?token=abc' })
      response.end()
    })
    const found = await refused(staged(), call(url))
    expect(found).toMatchObject({ code: 'redirected', facts: { target: 'login.example', status: 302 } })
    expect(JSON.stringify(found)).not.toMatch(/pw|abc/)
    expect(requests).toHaveLength(1)
  })

  it('by size stops reading, announced or not', async () => {
    const { url } = await served((request, response) => {
      if (request.url === '/announced') response.setHeader('content-length', 5000)
      response.end('x'.repeat(5000))
    })
    const made = staged({ caps: { answerBytes: 1000 } })
    for (const path of ['/announced', '/unannounced']) {
      const found = await refused(made, call(`${url}${path}`))
      expect(found).toMatchObject({ code: 'answer-too-big', facts: { limitBytes: 1000 } })
    }
  })

  it('by size counts what a small packed answer unpacks to', async () => {
    const { url } = await served((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync('x'.repeat(5_000_000)))
    })
    const found = await refused(staged({ caps: { answerBytes: 100_000 } }), call(url))
    expect(found.code).toBe('answer-too-big')
  })

  it('of an address that is none', async () => {
    expect(await refused(staged(), call('not an address'))).toMatchObject({ code: 'url-invalid' })
    expect(await refused(staged(), call('ftp://example.org/'))).toMatchObject({ code: 'url-invalid' })
  })

  it('of a key that no header can carry', async () => {
    const { url, requests } = await served((_, response) => response.end())
    const secret = 'line\nbreak-secret'
    const found = await refused(staged(), call(url, { headers: { apiKey: secret }, secrets: [secret] }))
    expect(found.code).toBe('input-invalid')
    expect(JSON.stringify(found)).not.toContain('break-secret')
    expect(requests).toHaveLength(0)
  })
})

describe('another try', () => {
  it('follows each passing trouble, with exponential waits and full jitter', async () => {
    const statuses = [500, 408, 425, 503, 200]
    const { url } = await served((_, response) => {
      response.statusCode = statuses.shift() ?? 200
      response.end('[]')
    })
    const made = staged()
    const result = await made.client.send(call(url))
    expect(result.ok).toBe(true)
    expect(made.clock.slept).toEqual([500, 1000, 2000, 4000])
    expect(made.notices.map((notice) => notice.because)).toEqual(['retry', 'retry', 'retry', 'retry'])
    const { drafts } = made.sink
    expect(drafts.map((draft) => [draft.attempt, draft.status, draft.waitMs])).toEqual([
      [1, 500, 500],
      [2, 408, 1000],
      [3, 425, 2000],
      [4, 503, 4000],
      [5, 200, null],
    ])
    expect(new Set(drafts.map((draft) => draft.callId)).size).toBe(1)
  })

  it('ends after the tries that were asked for, with the last exchange in the fault', async () => {
    const { url, requests } = await served((_, response) => {
      response.statusCode = 502
      response.end()
    })
    const found = await refused(staged(), call(url, { maxAttempts: 3 }))
    expect(found).toMatchObject({ code: 'api-down', exchangeId: 3 })
    expect(requests).toHaveLength(3)
  })

  it('is never made of a POST, unless it is marked safe', async () => {
    const { url, requests } = await served((_, response) => {
      response.statusCode = 500
      response.end()
    })
    await refused(staged(), call(url, { method: 'POST', body: '{}' }))
    expect(requests).toHaveLength(1)
    await refused(staged(), call(url, { method: 'POST', body: '{}', isSafe: true, maxAttempts: 2 }))
    expect(requests).toHaveLength(3)
  })

  it('is made of a POST that the server did not look at', async () => {
    const statuses = [429, 429, 200]
    const { url, requests } = await served((_, response) => {
      response.statusCode = statuses.shift() ?? 200
      response.setHeader('retry-after', '7')
      response.end()
    })
    const made = staged()
    const result = await made.client.send(call(url, { method: 'POST', body: '{}', host: 'halo' }))
    expect(result.ok).toBe(true)
    expect(requests).toHaveLength(3)
    expect(made.clock.slept).toEqual([7000, 7000])
  })

  it.each([
    ['seconds', '7', 7000],
    ['an HTTP date', 'Sun, 10 May 2026 12:00:30 GMT', 30_000],
    ['a date gone by', 'Sun, 10 May 2026 11:00:00 GMT', 0],
    ['nonsense', 'soon', 500],
  ])('waits as Retry-After says: %s', async (_, value, waitMs) => {
    const statuses = [503, 200]
    const { url } = await served((_request, response) => {
      response.statusCode = statuses.shift() ?? 200
      response.setHeader('retry-after', value)
      response.end()
    })
    const made = staged()
    await made.client.send(call(url))
    expect(made.clock.slept).toEqual([waitMs])
  })

  it('is left to the next run when Retry-After asks for more than a run can stand still', async () => {
    const { url, requests } = await served((_, response) => {
      response.statusCode = 503
      response.setHeader('retry-after', '7200')
      response.end()
    })
    const found = await refused(staged(), call(url))
    expect(found).toMatchObject({ code: 'api-down', retryAt: '2026-05-10T14:00:00.000Z' })
    expect(requests).toHaveLength(1)
  })

  it('follows a connection that the server cut', async () => {
    let cuts = 0
    const { url } = await served((request, response) => {
      if (cuts++ === 0) request.socket.destroy()
      else response.end('[]')
    })
    const made = staged()
    expect((await made.client.send(call(url))).ok).toBe(true)
    expect(made.sink.drafts.map((draft) => draft.faultCode)).toEqual(['connection-lost', null])
  })

  it('follows an answer that broke off', async () => {
    let cuts = 0
    const { url } = await served((_, response) => {
      if (cuts++ > 0) return response.end('[]')
      response.setHeader('content-length', 100)
      response.write('[{"id":', () => response.destroy())
    })
    const made = staged()
    expect((await made.client.send(call(url))).ok).toBe(true)
    expect(made.sink.drafts[0]).toMatchObject({
      status: 200,
      faultCode: 'connection-lost',
      responseBody: { text: '[{"id":', bytes: 7 },
    })
  })
})

describe('429', () => {
  it('blocks the budget until Retry-After and tries again then', async () => {
    const statuses = [429, 200]
    const { url } = await served((_, response) => {
      response.statusCode = statuses.shift() ?? 200
      if (response.statusCode === 429) response.setHeader('retry-after', '20')
      response.end()
    })
    const made = staged()
    const begun = made.clock.now()
    expect((await made.client.send(call(url, { budget: { key: 'k', limits } }))).ok).toBe(true)
    expect(made.book.blocks).toEqual([begun + 20_000])
    expect(made.notices).toEqual([{ untilMs: begun + 20_000, because: 'blocked' }])
    expect(made.clock.now()).toBe(begun + 20_000)
    expect(made.sink.drafts.map((draft) => draft.timing.queueMs)).toEqual([0, 20_000])
  })

  it('without Retry-After blocks for a minute', async () => {
    const { url } = await served((_, response) => {
      response.statusCode = 429
      response.end()
    })
    const made = staged()
    const begun = made.clock.now()
    const found = await refused(made, call(url, { budget: { key: 'k', limits }, maxAttempts: 1 }))
    expect(found).toMatchObject({ code: 'rate-limited', retryAt: '2026-05-10T12:01:00.000Z' })
    expect(made.book.blocks).toEqual([begun + 60_000])
  })

  it('with the day nearly used up is the limit of the day', async () => {
    const { url, requests } = await served((_, response) => {
      response.statusCode = 429
      response.end()
    })
    const made = staged({}, { minute: 3, day: 9500 })
    const found = await refused(made, call(url, { budget: { key: 'k', limits } }))
    expect(found).toMatchObject({
      code: 'day-limit',
      side: 'commerce',
      retryAt: '2026-05-11T00:00:00.000Z',
      exchangeId: 1,
      facts: { usedToday: 9500, perDay: 10_000 },
    })
    expect(requests).toHaveLength(1)
  })

  it('of a call without budget is waited for like any trouble', async () => {
    const statuses = [429, 200]
    const { url } = await served((_, response) => {
      response.statusCode = statuses.shift() ?? 200
      response.end()
    })
    const made = staged()
    expect((await made.client.send(call(url, { host: 'other' }))).ok).toBe(true)
    expect(made.clock.slept).toEqual([60_000])
  })
})

describe('network trouble', () => {
  it('names a host that does not exist', async () => {
    const found = await refused(staged(), call('https://no-such-host.invalid/v1', { maxAttempts: 1 }))
    expect(found).toMatchObject({ code: 'dns-failed', facts: { host: 'no-such-host.invalid' } })
    // Without a network the look-up itself takes its time to fail.
  }, 30_000)

  it('names a refused connection', async () => {
    const { port, close } = await serve(() => undefined)
    await close()
    const made = staged()
    const found = await refused(made, call(`http://127.0.0.1:${port}/`, { maxAttempts: 2 }))
    expect(found).toMatchObject({ code: 'connection-refused', side: 'network', facts: { port } })
    expect(made.sink.drafts).toMatchObject([
      { status: 0, faultCode: 'connection-refused', responseBody: null, timing: { waitMs: null } },
      { status: 0, faultCode: 'connection-refused' },
    ])
    expect(made.sink.drafts[0]?.errorText).toContain('ECONNREFUSED')
  })

  it('names a server that never answers', async () => {
    const { url } = await served(() => undefined)
    const made = staged()
    const found = await refused(made, call(url, { timeoutMs: 50, maxAttempts: 1 }))
    expect(found).toMatchObject({ code: 'timeout', facts: { seconds: 0.05 } })
  })

  it('names a body that stops coming', async () => {
    const { url } = await served((_, response) => {
      response.write('[')
    })
    const made = staged({ caps: { bodyMs: 50 } })
    const found = await refused(made, call(url, { maxAttempts: 1 }))
    expect(found).toMatchObject({ code: 'timeout', facts: { reason: 'UND_ERR_BODY_TIMEOUT' } })
  })

  it('names a server that speaks no HTTP', async () => {
    const sockets = new Set<Socket>()
    const server = createTcpServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.end('220 mail.example ESMTP\r\n')
    })
    const port = await listen(server)
    endings.push(() => shut(server, sockets))
    const found = await refused(staged(), call(`http://127.0.0.1:${port}/`, { maxAttempts: 1 }))
    expect(found.code).toBe('connection-lost')
  })
})

describe('cancelling', () => {
  it('before the start sends nothing', async () => {
    const { url, requests } = await served((_, response) => response.end())
    const made = staged()
    const found = await refused(made, call(url, { signal: AbortSignal.abort() }))
    expect(found.code).toBe('cancelled')
    expect(requests).toHaveLength(0)
    expect(made.sink.drafts).toHaveLength(0)
  })

  it('ends a request under way and records it', async () => {
    const stop = new AbortController()
    const { url, sockets } = await served(() => stop.abort())
    const made = staged()
    const found = await refused(made, call(url, { signal: stop.signal }))
    expect(found).toMatchObject({ code: 'cancelled', exchangeId: 1 })
    expect(made.sink.drafts).toMatchObject([{ faultCode: 'cancelled', attempt: 1 }])
    await expect.poll(() => sockets.size).toBe(0)
  })

  it('ends a wait between two tries', async () => {
    const stop = new AbortController()
    const { url, requests } = await served((_, response) => {
      response.statusCode = 500
      response.end()
    })
    const made = staged({
      sleep: async (_, signal) => {
        stop.abort()
        expect(signal.aborted).toBe(true)
      },
    })
    const found = await refused(made, call(url, { signal: stop.signal }))
    expect(found).toMatchObject({ code: 'cancelled', exchangeId: 1 })
    expect(requests).toHaveLength(1)
  })

  it('by closing ends everything and leaves no connection', async () => {
    const { url, sockets, requests } = await served(() => undefined)
    const made = staged()
    const results = Promise.all([1, 2, 3].map((n) => made.client.send(call(`${url}/${n}`))))
    await expect.poll(() => requests.length).toBe(3)
    await made.client.close()
    for (const result of await results) expect(result).toMatchObject({ fault: { code: 'cancelled' } })
    await expect.poll(() => sockets.size).toBe(0)
    expect(await refused(made, call(url))).toMatchObject({ code: 'cancelled' })
  })
})

describe('many calls at once', () => {
  it('share a limited number of connections, and each is told apart', async () => {
    let most = 0
    const { url, sockets } = await served((request, response) => {
      most = Math.max(most, sockets.size)
      setImmediate(() => response.end(request.url))
    })
    const made = staged({ caps: { connections: 4 } })
    const paths = Array.from({ length: 60 }, (_, n) => `/${n}`)
    const results = await Promise.all(paths.map((path) => made.client.send(call(`${url}${path}`))))
    expect(results.map((result) => result.ok && result.value.body)).toEqual(paths)
    expect(most).toBeLessThanOrEqual(4)
    const opened = made.sink.drafts.filter((draft) => draft.timing.connectMs !== null)
    expect(opened.length).toBe(most)
    expect(made.sink.drafts.every((draft) => draft.connection?.remote)).toBe(true)
  })
})

describe('timing', () => {
  it('is told by part, and a reused connection has no opening', async () => {
    const { url } = await served((_, response) => response.end('[]'))
    const made = staged()
    await made.client.send(call(`${url}/1`))
    await made.client.send(call(`${url}/2`))
    const [first, second] = made.sink.drafts.map((draft) => draft.timing)
    expect(first).toMatchObject({ dnsMs: null, tlsMs: null, connectMs: expect.any(Number) })
    expect(second).toMatchObject({ dnsMs: null, tlsMs: null, connectMs: null })
    for (const timing of [first, second]) {
      expect(timing).toMatchObject({ waitMs: expect.any(Number), receiveMs: expect.any(Number) })
      expect(timing?.totalMs).toBeGreaterThanOrEqual((timing?.waitMs ?? 0) + (timing?.receiveMs ?? 0) - 0.2)
    }
  })

  it('tells the look-up of a name', async () => {
    const { port } = await served((_, response) => response.end('[]'))
    const made = staged()
    const result = await made.client.send(call(`http://localhost:${port}/`))
    expect(result.ok).toBe(true)
    expect(made.sink.drafts[0]?.timing.dnsMs).toEqual(expect.any(Number))
  })
})
