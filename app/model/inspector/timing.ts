import type { ExchangeTiming } from '../exchange.ts'

/** From the first to the last moment, in milliseconds since 1970. */
export type Span = { readonly fromMs: number; readonly toMs: number }

export type Timed = { readonly startedAt: string; readonly timing: ExchangeTiming }

/** What a part of a request took. */
type TimePart = {
  readonly id: 'queue' | 'dns' | 'connect' | 'tls' | 'wait' | 'receive' | 'other'
  readonly name: string
  readonly ms: number
}

/** The parts that took time, in their order; what cannot be told apart is "other". Together they are queue and total. */
export function partsOf(timing: ExchangeTiming): readonly TimePart[] {
  const { queueMs, dnsMs, connectMs, tlsMs, waitMs, receiveMs, totalMs } = timing
  const known: readonly TimePart[] = [
    { id: 'queue', name: 'Waited for the limit', ms: queueMs },
    { id: 'dns', name: 'Name lookup', ms: dnsMs ?? 0 },
    { id: 'connect', name: 'Connecting', ms: connectMs ?? 0 },
    { id: 'tls', name: 'Securing the connection (TLS)', ms: tlsMs ?? 0 },
    { id: 'wait', name: 'Waiting for the answer', ms: waitMs ?? 0 },
    { id: 'receive', name: 'Receiving', ms: receiveMs ?? 0 },
  ]
  const told = known.slice(1).reduce((sum, { ms }) => sum + ms, 0)
  const other: TimePart = { id: 'other', name: 'Sending and the rest', ms: Math.max(0, totalMs - told) }
  return [...known, other].filter(({ ms }) => ms > 0)
}

/** Begin and end of a request, its wait for the limit included. */
export function spanOf({ startedAt, timing }: Timed): Span {
  const startedMs = Date.parse(startedAt)
  return { fromMs: startedMs - timing.queueMs, toMs: startedMs + timing.totalMs }
}

/** What several requests span together; from 0 to 0 for none. */
export function wholeSpan(rows: readonly Timed[]): Span {
  if (rows.length === 0) return { fromMs: 0, toMs: 0 }
  return rows.map(spanOf).reduce((whole, own) => ({
    fromMs: Math.min(whole.fromMs, own.fromMs),
    toMs: Math.max(whole.toMs, own.toMs),
  }))
}
