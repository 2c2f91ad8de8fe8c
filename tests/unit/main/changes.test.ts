import { expect, test } from 'vitest'
import { createChanges } from '../../../main/changes.ts'

test('one who waits is woken by the next change', async () => {
  const changes = createChanges(100)
  const waiting = changes.wait(100, 60_000)
  changes.bump()
  expect(await waiting).toBe(101)
  expect(changes.version()).toBe(101)
})

test('one who missed a change, or knows a number from before a restart, does not wait', async () => {
  const changes = createChanges(100)
  changes.bump()
  expect(await changes.wait(100, 60_000)).toBe(101)
  expect(await changes.wait(5000, 60_000)).toBe(101)
})

test('the wait ends after its time, and when the asker goes', async () => {
  const changes = createChanges(7)
  expect(await changes.wait(7, 1)).toBe(7)
  const gone = new AbortController()
  const waiting = changes.wait(7, 60_000, gone.signal)
  gone.abort()
  expect(await waiting).toBe(7)
  expect(await changes.wait(7, 60_000, gone.signal)).toBe(7)
})
