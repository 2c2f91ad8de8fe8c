import { expect, test } from 'vitest'
import { countPlaywright, countVitest, withCount } from '../../../build/counts.mjs'

test("counts Vitest's tests", () => {
  const report = {
    numTotalTests: 9,
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
  }
  expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3 })
})

test("counts Playwright's tests, flaky ones as failed", () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 3 } }
  expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 3 })
})

test('a missing report of a red suite is one failure, of a green one none', () => {
  for (const nothing of [countVitest(null), countPlaywright(null)]) {
    expect(withCount(false, nothing).count).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(withCount(true, nothing).count).toEqual({ passed: 0, failed: 0, skipped: 0 })
  }
})
