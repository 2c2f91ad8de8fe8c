import { Cron } from 'croner'
import type { Schedule } from '../app/model/tenant.ts'
import type { ScheduleState } from '../app/store/schedules.ts'

/**
 * When a sync is due: pure, from the stored state and the clock alone, so that sleep, restarts, clock jumps and changes to and from
 * summer time can all be tested. Due times are instants; in milliseconds since 1970 here, UTC ISO text in the state.
 */
export type DueInput = {
  readonly schedule: Schedule
  readonly isEnabled: boolean
  /** UTC ISO; starts wait until then. */
  readonly pausedUntil: string | null
  readonly isRunning: boolean
  readonly state: Pick<ScheduleState, 'nextDue' | 'lastDue'>
  readonly nowMs: number
}
type DueDecision = {
  /** schedule: on time. catch-up: late, because of sleep, downtime, a long run or a pause; one start makes up for all that was missed. */
  readonly start: 'schedule' | 'catch-up' | null
  readonly state: Pick<ScheduleState, 'nextDue' | 'lastDue'>
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Ticks come every half minute; a start within a minute and a half of its time is on time. */
const graceMs = 90_000

/**
 * Whether to start now, and the state to keep. A due time is served once: when the clock goes back, times that were served are waited out.
 * Only a clock that went back by more than a day was plainly wrong before (or is now), and counting begins anew: better a sync too many
 * than none for a year.
 */
export function decide(input: DueInput): DueDecision {
  const { schedule, nowMs, state } = input
  const stored = parse(state.lastDue)
  const lastDue = stored !== null && stored - nowMs > dayMs ? null : stored
  if (!input.isEnabled || schedule.kind === 'off') return { start: null, state: keep(null, lastDue) }
  const upcoming = nextAfter(schedule, Math.max(nowMs, lastDue ?? nowMs))
  const due = parse(state.nextDue)
  if (due === null || due > nowMs || !isDueTime(schedule, due)) {
    return { start: null, state: keep(upcoming, lastDue) }
  }
  const isPaused = input.pausedUntil !== null && nowMs < Date.parse(input.pausedUntil)
  if (isPaused || input.isRunning || !isOpen(schedule, nowMs)) {
    return { start: null, state: keep(due, lastDue) }
  }
  const recent = latestBetween(schedule, nowMs - graceMs, nowMs)
  return { start: recent === null ? 'catch-up' : 'schedule', state: keep(upcoming, recent ?? due) }
}

const parse = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso))
const toIso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const keep = (nextDue: number | null, lastDue: number | null): DueDecision['state'] => ({
  nextDue: toIso(nextDue),
  lastDue: toIso(lastDue),
})

/** The first due time after an instant; null when there is none (off, or a cron line like 30 February). */
export function nextAfter(schedule: Schedule, afterMs: number): number | null {
  if (schedule.kind === 'off') return null
  if (schedule.kind === 'cron') return nextRun(cron(schedule.line, schedule.zone), afterMs)
  return nextEvery(schedule, afterMs)
}

/** False when the schedule was changed after this time was worked out. */
const isDueTime = (schedule: Schedule, ms: number): boolean => nextAfter(schedule, ms - 1) === ms

function latestBetween(schedule: Schedule, afterMs: number, untilMs: number): number | null {
  let latest: number | null = null
  let next = nextAfter(schedule, afterMs)
  while (next !== null && next <= untilMs) {
    latest = next
    next = nextAfter(schedule, next)
  }
  return latest
}

type Every = Extract<Schedule, { kind: 'every' }>

/**
 * Every N minutes, counted in elapsed time from the opening of the window (local midnight without one) until it closes, both included.
 * A window may reach past midnight; one that opens when it closes is open all day. Elapsed time knows no summer time: in the hour that
 * occurs twice the beat goes on, in the one that is missing nothing is owed.
 */
function nextEvery(schedule: Every, afterMs: number): number | null {
  const window = windowAt(schedule, afterMs)
  const nextOpening = nextRun(daily(schedule.between?.from ?? '00:00', schedule.zone), afterMs)
  if (!window) return nextOpening
  const step = schedule.minutes * minuteMs
  const beat = window.openMs + (Math.floor((afterMs - window.openMs) / step) + 1) * step
  return beat <= window.closeMs && (nextOpening === null || beat < nextOpening) ? beat : nextOpening
}

/** Whether a late start may happen now: a schedule with hours never runs outside of them. */
function isOpen(schedule: Schedule, nowMs: number): boolean {
  if (schedule.kind !== 'every' || schedule.between === null) return true
  const window = windowAt(schedule, nowMs)
  return window !== null && nowMs <= window.closeMs + graceMs
}

function windowAt(schedule: Every, ms: number): { openMs: number; closeMs: number } | null {
  const { from, to } = schedule.between ?? { from: '00:00', to: '00:00' }
  const opens = daily(from, schedule.zone)
  // Two, because previousRuns looks at whole seconds and may answer one that lies just ahead.
  const openMs = opens
    .previousRuns(2, new Date(ms + 1000))
    .map((run) => run.getTime())
    .find((run) => run <= ms)
  if (openMs === undefined) return null
  // Both may fall into the hour that a change to summer time leaves out: the window is then an instant, not a day.
  const closeMs = nextRun(daily(to, schedule.zone), from === to ? openMs : openMs - 1)
  return closeMs === null ? null : { openMs, closeMs }
}

/** A daily time that the clocks jump over is the first one after the jump; one that occurs twice is the first of both (croner's fixed times). */
const daily = (time: string, zone: string): Cron => cron(`${time.slice(3)} ${time.slice(0, 2)} * * *`, zone)

const known = new Map<string, Cron>()
function cron(line: string, zone: string): Cron {
  const key = `${zone} ${line}`
  const found = known.get(key) ?? new Cron(line, { ...cronRules, timezone: zone })
  if (known.size > 500) known.clear()
  known.set(key, found)
  return found
}

/** With `no-wildcard`, "30 2,14 * * *" loses no run to the change to summer time either. */
export const cronRules = { mode: '5-or-6-parts', fixedTimeRule: 'no-wildcard' } as const

const nextRun = (of: Cron, afterMs: number): number | null => of.nextRun(new Date(afterMs))?.getTime() ?? null
