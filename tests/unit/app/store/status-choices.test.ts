import { describe, expect, it } from 'vitest'
import { noRunCounts } from '../../../../app/model/outcome.ts'
import type { StatusChoice } from '../../../../app/model/status-choice.ts'
import { aRecord, must, tempStore } from './temp-store.ts'

const choice = (quoteId: number, more: Partial<StatusChoice> = {}): StatusChoice => ({
  ...{ quoteId, haloStatus: 5, name: 'Approved', commerceStatus: 1 },
  ...{ chosenAt: '2026-05-01T09:00:00.000Z', who: 'Ann', ...more },
})

/** Quotes 1 to 3, read, mapped and written at Commerce's status 1. */
function withQuotes() {
  const { store } = tempStore()
  const rows = [1, 2, 3].map((id) => ({ id, parentId: null, modifiedAt: null, body: '{}' }))
  store.sources.putPage(1, 'quote', rows, 1, { marksChildren: false })
  store.sources.clean(1, 'quote', [1, 2, 3])
  store.records.putOutcomes(
    1,
    1,
    [1, 2, 3].map((id) => aRecord(id)),
  )
  const seen = (): (number | null)[] =>
    [1, 2, 3].map((id) => store.records.known(1, 'quotes', [id]).get(id)?.statusSeen ?? null)
  return { store, seen, dirty: () => store.sources.dirtyIds(1, 'quote', 0, 10) }
}

describe('chosen statuses', () => {
  it('are kept by tenant and quote, and changed', () => {
    const { store } = withQuotes()
    store.statusChoices.set(1, choice(1))
    store.statusChoices.set(2, choice(1, { haloStatus: 0 }))
    store.statusChoices.set(1, choice(1, { haloStatus: 6, name: 'Declined' }))
    expect([...store.statusChoices.of(1, [1, 2])]).toEqual([
      [1, choice(1, { haloStatus: 6, name: 'Declined' })],
    ])
    expect(store.statusChoices.of(2, [1]).get(1)?.haloStatus).toBe(0)
    store.statusChoices.drop(1, 1)
    expect(store.statusChoices.of(1, [1]).size).toBe(0)
  })

  it('cost the next run nothing when no run was going on', () => {
    const { store, seen, dirty } = withQuotes()
    store.statusChoices.set(1, choice(1))
    store.statusChoices.settle(1)
    expect([dirty(), seen()]).toEqual([[], [1, 1, 1]])
  })

  it('are written again by the next run when one was going on, once', () => {
    const { store, seen, dirty } = withQuotes()
    const { id } = store.runs.start(1, 'sync', 'schedule')
    store.statusChoices.set(1, choice(2))
    store.runs.end(id, { outcome: 'done', fault: null, requests: 0, counts: noRunCounts() })
    store.statusChoices.settle(1)
    expect([dirty(), seen()]).toEqual([[2], [1, null, 1]])
    store.sources.clean(1, 'quote', [2])
    store.statusChoices.settle(1)
    expect(dirty()).toEqual([])
    expect(store.statusChoices.of(1, [2]).size).toBe(1)
  })

  it('are given up: the next run maps the quote as if its status were new', () => {
    const { store, seen, dirty } = withQuotes()
    store.statusChoices.set(1, choice(3))
    store.statusChoices.release(1, 3)
    expect(store.statusChoices.of(1, [3]).size).toBe(0)
    expect(dirty()).toEqual([])
    store.statusChoices.settle(1)
    expect([dirty(), seen()]).toEqual([[3], [1, 1, null]])
    expect(store.db.prepare('SELECT count(*) FROM status_choice').pluck().get()).toBe(0)
  })

  it('end with another status of Commerce, and with another Halo', () => {
    const { store } = withQuotes()
    store.statusChoices.set(1, choice(1))
    store.statusChoices.set(1, choice(2))
    store.statusChoices.end(1, [
      { id: 1, status: 3 },
      { id: 2, status: 1 },
    ])
    expect([...store.statusChoices.of(1, [1, 2]).keys()]).toEqual([2])
    store.statusChoices.clear(1)
    expect(store.statusChoices.of(1, [2]).size).toBe(0)
  })

  it('go with their tenant', () => {
    const { store } = tempStore()
    const { id } = must(store.tenants.add({ name: 'North', instanceUrl: 'https://north.example' }))
    store.statusChoices.set(id, choice(1))
    must(store.tenants.remove(id))
    expect(store.statusChoices.of(id, [1]).size).toBe(0)
  })
})
