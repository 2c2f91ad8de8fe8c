import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../model/ports.ts'
import { type Answer, readQuery } from './answer.ts'
import { type Limits, vendorLimits } from './limits.ts'
import type { Quirks } from './quirks.ts'

/** Requests since the start or the last reset. */
export type SampleStats = {
  readonly total: number
  readonly byStatus: Readonly<Record<number, number>>
  /** By path, with `{id}` for an id: "/v1/quote", "/v1/quote/{id}". */
  readonly byPath: Readonly<Record<string, number>>
  /** By path and query names, sorted, without a key: "/v1/quotesection?page&pageSize&quoteID". */
  readonly byCall: Readonly<Record<string, number>>
}

/** What answering a request takes. */
export type Desk = {
  readonly key: string
  readonly quirks: Quirks
  readonly limits: Limits
  readonly clock: Clock
  readonly counters: ReturnType<typeof makeCounters>
  take(): number | null
  answer(path: string, asked: ReadonlyMap<string, string>): Answer
}

type Reply = {
  readonly status: number
  readonly body: string
  readonly type: 'application/json' | 'text/html'
  readonly headers?: Readonly<Record<string, string>>
}

export function makeCounters() {
  let total = 0
  let byStatus: Record<number, number> = {}
  let byPath: Record<string, number> = {}
  let byCall: Record<string, number> = {}
  return {
    count: (url: URL, status: number) => {
      const path = url.pathname.replace(/\/\d+$/, '/{id}')
      const names = [...url.searchParams.keys()].filter((name) => name.toLowerCase() !== 'apikey').sort()
      const call = names.length > 0 ? `${path}?${names.join('&')}` : path
      total++
      byStatus[status] = (byStatus[status] ?? 0) + 1
      byPath[path] = (byPath[path] ?? 0) + 1
      byCall[call] = (byCall[call] ?? 0) + 1
    },
    read: (): SampleStats => ({
      total,
      byStatus: { ...byStatus },
      byPath: { ...byPath },
      byCall: { ...byCall },
    }),
    reset: () => {
      total = 0
      byStatus = {}
      byPath = {}
      byCall = {}
    },
  }
}

/** The limits in words, with a warning when they are not the vendor's. */
export function limitsText({ perMinute, perDay }: Limits): string {
  const isVendors = perMinute === vendorLimits.perMinute && perDay === vendorLimits.perDay
  const grant = `${perMinute} requests a minute, ${perDay} a day`
  return isVendors
    ? grant
    : `${grant} (the real API grants ${vendorLimits.perMinute} and ${vendorLimits.perDay})`
}

const page = (title: string) =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`

/** An error as JSON or, by quirk, as a web page; the vendor describes no error body. */
function refusal(desk: Desk, status: number, title: string, headers: Record<string, string> = {}): Reply {
  if (desk.quirks.htmlErrors) return { status, body: page(`${status} ${title}`), type: 'text/html', headers }
  return { status, body: JSON.stringify({ status, title }), type: 'application/json', headers }
}

function tooMany(desk: Desk, waitMs: number): Reply {
  const { retryAfter = 'seconds' } = desk.quirks
  const untilMs = desk.clock.now() + waitMs
  const value =
    retryAfter === 'seconds' ? String(Math.ceil(waitMs / 1000)) : new Date(untilMs + 999).toUTCString()
  return refusal(desk, 429, 'Too Many Requests', retryAfter === 'none' ? {} : { 'retry-after': value })
}

/** The key may come as a header or as a query parameter of any case (apis.md §1.1). */
const keyOf = (request: IncomingMessage, asked: ReadonlyMap<string, string>) =>
  request.headers.apikey ?? asked.get('apikey')

function reply(desk: Desk, request: IncomingMessage, url: URL, nth: number): Reply {
  const { quirks } = desk
  const asked = readQuery(url.searchParams)
  if (quirks.htmlAt === 'always' || quirks.htmlAt === nth)
    return { status: 200, body: page('Sign in'), type: 'text/html' }
  if (request.method !== 'GET') return refusal(desk, 405, 'Method Not Allowed', { allow: 'GET' })
  if (keyOf(request, asked) !== desk.key) return refusal(desk, 401, 'Unauthorized')
  const waitMs = desk.take()
  if (waitMs !== null) return tooMany(desk, waitMs)
  if (quirks.failEvery !== undefined && nth % quirks.failEvery === 0)
    return refusal(desk, 500, 'Internal Server Error')
  const answer = desk.answer(url.pathname, asked)
  if (answer.status !== 200) return refusal(desk, answer.status, answer.reason)
  const body = JSON.stringify(answer.body)
  const isCut = quirks.truncatedJsonAt === nth
  return {
    status: 200,
    body: isCut ? body.slice(0, Math.floor(body.length * 0.6)) : body,
    type: 'application/json',
  }
}

/** Answers one request; `nth` counts from 1 since the start. */
export async function serve(
  desk: Desk,
  nth: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume()
  if (desk.quirks.delayMs) await wait(desk.quirks.delayMs)
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const { status, body, type, headers } = reply(desk, request, url, nth)
  desk.counters.count(url, status)
  const { perMinute, perDay } = desk.limits
  const isVendors = perMinute === vendorLimits.perMinute && perDay === vendorLimits.perDay
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    ...(isVendors ? {} : { 'x-sample-limits': `${perMinute} a minute, ${perDay} a day` }),
    ...headers,
  })
  response.end(body)
}
