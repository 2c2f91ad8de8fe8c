import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attempt } from '../../../../app/http/attempt.ts'
import { captured, draftOf } from '../../../../app/http/recorder.ts'
import { createRedactor, REDACTED } from '../../../../app/http/redact.ts'
import { fault } from '../../../../app/model/fault.ts'
import { call } from './stage.ts'

const taken: Attempt = {
  status: 200,
  headers: [['content-type', 'application/json']],
  body: Buffer.from('[]'),
  error: null,
  opened: { dnsMs: 1.234, connectMs: 2, tlsMs: null },
  connection: { remote: '192.0.2.1 443', proxy: null, tls: null },
  waitMs: 3.06,
  receiveMs: 4,
  totalMs: 10.11,
}

const told = {
  call: call('https://h.example/v1/quote?apikey=planted-secret', { secrets: ['planted-secret'] }),
  callId: 'c',
  attempt: 1,
  requestHeaders: { apiKey: 'planted-secret', accept: 'application/json' },
  taken,
  body: taken.body as Buffer | null,
  fault: null,
  startedAtMs: Date.UTC(2026, 4, 10),
  queueMs: 20,
  waitMs: null,
}

describe('a recorded exchange', () => {
  it('holds the whole story and no secret', () => {
    const draft = draftOf(told, createRedactor(['planted-secret']), 1000)
    expect(draft).toEqual({
      callId: 'c',
      attempt: 1,
      tenantId: 1,
      runId: 2,
      host: 'commerce',
      purpose: 'sync',
      method: 'GET',
      url: `https://h.example/v1/quote?apikey=${REDACTED}`,
      requestHeaders: [
        ['host', 'h.example'],
        ['apiKey', REDACTED],
        ['accept', 'application/json'],
      ],
      requestBody: null,
      status: 200,
      responseHeaders: [['content-type', 'application/json']],
      responseBody: { text: '[]', bytes: 2, isCut: false },
      faultCode: null,
      errorText: null,
      startedAt: '2026-05-10T00:00:00.000Z',
      timing: {
        queueMs: 20,
        dnsMs: 1.2,
        connectMs: 2,
        tlsMs: null,
        waitMs: 3.1,
        receiveMs: 4,
        totalMs: 10.1,
      },
      connection: { remote: '192.0.2.1 443', proxy: null, tls: null },
      waitMs: null,
    })
  })

  it.each([
    ['image/png', 'It is not text (image/png).'],
    ['application/octet-stream', 'It is not text (application/octet-stream).'],
  ])('leaves out a body of %s and says why', (type, leftOut) => {
    const answer = { ...taken, headers: [['Content-Type', type] as const] }
    const draft = draftOf({ ...told, taken: answer }, createRedactor([]), 1000)
    expect(draft.responseBody).toEqual({ text: null, bytes: 2, isCut: false, leftOut })
  })

  it('keeps what is known of the trouble', () => {
    const facts = { perMinute: 60 }
    const retryAt = '2026-05-10T00:01:00.000Z'
    const trouble = fault('rate-limited', { facts, raw: 'Slow down', retryAt })
    const draft = draftOf({ ...told, fault: trouble }, createRedactor([]), 1000)
    const expected = { faultCode: 'rate-limited', errorText: 'Slow down', faultFacts: facts, retryAt }
    expect(draft).toMatchObject(expected)
  })

  it('counts a web page from a server of data as a failure', () => {
    const body = Buffer.from('<!DOCTYPE html><title>Sign in</title>')
    const draft = draftOf({ ...told, body, taken: { ...taken, body } }, createRedactor([]), 1000)
    expect(draft).toMatchObject({ status: 200, faultCode: 'not-json', errorText: null })
    const elsewhere = draftOf(
      { ...told, call: { ...told.call, host: 'other' }, body },
      createRedactor([]),
      1000,
    )
    expect(elsewhere.faultCode).toBeNull()
  })

  it('has no answer where none came, and says when it could not be unpacked', () => {
    const redactor = createRedactor([])
    const silent = draftOf({ ...told, taken: { ...taken, status: 0 } }, redactor, 1000)
    expect(silent.responseBody).toBeNull()
    const broken = draftOf({ ...told, body: null }, redactor, 1000)
    expect(broken.responseBody).toMatchObject({ text: null, bytes: 2, leftOut: expect.any(String) })
  })
})

describe('a cut body', () => {
  it('is the beginning of the masked whole, never half a letter, never a piece of a secret', () => {
    const secret = 'pass"wörd€-12345678'
    const redactor = createRedactor([secret])
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 120 }),
        fc.array(fc.constantFrom('a', 'ö', '€', '😀', 'key ', secret, encodeURIComponent(secret)), {
          minLength: 1,
          maxLength: 60,
        }),
        (cap, parts) => {
          const whole = parts.join('')
          const body = captured(Buffer.from(whole), 7, redactor, cap)
          const text = body.text ?? ''
          expect(redactor.text(whole).startsWith(text)).toBe(true)
          expect(body.bytes).toBe(7)
          expect(body.isCut).toBe(Buffer.byteLength(whole) > cap)
          if (body.isCut) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(cap)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('keeps what it can: without secrets all of the cap', () => {
    expect(captured(Buffer.from('€'.repeat(100)), 300, createRedactor([]), 100).text).toBe('€'.repeat(33))
  })
})
