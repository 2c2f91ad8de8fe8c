import type { Database } from 'better-sqlite3'
import type { BudgetAnswer, BudgetBook, BudgetLimits } from '../model/ports.ts'

type Row = {
  readonly day: string
  readonly day_count: number
  readonly minute: string
  readonly blocked_until: number | null
}
/** Requests granted within one second since 1970. */
type Bucket = readonly [second: number, count: number]

/** A bucket counts for its own second and this many after it: never less than a whole minute. */
const windowSeconds = 60
const dayMs = 86_400_000
/** No block is longer (retry.ts caps what a server may ask for); one that is comes from a clock that was wrong. */
const longestBlockMs = dayMs

/**
 * The budget book in the store's table `budget`, shared by every thread and process that opens the file: each `take` is one transaction that holds the
 * write lock. A clock that goes backwards neither frees budget nor holds it for longer than a minute. Throws SqliteError when the store does.
 */
export function budgetBook(db: Database): BudgetBook {
  const read = db.prepare<[string], Row>(
    'SELECT day, day_count, minute, blocked_until FROM budget WHERE key = ?',
  )
  const write = db.prepare<[string, string, number, string, number | null]>(
    `INSERT INTO budget (key, day, day_count, minute, blocked_until) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET day = excluded.day, day_count = excluded.day_count, minute = excluded.minute,
       blocked_until = excluded.blocked_until`,
  )
  const save = (key: string, state: State) =>
    write.run(key, dayName(state.day), state.dayCount, JSON.stringify(state.buckets), state.blockedUntilMs)
  const take = db.transaction((key: string, limits: BudgetLimits, nowMs: number): BudgetAnswer => {
    const state = stateAt(read.get(key), nowMs)
    const refused = refusal(state, limits, nowMs)
    // What a wrong clock left is put right once; put right at each asking, it would never grow old.
    if (!refused || state.isRepaired) save(key, refused ? state : granted(state, nowMs))
    return refused ?? { isGranted: true }
  })
  const block = db.transaction((key: string, untilMs: number) => {
    const row = read.get(key)
    const until = Math.max(row?.blocked_until ?? 0, untilMs)
    write.run(key, row?.day ?? '', row?.day_count ?? 0, row?.minute ?? '[]', until)
  })
  return {
    take: (key, limits, nowMs) => take.immediate(key, limits, nowMs),
    block: (key, untilMs) => {
      block.immediate(key, untilMs)
    },
    usage: (key, nowMs) => {
      const state = stateAt(read.get(key), nowMs)
      return { minute: sum(state.buckets), day: state.dayCount, blockedUntilMs: state.blockedUntilMs }
    },
  }
}

type State = {
  /** Days since 1970, UTC. */
  readonly day: number
  readonly dayCount: number
  /** Those of the last minute, oldest first. */
  readonly buckets: readonly Bucket[]
  readonly blockedUntilMs: number | null
  /** The row told of a time that has not come yet. */
  readonly isRepaired: boolean
}

function stateAt(row: Row | undefined, nowMs: number): State {
  const today = Math.floor(nowMs / dayMs)
  if (!row) return { day: today, dayCount: 0, buckets: [], blockedUntilMs: null, isRepaired: false }
  const second = Math.floor(nowMs / 1000)
  const stored = row.day ? Math.floor(Date.parse(`${row.day}T00:00:00Z`) / dayMs) : today
  // Tomorrow is a clock that went back a little; later than that, the day's name was a mistake and only its count is kept.
  const isFarAhead = stored > today + 1
  const blocked = row.blocked_until
  const isBlocked = blocked !== null && blocked > nowMs && blocked - nowMs <= longestBlockMs
  const { buckets, isAhead } = bucketsAt(row.minute, second)
  return {
    day: isFarAhead ? today : Math.max(stored, today),
    dayCount: stored < today ? 0 : row.day_count,
    buckets,
    blockedUntilMs: isBlocked ? blocked : null,
    isRepaired: isFarAhead || isAhead,
  }
}

/** Buckets still in the window. Those of the future (the clock went back) count as of now: when they really were cannot be known. */
function bucketsAt(minute: string, second: number): { buckets: readonly Bucket[]; isAhead: boolean } {
  const stored: readonly Bucket[] = JSON.parse(minute)
  const kept = stored.filter(([at]) => at >= second - windowSeconds)
  const ahead = kept.filter(([at]) => at > second)
  if (ahead.length === 0) return { buckets: kept, isAhead: false }
  const past = kept.filter(([at]) => at <= second)
  return { buckets: withGrants(past, second, sum(ahead)), isAhead: true }
}

function refusal(state: State, limits: BudgetLimits, nowMs: number): BudgetAnswer | null {
  if (state.blockedUntilMs !== null) {
    return { isGranted: false, waitUntilMs: state.blockedUntilMs, because: 'blocked' }
  }
  if (state.dayCount >= open(limits.perDay, limits.reserve)) {
    return { isGranted: false, waitUntilMs: (state.day + 1) * dayMs, because: 'day' }
  }
  const perMinute = open(limits.perMinute, limits.reserve)
  const used = sum(state.buckets)
  if (used < perMinute) return null
  let freed = 0
  for (const [at, count] of state.buckets) {
    freed += count
    if (used - freed < perMinute) {
      return { isGranted: false, waitUntilMs: (at + windowSeconds + 1) * 1000, because: 'minute' }
    }
  }
  return { isGranted: false, waitUntilMs: nowMs + 60_000, because: 'minute' }
}

function granted(state: State, nowMs: number): State {
  return {
    ...state,
    dayCount: state.dayCount + 1,
    buckets: withGrants(state.buckets, Math.floor(nowMs / 1000), 1),
    blockedUntilMs: null,
  }
}

function withGrants(buckets: readonly Bucket[], second: number, count: number): readonly Bucket[] {
  const last = buckets.at(-1)
  if (last?.[0] !== second) return [...buckets, [second, count]]
  return [...buckets.slice(0, -1), [second, last[1] + count]]
}

/** What of a limit may be used when a share of it stays free; never less than one, or nothing would ever move. */
function open(limit: number, reserve: number): number {
  return Math.max(1, Math.floor(limit * (1 - reserve)))
}

const sum = (buckets: readonly Bucket[]): number => buckets.reduce((total, [, count]) => total + count, 0)
const dayName = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
