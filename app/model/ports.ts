import type { ExchangeDraft } from './exchange.ts'

/** What the engine needs from outside arrives as arguments of these types, so that tests can bring their own. */

/** Now, in milliseconds since 1970. Injected everywhere; nothing calls Date.now() itself but main/ and tests. */
export type Clock = { now(): number }

/** Where the recorder puts exchanges. It must never throw and never block a sync: a broken inspector store is reported, not raised. */
export type ExchangeSink = {
  /** Stores one attempt and returns its id; null when it could not be stored. */
  save(draft: ExchangeDraft): number | null
}

/**
 * The persistent count of requests, shared by every thread and tenant that uses the same API key (`key` is a keyed hash, never the key).
 * Windows: a sliding minute and the UTC day (the vendor says neither how a minute nor when a day begins: the stricter reading is used).
 */
export type BudgetBook = {
  /**
   * Takes one request if both limits allow it, in one atomic step.
   * `reserve` is the share of each limit that stays free (0 for a person's request).
   */
  take(key: string, limits: BudgetLimits, nowMs: number): BudgetAnswer
  /** The server said 429: nothing is to be sent before `untilMs`. */
  block(key: string, untilMs: number): void
  usage(
    key: string,
    nowMs: number,
  ): { readonly minute: number; readonly day: number; readonly blockedUntilMs: number | null }
}

export type BudgetLimits = { readonly perMinute: number; readonly perDay: number; readonly reserve: number }
export type BudgetAnswer =
  | { readonly isGranted: true }
  | {
      readonly isGranted: false
      readonly waitUntilMs: number
      readonly because: 'minute' | 'day' | 'blocked'
    }
