import { type Fault, fault } from '../model/fault.ts'
import type { BudgetLimits } from '../model/ports.ts'
import type { Attempt } from './attempt.ts'
import { faultOf, faultOfError, isWorthRetrying, Stopped } from './fault-of.ts'
import { captured } from './recorder.ts'
import type { Redactor } from './redact.ts'
import { retryAfter } from './retry.ts'
import type { HttpCall } from './types.ts'

/** What one try means. */
export type Verdict = {
  /** null: the answer is good. Redacted throughout. */
  readonly fault: Fault | null
  readonly isWorthRetrying: boolean
  /** Milliseconds that the server asked to wait; null when it did not. */
  readonly askedMs: number | null
}

/** What the server said while refusing is kept this long, in characters. */
const rawLength = 2000

/** Judges a try: its error, a redirect (never followed: the key would travel along), or its status. `body` is the unpacked answer. */
export function judge(
  call: HttpCall,
  taken: Attempt,
  body: Buffer | null,
  redactor: Redactor,
  nowMs: number,
): Verdict {
  const { hostname } = new URL(call.url)
  const { status, error } = taken
  const isCancelled = error instanceof Stopped && error.fault.code === 'cancelled'
  // A refusal stays a refusal, even when its text did not come whole.
  if (error && (status < 400 || isCancelled)) {
    const found = masked(faultOfError(error, hostname), redactor)
    return { fault: found, isWorthRetrying: found.next === 'retry', askedMs: null }
  }
  if (status >= 300 && status < 400) {
    const facts = { host: hostname, status, target: targetOf(call.url, header(taken, 'location')) }
    return {
      fault: masked(fault('redirected', { facts }), redactor),
      isWorthRetrying: false,
      askedMs: null,
    }
  }
  const refused = faultOf(status, call.host)
  if (!refused) return { fault: null, isWorthRetrying: false, askedMs: null }
  const raw = body ? (captured(body, body.length, redactor, rawLength * 4).text ?? '').trim() : ''
  return {
    fault: {
      ...refused,
      facts: { host: hostname, ...refused.facts },
      ...(raw ? { raw: raw.slice(0, rawLength) } : {}),
    },
    isWorthRetrying: isWorthRetrying(status),
    askedMs: retryAfter(header(taken, 'retry-after'), nowMs),
  }
}

/** The first value of a header of the answer. */
export function header(taken: Attempt, name: string): string | undefined {
  return taken.headers.find(([key]) => key.toLowerCase() === name)?.[1]
}

/** Only the host of where a redirect leads: the rest of such an address can hold a key or a login. */
function targetOf(url: string, location: string | undefined): string {
  return location && URL.canParse(location, url) ? new URL(location, url).hostname : 'unknown'
}

function masked(found: Fault, redactor: Redactor): Fault {
  const facts = Object.entries(found.facts ?? {}).map(
    ([name, value]) => [name, typeof value === 'string' ? redactor.text(value) : value] as const,
  )
  return {
    ...found,
    ...(facts.length > 0 ? { facts: Object.fromEntries(facts) } : {}),
    ...(found.raw ? { raw: redactor.text(found.raw).slice(0, rawLength) } : {}),
  }
}

/**
 * Whether a 429 means the day's limit or the minute's. The server does not say (apis.md §1.4), so our own count decides: the day's, when it is nearly
 * used up and the minute's is not; or when the wait asked for is longer than any minute's limit explains.
 */
export function isDayLimit(
  used: { readonly minute: number; readonly day: number },
  limits: BudgetLimits,
  askedMs: number | null,
): boolean {
  if (askedMs !== null && askedMs > 15 * 60_000) return true
  if (used.day >= limits.perDay) return true
  return used.day >= limits.perDay * 0.9 && used.minute < limits.perMinute * 0.9
}

/** The next UTC midnight: the vendor does not say when its day begins. */
export function nextUtcDay(nowMs: number): number {
  return (Math.floor(nowMs / 86_400_000) + 1) * 86_400_000
}
