import type { CapturedBody, Exchange } from '../model/exchange.ts'
import { REDACTED } from './secret-names.ts'

/** HTTP Archive 1.2 (softwareishard.com/blog/har-12-spec), with what we know beyond it in fields that begin with "_", as the format asks for. */
type Har = { readonly log: HarLog }
type HarLog = {
  readonly version: '1.2'
  readonly creator: { readonly name: string; readonly version: string }
  readonly entries: readonly HarEntry[]
  readonly comment: string
}
type HarEntry = ReturnType<typeof harEntry>
type NameValue = { readonly name: string; readonly value: string }

/**
 * The exchanges as an archive that browsers' network panels open, oldest first as they expect. Nothing is added to what was recorded: secrets were masked
 * before, and bodies that were cut or left out say so. `version` is the program's.
 */
export function toHar(exchanges: readonly Exchange[], { version }: { version: string }): Har {
  const ordered = exchanges.toSorted(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.id - b.id,
  )
  return { log: { ...logHead(version), entries: ordered.map(harEntry) } }
}

/** The text before and after the entries, for an archive that is written in pieces with commas between them. */
export function harFrame(version: string): { readonly before: string; readonly after: string } {
  const head = JSON.stringify(logHead(version))
  return { before: `{"log":${head.slice(0, -1)},"entries":[\n`, after: '\n]}}\n' }
}

const logHead = (version: string) => ({
  version: '1.2' as const,
  creator: { name: 'Commerce Integrator', version },
  comment: `Secrets were masked as "${REDACTED}" before anything was stored.`,
})

/** One exchange as an entry of an archive. */
export function harEntry(exchange: Exchange) {
  const { timing, connection, faultCode, errorText } = exchange
  const begun = Date.parse(exchange.startedAt) - timing.queueMs
  const timings = timingsOf(exchange)
  const address = connection && !connection.proxy ? connection.remote?.split(' ')[0] : undefined
  return {
    startedDateTime: new Date(begun).toISOString(),
    time: total(timings),
    request: requestOf(exchange),
    response: responseOf(exchange),
    cache: {},
    timings,
    ...(address ? { serverIPAddress: address } : {}),
    ...(faultCode ? { comment: errorText ? `${faultCode}: ${errorText}` : faultCode } : {}),
    // Chrome's network panel: the column "type", and why there is no answer.
    _resourceType: 'fetch',
    ...(exchange.status === 0 && faultCode ? { _error: faultCode } : {}),
    _id: exchange.id,
    _callId: exchange.callId,
    _attempt: exchange.attempt,
    _host: exchange.host,
    _purpose: exchange.purpose,
    _tenantId: exchange.tenantId,
    _runId: exchange.runId,
    _faultCode: faultCode,
    _faultFacts: exchange.faultFacts ?? null,
    _nextAttemptAfterMs: exchange.waitMs,
    _proxy: connection?.proxy ?? null,
    _tls: connection?.tls ?? null,
  }
}

function requestOf(exchange: Exchange) {
  const url = validUrl(exchange.url)
  const type = headerOf(exchange.requestHeaders, 'content-type') ?? ''
  return {
    method: exchange.method,
    url,
    httpVersion: 'HTTP/1.1',
    // The cookie header is masked: there is nothing to take apart.
    cookies: [],
    headers: namesAndValues(exchange.requestHeaders),
    queryString: queryOf(exchange.url),
    headersSize: -1,
    bodySize: exchange.requestBody?.bytes ?? 0,
    ...(exchange.requestBody ? { postData: postDataOf(exchange.requestBody, type) } : {}),
  }
}

function responseOf(exchange: Exchange) {
  const { status, responseHeaders, responseBody } = exchange
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: namesAndValues(responseHeaders),
    content: contentOf(responseBody, headerOf(responseHeaders, 'content-type') ?? ''),
    redirectURL: headerOf(responseHeaders, 'location') ?? '',
    headersSize: -1,
    bodySize: responseBody?.bytes ?? (status === 0 ? -1 : 0),
  }
}

function postDataOf(body: CapturedBody, mimeType: string) {
  const comment = commentOf(body)
  return { mimeType, params: [], text: body.text ?? '', ...(comment ? { comment } : {}) }
}

function contentOf(body: CapturedBody | null, mimeType: string) {
  if (!body) return { size: 0, mimeType }
  const size = body.unpackedBytes ?? body.bytes
  const comment = commentOf(body)
  return {
    size,
    ...(body.unpackedBytes === undefined ? {} : { compression: size - body.bytes }),
    mimeType,
    ...(body.text === null ? {} : { text: body.text }),
    ...(comment ? { comment } : {}),
  }
}

function commentOf(body: CapturedBody): string | null {
  if (body.text === null) return body.leftOut ?? 'It was not recorded.'
  if (!body.isCut) return null
  const kept = new TextEncoder().encode(body.text).length
  return `Cut: ${kept} of ${body.unpackedBytes ?? body.bytes} bytes are recorded.`
}

/** The format counts TLS within `connect`, writes -1 for what did not take place, and knows no budget: waiting for it is `blocked`. */
function timingsOf({ timing }: Exchange) {
  const { queueMs, dnsMs, connectMs, tlsMs, waitMs, receiveMs, totalMs } = timing
  const known = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0) + (waitMs ?? 0) + (receiveMs ?? 0)
  return {
    blocked: rounded(queueMs + Math.max(0, totalMs - known)),
    dns: dnsMs ?? -1,
    connect: connectMs === null ? -1 : rounded(connectMs + (tlsMs ?? 0)),
    ssl: tlsMs ?? -1,
    send: 0,
    wait: waitMs ?? 0,
    receive: receiveMs ?? 0,
  }
}

function total(timings: ReturnType<typeof timingsOf>): number {
  const { blocked, dns, connect, send, wait, receive } = timings
  return rounded(
    [blocked, dns, connect, send, wait, receive].filter((ms) => ms > 0).reduce((sum, ms) => sum + ms, 0),
  )
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10

/** The mask holds letters that no address may: they are encoded, so that readers take the entry in. */
function validUrl(url: string): string {
  return url.replaceAll(REDACTED, encodeURIComponent(REDACTED))
}

function queryOf(url: string): NameValue[] {
  const start = url.indexOf('?')
  if (start < 0) return []
  const query = new URLSearchParams(url.slice(start + 1).split('#', 1)[0])
  return [...query].map(([name, value]) => ({ name, value }))
}

function namesAndValues(pairs: Exchange['requestHeaders']): NameValue[] {
  return pairs.map(([name, value]) => ({ name, value }))
}

function headerOf(pairs: Exchange['requestHeaders'], name: string): string | undefined {
  return pairs.find(([key]) => key.toLowerCase() === name)?.[1]
}
