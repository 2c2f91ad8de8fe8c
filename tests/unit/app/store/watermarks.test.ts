import { describe, expect, it } from 'vitest'
import { tempStore } from './temp-store.ts'

const may = (day: number) => `2026-05-${String(day).padStart(2, '0')}T00:00:00.000Z`

describe('watermarks', () => {
  it('move, are kept a tenant and resource, and can be forgotten', () => {
    const { store, clock } = tempStore()
    const { watermarks } = store
    expect(watermarks.get(1, 'quote')).toBeNull()
    watermarks.move(1, 'quote', may(1), 3)
    watermarks.move(1, 'customer', may(2), 3)
    watermarks.move(2, 'quote', may(3), 4)
    clock.nowMs += 1000
    watermarks.move(1, 'quote', may(4), 5)
    expect(watermarks.get(1, 'quote')).toEqual({ since: may(4), runId: 5, updatedAt: clock.iso() })
    expect(watermarks.list(1)).toEqual([
      { resource: 'customer', since: may(2) },
      { resource: 'quote', since: may(4) },
    ])
    watermarks.forget(1, 'quote')
    expect(watermarks.get(1, 'quote')).toBeNull()
    expect(watermarks.get(2, 'quote')?.since).toBe(may(3))
  })

  it('a long read is gone on with where it stopped', () => {
    const { watermarks } = tempStore().store
    expect(watermarks.reading(1, 'quoteline')).toBeNull()
    watermarks.keepReading(1, 'quoteline', { since: null, startedAt: may(1), nextPage: 2 })
    watermarks.keepReading(1, 'quoteline', { since: null, startedAt: may(1), nextPage: 3 })
    expect(watermarks.reading(1, 'quoteline')).toEqual({ since: null, startedAt: may(1), nextPage: 3 })
    expect(watermarks.reading(2, 'quoteline')).toBeNull()
    watermarks.doneReading(1, 'quoteline')
    expect(watermarks.reading(1, 'quoteline')).toBeNull()
  })

  it('quirks keep the moment of their last change', () => {
    const { store, clock } = tempStore()
    const { watermarks } = store
    expect(watermarks.quirk(1, 'filter')).toBeNull()
    watermarks.noteQuirk(1, 'filter', 'ignored')
    const seenAt = clock.iso()
    clock.nowMs += 1000
    watermarks.noteQuirk(1, 'filter', 'ignored')
    expect(watermarks.quirks(1)).toEqual([{ name: 'filter', value: 'ignored', seenAt }])
    watermarks.noteQuirk(1, 'filter', 'honoured')
    expect(watermarks.quirks(1)).toEqual([{ name: 'filter', value: 'honoured', seenAt: clock.iso() }])
    expect(watermarks.quirk(1, 'filter')).toBe('honoured')
  })
})
