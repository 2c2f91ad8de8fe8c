import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, REDACTED, redactorCache } from '../../../../app/http/redact.ts'

const none = createRedactor([])

describe('a name that gives a secret away', () => {
  it.each([
    ['apiKey', 'k', REDACTED],
    ['X-Api-Key', 'k', REDACTED],
    ['Authorization', 'Bearer abc.def', `Bearer ${REDACTED}`],
    ['Authorization', 'abc', REDACTED],
    ['Proxy-Authorization', 'Basic dTpw', `Basic ${REDACTED}`],
    ['cookie', 'a=b', REDACTED],
    ['Set-Cookie', 'sid=1; HttpOnly', REDACTED],
    ['X-Auth-Token', 't', REDACTED],
    ['Ocp-Apim-Subscription-Key', 't', REDACTED],
    ['Content-Type', 'application/json', 'application/json'],
    ['Location', 'https://u:p@h/?token=t', `https://${REDACTED}@h/?token=${REDACTED}`],
  ])('masks the header %s', (name, value, expected) => {
    expect(none.headers([[name, value]])).toEqual([[name, expected]])
  })

  it.each([
    ['https://h/p?apikey=k&page=2', `https://h/p?apikey=${REDACTED}&page=2`],
    ['https://h/p?page=2&ApiKey=k#x', `https://h/p?page=2&ApiKey=${REDACTED}#x`],
    ['https://h/p?api%4Bey=k', `https://h/p?api%4Bey=${REDACTED}`],
    ['https://h/p?key=k&sig=s', `https://h/p?key=${REDACTED}&sig=${REDACTED}`],
    ['https://h/p?client_secret=a%20b&scope=all', `https://h/p?client_secret=${REDACTED}&scope=all`],
    ['https://user:word@h/p', `https://${REDACTED}@h/p`],
    ['https://h/p?modifiedAfter=2026-01-01T00:00:00&pageSize=100', null],
    ['https://h/p?quoteNumber=Q-1%2F2&broken=%', null],
  ])('masks the address %s', (url, expected) => {
    expect(none.url(url)).toBe(expected ?? url)
  })

  it.each([
    ['{"client_secret":"s","a":1}', `{"client_secret":"${REDACTED}","a":1}`],
    ['{ "Access_Token" : "s" , "a":1}', `{ "Access_Token" : "${REDACTED}" , "a":1}`],
    ['{"new_api_key":"s"}', `{"new_api_key":"${REDACTED}"}`],
    ['{"password":"a\\"b\\\\","n":1}', `{"password":"${REDACTED}","n":1}`],
    ['{"pwd":12345,"n":1}', `{"pwd":"${REDACTED}","n":1}`],
    ['{"refresh_token":null,"password":""}', `{"refresh_token":null,"password":"${REDACTED}"}`],
    ['{"tokens":1,"token":{"v":["x","}"]},"n":1}', `{"tokens":1,"token":"${REDACTED}","n":1}`],
    ['{"password":["a","b"],"n":1}', `{"password":"${REDACTED}","n":1}`],
    ['{"password":"cut off in the mid', `{"password":"${REDACTED}"`],
    [
      '{"raw":"{\\"password\\":\\"a,b\\",\\"n\\":1}"}',
      `{"raw":"{\\"password\\":\\"${REDACTED}\\",\\"n\\":1}"}`,
    ],
    [
      'grant_type=client_credentials&client_secret=s&scope=all',
      `grant_type=client_credentials&client_secret=${REDACTED}&scope=all`,
    ],
    ['connect to http://u:p@proxy:8080 failed', `connect to http://${REDACTED}@proxy:8080 failed`],
    ['GET /x?key=abc HTTP/1.1', `GET /x?key=${REDACTED} HTTP/1.1`],
    ['Authorization: Bearer abc\r\nHost: h', `Authorization: Bearer ${REDACTED}\r\nHost: h`],
    ['sent bearer eyJhbGciOi.eyJzdWIiOiIx0 to h', `sent bearer ${REDACTED} to h`],
  ])('masks in the text %s', (text, expected) => {
    expect(none.text(text)).toBe(expected)
  })

  it.each([
    '{"keyword":"monkey","tokenCount":3,"secretary":"Ann","passwordless":true,"isKey":false}',
    '<p>The password must be changed; Basic authentication failed</p>',
    'Bearer tokens are described in RFC 6750',
    '{"description":"Door key = brass, secret: none"}',
    'mail ann@example.org about //cdn.example/x',
  ])('leaves alone %s', (text) => {
    expect(none.text(text)).toBe(text)
  })

  it('masks twice what it masks once', () => {
    const text = '{"password":"a"} http://u:p@h/?token=t Authorization: Basic abc client_secret=x'
    expect(none.text(none.text(text))).toBe(none.text(text))
  })
})

/** What keys and passwords are made of. */
const secret = fc
  .string({
    minLength: 8,
    maxLength: 40,
    unit: fc.oneof(fc.constantFrom(...'aZ09-_.~+/=&%#"\'\\<> :@?'), fc.constantFrom('ä', '€', '😀')),
  })
  .filter((text) => text.trim().length === text.length && new Set(text).size > 4)

const json = (text: string) => JSON.stringify(text).slice(1, -1)
const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const asciiJson = (text: string) =>
  json(text).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Every way in which software is known to write a text down. */
const writings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  url: encodeURIComponent,
  'lower-case url': (text) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  form: (text) => new URLSearchParams({ a: text }).toString(),
  json,
  'json in json': (text) => json(json(text)),
  'ascii json': asciiJson,
  html,
  'basic login': (text) => base64(`user:${text}`),
  base64,
  'base64 in the middle': (text) => base64(`xy${text}z`),
  base64url: (text) => Buffer.from(`a${text}`).toString('base64url'),
}

describe('a planted secret', () => {
  for (const [name, write] of Object.entries(writings)) {
    it(`is found as ${name}, whatever stands around it`, () => {
      fc.assert(
        fc.property(secret, fc.lorem(), fc.lorem(), (planted, before, after) => {
          const written = write(planted)
          const masked = createRedactor([planted]).text(`${before} ${written} ${after}`)
          expect(masked).not.toContain(written)
          expect(masked).not.toContain(planted)
          expect(masked).toContain(REDACTED)
          expect(masked.startsWith(before)).toBe(true)
          expect(masked.endsWith(after)).toBe(true)
        }),
        { numRuns: 60 },
      )
    })
  }

  it('does not survive in addresses and headers either', () => {
    fc.assert(
      fc.property(secret, (planted) => {
        const redactor = createRedactor([planted, 'another-secret'])
        const encoded = encodeURIComponent(planted)
        const url = redactor.url(`https://h.example/a/${encoded}?x=${encoded}&y=1#${encoded}`)
        expect(url).not.toContain(encoded)
        expect(url).toContain('&y=1')
        const [pair] = redactor.headers([['X-Anything', `v=${planted};`]])
        expect(pair?.[1]).not.toContain(planted)
      }),
      { numRuns: 60 },
    )
  })

  it('is masked beside others that begin with it', () => {
    const redactor = createRedactor(['secret-1', 'secret-1-longer'])
    expect(redactor.text('a secret-1-longer b secret-1 c')).toBe(`a ${REDACTED} b ${REDACTED} c`)
  })

  it('of three letters is left to the names, or the text would be spoilt', () => {
    expect(createRedactor(['abc', '']).text('abc {"password":"abc"}')).toBe(`abc {"password":"${REDACTED}"}`)
  })
})

describe('what holds no secret', () => {
  it('is unchanged, character by character', () => {
    const redactor = createRedactor(['kH3/9s+Zq"x-1234567890', 'p@ss wörd!'])
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.webUrl(), fc.lorem({ maxCount: 50 })),
        (text) => {
          fc.pre(
            !/secret|password|passwd|pwd|token|key|auth|cookie|session|credential|passphrase|passwort|assertion|connection|bearer|sig|@/i.test(
              text,
            ),
          )
          expect(redactor.text(text)).toBe(text)
        },
      ),
    )
  })
})

describe('the cache of redactors', () => {
  it('gives each set of secrets its own, however many there were', () => {
    const redactorOf = redactorCache()
    for (let n = 0; n < 120; n++) {
      const text = `secret-number-${n} secret-number-x`
      expect(redactorOf([`secret-number-${n}`]).text(text)).toBe(`${REDACTED} secret-number-x`)
    }
    expect(redactorOf(['a-secret'])).toBe(redactorOf(['a-secret']))
  })
})
