import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressed, apiBase, asModifiedAfter, instanceOrigin } from '../../../../app/commerce/address.ts'
import { good } from './reader.ts'

describe('the instance', () => {
  it.each([
    ['https://acme.mydattocommerce.com', 'https://acme.mydattocommerce.com'],
    ['  https://ACME.mydattocommerce.com/  ', 'https://acme.mydattocommerce.com'],
    ['acme.mydattocommerce.com', 'https://acme.mydattocommerce.com'],
    ['https://acme.mydattocommerce.com/admin/quotes?id=5#top', 'https://acme.mydattocommerce.com'],
    ['https://acme.mydattocommerce.com:443', 'https://acme.mydattocommerce.com'],
    ['https://shop.acme.example:8443/x', 'https://shop.acme.example:8443'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['localhost:8080', 'https://localhost:8080'],
  ])('%j is %j', (typed, origin) => {
    expect(instanceOrigin(typed)).toEqual({ ok: true, value: origin })
  })
})

describe('the API base', () => {
  it.each([
    ['https://api.kaseyaquotemanager.com', 'https://api.kaseyaquotemanager.com'],
    ['https://api.kaseyaquotemanager.com/', 'https://api.kaseyaquotemanager.com'],
    ['https://api.kaseyaquotemanager.com/v1', 'https://api.kaseyaquotemanager.com'],
    ['https://api.kaseyaquotemanager.com/V1//', 'https://api.kaseyaquotemanager.com'],
    ['https://gateway.example/commerce/v1/', 'https://gateway.example/commerce'],
    ['http://127.0.0.1:4010/v1', 'http://127.0.0.1:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('%j is %j', (typed, base) => {
    expect(apiBase(typed)).toEqual({ ok: true, value: base })
  })

  it('is stable: reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), (url) => {
        const base = apiBase(url)
        if (base.ok) expect(apiBase(base.value)).toEqual(base)
      }),
    )
  })
})

describe('addresses that are refused', () => {
  it.each([
    '',
    '   ',
    'https://',
    'ftp://acme.example',
    'javascript:alert(1)',
    'https://a b.example',
    'file:///etc/passwd',
  ])('%j is invalid', (typed) => {
    expect(apiBase(typed)).toMatchObject({ ok: false, fault: { code: 'url-invalid' } })
    expect(instanceOrigin(typed)).toMatchObject({ ok: false, fault: { code: 'url-invalid' } })
  })

  it.each([
    'http://acme.example',
    'http://127.0.0.1.acme.example',
    'http://localhost.acme.example',
    'http://10.0.0.5',
  ])('%j is insecure', (typed) => {
    expect(apiBase(typed)).toMatchObject({
      ok: false,
      fault: { code: 'url-insecure', facts: { url: typed } },
    })
  })

  it('are told without login, query or fragment, which may hold a key', () => {
    for (const typed of [
      'https://user:hidden@acme.example/?apiKey=hidden',
      'http://acme.example/?apiKey=hidden#hidden',
      'https://acme example/?apiKey=hidden',
    ])
      expect(JSON.stringify(apiBase(typed))).not.toContain('hidden')
  })
})

describe('a request', () => {
  it('carries the key in header or query, never in both, and never to another host', () => {
    const key = fc.string({ minLength: 1, unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(key, fc.constantFrom('header', 'query'), fc.nat(), (text, keyIn, id) => {
        const { url, headers } = addressed(
          'https://api.example/base',
          `/v1/quote/${id}`,
          { page: '1' },
          { keyIn, key: text },
        )
        const sent = new URL(url)
        expect(sent.origin).toBe('https://api.example')
        expect(sent.pathname).toBe(`/base/v1/quote/${id}`)
        expect([headers.apiKey ?? null, sent.searchParams.get('apiKey')]).toEqual(
          keyIn === 'header' ? [text, null] : [null, text],
        )
      }),
    )
  })

  it('has no question mark where there is nothing to ask', () => {
    const { url } = addressed(good(apiBase('api.example')), '/v1/brand/1', {}, { keyIn: 'header', key: 'k' })
    expect(url).toBe('https://api.example/v1/brand/1')
  })
})

describe('an instant', () => {
  it("is written as in the vendor's examples, never later than it is", () => {
    expect(asModifiedAfter('2026-05-01T10:20:30.999Z')).toBe('2026-05-01T10:20:30')
    expect(asModifiedAfter('2026-05-01T10:20:30+02:00')).toBe('2026-05-01T08:20:30')
  })
})
