import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../../app/model/tenant.ts'
import { type DueInput, decide, nextAfter } from '../../../main/due.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const iso = (ms: number) => new Date(ms).toISOString()
const every = (minutes: number, between: [string, string] | null, zone: string): Schedule => ({
  kind: 'every',
  minutes,
  between: between && { from: between[0], to: between[1] },
  zone,
})
const cron = (line: string, zone: string): Schedule => ({ kind: 'cron', line, zone })

/** The next times after an instant, without seconds: "2026-03-29T01:00". */
function times(schedule: Schedule, after: string, count: number): string[] {
  const found: string[] = []
  let at = nextAfter(schedule, Date.parse(after))
  while (at !== null && found.length < count) {
    found.push(iso(at).slice(0, 16))
    at = nextAfter(schedule, at)
  }
  return found
}

describe('due times', () => {
  it.each<[string, Schedule, string, string[]]>([
    [
      'a daily time that the clocks jump over runs at the first time after the jump (Berlin, 29 March 02:00 -> 03:00)',
      cron('30 2 * * *', 'Europe/Berlin'),
      '2026-03-28T00:00Z',
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'a daily time that occurs twice runs once (Berlin, 25 October 03:00 -> 02:00)',
      cron('30 2 * * *', 'Europe/Berlin'),
      '2026-10-24T00:00Z',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'so does one of several daily times',
      cron('30 2,14 * * *', 'Europe/Berlin'),
      '2026-03-28T12:00Z',
      ['2026-03-28T13:30', '2026-03-29T01:00', '2026-03-29T12:30', '2026-03-30T00:30'],
    ],
    [
      'every half hour goes on through the hour that occurs twice',
      cron('*/30 * * * *', 'Europe/Berlin'),
      '2026-10-24T23:59Z',
      ['2026-10-25T00:00', '2026-10-25T00:30', '2026-10-25T01:00', '2026-10-25T01:30', '2026-10-25T02:00'],
    ],
    [
      'a night window over the long night (New York, 1 November), 22:00 to 06:00 is nine hours',
      every(120, ['22:00', '06:00'], 'America/New_York'),
      '2026-11-01T00:00Z',
      [
        '2026-11-01T02:00',
        '2026-11-01T04:00',
        '2026-11-01T06:00',
        '2026-11-01T08:00',
        '2026-11-01T10:00',
        '2026-11-02T03:00',
      ],
    ],
    [
      'and over the short one (8 March), seven hours',
      every(120, ['22:00', '06:00'], 'America/New_York'),
      '2026-03-08T00:00Z',
      ['2026-03-08T03:00', '2026-03-08T05:00', '2026-03-08T07:00', '2026-03-08T09:00', '2026-03-09T02:00'],
    ],
    [
      'a day that begins at one o’clock, because midnight is left out (Santiago, 6 September)',
      every(720, null, 'America/Santiago'),
      '2026-09-05T00:00Z',
      ['2026-09-05T04:00', '2026-09-05T16:00', '2026-09-06T04:00', '2026-09-06T16:00', '2026-09-07T03:00'],
    ],
    [
      'a change of half an hour (Lord Howe, 4 October 02:00 -> 02:30)',
      every(30, ['02:15', '03:15'], 'Australia/Lord_Howe'),
      '2026-10-03T00:00Z',
      ['2026-10-03T15:30', '2026-10-03T16:00', '2026-10-04T15:15', '2026-10-04T15:45', '2026-10-04T16:15'],
    ],
    [
      'a window that lies wholly in the hour that is left out is one instant',
      every(10, ['02:10', '02:50'], 'Europe/Berlin'),
      '2026-03-29T00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:10', '2026-03-30T00:20'],
    ],
    [
      'a zone of three quarters of an hour',
      cron('0 12 * * *', 'Asia/Kathmandu'),
      '2026-05-10T00:00Z',
      ['2026-05-10T06:15', '2026-05-11T06:15'],
    ],
    ['a leap day', cron('0 0 29 2 *', 'UTC'), '2026-01-01T00:00Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    [
      'the 31st, only in months that have one',
      cron('0 0 31 * *', 'UTC'),
      '2026-01-31T00:00Z',
      ['2026-03-31T00:00', '2026-05-31T00:00', '2026-07-31T00:00'],
    ],
    ['a day that never comes', cron('0 0 30 2 *', 'UTC'), '2026-01-01T00:00Z', []],
    ['never', { kind: 'off' }, '2026-01-01T00:00Z', []],
    [
      'a window through the day, both ends included',
      every(240, ['08:00', '16:00'], 'UTC'),
      '2026-05-10T07:59Z',
      ['2026-05-10T08:00', '2026-05-10T12:00', '2026-05-10T16:00', '2026-05-11T08:00'],
    ],
    [
      'minutes that do not divide the window begin anew at its opening',
      every(50, ['08:00', '09:00'], 'UTC'),
      '2026-05-10T00:00Z',
      ['2026-05-10T08:00', '2026-05-10T08:50', '2026-05-11T08:00'],
    ],
    [
      'a window that opens when it closes is the whole day',
      every(720, ['06:00', '06:00'], 'UTC'),
      '2026-05-10T00:00Z',
      ['2026-05-10T06:00', '2026-05-10T18:00', '2026-05-11T06:00'],
    ],
    [
      'once a day at local midnight',
      every(1440, null, 'Asia/Tokyo'),
      '2026-05-10T00:00Z',
      ['2026-05-10T15:00', '2026-05-11T15:00'],
    ],
  ])('%s', (_, schedule, after, wanted) => {
    expect(times(schedule, after, wanted.length + (wanted.length === 0 ? 1 : 0))).toEqual(wanted)
  })

  it('go forward only, agree from wherever they are asked, lie within their hours and never further apart than asked', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland']
    const time = fc.record({ h: fc.integer({ min: 0, max: 23 }), m: fc.constantFrom(0, 15, 30, 45) })
    const text = ({ h, m }: { h: number; m: number }) =>
      `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`
    const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        time,
        time,
        fc.integer({ min: 1, max: 1440 }),
        instants,
        (zone, f, t, minutes, after) => {
          const [from, to] = [text(f), text(t)]
          const schedule = every(minutes, [from, to], zone)
          const first = nextAfter(schedule, after) ?? Number.NaN
          const second = nextAfter(schedule, first) ?? Number.NaN
          expect(first).toBeGreaterThan(after)
          expect(second).toBeGreaterThan(first)
          expect(nextAfter(schedule, Math.floor((after + first) / 2))).toBe(first)
          expect(nextAfter(schedule, first - 1)).toBe(first)
          expect(second - first).toBeLessThanOrEqual(25 * hourMs)
          if (changesClock(zone, first - dayMs, second + dayMs)) return
          const local = localTime(zone, first)
          const isInside = from <= to ? local >= from && local <= to : local >= from || local <= to
          expect([from, to, local, from === to || isInside]).toEqual([from, to, local, true])
          if (localTime(zone, second) !== from) expect(second - first).toBe(minutes * minuteMs)
        },
      ),
      { numRuns: 400 },
    )
  })
})

function localTime(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms)
}

function changesClock(zone: string, fromMs: number, untilMs: number): boolean {
  const offset = (ms: number) =>
    new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(ms)
      .find((part) => part.type === 'timeZoneName')?.value
  return offset(fromMs) !== offset(untilMs)
}

const noon = Date.UTC(2026, 4, 10, 12)
const quarterly = every(15, null, 'UTC')
const asked = (more: Partial<DueInput>): DueInput => ({
  schedule: quarterly,
  isEnabled: true,
  pausedUntil: null,
  isRunning: false,
  state: { nextDue: null, lastDue: null },
  nowMs: noon,
  ...more,
})
const due = (nextDue: number | null, lastDue: number | null = null) => ({
  nextDue: nextDue === null ? null : iso(nextDue),
  lastDue: lastDue === null ? null : iso(lastDue),
})

describe('due or not', () => {
  it('a new tenant waits for its first due time', () => {
    expect(decide(asked({ nowMs: noon + 1 }))).toEqual({ start: null, state: due(noon + 15 * minuteMs) })
  })

  it('starts on time, and then waits for the next', () => {
    const input = asked({ nowMs: noon + 20_000, state: due(noon, noon - 15 * minuteMs) })
    expect(decide(input)).toEqual({ start: 'schedule', state: due(noon + 15 * minuteMs, noon) })
  })

  it('catches up once after sleep or downtime, however much was missed', () => {
    const missed = noon - 9 * hourMs
    const input = asked({ nowMs: noon + 7 * minuteMs, state: due(missed) })
    const first = decide(input)
    expect(first).toEqual({ start: 'catch-up', state: due(noon + 15 * minuteMs, missed) })
    expect(decide({ ...input, ...first, nowMs: noon + 8 * minuteMs }).start).toBeNull()
  })

  it('wakes up just at a due time: one start, on time, for all', () => {
    const input = asked({ nowMs: noon + 5000, state: due(noon - 9 * hourMs) })
    expect(decide(input)).toEqual({ start: 'schedule', state: due(noon + 15 * minuteMs, noon) })
  })

  it('never overlaps: while a run goes on the start is owed, and comes once', () => {
    const running = asked({
      nowMs: noon + 40 * minuteMs,
      state: due(noon + 15 * minuteMs, noon),
      isRunning: true,
    })
    const waiting = decide(running)
    expect(waiting).toEqual({ start: null, state: running.state })
    expect(decide({ ...running, isRunning: false, nowMs: noon + 41 * minuteMs })).toMatchObject({
      start: 'catch-up',
    })
  })

  it('a pause ends with the start that is owed', () => {
    const pausedUntil = iso(noon + hourMs)
    const paused = asked({ nowMs: noon + 30_000, state: due(noon), pausedUntil })
    expect(decide(paused)).toEqual({ start: null, state: due(noon) })
    expect(decide({ ...paused, nowMs: noon + hourMs + 5 * minuteMs })).toMatchObject({ start: 'catch-up' })
  })

  it('nothing for a tenant that is off or disabled, and nothing owed when it comes back', () => {
    for (const change of [{ isEnabled: false }, { schedule: { kind: 'off' as const } }]) {
      const off = decide(asked({ ...change, state: due(noon - hourMs) }))
      expect(off).toEqual({ start: null, state: due(null) })
      expect(decide(asked({ state: off.state, nowMs: noon + 1 }))).toMatchObject({ start: null })
    }
  })

  it('a changed schedule forgets what the old one owed', () => {
    const old = due(noon - 7 * minuteMs)
    expect(decide(asked({ state: old }))).toEqual({ start: null, state: due(noon + 15 * minuteMs) })
  })

  it('does not catch up outside of its hours, but when they begin again', () => {
    const office = every(60, ['08:00', '18:00'], 'UTC')
    const missed = due(noon + 5 * hourMs)
    const evening = asked({ schedule: office, state: missed, nowMs: noon + 9 * hourMs })
    expect(decide(evening)).toEqual({ start: null, state: missed })
    const morning = decide({ ...evening, nowMs: noon + 20 * hourMs + 10_000 })
    expect(morning).toEqual({ start: 'schedule', state: due(noon + 21 * hourMs, noon + 20 * hourMs) })
  })

  it('the last time of the hours is still on time half a minute later', () => {
    const office = every(60, ['08:00', '18:00'], 'UTC')
    const input = asked({
      schedule: office,
      state: due(noon + 6 * hourMs),
      nowMs: noon + 6 * hourMs + 29_000,
    })
    expect(decide(input)).toMatchObject({ start: 'schedule', state: { nextDue: iso(noon + 20 * hourMs) } })
  })

  it('waits out an hour that it has already served when the clock goes back', () => {
    const state = due(noon + 15 * minuteMs, noon)
    const back = decide(asked({ state, nowMs: noon - hourMs }))
    expect(back).toEqual({ start: null, state })
    expect(decide(asked({ state: back.state, nowMs: noon + 15 * minuteMs })).start).toBe('schedule')
  })

  it('does not wait for a year when the clock was a year ahead', () => {
    const wrong = noon + 365 * dayMs
    const ahead = decide(asked({ state: due(noon), nowMs: wrong + minuteMs * 3 }))
    expect(ahead.start).toBe('catch-up')
    const later = decide(asked({ state: ahead.state, nowMs: wrong + 15 * minuteMs }))
    expect(later.start).toBe('schedule')
    const right = decide(asked({ state: later.state, nowMs: noon + minuteMs }))
    expect(right).toEqual({ start: null, state: due(noon + 15 * minuteMs) })
    expect(decide(asked({ state: right.state, nowMs: noon + 15 * minuteMs })).start).toBe('schedule')
  })

  it('a clock that was hours ahead only for a moment delays nothing', () => {
    const ahead = decide(asked({ state: due(noon), nowMs: noon + 10 * hourMs + 3 * minuteMs }))
    expect(ahead).toMatchObject({ start: 'catch-up', state: { lastDue: iso(noon) } })
    const right = decide(asked({ state: ahead.state, nowMs: noon + minuteMs }))
    expect(right.state.nextDue).toBe(iso(noon + 15 * minuteMs))
  })
})

describe('over any sequence of ticks, sleeps, long runs and clock jumps', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ moveMs: 30_000, isRunning: false }) },
    {
      weight: 2,
      arbitrary: fc.record({ moveMs: fc.integer({ min: 1, max: 3 * hourMs }), isRunning: fc.boolean() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ moveMs: fc.integer({ min: -5 * hourMs, max: -1 }), isRunning: fc.boolean() }),
    },
  )

  it('no due time is served twice, and none passes without a start that is as early as can be', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 5, 15, 60, 240),
        fc.array(step, { minLength: 5, maxLength: 80 }),
        (minutes, steps) => {
          const grid = minutes * minuteMs
          const schedule = every(minutes, null, 'UTC')
          const served: number[] = []
          let nowMs = noon + 1
          let state = decide(asked({ schedule, nowMs })).state
          /** The first due time that came and was not served; what a person with a list would keep. */
          let owed: number | null = null
          for (const { moveMs, isRunning } of steps) {
            const before = nowMs
            nowMs += moveMs
            const latestServed = Math.max(Number.NEGATIVE_INFINITY, served.at(-1) ?? Number.NEGATIVE_INFINITY)
            if (owed !== null && owed > nowMs) owed = null
            if (owed === null) {
              const next = (Math.floor(Math.max(before, latestServed) / grid) + 1) * grid
              owed = next <= nowMs ? next : null
            }
            const decision = decide(asked({ schedule, state, nowMs, isRunning }))
            expect(decision.start !== null).toBe(owed !== null && !isRunning)
            state = decision.state
            if (decision.start === null) continue
            const latest = Math.floor(nowMs / grid) * grid
            const isOnTime = nowMs - latest < 90_000
            expect(decision.start).toBe(isOnTime ? 'schedule' : 'catch-up')
            expect(state.lastDue).toBe(iso(isOnTime ? latest : (owed ?? 0)))
            served.push(Date.parse(state.lastDue ?? ''))
            owed = null
          }
          expect(new Set(served).size).toBe(served.length)
          expect([...served].sort((a, b) => a - b)).toEqual(served)
        },
      ),
      { numRuns: 400 },
    )
  })
})
