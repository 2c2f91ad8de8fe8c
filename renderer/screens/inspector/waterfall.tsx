import type { ExchangeTiming } from '../../../app/model/exchange.ts'
import { duration } from '../../ui/format.ts'
import css from './waterfall.module.css'

/** From the first to the last moment that a waterfall shows, in milliseconds since 1970. */
export type Span = { readonly fromMs: number; readonly toMs: number }

type Timed = { readonly startedAt: string; readonly timing: ExchangeTiming }

/** Where a request lies in time, and what its parts took. */
export type Part = { readonly id: string; readonly name: string; readonly ms: number }

/** The parts that took time, in their order; what cannot be told apart is "other". */
export function partsOf({
  queueMs,
  dnsMs,
  connectMs,
  tlsMs,
  waitMs,
  receiveMs,
  totalMs,
}: ExchangeTiming): readonly Part[] {
  const known: Part[] = [
    { id: 'queue', name: 'Waited for the limit', ms: queueMs },
    { id: 'dns', name: 'Name lookup', ms: dnsMs ?? 0 },
    { id: 'connect', name: 'Connecting', ms: connectMs ?? 0 },
    { id: 'tls', name: 'Securing the connection (TLS)', ms: tlsMs ?? 0 },
    { id: 'wait', name: 'Waiting for the answer', ms: waitMs ?? 0 },
    { id: 'receive', name: 'Receiving', ms: receiveMs ?? 0 },
  ]
  const told = known.slice(1).reduce((sum, { ms }) => sum + ms, 0)
  return [...known, { id: 'other', name: 'Sending and the rest', ms: Math.max(0, totalMs - told) }].filter(
    ({ ms }) => ms > 0,
  )
}

/** Begin and end of a request, its wait for the limit included. */
export function spanOf({ startedAt, timing }: Timed): Span {
  const startedMs = Date.parse(startedAt)
  return { fromMs: startedMs - timing.queueMs, toMs: startedMs + timing.totalMs }
}

/** A bar of a request's parts, placed within the span of those around it. */
export function Bar({ row, span }: { row: Timed; span: Span }) {
  const own = spanOf(row)
  const whole = Math.max(1, span.toMs - span.fromMs)
  const parts = partsOf(row.timing)
  const left = ((own.fromMs - span.fromMs) / whole) * 100
  const width = ((own.toMs - own.fromMs) / whole) * 100
  return (
    <span className={css.track} title={parts.map(({ name, ms }) => `${name}: ${duration(ms)}`).join('\n')}>
      <span className={css.bar} style={{ left: `${within(left)}%`, width: `${within(width)}%` }}>
        {parts.map(({ id, ms }) => (
          <span key={id} className={css.part} data-part={id} style={{ flexGrow: ms }} />
        ))}
      </span>
    </span>
  )
}

const within = (share: number): number => Math.min(100, Math.max(0, share))
