import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../../../../../app/model/exchange.ts'
import { explainExchange, type Trouble } from '../../../../../app/model/explain/explain.ts'
import { faultCodes } from '../../../../../app/model/fault.ts'
import { anExchange, answer, bodyOf } from './an-exchange.ts'

function troubleOf(more: Partial<Exchange>): Trouble {
  const { trouble } = explainExchange(anExchange(more))
  if (!trouble) throw new Error('nothing is wrong with it')
  return trouble
}

/** As the recorder keeps one that never got an answer. */
const noAnswer = (code: string, words: string, facts: Exchange['faultFacts'] = {}): Partial<Exchange> => ({
  status: 0,
  responseBody: null,
  faultCode: code,
  errorText: words,
  faultFacts: { host: 'api.kaseyaquotemanager.com', ...facts },
})
const refused = (status: number, body: string, more: Partial<Exchange> = {}): Partial<Exchange> => ({
  status,
  faultCode: 'bad-request',
  errorText: body,
  responseBody: bodyOf(body),
  ...more,
})
const halo = { host: 'halo', method: 'POST', url: 'https://halo.example/api/Quotation' } as const
const sql = (name: string): Partial<Exchange> => ({
  ...noAnswer('halo-error', answer(name)),
  ...{ host: 'halo', method: 'SQL', url: 'sql://halo-db.example/HaloPSA', faultFacts: {} },
})

const certificate = {
  issuer: 'Zscaler Root CA',
  subject: 'api.kaseyaquotemanager.com',
  validTo: '2026-05-01T00:00:00.000Z',
  fingerprint: 'AA:BB',
}

describe('the explanation of', () => {
  it.each<[string, Partial<Exchange>, string, RegExp]>([
    [
      'a name that nobody knows',
      noAnswer('dns-failed', 'getaddrinfo ENOTFOUND', { reason: 'ENOTFOUND' }),
      'dns-unknown',
      /nslookup api\.kaseya/,
    ],
    [
      'a computer that is offline',
      noAnswer('dns-failed', 'getaddrinfo EAI_AGAIN', { reason: 'EAI_AGAIN' }),
      'dns-offline',
      /any web page/,
    ],
    [
      'a closed port',
      noAnswer('connection-refused', 'connect ECONNREFUSED', { port: 443 }),
      'connection-refused',
      /-Port 443/,
    ],
    [
      'a firewall in silence',
      noAnswer('timeout', '', { port: 443, seconds: 10 }),
      'timeout-connect',
      /firewall let this computer out/,
    ],
    ['a slow answer', noAnswer('timeout', '', { seconds: 60 }), 'timeout-answer', /under Timing/],
    ['a broken line', noAnswer('connection-lost', 'read ECONNRESET'), 'connection-lost', /firewall or proxy/],
    [
      'an expired certificate',
      noAnswer('tls-expired', 'certificate has expired', certificate),
      'tls-expired',
      /clock of this computer/,
    ],
    [
      'a self-signed certificate',
      noAnswer('tls-untrusted', 'self-signed certificate', {
        ...certificate,
        reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      }),
      'tls-self-signed',
      /AA:BB/,
    ],
    [
      'a certificate of another host',
      noAnswer('tls-wrong-host', 'altnames', certificate),
      'tls-wrong-host',
      /name in the certificate: api\.kaseya/,
    ],
    [
      'an inspected connection',
      noAnswer('tls-untrusted', 'self-signed certificate in certificate chain', {
        ...certificate,
        reason: 'SELF_SIGNED_CERT_IN_CHAIN',
      }),
      'tls-inspected',
      /add that file under certificate authorities/,
    ],
    [
      'a chain with a gap',
      noAnswer('tls-untrusted', 'unable to verify', {
        ...certificate,
        issuer: 'Some Authority',
        reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      }),
      'tls-chain-incomplete',
      /intermediate certificate/,
    ],
    [
      'a withdrawn certificate',
      noAnswer('tls-untrusted', '', { ...certificate, issuer: 'X', reason: 'CERT_REVOKED' }),
      'tls-revoked',
      /Do not go on/,
    ],
    [
      'any other issuer',
      noAnswer('tls-untrusted', '', { ...certificate, issuer: 'X', reason: 'CERT_UNTRUSTED' }),
      'tls-untrusted',
      /authority "X"/,
    ],
    [
      'a proxy that wants a login',
      noAnswer('proxy-login', '', { proxy: 'proxy.example:8080', schemes: 'NTLM, Negotiate' }),
      'proxy-login',
      /NTLM, Negotiate/,
    ],
    [
      'a proxy that fails',
      noAnswer('proxy-failed', '', { proxy: 'proxy.example:8080', target: 'api.example' }),
      'proxy-failed',
      /through to api\.example/,
    ],
    [
      'a redirect',
      { ...refused(302, ''), faultCode: 'redirected', faultFacts: { target: 'login.example' } },
      'redirected',
      /login\.example/,
    ],
    [
      'a page of a firewall',
      { ...refused(403, answer('proxy-page.html')), faultCode: 'forbidden' },
      'page-of-a-proxy',
      /names the product: FortiGuard/,
    ],
    [
      'a page to sign in',
      { ...refused(200, answer('sign-in-page.html')), faultCode: 'not-json' },
      'page-to-sign-in',
      /signing in/,
    ],
    [
      'a page of maintenance',
      { ...refused(503, answer('maintenance-page.html')), faultCode: 'api-down' },
      'page',
      /wait/,
    ],
    [
      'a wrong key',
      { ...refused(401, 'Unauthorized'), faultCode: 'key-refused' },
      'key-refused',
      /Developer API/,
    ],
    [
      'a key without rights',
      { ...refused(403, '{}'), faultCode: 'forbidden' },
      'key-forbidden',
      /still exists/,
    ],
    [
      'the limit of a minute',
      { ...refused(429, ''), faultCode: 'rate-limited', retryAt: '2026-05-10T12:01:00.000Z' },
      'minute-limit',
      /uses the same key/,
    ],
    [
      'the limit of a day',
      { ...refused(429, ''), faultCode: 'day-limit', faultFacts: { usedToday: 10_000, perDay: 10_000 } },
      'day-limit',
      /Sync less often/,
    ],
    ['a record that is gone', refused(400, ''), 'record-gone', /nothing in Halo is deleted/],
    [
      'a wrong address',
      { ...refused(404, ''), faultCode: 'not-found' },
      'address-wrong',
      /api\.kaseyaquotemanager/,
    ],
    [
      'a server in trouble',
      { ...refused(502, 'Bad gateway'), faultCode: 'api-down' },
      'commerce-down',
      /Attempts/,
    ],
    [
      'a mandatory field',
      { ...refused(400, answer('halo-mandatory-text.json')), ...halo },
      'halo-field-mandatory',
      /mapped value, or a fixed text|map a value/,
    ],
    [
      'an unknown client',
      { ...refused(400, answer('halo-client-unknown.json')), ...halo },
      'halo-reference-missing',
      /one of customers/,
    ],
    [
      'an unknown item',
      { ...refused(400, answer('halo-item-unknown.json')), ...halo },
      'halo-reference-missing',
      /one of items/,
    ],
    [
      'an unknown tax',
      { ...refused(400, answer('halo-tax-unknown.json')), ...halo },
      'halo-reference-missing',
      /one of taxes/,
    ],
    [
      'an unknown currency',
      { ...refused(400, answer('halo-currency-unknown.json')), ...halo },
      'halo-reference-missing',
      /one of currencies/,
    ],
    [
      'a refused token',
      { ...refused(400, answer('halo-token-refused.json')), ...halo },
      'halo-login',
      /client id and secret/,
    ],
    [
      'a missing permission',
      { ...refused(400, answer('halo-permission.json')), ...halo },
      'halo-rights',
      /application’s agent/,
    ],
    [
      'a body that is too large',
      { ...refused(413, 'Request entity too large'), ...halo },
      'halo-too-big',
      /maxAllowedContentLength/,
    ],
    ['a refused login of a database', sql('sql-login.txt'), 'halo-login', /login exists and is enabled/],
    ['a missing right in a database', sql('sql-permission.txt'), 'halo-rights', /UPDATE on QUOTATIONHEADER/],
    ['a missing column', sql('sql-column.txt'), 'halo-column-missing', /qhdattocommerceid/],
    ['a text that is too long', sql('sql-truncated.txt'), 'halo-value-too-long', /Shorten/],
    ['a text that is too long for PostgreSQL', sql('pg-truncated.txt'), 'halo-value-too-long', /Shorten/],
    ['a deadlock', sql('sql-deadlock.txt'), 'halo-deadlock', /^$/],
    ['a full disk', sql('sql-full.txt'), 'halo-full', /disk/],
    ['a lock that was not given', sql('sql-lock.txt'), 'halo-locked', /same time each night/],
    [
      'a stopped SQL server',
      {
        ...sql('sql-lock.txt'),
        ...noAnswer('halo-unreachable', 'connect ECONNREFUSED', { host: 'SQL01', port: 1433 }),
        host: 'halo',
      },
      'halo-unreachable',
      /Test-NetConnection SQL01 -Port 1433/,
    ],
  ])('%s', (_, more, cause, step) => {
    const trouble = troubleOf(more)
    expect(trouble).toMatchObject({ isKnown: true, cause })
    expect(trouble.steps.join('\n')).toMatch(step)
    expect(trouble.steps.join('\n')).not.toContain('$')
    expect(trouble.words.what).not.toContain('$')
  })

  it('a mandatory field names it, what fills it, and every record concerned', () => {
    const sent = JSON.stringify([
      { title: 'Firewall', datto_commerce_id: 11 },
      { title: 'Switches', datto_commerce_id: 12 },
      { title: 'Cables', datto_commerce_id: 13 },
    ])
    const trouble = troubleOf({
      ...refused(400, answer('halo-mandatory-places.json')),
      ...halo,
      requestBody: bodyOf(sent),
    })
    expect(trouble.words.what).toContain('"account_manager"')
    expect(trouble.records).toEqual([
      { index: 0, commerceId: 11, label: 'Firewall', complaint: null },
      { index: 1, commerceId: 12, label: 'Switches', complaint: 'Account manager is mandatory' },
      { index: 2, commerceId: 13, label: 'Cables', complaint: 'Account manager is mandatory' },
    ])
    const site = troubleOf({ ...refused(400, answer('halo-mandatory-text.json')), ...halo })
    expect(site.more).toContain('billing address')
    expect(site.details).toContainEqual(['Field', 'Site'])
    const title = troubleOf({ ...refused(400, '"Title is mandatory"'), ...halo })
    expect(title.steps.join('\n')).toMatch(/fill the column "[^"]*title[^"]*"/i)
    expect(title.steps.join('\n')).not.toContain('matched to')
  })

  it('a limit says which, and when it is free again', () => {
    const trouble = troubleOf({
      ...refused(429, '', { responseHeaders: [['Retry-After', '30']] }),
      faultCode: 'rate-limited',
      faultFacts: { perMinute: 60 },
      retryAt: '2026-05-10T12:01:00.000Z',
    })
    expect(trouble.words.what).toContain('60 are allowed')
    expect(trouble.details).toContainEqual(['Asked to wait (Retry-After)', '30 s'])
    expect(trouble.fault.retryAt).toBe('2026-05-10T12:01:00.000Z')
  })

  it('a truncation names column and value', () => {
    expect(troubleOf(sql('sql-truncated.txt')).details).toEqual([
      ['Column', 'QHtitle'],
      ['What it points to', 'HaloPSA.dbo.QUOTATIONHEADER'],
      ['Value', 'A very long ti'],
    ])
  })

  it.each<[string, Partial<Exchange>]>([
    ['of Halo', { ...refused(400, answer('halo-unheard-of.json')), ...halo }],
    ['of Halo’s server', { ...refused(500, answer('halo-unheard-of.json')), ...halo }],
    ['of Commerce', refused(418, 'I am a teapot')],
    ['of a database', sql('sql-unheard-of.txt')],
  ])('an answer that nobody knows %s shows it and guesses nothing', (_, more) => {
    const trouble = troubleOf(more)
    expect(trouble).toMatchObject({ isKnown: false, cause: null, steps: [], remedies: ['report'] })
    expect(trouble.words.what).toContain('does not know')
    expect(trouble.words.raw).toBe(more.responseBody?.text ?? more.errorText)
  })

  it('anything at all never throws, and has words', () => {
    const any = fc.record({
      status: fc.constantFrom(0, 200, 204, 302, 400, 401, 403, 404, 413, 418, 429, 500, 503),
      host: fc.constantFrom('commerce', 'halo', 'other'),
      faultCode: fc.constantFrom(null, 'nonsense', ...faultCodes),
      errorText: fc.option(fc.string()),
      url: fc.oneof(fc.webUrl(), fc.string()),
      text: fc.oneof(fc.string(), fc.json(), fc.constant('<html><title>x')),
    })
    fc.assert(
      fc.property(any, ({ text, ...more }) => {
        const explained = explainExchange(
          anExchange({ ...more, requestBody: bodyOf(text), responseBody: bodyOf(text) } as Partial<Exchange>),
        )
        expect(explained.purpose).not.toBe('')
        if (explained.trouble) expect(explained.trouble.words.what).toMatch(/\S/)
        else expect(more.faultCode === null || more.faultCode === 'nonsense').toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

it('a good answer has nothing to explain but what it was for', () => {
  expect(explainExchange(anExchange())).toEqual({
    purpose: 'Reads page 2 of the quotes for a sync.',
    trouble: null,
  })
})
