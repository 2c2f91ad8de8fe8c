import { expect, it } from 'vitest'
import type { Schedule } from '../../../app/model/tenant.ts'
import { reconcileOf, reconcilePlanOf } from '../../../renderer/screens/tenants/reconcile-plan.ts'

it.each<Schedule>([
  { kind: 'cron', line: '0 3 * * 0', zone: 'UTC' },
  { kind: 'cron', line: '45 23 * * 6', zone: 'Europe/London' },
  { kind: 'cron', line: '0 3 1 * *', zone: 'UTC' },
  { kind: 'off' },
])('saves what it shows: $kind $line', (schedule) => {
  expect(reconcileOf(reconcilePlanOf(schedule))).toEqual(schedule)
})

it('shows a weekly line as day and time, and any other as a line', () => {
  expect(reconcilePlanOf({ kind: 'cron', line: '5 4 * * 7', zone: 'UTC' })).toMatchObject({
    day: '0',
    time: '04:05',
    line: null,
  })
  expect(reconcilePlanOf({ kind: 'cron', line: '0 3 * * 1-5', zone: 'UTC' }).line).toBe('0 3 * * 1-5')
})

it('starts on a Sunday night when it is switched on', () => {
  const plan = { ...reconcilePlanOf({ kind: 'off' }), isOn: true, zone: 'Europe/London' }
  expect(reconcileOf(plan)).toEqual({ kind: 'cron', line: '0 3 * * 0', zone: 'Europe/London' })
})
