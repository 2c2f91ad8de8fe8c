import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { CapturedBody, Exchange, ExchangeDraft, ExchangePurpose } from '../model/exchange.ts'
import { causeName } from '../model/inspector/cause.ts'
import { indexedWords } from './exchange-words.ts'

/** What a list shows of an exchange: everything but headers and bodies. */
export type ExchangeRow = Omit<
  Exchange,
  | 'requestHeaders'
  | 'requestBody'
  | 'responseHeaders'
  | 'responseBody'
  | 'connection'
  | 'faultFacts'
  | 'retryAt'
> & {
  /** Path of the address, without the query. */
  readonly path: string
  /** Name and port of the server, in small letters. */
  readonly server: string
  /** Names the group of equal failures; null when nothing failed. */
  readonly cause: string | null
  readonly totalMs: number
  /** Bytes on the wire; null when there was no body. */
  readonly requestBytes: number | null
  readonly responseBytes: number | null
  /** One of the bodies was cut at the recorder's cap. */
  readonly isCut: boolean
}

/** A row of the table `exchange`. */
export type StoredRow = {
  readonly id: number
  readonly started_ms: number
  readonly call_id: string
  readonly attempt: number
  readonly tenant_id: number | null
  readonly run_id: number | null
  readonly host: Exchange['host']
  readonly server: string
  readonly purpose: ExchangePurpose
  readonly method: string
  readonly url: string
  readonly path: string
  readonly status: number
  readonly fault_code: string | null
  readonly error_text: string | null
  readonly cause: string | null
  readonly is_indexed: number
  readonly timing: string
  readonly total_ms: number
  readonly wait_ms: number | null
  readonly request_bytes: number | null
  readonly response_bytes: number | null
  readonly is_cut: number
}
export type StoredDetail = {
  readonly head: string
  readonly request_body: string | Buffer | null
  readonly response_body: string | Buffer | null
}

export const rowColumns = [
  'id',
  'started_ms',
  'call_id',
  'attempt',
  'tenant_id',
  'run_id',
  'host',
  'server',
  'purpose',
  'method',
  'url',
  'path',
  'status',
  'fault_code',
  'error_text',
  'cause',
  'is_indexed',
  'timing',
  'total_ms',
  'wait_ms',
  'request_bytes',
  'response_bytes',
  'is_cut',
] as const

/** Values of `rowColumns`, in their order. */
export function rowValues(id: number, draft: ExchangeDraft): (string | number | null)[] {
  const { timing } = draft
  const path = pathOf(draft.url)
  return [
    id,
    Date.parse(draft.startedAt),
    draft.callId,
    draft.attempt,
    draft.tenantId,
    draft.runId,
    draft.host,
    serverOf(draft.url),
    draft.purpose,
    draft.method,
    draft.url,
    path,
    draft.status,
    draft.faultCode,
    draft.errorText,
    causeName({ ...draft, path }),
    indexedWords(draft) === null ? 0 : 1,
    JSON.stringify([
      timing.queueMs,
      timing.dnsMs,
      timing.connectMs,
      timing.tlsMs,
      timing.waitMs,
      timing.receiveMs,
    ]),
    timing.totalMs,
    draft.waitMs,
    draft.requestBody?.bytes ?? null,
    draft.responseBody?.bytes ?? null,
    draft.requestBody?.isCut || draft.responseBody?.isCut ? 1 : 0,
  ]
}

/** Values of `id, head, request_body, response_body`. */
export function detailValues(id: number, draft: ExchangeDraft): (string | number | Buffer | null)[] {
  const { requestHeaders, responseHeaders, connection, requestBody, responseBody } = draft
  const head: Head = {
    requestHeaders,
    responseHeaders,
    connection,
    requestBody: withoutText(requestBody),
    responseBody: withoutText(responseBody),
    ...(draft.faultFacts ? { faultFacts: draft.faultFacts } : {}),
    ...(draft.retryAt ? { retryAt: draft.retryAt } : {}),
  }
  return [id, JSON.stringify(head), packed(requestBody), packed(responseBody)]
}

type BodyNote = Omit<CapturedBody, 'text'>
type Head = Pick<Exchange, 'requestHeaders' | 'responseHeaders' | 'connection' | 'faultFacts' | 'retryAt'> & {
  readonly requestBody: BodyNote | null
  readonly responseBody: BodyNote | null
}

export function exchangeRow(row: StoredRow): ExchangeRow {
  const [queueMs, dnsMs, connectMs, tlsMs, waitMs, receiveMs]: [number, ...(number | null)[]] = JSON.parse(
    row.timing,
  )
  return {
    id: row.id,
    callId: row.call_id,
    attempt: row.attempt,
    tenantId: row.tenant_id,
    runId: row.run_id,
    host: row.host,
    purpose: row.purpose,
    method: row.method,
    url: row.url,
    path: row.path,
    server: row.server,
    cause: row.cause,
    status: row.status,
    faultCode: row.fault_code,
    errorText: row.error_text,
    startedAt: new Date(row.started_ms).toISOString(),
    timing: {
      queueMs,
      dnsMs: dnsMs ?? null,
      connectMs: connectMs ?? null,
      tlsMs: tlsMs ?? null,
      waitMs: waitMs ?? null,
      receiveMs: receiveMs ?? null,
      totalMs: row.total_ms,
    },
    totalMs: row.total_ms,
    waitMs: row.wait_ms,
    requestBytes: row.request_bytes,
    responseBytes: row.response_bytes,
    isCut: row.is_cut === 1,
  }
}

/** The exchange as it was recorded. */
export function wholeExchange(row: StoredRow, detail: StoredDetail): Exchange {
  const {
    path: _path,
    server: _server,
    cause: _cause,
    totalMs: _totalMs,
    requestBytes: _sent,
    responseBytes: _got,
    isCut: _isCut,
    ...rest
  } = exchangeRow(row)
  const head: Head = JSON.parse(detail.head)
  return {
    ...rest,
    requestHeaders: head.requestHeaders,
    requestBody: head.requestBody && { text: unpacked(detail.request_body), ...head.requestBody },
    responseHeaders: head.responseHeaders,
    responseBody: head.responseBody && { text: unpacked(detail.response_body), ...head.responseBody },
    connection: head.connection,
    ...(head.faultFacts ? { faultFacts: head.faultFacts } : {}),
    ...(head.retryAt ? { retryAt: head.retryAt } : {}),
  }
}

/** Shorter texts gain nothing from packing. */
const packFrom = 512
/** Measured on pages of 100 records: level 1 packs 13 times in 51 µs, and no higher level is worth its time. */
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

function packed(body: CapturedBody | null): string | Buffer | null {
  const text = body?.text ?? null
  return text === null || text.length < packFrom ? text : zstdCompressSync(text, packing)
}

export function unpacked(stored: string | Buffer | null): string | null {
  return typeof stored === 'string' || stored === null ? stored : zstdDecompressSync(stored).toString('utf8')
}

function withoutText(body: CapturedBody | null): BodyNote | null {
  if (!body) return null
  const { text: _text, ...note } = body
  return note
}

/** Written without `URL`: a redacted address need not be a valid one. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}

function serverOf(url: string): string {
  const start = url.indexOf('://') + 3
  const end = url.slice(start).search(/[/?#]/)
  const server = end < 0 ? url.slice(start) : url.slice(start, start + end)
  return server.slice(server.lastIndexOf('@') + 1).toLowerCase()
}
