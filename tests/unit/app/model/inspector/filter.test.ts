import { describe, expect, it } from 'vitest'
import { durationMs, momentMs, sizeBytes, statusSpan } from '../../../../../app/model/inspector/filter.ts'

describe('values of a filter', () => {
  it('mean spans of statuses', () => {
    expect(statusSpan('4xx')).toEqual({ from: 400, to: 499 })
    expect(statusSpan('404')).toEqual({ from: 404, to: 404 })
    expect(statusSpan('500-503')).toEqual({ from: 500, to: 503 })
    expect(statusSpan('none')).toEqual({ from: 0, to: 0 })
    expect(statusSpan('6xx')).toBeNull()
  })

  it('mean times and sizes', () => {
    expect([durationMs('500ms'), durationMs('2s'), durationMs('1.5m'), durationMs('2')]).toEqual([
      500,
      2000,
      90_000,
      null,
    ])
    expect([sizeBytes('12B'), sizeBytes('100kB'), sizeBytes('1.5MB'), sizeBytes('1GB')]).toEqual([
      12,
      100_000,
      1_500_000,
      null,
    ])
  })

  it('mean moments, seen from now', () => {
    const now = Date.UTC(2026, 4, 10, 12)
    const midnight = Date.UTC(2026, 4, 9, 22)
    expect(momentMs('1h', now, midnight)).toBe(now - 3_600_000)
    expect(momentMs('today', now, midnight)).toBe(midnight)
    expect(momentMs('2026-05-10', now, midnight)).toBe(Date.UTC(2026, 4, 10))
    expect(momentMs('soon', now, midnight)).toBeNull()
  })
})
