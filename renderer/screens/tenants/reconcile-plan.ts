import type { Schedule } from '../../../app/model/tenant.ts'

/** When everything is read anew, as typed. `line`: a cron line that is no weekly time (made elsewhere); null when it is one. */
export type ReconcilePlan = {
  readonly isOn: boolean
  /** '0' is Sunday, as in cron. */
  readonly day: string
  readonly time: string
  readonly zone: string
  readonly line: string | null
}

export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

const two = (value: string | undefined): string => (value ?? '').padStart(2, '0')

export function reconcilePlanOf(schedule: Schedule): ReconcilePlan {
  const weekly: ReconcilePlan = { isOn: true, day: '0', time: '03:00', zone: 'UTC', line: null }
  if (schedule.kind === 'off')
    return { ...weekly, isOn: false, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  if (schedule.kind === 'every')
    return { ...weekly, zone: schedule.zone, line: `*/${schedule.minutes} * * * *` }
  const found = /^(\d{1,2}) (\d{1,2}) \* \* ([0-7])$/.exec(schedule.line.trim())
  if (!found) return { ...weekly, zone: schedule.zone, line: schedule.line }
  const [, minute, hour, day] = found
  return { ...weekly, day: String(Number(day) % 7), time: `${two(hour)}:${two(minute)}`, zone: schedule.zone }
}

export function reconcileOf({ isOn, day, time, zone, line }: ReconcilePlan): Schedule {
  if (!isOn) return { kind: 'off' }
  const [hour = '3', minute = '0'] = time.split(':')
  return {
    kind: 'cron',
    line: line?.trim() ?? `${Number(minute)} ${Number(hour)} * * ${day}`,
    zone: zone.trim(),
  }
}
