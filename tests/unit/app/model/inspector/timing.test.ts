import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf, spanOf, wholeSpan } from '../../../../../app/model/inspector/timing.ts'

const none = {
  queueMs: 0,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  waitMs: null,
  receiveMs: null,
  totalMs: 0,
}

describe('the time of a request', () => {
  it('is told in parts that took any', () => {
    const timing = { ...none, queueMs: 20, dnsMs: 1, waitMs: 50, receiveMs: 4, totalMs: 60 }
    expect(partsOf(timing).map(({ id, ms }) => [id, ms])).toEqual([
      ['queue', 20],
      ['dns', 1],
      ['wait', 50],
      ['receive', 4],
      ['other', 5],
    ])
    expect(partsOf(none)).toEqual([])
  })

  it('adds up, whatever is known of it', () => {
    const ms = fc.option(fc.integer({ min: 0, max: 1_000 }))
    fc.assert(
      fc.property(fc.nat(1_000), ms, ms, ms, (queueMs, dnsMs, waitMs, receiveMs) => {
        const totalMs = (dnsMs ?? 0) + (waitMs ?? 0) + (receiveMs ?? 0) + 7
        const parts = partsOf({ ...none, queueMs, dnsMs, waitMs, receiveMs, totalMs })
        expect(parts.reduce((sum, part) => sum + part.ms, 0)).toBe(queueMs + totalMs)
      }),
    )
  })

  it('begins with its wait, and several span from the first to the last', () => {
    const at = (second: number, queueMs: number, totalMs: number) => ({
      startedAt: new Date(second * 1_000).toISOString(),
      timing: { ...none, queueMs, totalMs },
    })
    expect(spanOf(at(10, 500, 200))).toEqual({ fromMs: 9_500, toMs: 10_200 })
    expect(wholeSpan([at(10, 500, 200), at(12, 0, 100), at(11, 0, 5_000)])).toEqual({
      fromMs: 9_500,
      toMs: 16_000,
    })
    expect(wholeSpan([])).toEqual({ fromMs: 0, toMs: 0 })
  })
})
