import type { CapturedBody, ExchangeDraft, ExchangeTiming } from '../model/exchange.ts'
import type { Fault } from '../model/fault.ts'
import { isWebPage } from '../model/halo-error.ts'
import type { Attempt } from './attempt.ts'
import type { Redactor } from './redact.ts'
import type { HttpCall } from './types.ts'

/** One try, as the client saw it. */
export type Told = {
  readonly call: HttpCall
  readonly callId: string
  readonly attempt: number
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly taken: Attempt
  /** The answer's body unpacked; null when it could not be. */
  readonly body: Buffer | null
  /** What the try came to; null: a good answer. Redacted. */
  readonly fault: Fault | null
  readonly startedAtMs: number
  readonly queueMs: number
  readonly waitMs: number | null
}

/** Builds what the inspector stores of one try: secrets out first, then bodies cut to `bodyBytes`. */
export function draftOf(told: Told, redactor: Redactor, bodyBytes: number): ExchangeDraft {
  const { call, taken } = told
  const url = new URL(call.url)
  const sent = Object.entries(told.requestHeaders)
  return {
    callId: told.callId,
    attempt: told.attempt,
    tenantId: call.tenantId,
    runId: call.runId,
    host: call.host,
    purpose: call.purpose,
    method: call.method,
    url: redactor.url(url.href),
    requestHeaders: redactor.headers([['host', url.host], ...sent]),
    requestBody: call.body ? requestBody(call.body, redactor, bodyBytes) : null,
    status: taken.status,
    responseHeaders: redactor.headers(taken.headers),
    responseBody: responseBody(told, redactor, bodyBytes),
    ...troubleOf(told),
    startedAt: new Date(told.startedAtMs).toISOString(),
    timing: timingOf(taken, told.queueMs),
    connection: taken.connection,
    waitMs: told.waitMs,
  }
}

/** A web page from a server that only has data to give is a failure too, which its reader finds out later. */
function troubleOf({ fault, call, body, taken }: Told) {
  const isPage = !fault && call.host !== 'other' && taken.status > 0 && body !== null
  const code = isPage && isWebPage(body.toString('utf8', 0, 2_000)) ? 'not-json' : null
  return {
    faultCode: fault?.code ?? code,
    errorText: fault?.raw ?? null,
    ...(fault?.facts ? { faultFacts: fault.facts } : {}),
    ...(fault?.retryAt ? { retryAt: fault.retryAt } : {}),
  }
}

function requestBody(text: string, redactor: Redactor, bodyBytes: number): CapturedBody {
  const body = Buffer.from(text)
  return captured(body, body.length, redactor, bodyBytes)
}

function responseBody(told: Told, redactor: Redactor, bodyBytes: number): CapturedBody | null {
  const { taken, body } = told
  if (taken.status === 0) return null
  const bytes = taken.body.length
  if (!body) return { text: null, bytes, isCut: false, leftOut: 'It could not be unpacked.' }
  const type = taken.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/^(image|audio|video|font)\/(?!svg)|octet-stream|\/(zip|gzip|pdf)\b/i.test(type)) {
    return {
      text: null,
      bytes,
      isCut: false,
      leftOut: `It is not text (${redactor.text(type.slice(0, 100))}).`,
    }
  }
  const kept = captured(body, bytes, redactor, bodyBytes)
  return body.length === bytes ? kept : { ...kept, unpackedBytes: body.length }
}

/** A body as it is stored: redacted, then cut at `cap` bytes. `bytes` is what travelled. The text is read a little past the cut, so that a secret lying across it is masked whole; that tail is then dropped. */
export function captured(body: Buffer, bytes: number, redactor: Redactor, cap: number): CapturedBody {
  if (body.length <= cap) return { text: redactor.text(body.toString('utf8')), bytes, isCut: false }
  const tail = Math.min(redactor.reach, body.length - cap)
  const text = wholeLetters(body, cap + tail)
  const masked = redactor.text(text)
  return { text: trimmed(masked.slice(0, Math.max(0, masked.length - tail)), cap), bytes, isCut: true }
}

/** The first `bytes` bytes as text, without the half letter that a cut may leave. */
function wholeLetters(body: Buffer, bytes: number): string {
  let end = Math.min(bytes, body.length)
  if (end < body.length) while (end > 0 && ((body[end] ?? 0) & 0xc0) === 0x80) end--
  return body.toString('utf8', 0, end)
}

/** Masks can make a text longer: it is cut to the cap once more. */
function trimmed(text: string, cap: number): string {
  return Buffer.byteLength(text) <= cap ? text : wholeLetters(Buffer.from(text), cap)
}

function timingOf(taken: Attempt, queueMs: number): ExchangeTiming {
  return {
    queueMs: round(queueMs),
    dnsMs: rounded(taken.opened?.dnsMs ?? null),
    connectMs: rounded(taken.opened?.connectMs ?? null),
    tlsMs: rounded(taken.opened?.tlsMs ?? null),
    waitMs: rounded(taken.waitMs),
    receiveMs: rounded(taken.receiveMs),
    totalMs: round(taken.totalMs),
  }
}

/** Tenths of a millisecond are all that a clock of this kind can tell. */
const round = (ms: number): number => Math.round(ms * 10) / 10
const rounded = (ms: number | null): number | null => (ms === null ? null : round(ms))
