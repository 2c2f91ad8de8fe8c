import { createHmac } from 'node:crypto'
import type { ExchangePurpose } from '../model/exchange.ts'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import type { BudgetBook, BudgetLimits, Clock } from '../model/ports.ts'
import type { Sleep } from './retry.ts'
import type { WaitNotice } from './types.ts'

/** Waits for the budget book's leave, in the order of asking. */
export type BudgetGate = {
  /**
   * Takes one request from the budget, waiting for it if need be. Value: milliseconds waited. Faults: cancelled; day-limit or rate-limited with
   * `retryAt` when the wait would be longer than is sensible to hold a run for.
   */
  pass(ask: BudgetAsk): Promise<Result<number>>
}

type BudgetAsk = {
  readonly key: string
  readonly limits: BudgetLimits
  readonly purpose: ExchangePurpose
  readonly signal: AbortSignal
}

export type GateOptions = {
  readonly clock: Clock
  readonly book: BudgetBook
  readonly sleep: Sleep
  readonly onWait?: ((notice: WaitNotice) => void) | undefined
  /** Default 15 minutes. */
  readonly longestWaitMs?: number | undefined
}

/** A run may stand still this long; beyond it, it ends and is begun again when the budget allows. */
export const longestWaitMs = 15 * 60_000
/** The book is asked again at least this often: another process may have freed it, the clock may have jumped. */
const askAgainMs = 30_000

const people: readonly ExchangePurpose[] = ['test', 'import', 'replay']

/** Name of an API key in the budget book: equal keys share a budget, and the key cannot be found out from it. */
export function budgetKey(key: string, salt: string): string {
  return createHmac('sha256', salt).update(key).digest('hex')
}

/** Within a process: first come, first served, people's requests in a lane of their own, since they may use the reserve. */
export function createBudgetGate(options: GateOptions): BudgetGate {
  const tails = new Map<string, Promise<void>>()
  return {
    async pass(ask) {
      const isPerson = people.includes(ask.purpose)
      const lane = `${isPerson ? 'person' : 'engine'} ${ask.key}`
      const before = tails.get(lane)
      const { promise: mine, resolve: leave } = Promise.withResolvers<void>()
      tails.set(lane, mine)
      const begun = options.clock.now()
      if (before) await orAborted(before, ask.signal)
      try {
        if (ask.signal.aborted) return fail(fault('cancelled'))
        const limits = isPerson ? { ...ask.limits, reserve: 0 } : ask.limits
        const taken = await take(options, { ...ask, limits })
        return taken.ok ? ok(Math.max(0, options.clock.now() - begun)) : taken
      } finally {
        // One who leaves early must not let the next overtake those in front.
        if (before) before.then(leave)
        else leave()
        mine.then(() => {
          if (tails.get(lane) === mine) tails.delete(lane)
        })
      }
    },
  }
}

async function take(options: GateOptions, ask: BudgetAsk): Promise<Result<void>> {
  const { clock, book } = options
  let told = 0
  for (;;) {
    if (ask.signal.aborted) return fail(fault('cancelled'))
    const now = clock.now()
    const answer = book.take(ask.key, ask.limits, now)
    if (answer.isGranted) return ok(undefined)
    const { waitUntilMs, because } = answer
    if (waitUntilMs - now > (options.longestWaitMs ?? longestWaitMs)) {
      const used = book.usage(ask.key, now)
      return fail(
        fault(because === 'day' ? 'day-limit' : 'rate-limited', {
          facts: { usedToday: used.day, perDay: ask.limits.perDay, perMinute: ask.limits.perMinute },
          retryAt: new Date(waitUntilMs).toISOString(),
        }),
      )
    }
    if (waitUntilMs !== told) options.onWait?.({ untilMs: waitUntilMs, because })
    told = waitUntilMs
    await options.sleep(Math.min(askAgainMs, Math.max(1, waitUntilMs - now)), ask.signal)
  }
}

/** Resolves with `promise`, or when the signal fires. */
function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
    promise.then(done)
  })
}
