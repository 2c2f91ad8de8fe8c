import { readFileSync } from 'node:fs'
import type { CapturedBody, Exchange } from '../../../../../app/model/exchange.ts'

/** An exchange that went well; what a test is about is given. */
export function anExchange(more: Partial<Exchange> = {}): Exchange {
  return {
    id: 5,
    callId: 'call',
    attempt: 1,
    tenantId: 2,
    runId: 3,
    host: 'commerce',
    purpose: 'sync',
    method: 'GET',
    url: 'https://api.kaseyaquotemanager.com/v1/quote?page=2&pageSize=100',
    requestHeaders: [['apiKey', '••• redacted']],
    requestBody: null,
    status: 200,
    responseHeaders: [['content-type', 'application/json']],
    responseBody: bodyOf('[]'),
    faultCode: null,
    errorText: null,
    startedAt: '2026-05-10T12:00:00.000Z',
    timing: {
      queueMs: 0,
      dnsMs: null,
      connectMs: null,
      tlsMs: null,
      waitMs: 3,
      receiveMs: 0.4,
      totalMs: 100,
    },
    connection: null,
    waitMs: null,
    ...more,
  }
}

export const bodyOf = (text: string): CapturedBody => ({ text, bytes: text.length, isCut: false })

/** An answer in the shape of a real one. */
export const answer = (name: string): string =>
  readFileSync(new URL(`../../../../fixtures/answers/${name}`, import.meta.url), 'utf8')
