import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type Fault, fail, fault, ok, type Result } from '../../../app/model/fault.ts'
import type { Schedule } from '../../../app/model/tenant.ts'
import { openStore } from '../../../app/store/open.ts'
import { checkSchedule, createScheduler, type SchedulePort } from '../../../main/schedule.ts'
import { must, tempFolder, tempStore } from '../app/store/temp-store.ts'

const minuteMs = 60_000
const quarterly: Schedule = { kind: 'every', minutes: 15, between: null, zone: 'UTC' }

function stage(answer: (tenantId: number) => Result<unknown> = () => ok(null)) {
  const { store, clock } = tempStore()
  const add = (name: string) =>
    must(store.tenants.add({ name, instanceUrl: 'https://x.example', schedule: quarterly })).id
  const ids = [add('A'), add('B')]
  const running = new Set<number>()
  const started: string[] = []
  const troubles: Fault[] = []
  const port: SchedulePort = {
    store,
    clock,
    isRunning: (tenantId) => running.has(tenantId),
    start: (tenantId, kind, trigger) => {
      started.push(kind === 'sync' ? `${tenantId} ${trigger}` : `${tenantId} ${kind} ${trigger}`)
      return answer(tenantId)
    },
    onTrouble: (trouble) => troubles.push(trouble),
  }
  const scheduler = createScheduler(port)
  const tickAfter = (minutes: number) => {
    clock.nowMs += minutes * minuteMs
    scheduler.tick()
    return started.splice(0)
  }
  return { store, clock, ids, running, troubles, port, scheduler, tickAfter }
}

describe('the reconcile', () => {
  const daily: Schedule = { kind: 'cron', line: '30 12 * * *', zone: 'UTC' }

  it('has a schedule and a memory of its own, and goes after the sync', () => {
    const { tickAfter, store, running } = stage()
    must(store.tenants.update(1, { reconcile: daily }))
    tickAfter(1)
    expect(store.reconciles.get(1).nextDue).toBe('2026-05-10T12:30:00.000Z')
    expect(store.reconciles.get(2).nextDue).toBe('2026-05-17T03:00:00.000Z')
    tickAfter(14)
    expect(tickAfter(15)).toEqual(['1 schedule', '1 reconcile schedule', '2 schedule'])
    expect(store.reconciles.get(1)).toMatchObject({
      nextDue: '2026-05-11T12:30:00.000Z',
      lastStarted: '2026-05-10T12:30:00.000Z',
    })
    running.add(1)
    expect(tickAfter(24 * 60)).not.toContain('1 reconcile schedule')
    running.delete(1)
    expect(tickAfter(7)).toContain('1 reconcile catch-up')
  })

  it('is never started when it is switched off', () => {
    const { tickAfter, store } = stage()
    must(store.tenants.update(1, { reconcile: { kind: 'off' } }))
    must(store.tenants.update(2, { reconcile: { kind: 'off' } }))
    tickAfter(1)
    expect(tickAfter(8 * 24 * 60).filter((start) => start.includes('reconcile'))).toEqual([])
  })
})

describe('the scheduler', () => {
  it('starts each tenant when it is due, once', () => {
    const { tickAfter, store, clock } = stage()
    expect(tickAfter(1)).toEqual([])
    expect(store.schedules.get(1).nextDue).toBe('2026-05-10T12:15:00.000Z')
    expect(tickAfter(13.5)).toEqual([])
    expect(tickAfter(0.5)).toEqual(['1 schedule', '2 schedule'])
    expect(store.schedules.get(2)).toEqual({
      nextDue: '2026-05-10T12:30:00.000Z',
      lastDue: '2026-05-10T12:15:00.000Z',
      lastStarted: clock.iso(),
      lastEnded: null,
    })
    expect(tickAfter(0.5)).toEqual([])
    expect(tickAfter(14.5)).toEqual(['1 schedule', '2 schedule'])
  })

  it('never starts a tenant that is running; the other one is not held back', () => {
    const { tickAfter, running, scheduler, store, clock } = stage()
    tickAfter(1)
    running.add(1)
    expect(tickAfter(14)).toEqual(['2 schedule'])
    expect(tickAfter(15)).toEqual(['2 schedule'])
    running.delete(1)
    scheduler.ended(1)
    expect(store.schedules.get(1).lastEnded).toBe(clock.iso())
    expect(tickAfter(3)).toEqual(['1 catch-up'])
    expect(tickAfter(1)).toEqual([])
  })

  it('catches up once after a restart, from what the store remembers', () => {
    const { tickAfter, port, clock } = stage()
    tickAfter(1)
    clock.nowMs += (26 * 60 + 5) * minuteMs
    const started: string[] = []
    const next = createScheduler({
      ...port,
      start: (tenantId, _kind, trigger) => {
        started.push(`${tenantId} ${trigger}`)
        return ok(null)
      },
    })
    next.tick()
    next.tick()
    expect(started).toEqual(['1 catch-up', '2 catch-up'])
  })

  it('still owes a start that came second to a person’s', () => {
    let isBusy = true
    const { tickAfter, troubles } = stage((tenantId) =>
      isBusy && tenantId === 1 ? fail(fault('already-running')) : ok(null),
    )
    tickAfter(1)
    expect(tickAfter(14)).toEqual(['1 schedule', '2 schedule'])
    isBusy = false
    expect(tickAfter(1)).toEqual(['1 schedule'])
    expect(troubles.map((trouble) => trouble.code)).toEqual(['already-running'])
  })

  it('reports a start that was refused, and tries again when it is due again', () => {
    const { tickAfter, troubles } = stage(() => fail(fault('key-missing')))
    tickAfter(1)
    expect(tickAfter(14)).toHaveLength(2)
    expect(troubles.map((trouble) => trouble.code)).toEqual(['key-missing', 'key-missing'])
    expect(tickAfter(1)).toEqual([])
    expect(tickAfter(14)).toHaveLength(2)
  })

  it('follows a change of the schedule, disabling and pausing', () => {
    const { tickAfter, store, clock } = stage()
    tickAfter(1)
    must(store.tenants.update(1, { schedule: { kind: 'cron', line: '20 12 * * *', zone: 'UTC' } }))
    must(store.tenants.update(2, { pausedUntil: new Date(clock.nowMs + 30 * minuteMs).toISOString() }))
    expect(tickAfter(14)).toEqual([])
    expect(tickAfter(5)).toEqual(['1 schedule'])
    must(store.tenants.update(1, { isEnabled: false }))
    expect(tickAfter(11)).toEqual(['2 schedule'])
    expect(store.schedules.get(1).nextDue).toBeNull()
  })

  it('reports a store that is locked instead of falling over, and goes on when it is free', () => {
    const folder = tempFolder()
    const { store, clock } = tempStore(undefined, folder)
    must(store.tenants.add({ name: 'A', instanceUrl: 'https://x.example', schedule: quarterly }))
    const impatient = must(openStore(folder, { clock, role: 'owner', waitMs: 10 }))
    const troubles: string[] = []
    const started: number[] = []
    const scheduler = createScheduler({
      store: impatient,
      clock,
      isRunning: () => false,
      start: (tenantId) => {
        started.push(tenantId)
        return ok(null)
      },
      onTrouble: (trouble, tenantId) => troubles.push(`${trouble.code} ${tenantId}`),
    })
    scheduler.tick()
    clock.nowMs += 15 * minuteMs
    const other = new Database(join(folder, 'store.db'))
    other.exec('BEGIN IMMEDIATE')
    scheduler.tick()
    scheduler.ended(1)
    expect(troubles).toEqual(['store-locked 1', 'store-locked 1'])
    expect(started).toEqual([])
    other.exec('ROLLBACK')
    other.close()
    scheduler.tick()
    expect(started).toEqual([1])
    impatient.close()
  })

  it('looks at once when it begins, and can be stopped and begun again', async () => {
    const { scheduler, store, clock, troubles } = stage()
    scheduler.begin()
    expect(store.schedules.get(1).nextDue).not.toBeNull()
    clock.nowMs += 15 * minuteMs
    await scheduler.stop()
    scheduler.begin()
    expect(store.schedules.get(1).lastStarted).toBe(clock.iso())
    await scheduler.stop()
    await scheduler.stop()
    expect(troubles).toEqual([])
  })
})

describe('checking a schedule', () => {
  const now = Date.UTC(2026, 4, 10)
  const office = { from: '08:00', to: '18:00' }

  it.each<[string, Schedule]>([
    ['off', { kind: 'off' }],
    ['every quarter of an hour', quarterly],
    [
      'past midnight',
      { kind: 'every', minutes: 5, between: { from: '22:00', to: '06:00' }, zone: 'Asia/Kathmandu' },
    ],
    ['a cron line', { kind: 'cron', line: '*/10 8-17 * * 1-5', zone: 'Europe/London' }],
    ['a leap day', { kind: 'cron', line: '0 0 29 2 *', zone: 'UTC' }],
  ])('%s is fine', (_, schedule) => {
    expect(checkSchedule(schedule, now)).toEqual({ ok: true, value: schedule })
  })

  it.each<[string, Schedule]>([
    ['schedule.zone', { kind: 'every', minutes: 5, between: null, zone: 'Europe/Atlantis' }],
    ['schedule.between', { kind: 'every', minutes: 5, between: { ...office, to: '24:30' }, zone: 'UTC' }],
    ['schedule.between', { kind: 'every', minutes: 5, between: { ...office, from: '8:00' }, zone: 'UTC' }],
    ['schedule.line', { kind: 'cron', line: 'every day', zone: 'UTC' }],
    ['schedule.line', { kind: 'cron', line: '61 * * * *', zone: 'UTC' }],
    ['schedule.line', { kind: 'cron', line: '* * * *', zone: 'UTC' }],
    ['schedule.line', { kind: 'cron', line: '', zone: 'UTC' }],
    ['schedule.line', { kind: 'cron', line: '0 0 30 2 *', zone: 'UTC' }],
  ])('%s is named when it is wrong: %j', (field, schedule) => {
    const checked = checkSchedule(schedule, now)
    expect(checked).toMatchObject({ ok: false, fault: { code: 'input-invalid', facts: { field } } })
    expect(checked.ok ? '' : checked.fault.facts?.problem).not.toBe('')
  })
})
