import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHar } from '../../../../../app/http/har.ts'
import { explainExchange } from '../../../../../app/model/explain/explain.ts'
import { readHar } from '../../../../../app/model/inspector/har-import.ts'
import { anExchange, bodyOf } from '../explain/an-exchange.ts'

const read = (text: string) => {
  const har = readHar(text)
  if (!har.ok) throw new Error(har.problem)
  return har
}

describe('a HAR file', () => {
  it('of ours comes back as it went out, but for the numbers of this installation', () => {
    const exchanges = [
      anExchange({
        url: 'https://halo.example/api/Quotation',
        host: 'halo',
        requestBody: bodyOf('{"a":1}'),
        method: 'POST',
        timing: {
          queueMs: 5,
          dnsMs: null,
          connectMs: null,
          tlsMs: null,
          waitMs: 3,
          receiveMs: 1,
          totalMs: 4,
        },
      }),
      anExchange({
        ...{
          id: 6,
          status: 0,
          responseBody: null,
          faultCode: 'tls-expired',
          errorText: 'certificate has expired',
        },
        ...{ faultFacts: { issuer: 'I', host: 'h' }, attempt: 2, purpose: 'test', waitMs: 500 },
        connection: {
          remote: '192.0.2.1',
          proxy: null,
          tls: { protocol: 'TLSv1.3', issuer: 'I', subject: 'S', validTo: null, fingerprint: null },
        },
        timing: { queueMs: 20, dnsMs: 1, connectMs: 2, tlsMs: 3, waitMs: 0, receiveMs: 0, totalMs: 6 },
      }),
    ]
    const back = read(JSON.stringify(toHar(exchanges, { version: '1' })))
    expect(back.left).toBe(0)
    expect(back.exchanges[0]).toMatchObject({
      ...{ id: 1, method: 'POST', host: 'halo', url: 'https://halo.example/api/Quotation', tenantId: null },
      ...{ requestHeaders: exchanges[0]?.requestHeaders, startedAt: exchanges[0]?.startedAt },
      requestBody: { text: '{"a":1}', bytes: 7, isCut: false },
    })
    const { id: _, tenantId: __, runId: ___, requestHeaders: ____, ...second } = anExchange(exchanges[1])
    expect(back.exchanges[1]).toMatchObject(second)
    const again = back.exchanges[1]
    if (again && exchanges[1])
      expect(explainExchange(again).trouble?.words).toEqual(explainExchange(exchanges[1]).trouble?.words)
  })

  it('of a browser is read as far as it goes', () => {
    const entry = {
      startedDateTime: '2026-05-10T12:00:00.000Z',
      request: {
        method: 'GET',
        url: 'https://api.kaseyaquotemanager.com/v1/quote',
        headers: [{ name: 'A', value: '1' }],
      },
      response: {
        status: 401,
        headers: [],
        content: { size: 4, mimeType: 'text/plain', text: 'nope' },
        bodySize: 4,
      },
      timings: { blocked: -1, dns: -1, connect: 30, ssl: 20, send: 1, wait: 50, receive: 2 },
    }
    const picture = {
      ...entry,
      response: { status: 200, content: { size: 9, text: 'AAAA', encoding: 'base64' } },
    }
    const { exchanges, left } = read(
      JSON.stringify({ log: { entries: [entry, picture, { request: {} }, 7] } }),
    )
    expect(left).toBe(2)
    expect(exchanges[0]).toMatchObject({
      host: 'commerce',
      status: 401,
      timing: { queueMs: 0, dnsMs: null, connectMs: 10, tlsMs: 20, totalMs: 83 },
    })
    expect(exchanges[0] && explainExchange(exchanges[0]).trouble?.cause).toBe('key-refused')
    expect(exchanges[1]?.responseBody).toEqual({
      text: null,
      bytes: 9,
      isCut: false,
      leftOut: 'It is not text.',
    })
  })

  it('that is none is refused, and nothing throws', () => {
    for (const text of ['', 'x', '[]', '{}', '{"log":{}}']) expect(readHar(text).ok).toBe(false)
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (entries, request) => {
        const odd = { startedDateTime: '2026-05-10T12:00:00Z', request, response: request, timings: request }
        expect(readHar(JSON.stringify({ log: { entries: [...entries, odd] } })).ok).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
