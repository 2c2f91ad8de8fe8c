import { randomUUID } from 'node:crypto'
import { type Fault, fail, fault, ok, type Result } from '../model/fault.ts'
import type { NetworkSettings } from '../model/network.ts'
import type { BudgetBook, Clock, ExchangeSink } from '../model/ports.ts'
import { createAgent } from './agent.ts'
import { type Attempt, attempt } from './attempt.ts'
import { type BudgetGate, createBudgetGate, longestWaitMs } from './budget.ts'
import { acceptEncoding, decode } from './decode.ts'
import { header, isDayLimit, judge, nextUtcDay, type Verdict } from './judge.ts'
import { createNetwork, type Network, type NetworkOptions } from './network.ts'
import { draftOf } from './recorder.ts'
import { type Redactor, redactorCache } from './redact.ts'
import { backOff, type Sleep, sleep as sleepFor } from './retry.ts'
import type { HttpAnswer, HttpCall, HttpClient, WaitNotice } from './types.ts'

/** Limits of one attempt. */
type HttpCaps = {
  readonly connectMs: number
  readonly headersMs: number
  /** Longest silence within a body. */
  readonly bodyMs: number
  /** Whole attempt, unless the call says otherwise. */
  readonly attemptMs: number
  readonly answerBytes: number
  /** Recorded part of a body. */
  readonly recordBytes: number
  /** Connections to one host. */
  readonly connections: number
}
export const defaultCaps: HttpCaps = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 30_000,
  attemptMs: 60_000,
  answerBytes: 50_000_000,
  recordBytes: 256 * 1024,
  connections: 16,
}

export type HttpClientOptions = {
  readonly clock: Clock
  /** null: nothing is recorded, and nothing is prepared for it. */
  readonly sink: ExchangeSink | null
  readonly book: BudgetBook
  readonly network: NetworkSettings
  readonly proxyPassword?: string | null
  readonly resolveProxy?: NetworkOptions['resolveProxy']
  readonly env?: NetworkOptions['env']
  readonly onWait?: (notice: WaitNotice) => void
  /** 0 to 1, for the jitter. */
  readonly random?: () => number
  readonly sleep?: Sleep
  readonly caps?: Partial<HttpCaps>
  /** Default "Commerce-Integrator". */
  readonly userAgent?: string
  /** Longest wait for budget or Retry-After that is slept through; default 15 minutes. */
  readonly longestWaitMs?: number
}

type Parts = {
  readonly options: HttpClientOptions
  readonly caps: HttpCaps
  readonly network: Network
  readonly gate: BudgetGate
  readonly sleep: Sleep
  readonly redactorOf: (secrets: readonly string[]) => Redactor
  readonly agent: ReturnType<typeof createAgent>
  readonly closing: AbortSignal
}

/** After a 429 that names no time. */
const blockMs = 60_000

/**
 * The one way out to the network: budgeted, retried, recorded. `send` returns faults for everything expected: network codes, `redirected`, statuses of 400
 * and more (fault-of.ts), answer-too-big, rate-limited and day-limit with `retryAt`, cancelled (signal fired or client closed), url-invalid.
 * It rejects only when the budget book itself fails.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const caps = { ...defaultCaps, ...options.caps }
  const network = createNetwork({
    settings: options.network,
    proxyPassword: options.proxyPassword,
    resolveProxy: options.resolveProxy,
    env: options.env,
  })
  const closing = new AbortController()
  const sleep = options.sleep ?? sleepFor
  const { clock, book, onWait } = options
  const gate = createBudgetGate({ clock, book, sleep, onWait, longestWaitMs: options.longestWaitMs })
  const agent = createAgent({ network, ...caps })
  const redactorOf = redactorCache()
  const parts: Parts = { options, caps, network, gate, sleep, redactorOf, agent, closing: closing.signal }
  return {
    send: (call) => send(parts, call),
    close: async () => {
      closing.abort()
      await agent.close()
    },
  }
}

async function send(parts: Parts, call: HttpCall): Promise<Result<HttpAnswer>> {
  if (!URL.canParse(call.url) || !/^https?:$/.test(new URL(call.url).protocol)) {
    return fail(fault('url-invalid'))
  }
  const stop = new AbortController()
  const abort = () => stop.abort()
  const sources = [parts.closing, call.signal].filter((signal) => signal !== undefined)
  for (const source of sources) {
    source.addEventListener('abort', abort)
    if (source.aborted) abort()
  }
  try {
    return await sendUntilDone(parts, call, stop.signal)
  } finally {
    for (const source of sources) source.removeEventListener('abort', abort)
  }
}

async function sendUntilDone(parts: Parts, call: HttpCall, signal: AbortSignal): Promise<Result<HttpAnswer>> {
  const redactor = parts.redactorOf([...call.secrets, ...parts.network.secrets])
  const callId = randomUUID()
  const tries = Math.max(1, call.maxAttempts ?? 5)
  let last: Fault | null = null
  for (let number = 1; ; number++) {
    const passed = call.budget
      ? await parts.gate.pass({ ...call.budget, purpose: call.purpose, signal })
      : ok(0)
    // Without leave for another try, the exchange that failed is still the one to show.
    if (!passed.ok) return fail(withExchange(passed.fault, last?.exchangeId ?? null))
    if (signal.aborted) return fail(withExchange(fault('cancelled'), last?.exchangeId ?? null))
    const one = { callId, number, isLast: number >= tries, queueMs: passed.value, signal, redactor }
    const { result, waitMs } = await tryOnce(parts, call, one)
    if (result.ok || waitMs === null) return result
    last = result.fault
    // The book is blocked after a 429, and asking it again is the wait.
    if (last.code === 'rate-limited' && call.budget) continue
    parts.options.onWait?.({ untilMs: parts.options.clock.now() + waitMs, because: 'retry' })
    await parts.sleep(waitMs, signal)
  }
}

type One = {
  readonly callId: string
  readonly number: number
  readonly isLast: boolean
  readonly queueMs: number
  readonly signal: AbortSignal
  readonly redactor: Redactor
}

/** One try, recorded. `waitMs`: how long until the next one makes sense; null when there is to be none. */
async function tryOnce(
  parts: Parts,
  call: HttpCall,
  one: One,
): Promise<{ result: Result<HttpAnswer>; waitMs: number | null }> {
  const { caps, options } = parts
  const startedAtMs = options.clock.now()
  const requestHeaders = {
    'user-agent': options.userAgent ?? 'Commerce-Integrator',
    'accept-encoding': acceptEncoding,
    ...call.headers,
  }
  const sent = await attempt(parts.agent.dispatch, call, requestHeaders, {
    signal: one.signal,
    timeoutMs: call.timeoutMs ?? caps.attemptMs,
    maxBytes: caps.answerBytes,
  })
  const { taken, body } = await unpacked(sent, caps.answerBytes)
  const now = options.clock.now()
  const verdict = limited(parts, call, judge(call, taken, body, one.redactor, now), now)
  const waitMs = one.isLast || !mayRepeat(call, verdict) ? null : waitAfter(parts, verdict, one.number)
  const { callId, number, queueMs } = one
  const told = { call, callId, attempt: number, requestHeaders, taken, body, fault: verdict.fault }
  const record = (sink: ExchangeSink): number | null =>
    sink.save(draftOf({ ...told, startedAtMs, queueMs, waitMs }, one.redactor, caps.recordBytes))
  const exchangeId = options.sink ? record(options.sink) : null
  const result = verdict.fault
    ? fail(withExchange(verdict.fault, exchangeId))
    : ok(answerOf(taken, body ?? taken.body, exchangeId))
  return { result, waitMs }
}

/** What is not safe to send twice is sent again only when the server says that it did not look at it (429, RFC 6585 §4). */
const mayRepeat = (call: HttpCall, verdict: Verdict): boolean =>
  call.method === 'GET' || call.isSafe === true || verdict.fault?.code === 'rate-limited'

function answerOf(taken: Attempt, body: Buffer, exchangeId: number | null): HttpAnswer {
  // A byte order mark is no part of the text, and JSON.parse refuses it.
  const text = body.toString('utf8').replace(/^\uFEFF/, '')
  return { status: taken.status, headers: headersOf(taken), body: text, exchangeId }
}

async function unpacked(taken: Attempt, maxBytes: number): Promise<{ taken: Attempt; body: Buffer | null }> {
  try {
    return { taken, body: await decode(taken.body, header(taken, 'content-encoding'), maxBytes) }
  } catch (error) {
    // The first trouble is the one to tell: a broken connection also leaves a broken packing.
    return { taken: taken.error ? taken : { ...taken, error }, body: null }
  }
}

/** Adds when to come back. After a 429 blocks the budget for everyone with this key, and tells the day's limit from the minute's. */
function limited(parts: Parts, call: HttpCall, verdict: Verdict, now: number): Verdict {
  const found = verdict.fault
  if (!found) return verdict
  if (found.code !== 'rate-limited') {
    const retryAt = verdict.askedMs === null ? null : iso(now + verdict.askedMs)
    return retryAt ? { ...verdict, fault: { ...found, retryAt } } : verdict
  }
  const { book } = parts.options
  const askedMs = verdict.askedMs ?? blockMs
  if (!call.budget) return { ...verdict, askedMs, fault: { ...found, retryAt: iso(now + askedMs) } }
  const { key, limits } = call.budget
  book.block(key, now + askedMs)
  const used = book.usage(key, now)
  const facts = { ...found.facts, usedToday: used.day, perDay: limits.perDay, perMinute: limits.perMinute }
  if (!isDayLimit(used, limits, verdict.askedMs)) {
    return { ...verdict, askedMs, fault: { ...found, facts, retryAt: iso(now + askedMs) } }
  }
  const untilMs = verdict.askedMs === null ? nextUtcDay(now) : now + verdict.askedMs
  const dayLimit = fault('day-limit', {
    side: found.side,
    facts,
    ...(found.raw ? { raw: found.raw } : {}),
    retryAt: iso(untilMs),
  })
  return { fault: dayLimit, isWorthRetrying: false, askedMs }
}

function waitAfter(parts: Parts, verdict: Verdict, number: number): number | null {
  if (!verdict.isWorthRetrying) return null
  const ms = verdict.askedMs ?? backOff(number, parts.options.random ?? Math.random)
  return ms > (parts.options.longestWaitMs ?? longestWaitMs) ? null : ms
}

function withExchange(found: Fault, exchangeId: number | null): Fault {
  return exchangeId === null ? found : { ...found, exchangeId }
}

function headersOf(taken: Attempt): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of taken.headers) {
    const key = name.toLowerCase()
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  }
  return headers
}

const iso = (ms: number): string => new Date(ms).toISOString()
