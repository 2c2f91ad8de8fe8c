import { expect, it } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import { defaultMapping } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { patchOf, planOf, refusedAt, wrongIn } from '../../../renderer/screens/tenants/plan.ts'

const tenant: Tenant = {
  id: 1,
  name: 'North',
  instanceUrl: 'https://north.mydattocommerce.com',
  apiUrl: 'https://api.kaseyaquotemanager.com',
  keyIn: 'header',
  isEnabled: true,
  syncFrom: '2026-05-01T00:00:00.000Z',
  requestsPerMinute: 60,
  requestsPerDay: 10_000,
  reserve: 0.1,
  halo: { kind: 'sqlite', file: 'halo.db' },
  schedule: { kind: 'every', minutes: 15, between: { from: '07:00', to: '19:00' }, zone: 'Europe/London' },
  reconcile: { kind: 'off' },
  pausedUntil: null,
  entities: ['products', 'quotes'],
  mapping: defaultMapping,
  createdAt: '2026-05-01T00:00:00.000Z',
}

it('saves what it shows: nothing typed, nothing changed', () => {
  const patch = patchOf(planOf(tenant), tenant)
  expect(patch.schedule).toEqual(tenant.schedule)
  expect(new Set(patch.entities)).toEqual(new Set(tenant.entities))
  expect(patch).toMatchObject({ requestsPerMinute: 60, requestsPerDay: 10_000 })
})

it('keeps hours and zone when only the minutes change, and the zone when it becomes a cron line', () => {
  const plan = planOf(tenant)
  expect(patchOf({ ...plan, minutes: '30' }, tenant).schedule).toEqual({
    ...tenant.schedule,
    minutes: 30,
  })
  expect(patchOf({ ...plan, kind: 'cron', cron: ' 0 6 * * 1 ' }, tenant).schedule).toEqual({
    kind: 'cron',
    line: '0 6 * * 1',
    zone: 'Europe/London',
  })
  expect(patchOf({ ...plan, kind: 'off' }, tenant).schedule).toEqual({ kind: 'off' })
})

it('says what is wrong, and only about what is in use', () => {
  const plan = planOf(tenant)
  expect(wrongIn(plan)).toEqual({})
  expect(Object.keys(wrongIn({ ...plan, minutes: '0', perDay: 'many' }))).toEqual(['minutes', 'perDay'])
  expect(wrongIn({ ...plan, kind: 'off', minutes: '0' })).toEqual({})
  expect(Object.keys(wrongIn({ ...plan, kind: 'cron', cron: ' ' }))).toEqual(['cron'])
})

it('leaves the exact time and share alone until somebody changes them', () => {
  const exact = { ...tenant, syncFrom: '2026-05-01T10:11:12.345Z', reserve: 0.125 }
  const plan = planOf(exact)
  expect(patchOf(plan, exact)).not.toHaveProperty('syncFrom')
  expect(patchOf(plan, exact)).not.toHaveProperty('reserve')
  const changed = patchOf({ ...plan, syncFrom: '2026-04-01T00:00', reserve: '20' }, exact)
  expect(changed).toMatchObject({ syncFrom: new Date(2026, 3, 1).toISOString(), reserve: 0.2 })
  expect(Object.keys(wrongIn({ ...plan, syncFrom: '', reserve: '51', from: '' }))).toEqual([
    'hours',
    'syncFrom',
    'reserve',
  ])
})

it('puts what the engine refused at its field', () => {
  const problem = 'There is no time zone named "Mars".'
  expect(refusedAt(fault('input-invalid', { facts: { field: 'schedule.zone', problem } }))).toEqual({
    zone: problem,
  })
  expect(refusedAt(fault('tenant-unknown'))).toBeNull()
})
