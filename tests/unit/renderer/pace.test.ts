import { expect, test } from 'vitest'
import { linkTo } from '../../../renderer/ui/deep-link.ts'
import { paceOf } from '../../../renderer/ui/pace.ts'

const run = { requests: 60, plannedRequests: 180, phase: 'reading' } as const

test('requests a minute, and the time that those left will take at that pace', () => {
  expect(paceOf(run, 60_000)).toEqual({ requestsAMinute: 60, leftMs: 120_000 })
})

test('nothing is said too early, and no time is promised that nobody knows', () => {
  expect(paceOf(run, 1_000)).toBeNull()
  expect(paceOf({ ...run, requests: 0 }, 60_000)).toBeNull()
  expect(paceOf({ ...run, phase: 'ended' }, 60_000)).toBeNull()
  expect(paceOf({ ...run, plannedRequests: null }, 60_000)?.leftMs).toBeNull()
  expect(paceOf({ ...run, plannedRequests: 60 }, 60_000)?.leftMs).toBeNull()
})

test('a link leads back to the service, or into the desktop program', () => {
  expect(linkTo('run', 7, { protocol: 'http:', origin: 'http://127.0.0.1:8765' })).toBe(
    'http://127.0.0.1:8765/runs/7',
  )
  expect(linkTo('run', 7, { protocol: 'app:', origin: 'app://commerce-integrator' })).toBe(
    'commerce-integrator://run/7',
  )
})
