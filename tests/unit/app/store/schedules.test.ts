import { describe, expect, it } from 'vitest'
import { tempStore } from './temp-store.ts'

describe('what the scheduler remembers', () => {
  it('changes in what is named and outlives the process', () => {
    const { store, folder, clock } = tempStore()
    const none = { nextDue: null, lastDue: null, lastStarted: null, lastEnded: null }
    expect(store.schedules.get(1)).toEqual(none)
    store.schedules.set(1, { nextDue: 'a', lastStarted: 'b' })
    store.schedules.set(1, { nextDue: null, lastDue: 'd' })
    store.schedules.set(2, { lastEnded: 'c' })
    store.close()
    const again = tempStore(clock, folder).store
    expect(again.schedules.get(1)).toEqual({ ...none, lastDue: 'd', lastStarted: 'b' })
    expect(again.schedules.get(2)).toEqual({ ...none, lastEnded: 'c' })
  })
})
