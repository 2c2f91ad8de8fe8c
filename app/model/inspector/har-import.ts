import type { CapturedBody, Exchange, ExchangeConnection, ExchangePurpose } from '../exchange.ts'

/** What a HAR file of ours or of a browser holds, as far as it can be shown here. `left` counts entries that make no sense, or are too many. */
type ReadHar =
  | { readonly ok: true; readonly exchanges: readonly Exchange[]; readonly left: number }
  | { readonly ok: false; readonly problem: string }

type Json = Readonly<Record<string, unknown>>

export const mostImported = 20_000

/** Reads an HTTP archive (HAR 1.2). Never throws. Ids are places in the file, from 1; what only our own files have (fault, attempt, tenant) is taken over. */
export function readHar(text: string): ReadHar {
  const file = parsed(text)
  const log = record(record(file)?.log)
  const entries = log?.entries
  if (!Array.isArray(entries))
    return { ok: false, problem: 'This is no HAR file: it has no list of requests.' }
  const exchanges = entries
    .slice(0, mostImported)
    .flatMap((entry: unknown, at) => exchangeOf(record(entry) ?? {}, at + 1) ?? [])
  return { ok: true, exchanges, left: entries.length - exchanges.length }
}

function exchangeOf(entry: Json, id: number): Exchange | null {
  const request = record(entry.request)
  const response = record(entry.response) ?? {}
  const url = words(request?.url)
  const startedMs = Date.parse(words(entry.startedDateTime))
  if (!request || url === '' || Number.isNaN(startedMs)) return null
  const timing = timingOf(record(entry.timings) ?? {})
  const status = Math.max(0, Math.trunc(amount(response.status) ?? 0))
  const faultCode = words(entry._faultCode) || null
  return {
    id,
    callId: words(entry._callId) || `entry-${id}`,
    attempt: amount(entry._attempt) ?? 1,
    tenantId: null,
    runId: null,
    host: hostOf(words(entry._host), url),
    purpose: purposes.find((each) => each === entry._purpose) ?? 'sync',
    method: words(request.method) || 'GET',
    url,
    requestHeaders: pairs(request.headers),
    requestBody: bodyOf(record(request.postData), amount(request.bodySize)),
    status,
    responseHeaders: pairs(response.headers),
    responseBody: status === 0 ? null : bodyOf(record(response.content), amount(response.bodySize)),
    faultCode,
    errorText: errorOf(entry, faultCode),
    ...(record(entry._faultFacts) ? { faultFacts: factsOf(record(entry._faultFacts) ?? {}) } : {}),
    startedAt: new Date(startedMs + timing.queueMs).toISOString(),
    timing,
    connection: connectionOf(entry),
    waitMs: amount(entry._nextAttemptAfterMs),
  }
}

const purposes: readonly ExchangePurpose[] = ['sync', 'retry', 'reconcile', 'test', 'import', 'replay']

function hostOf(told: string, url: string): Exchange['host'] {
  if (told === 'commerce' || told === 'halo') return told
  return /^https?:\/\/[^/]*(kaseyaquotemanager|dattocommerce)\.com/i.test(url) ? 'commerce' : 'other'
}

/** Our files say "code: words" in the comment; browsers name the trouble in `_error`. */
function errorOf(entry: Json, faultCode: string | null): string | null {
  const comment = words(entry.comment)
  if (faultCode !== null && comment.startsWith(`${faultCode}: `)) return comment.slice(faultCode.length + 2)
  return faultCode === null ? words(entry._error) || null : null
}

function factsOf(facts: Json): Record<string, string | number> {
  const known = Object.entries(facts).filter(
    (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
  )
  return Object.fromEntries(known)
}

/** The format counts TLS within `connect` and writes -1 for what did not take place. */
function timingOf(timings: Json): Exchange['timing'] {
  const part = (name: string): number | null => {
    const ms = amount(timings[name])
    return ms === null || ms < 0 ? null : ms
  }
  const tlsMs = part('ssl')
  const connect = part('connect')
  const connectMs = connect === null ? null : Math.max(0, connect - (tlsMs ?? 0))
  const [dnsMs, waitMs, receiveMs] = [part('dns'), part('wait'), part('receive')]
  const told = [dnsMs, connectMs, tlsMs, waitMs, receiveMs, part('send')].reduce<number>(
    (sum, ms) => sum + (ms ?? 0),
    0,
  )
  return { queueMs: part('blocked') ?? 0, dnsMs, connectMs, tlsMs, waitMs, receiveMs, totalMs: told }
}

function connectionOf(entry: Json): ExchangeConnection | null {
  const remote = words(entry.serverIPAddress) || null
  const proxy = words(entry._proxy) || null
  const tls = record(entry._tls)
  if (!remote && !proxy && !tls) return null
  return {
    remote,
    proxy,
    tls: tls && {
      protocol: words(tls.protocol),
      issuer: words(tls.issuer),
      subject: words(tls.subject),
      validTo: words(tls.validTo) || null,
      fingerprint: words(tls.fingerprint) || null,
    },
  }
}

function bodyOf(body: Json | null, size: number | null): CapturedBody | null {
  if (!body) return null
  const comment = words(body.comment)
  const unpacked = amount(body.size)
  if (typeof body.text !== 'string' || body.encoding === 'base64') {
    if ((unpacked ?? size ?? 0) <= 0 && comment === '') return null
    return {
      text: null,
      bytes: Math.max(0, size ?? unpacked ?? 0),
      isCut: false,
      leftOut: comment || 'It is not text.',
    }
  }
  const bytes = size !== null && size >= 0 ? size : body.text.length
  return {
    text: body.text,
    bytes,
    isCut: comment.startsWith('Cut'),
    ...(unpacked ? { unpackedBytes: unpacked } : {}),
  }
}

function pairs(list: unknown): Exchange['requestHeaders'] {
  if (!Array.isArray(list)) return []
  return list.flatMap((each: unknown) => {
    const pair = record(each)
    return pair ? [[words(pair.name), words(pair.value)] as const] : []
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // Not JSON at all: said as "no HAR file".
    return null
  }
}

const record = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
const words = (value: unknown): string => (typeof value === 'string' ? value : '')
const amount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
