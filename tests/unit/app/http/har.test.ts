import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterEach, describe, expect, it } from 'vitest'
import { toHar } from '../../../../app/http/har.ts'
import type { Exchange } from '../../../../app/model/exchange.ts'
import { call, serve, stage } from './stage.ts'

const schema: object = JSON.parse(
  readFileSync(new URL('../../../fixtures/contracts/har-1.2.json', import.meta.url), 'utf8'),
)
const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv)
const isHar = ajv.compile(schema)

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

function exchange(more: Partial<Exchange> = {}): Exchange {
  return {
    id: 5,
    callId: 'call',
    attempt: 2,
    tenantId: 1,
    runId: null,
    host: 'commerce',
    purpose: 'sync',
    method: 'GET',
    url: 'https://api.example/v1/quote?page=1&apikey=••• redacted&name=a%20b#x',
    requestHeaders: [['apiKey', '••• redacted']],
    requestBody: null,
    status: 200,
    responseHeaders: [['Content-Type', 'application/json; charset=utf-8']],
    responseBody: { text: '[]', bytes: 2, isCut: false },
    faultCode: null,
    errorText: null,
    startedAt: '2026-05-10T12:00:10.000Z',
    timing: {
      queueMs: 4000,
      dnsMs: 1.5,
      connectMs: 10,
      tlsMs: 20,
      waitMs: 100.5,
      receiveMs: 3,
      totalMs: 140,
    },
    connection: {
      remote: '192.0.2.7 443',
      proxy: null,
      tls: { protocol: 'TLSv1.3', issuer: 'I', subject: 'S', validTo: null, fingerprint: null },
    },
    waitMs: null,
    ...more,
  }
}

const entry = (more: Partial<Exchange> = {}) => {
  const har = toHar([exchange(more)], { version: '1.2.3' })
  expect(isHar(JSON.parse(JSON.stringify(har))), JSON.stringify(isHar.errors)).toBe(true)
  const [first] = har.log.entries
  if (!first) throw new Error('no entry')
  return first
}

describe('an HTTP archive', () => {
  it('tells each part of the time once, the budget as blocked', () => {
    expect(entry()).toMatchObject({
      startedDateTime: '2026-05-10T12:00:06.000Z',
      timings: { blocked: 4005, dns: 1.5, connect: 30, ssl: 20, send: 0, wait: 100.5, receive: 3 },
      time: 4140,
      serverIPAddress: '192.0.2.7',
    })
    const reused = { ...exchange().timing, dnsMs: null, connectMs: null, tlsMs: null }
    expect(entry({ timing: reused }).timings).toMatchObject({ dns: -1, connect: -1, ssl: -1 })
  })

  it('keeps the address valid and takes its query apart', () => {
    const { request } = entry()
    expect(URL.canParse(request.url)).toBe(true)
    expect(request.queryString).toEqual([
      { name: 'page', value: '1' },
      { name: 'apikey', value: '••• redacted' },
      { name: 'name', value: 'a b' },
    ])
  })

  it('holds a request’s body, and an answer’s with both its sizes', () => {
    const { request, response } = entry({
      method: 'POST',
      requestHeaders: [['content-type', 'application/json']],
      requestBody: { text: '{}', bytes: 2, isCut: false },
      responseBody: { text: '[1]', bytes: 23, unpackedBytes: 3, isCut: false },
    })
    expect(request.postData).toEqual({ mimeType: 'application/json', params: [], text: '{}' })
    expect(response.content).toEqual({
      size: 3,
      compression: -20,
      mimeType: 'application/json; charset=utf-8',
      text: '[1]',
    })
    expect(response.bodySize).toBe(23)
  })

  it('says why a body is not all there', () => {
    const cut = entry({ responseBody: { text: 'äb', bytes: 50, unpackedBytes: 900, isCut: true } })
    expect(cut.response.content.comment).toBe('Cut: 3 of 900 bytes are recorded.')
    const out = entry({ responseBody: { text: null, bytes: 9, isCut: false, leftOut: 'It is not text.' } })
    expect(out.response.content).toMatchObject({ comment: 'It is not text.', size: 9 })
    expect(out.response.content).not.toHaveProperty('text')
    const request = entry({ requestBody: { text: null, bytes: 9, isCut: false } }).request
    expect(request.postData?.comment).toBe('It was not recorded.')
  })

  it('shows a request that had no answer', () => {
    const timing = {
      queueMs: 0,
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      waitMs: null,
      receiveMs: null,
      totalMs: 9,
    }
    const failed = entry({
      ...{ status: 0, responseBody: null, responseHeaders: [], timing, connection: null },
      ...{ faultCode: 'dns-failed', errorText: 'getaddrinfo ENOTFOUND', waitMs: 700 },
    })
    expect(failed).toMatchObject({
      comment: 'dns-failed: getaddrinfo ENOTFOUND',
      response: { status: 0, bodySize: -1 },
      _error: 'dns-failed',
      _faultCode: 'dns-failed',
      _nextAttemptAfterMs: 700,
      _attempt: 2,
      time: 9,
    })
    expect(failed).not.toHaveProperty('serverIPAddress')
  })

  it('is in the order of time, names its maker, and is one without entries too', () => {
    const later = exchange({ id: 1, startedAt: '2026-05-10T13:00:00.000Z' })
    const har = toHar([later, exchange()], { version: '1.2.3' })
    expect(har.log.entries.map((each) => each._id)).toEqual([5, 1])
    expect(har.log.creator).toEqual({ name: 'Commerce Integrator', version: '1.2.3' })
    expect(isHar(toHar([], { version: '1' }))).toBe(true)
  })

  it('of real requests, good and bad, is valid and holds no secret', async () => {
    const secret = 'planted-"secret"/1234'
    const server = await serve((request, response) => {
      response.statusCode = request.url?.startsWith('/bad') ? 500 : 200
      response.setHeader('Set-Cookie', 'sid=planted-cookie')
      response.end(
        JSON.stringify({ echo: request.headers.apikey, url: request.url, access_token: 'planted-token' }),
      )
    })
    endings.push(server.close)
    const { client, sink } = stage()
    endings.push(client.close)
    const secrets = [secret]
    const headers = {
      apiKey: secret,
      authorization: `Basic ${Buffer.from(`u:${secret}`).toString('base64')}`,
    }
    const query = `apikey=${encodeURIComponent(secret)}&x=1`
    await client.send(call(`${server.url}/good?${query}`, { headers, secrets }))
    await client.send(call(`${server.url}/bad?${query}`, { headers, secrets, maxAttempts: 2 }))
    await client.send(
      call(`https://u:${encodeURIComponent(secret)}@no.invalid/`, { secrets, maxAttempts: 1 }),
    )
    const body = JSON.stringify({ password: secret, note: secret })
    await client.send(call(`${server.url}/post`, { method: 'POST', body, secrets }))
    const text = JSON.stringify(
      toHar(
        sink.drafts.map((draft, at) => ({ id: at + 1, ...draft })),
        { version: '1' },
      ),
    )
    expect(isHar(JSON.parse(text)), JSON.stringify(isHar.errors)).toBe(true)
    expect(JSON.parse(text).log.entries).toHaveLength(5)
    for (const planted of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      'planted-',
    ]) {
      expect(text).not.toContain(planted)
    }
    expect(text).not.toContain(Buffer.from(`u:${secret}`).toString('base64'))
  })
})
