import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSince } from '../../../../app/sync/read-list.ts'

const previous = '2026-05-01T00:00:00.000Z'
const startedAt = '2026-05-10T12:00:00.000Z'

test.each([
  ['the newest row, less two minutes', '2026-05-10T11:00:00.000Z', '2026-05-10T10:58:00.000Z'],
  [
    'never past the moment when the first page was read',
    '2026-05-10T18:00:00.000Z',
    '2026-05-10T11:58:00.000Z',
  ],
  ['a good day ago when the newest row is older', '2026-05-02T00:00:00.000Z', '2026-05-09T10:00:00.000Z'],
  ['a good day ago when nothing came', null, '2026-05-09T10:00:00.000Z'],
])('the next read begins at %s', (_, newest, expected) => {
  expect(nextSince(previous, newest, startedAt)).toBe(expected)
})

test('it never goes back, and never reaches the moment when the first page was read', () => {
  const instant = fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString())
  fc.assert(
    fc.property(instant, fc.option(instant), instant, (before, newest, started) => {
      const next = nextSince(before, newest, started)
      expect(next >= before).toBe(true)
      if (next !== before) expect(next < started).toBe(true)
    }),
  )
})
