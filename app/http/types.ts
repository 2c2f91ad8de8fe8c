import type { ExchangePurpose } from '../model/exchange.ts'
import type { Result } from '../model/fault.ts'
import type { BudgetLimits } from '../model/ports.ts'

/** One logical HTTP call: budgeted, retried, recorded. */
export type HttpCall = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly host: 'commerce' | 'halo' | 'other'
  readonly purpose: ExchangePurpose
  readonly tenantId: number | null
  readonly runId: number | null
  /** Absent: the call is not budgeted. `key` is a keyed hash. */
  readonly budget?: { readonly key: string; readonly limits: BudgetLimits }
  /** GET is retried; anything else only when marked safe to send twice, or after a 429. */
  readonly isSafe?: boolean
  readonly signal?: AbortSignal
  /** For the whole attempt, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number
  /** Tries in all. Default 5. */
  readonly maxAttempts?: number
  /** Exact secret texts of this call; wherever they appear, they are masked before anything is recorded or returned as a fault. */
  readonly secrets: readonly string[]
}

/** An answer that came, whatever its status below 400; 4xx, 5xx and network trouble are faults with `exchangeId`. */
export type HttpAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly exchangeId: number | null
}

export type HttpClient = {
  send(call: HttpCall): Promise<Result<HttpAnswer>>
  close(): Promise<void>
}

/** Told while a call waits, so that a screen can count down. */
export type WaitNotice = {
  readonly untilMs: number
  readonly because: 'minute' | 'day' | 'blocked' | 'retry'
}
