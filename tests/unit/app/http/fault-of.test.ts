import { describe, expect, it } from 'vitest'
import { faultOf, faultOfError, isWorthRetrying, wordsOf } from '../../../../app/http/fault-of.ts'

const withCode = (code: string, message = 'words') => Object.assign(new Error(message), { code })

describe('the fault behind a status', () => {
  it.each([200, 204, 301, 304])('%i is none', (status) => {
    expect(faultOf(status, 'commerce')).toBeNull()
  })

  it.each([
    [400, 'commerce', 'bad-request', 'stop', 'commerce'],
    [401, 'commerce', 'key-refused', 'setup', 'commerce'],
    [403, 'commerce', 'forbidden', 'setup', 'commerce'],
    [407, 'commerce', 'proxy-login', 'setup', 'network'],
    [408, 'commerce', 'timeout', 'retry', 'commerce'],
    [425, 'commerce', 'api-down', 'retry', 'commerce'],
    [429, 'commerce', 'rate-limited', 'retry', 'commerce'],
    [503, 'commerce', 'api-down', 'retry', 'commerce'],
    [400, 'halo', 'bad-request', 'stop', 'halo'],
    [401, 'halo', 'halo-login', 'setup', 'halo'],
    [403, 'halo', 'halo-rights', 'setup', 'halo'],
    [404, 'halo', 'not-found', 'stop', 'halo'],
    [429, 'halo', 'rate-limited', 'retry', 'halo'],
    [500, 'halo', 'halo-unreachable', 'retry', 'halo'],
    [401, 'other', 'forbidden', 'setup', 'network'],
    [500, 'other', 'api-down', 'retry', 'network'],
  ] as const)('%i of %s is %s', (status, host, code, next, side) => {
    expect(faultOf(status, host)).toMatchObject({ code, next, side, facts: { status } })
  })

  it('is worth another try exactly when it may pass by itself', () => {
    const worth = [400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504].filter(isWorthRetrying)
    expect(worth).toEqual([408, 425, 429, 500, 502, 503, 504])
  })
})

describe('the fault behind an error', () => {
  it.each([
    ['ENOTFOUND', 'dns-failed'],
    ['EAI_AGAIN', 'dns-failed'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['UND_ERR_SOCKET', 'connection-lost'],
    ['HPE_INVALID_CONSTANT', 'connection-lost'],
    ['Z_BUF_ERROR', 'connection-lost'],
    ['EPROTO', 'connection-lost'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['UND_ERR_DESTROYED', 'cancelled'],
    ['UND_ERR_INVALID_ARG', 'input-invalid'],
    ['WHATEVER', 'connection-lost'],
  ])('%s is %s', (code, expected) => {
    expect(faultOfError(withCode(code), 'api.example').code).toBe(expected)
  })

  it('keeps the error’s words and code', () => {
    expect(faultOfError(withCode('ECONNRESET', 'read ECONNRESET'), 'api.example')).toMatchObject({
      facts: { host: 'api.example', reason: 'ECONNRESET' },
      raw: 'read ECONNRESET',
    })
  })

  it('finds words where an error has none of its own', () => {
    const several = new AggregateError([new Error('connect ECONNREFUSED ::1'), new Error('other')])
    expect(wordsOf(several)).toBe('connect ECONNREFUSED ::1')
    expect(wordsOf(withCode('EX', ''))).toBe('EX')
    expect(wordsOf('text')).toBe('text')
  })
})
