import { expect, it } from 'vitest'
import { watchSurroundings } from '../../../main/surroundings.ts'
import { testClock } from '../app/store/temp-store.ts'

function stage(freeBytes: () => number = () => 5_000_000_000) {
  const clock = testClock()
  let steady = 0
  let changes = 0
  const watch = watchSurroundings({
    folder: '/data',
    clock,
    steadyMs: () => steady,
    freeBytes,
    onChange: () => {
      changes += 1
    },
  })
  /** Both clocks go on; the computer's own by `byMs` more. */
  const pass = (ms: number, byMs = 0) => {
    steady += ms
    clock.nowMs += ms + byMs
    watch.look()
  }
  return { watch, clock, pass, changes: () => changes }
}

it('says that the disk is low, once it is, and that it is well again', () => {
  let free = 1_000_000_000
  const { watch, pass, changes } = stage(() => free)
  expect(watch.now().disk).toEqual({ freeBytes: 1_000_000_000, isLow: false })
  free = 999_999_999
  pass(30_000)
  expect(watch.now().disk?.isLow).toBe(true)
  pass(30_000)
  expect(changes(), 'news only when it changes').toBe(1)
  free = 2_000_000_000
  pass(30_000)
  expect(watch.now().disk?.isLow).toBe(false)
})

it('says nothing of a drive that does not say how full it is, and throws a bug on', () => {
  const silent = stage(() => {
    throw Object.assign(new Error('statfs'), { code: 'ENOSYS' })
  })
  expect(silent.watch.now().disk).toBeNull()
  expect(() =>
    stage(() => {
      throw new Error('a bug')
    }),
  ).toThrow('a bug')
})

it.each([
  ['back', -3_600_000],
  ['forward', 7_200_000],
])('tells that the clock jumped %s, for a day', (_, byMs) => {
  const { watch, clock, pass, changes } = stage()
  pass(30_000)
  pass(30_000, 80_000)
  expect(watch.now().clockJump, 'a correction is no jump').toBeNull()
  pass(30_000, byMs)
  const at = new Date(clock.nowMs).toISOString()
  expect(watch.now().clockJump).toEqual({ at, byMs })
  expect(changes()).toBe(1)
  pass(86_400_000)
  expect(watch.now().clockJump).not.toBeNull()
  pass(30_000)
  expect(watch.now().clockJump).toBeNull()
})
