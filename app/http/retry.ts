/** Base, doubled at each try. */
const baseMs = 1000
const capMs = 60_000
/** A server's wish beyond this is taken for a mistake. */
const longestWishMs = 24 * 3_600_000

/**
 * Milliseconds to wait before the next try, from 0 to the doubled base (full jitter: clients that failed together come back apart).
 * `attempt` counts from 1; `random` gives 0 to 1.
 */
export function backOff(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 20)))
}

/** What Retry-After asks for, in milliseconds from now, at most a day; null when absent or unreadable. Seconds or an HTTP date (RFC 9110 §10.2.3). */
export function retryAfter(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim()
  if (!text) return null
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(longestWishMs, Math.ceil(Number(text) * 1000))
  const at = httpDate(text)
  return at === null ? null : Math.min(longestWishMs, Math.max(0, at - nowMs))
}

/** "Sun, 06 Nov 1994 08:49:37 GMT", and ISO text, which some servers send instead. Anything else would be read in the machine's own zone. */
function httpDate(text: string): number | null {
  if (!/^[A-Z][a-z]{2,8}, .+ GMT$/.test(text) && !/^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:?\d\d)$/.test(text))
    return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

/** Waits; rejects never, resolves at once when the signal fires. The timer is cleared then. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
export type Sleep = typeof sleep
