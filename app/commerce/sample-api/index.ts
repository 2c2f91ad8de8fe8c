import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../model/ports.ts'
import { keepLiving } from './activity.ts'
import { makeAnswerer } from './answer.ts'
import { type Desk, limitsText, makeCounters, type SampleStats, serve } from './desk.ts'
import { makeLimiter, vendorLimits } from './limits.ts'
import type { Quirks } from './quirks.ts'
import { makeWorld, type World } from './world.ts'

export type SampleApiOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number
  readonly seed?: number
  readonly customers?: number
  readonly products?: number
  readonly quotes?: number
  readonly orders?: number
  /** The vendor's 60 and 10,000 unless told otherwise; any other grant is said in each answer and in the start line. */
  readonly requestsPerMinute?: number
  readonly requestsPerDay?: number
  readonly key?: string
  /** New and changed quotes over time. */
  readonly hasActivity?: boolean
  readonly activityEveryMs?: number
  readonly quirks?: Quirks
  /** For limits and for the dates of changes. Default: the machine's. */
  readonly clock?: Clock
  /** UTC ISO: where the invented past ends. */
  readonly baseAt?: string
}

export type SampleApi = {
  /** `http://127.0.0.1:PORT`, the API's base without `/v1`. */
  readonly url: string
  readonly key: string
  /** One line for people: address, key, size and limits. */
  readonly startLine: string
  readonly world: World
  /** May be changed at any time. */
  readonly quirks: Quirks
  stats(): SampleStats
  resetStats(): void
  stop(): Promise<void>
}

/** Where the invented past ends, whatever the machine's date, so that the same seed gives the same bytes. */
export const defaultBaseAt = '2026-06-01T08:00:00.000Z'

/**
 * Starts a faithful Commerce API on 127.0.0.1 with invented records: the same seed gives the same bytes. Addresses, answers, limits
 * and errors follow apis.md §1.1 to 1.4. Rejects when the port is taken.
 */
export async function startSampleApi(options: SampleApiOptions = {}): Promise<SampleApi> {
  const { seed = 1, key = 'sample-api-key', clock = { now: () => Date.now() } } = options
  const { customers = 60, products = 120, quotes = 180, orders = 60 } = options
  const limits = {
    perMinute: options.requestsPerMinute ?? vendorLimits.perMinute,
    perDay: options.requestsPerDay ?? vendorLimits.perDay,
  }
  const baseMs = Date.parse(options.baseAt ?? defaultBaseAt)
  const world = makeWorld(seed, baseMs, { customers, products, quotes, orders }, clock)
  const quirks: Quirks = { ...options.quirks }
  const counters = makeCounters()
  const limiter = makeLimiter(limits, clock)
  const desk: Desk = {
    key,
    quirks,
    limits,
    clock,
    counters,
    take: limiter.take,
    answer: makeAnswerer(world, quirks),
  }
  let requests = 0
  const server = createServer((request, response) => void serve(desk, ++requests, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const endActivity = options.hasActivity ? keepLiving(world, seed, options.activityEveryMs ?? 4000) : null
  return {
    url,
    key,
    world,
    quirks,
    startLine: `Sample Commerce API on ${url}, key ${key}: ${customers} customers, ${products} products, ${quotes} quotes, ${orders} orders; ${limitsText(limits)}`,
    stats: counters.read,
    resetStats: counters.reset,
    stop: () => {
      endActivity?.()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
