import { Cron } from 'croner'
import { schedule as everyTick, type ScheduledTask, validate } from 'node-cron'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { RunTrigger } from '../app/model/outcome.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Schedule, Tenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import { cronRules, decide, nextAfter } from './due.ts'

export type SchedulePort = {
  readonly store: Pick<Store, 'tenants' | 'schedules' | 'reconciles' | 'file'>
  readonly clock: Clock
  /** Whether any run of this tenant is going on, whoever started it. */
  isRunning(tenantId: number): boolean
  start(
    tenantId: number,
    kind: 'sync' | 'reconcile',
    trigger: Extract<RunTrigger, 'schedule' | 'catch-up'>,
  ): Result<unknown>
  /** A start that was refused, or a store that could not be read; the next tick tries again. */
  onTrouble(trouble: Fault, tenantId: number | null): void
}

export type Scheduler = {
  /** Ticks every half minute from now on, and at once: what was missed while nothing ran is caught up. */
  begin(): void
  tick(): void
  /** To be told when a run of a tenant has ended. */
  ended(tenantId: number): void
  stop(): Promise<void>
}

const halfMinute = '*/30 * * * * *'

/** Starts the syncs and reconciles that are due. What it knows is in the store, so a restart neither loses a run nor starts two. */
export function createScheduler(port: SchedulePort): Scheduler {
  let task: ScheduledTask | null = null
  const tick = (): void => {
    const tenants = guarded(port.store.file, () => port.store.tenants.list())
    if (!tenants.ok) {
      port.onTrouble(tenants.fault, null)
      return
    }
    for (const tenant of tenants.value) {
      const done = guarded(
        port.store.file,
        () => consider(port, tenant, 'sync') ?? consider(port, tenant, 'reconcile'),
      )
      const trouble = done.ok ? done.value : done.fault
      if (trouble) port.onTrouble(trouble, tenant.id)
    }
  }
  return {
    tick,
    begin: () => {
      tick()
      task ??= everyTick(halfMinute, tick, {
        name: 'due syncs',
        noOverlap: true,
        suppressMissedWarning: true,
        logger: toTrouble(port),
      })
    },
    ended: (tenantId) => {
      const lastEnded = new Date(port.clock.now()).toISOString()
      const kept = guarded(port.store.file, () => port.store.schedules.set(tenantId, { lastEnded }))
      if (!kept.ok) port.onTrouble(kept.fault, tenantId)
    },
    stop: async () => {
      await task?.destroy()
      task = null
    },
  }
}

/** The state is kept before the start: a crash in between costs one start, which the next due time makes up for, and never doubles one. */
function consider(port: SchedulePort, tenant: Tenant, kind: 'sync' | 'reconcile'): Fault | null {
  const schedules = kind === 'sync' ? port.store.schedules : port.store.reconciles
  const schedule = kind === 'sync' ? tenant.schedule : tenant.reconcile
  const before = schedules.get(tenant.id)
  const nowMs = port.clock.now()
  const decision = decide({ ...tenant, schedule, isRunning: port.isRunning(tenant.id), state: before, nowMs })
  const { nextDue, lastDue } = decision.state
  if (!decision.start) {
    if (nextDue !== before.nextDue || lastDue !== before.lastDue) schedules.set(tenant.id, decision.state)
    return null
  }
  schedules.set(tenant.id, { ...decision.state, lastStarted: new Date(nowMs).toISOString() })
  const started = port.start(tenant.id, kind, decision.start)
  if (started.ok) return null
  // Somebody else's run came first: this one is still owed.
  if (started.fault.code === 'already-running') schedules.set(tenant.id, before)
  return started.fault
}

/** node-cron reports errors of a tick to a logger; only a bug gets there. */
function toTrouble(port: SchedulePort) {
  const report = (message: string | Error): void => {
    const raw = message instanceof Error ? message.message : message
    port.onTrouble(fault('bug', { raw }), null)
  }
  const ignore = (): void => undefined
  return { info: ignore, warn: ignore, debug: ignore, error: report }
}

/** Checks a schedule before it is stored. Fault input-invalid with facts.field ("schedule.line", "reconcile.zone" ...) and facts.problem. */
export function checkSchedule(
  schedule: Schedule,
  nowMs: number,
  name: 'schedule' | 'reconcile' = 'schedule',
): Result<Schedule> {
  if (schedule.kind === 'off') return ok(schedule)
  const bad = (field: string, problem: string) =>
    fail(fault('input-invalid', { facts: { field: `${name}.${field}`, problem } }))
  if (!isZone(schedule.zone)) return bad('zone', `There is no time zone named "${schedule.zone}".`)
  if (schedule.kind === 'every') {
    const times = schedule.between ? [schedule.between.from, schedule.between.to] : []
    const wrong = times.find((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    return wrong === undefined ? ok(schedule) : bad('between', `"${wrong}" is no time of day.`)
  }
  const problem = cronProblem(schedule.line)
  if (problem) return bad('line', problem)
  return nextAfter(schedule, nowMs) === null ? bad('line', 'This line never comes due.') : ok(schedule)
}

/** Both libraries must read the line: node-cron says what is accepted, croner works out the times. */
function cronProblem(line: string): string | null {
  if (!validate(line)) return `"${line}" is no cron line.`
  try {
    new Cron(line, cronRules)
    return null
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return error.message
    throw error
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
