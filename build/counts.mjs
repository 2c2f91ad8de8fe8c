// Reads how many tests passed from the reports of Vitest and Playwright.

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * A suite that is red without a failed test (a file that does not load, a report that is missing) counts as one failure.
 * @param {boolean} isDone did the program end with status 0?
 * @param {Count} count
 */
export function withCount(isDone, count) {
  return { isDone, count: { ...count, failed: isDone ? count.failed : Math.max(1, count.failed) } }
}

/**
 * @param {unknown} report Vitest's JSON report; null counts as none
 * @returns {Count}
 */
export const countVitest = (report) => ({
  passed: numberIn(report, 'numPassedTests'),
  failed: numberIn(report, 'numFailedTests'),
  skipped: numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests'),
})

/**
 * A flaky test (red, then green) counts as failed.
 * @param {unknown} report Playwright's JSON report; null counts as none
 * @returns {Count}
 */
export function countPlaywright(report) {
  const stats = typeof report === 'object' && report !== null && 'stats' in report ? report.stats : null
  return {
    passed: numberIn(stats, 'expected'),
    failed: numberIn(stats, 'unexpected') + numberIn(stats, 'flaky'),
    skipped: numberIn(stats, 'skipped'),
  }
}

/** @param {unknown} report @param {string} name @returns {number} */
function numberIn(report, name) {
  if (typeof report !== 'object' || report === null) return 0
  const value = /** @type {Record<string, unknown>} */ (report)[name]
  return typeof value === 'number' ? value : 0
}
