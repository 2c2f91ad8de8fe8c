import { describe, expect, it } from 'vitest'
import { type Fault, fault } from '../../../../app/model/fault.ts'
import { type NewFailure, waitAfter } from '../../../../app/store/failures.ts'
import { tempStore } from './temp-store.ts'

const minuteMs = 60_000
const unmapped = fault('status-unmapped', { facts: { status: 'Declined', id: 1 } })

function stage() {
  const { store, clock } = tempStore()
  const { failures } = store
  const fails = (commerceId: number, why: Fault = fault('halo-locked'), more: Partial<NewFailure> = {}) =>
    failures.record({
      tenantId: 1,
      entity: 'quotes',
      commerceId,
      label: `Q${commerceId}`,
      fault: why,
      payload: null,
      ...more,
    })
  const only = () => failures.list({}, 0, 100).rows
  const due = () => failures.due(1, clock.iso()).map((row) => row.commerceId)
  return { failures, clock, fails, only, due }
}

describe('a failed record', () => {
  it('is kept with its reason and payload, and due after five minutes', () => {
    const { fails, only, due, clock } = stage()
    fails(1, unmapped, { payload: '{"id":1}' })
    expect(only()).toEqual([
      {
        id: 1,
        tenantId: 1,
        entity: 'quotes',
        commerceId: 1,
        label: 'Q1',
        fault: unmapped,
        cause: 'status-unmapped status=Declined',
        payload: '{"id":1}',
        firstAt: clock.iso(),
        lastAt: clock.iso(),
        tries: 1,
        nextTryAt: new Date(clock.nowMs + 5 * minuteMs).toISOString(),
        isParked: false,
        ignoredReason: null,
        closedAt: null,
        closedByRun: null,
      },
    ])
    expect(due()).toEqual([])
    clock.nowMs += 5 * minuteMs
    expect(due()).toEqual([1])
  })

  it('is tried again at growing distance and parked after eight tries', () => {
    const { fails, only, clock, due } = stage()
    const waits: (number | null)[] = []
    for (let n = 1; n <= 9; n += 1) {
      fails(1)
      const [row] = only()
      waits.push(row?.nextTryAt ? (Date.parse(row.nextTryAt) - clock.nowMs) / minuteMs : null)
      clock.nowMs += 1000
    }
    expect(waits).toEqual([5, 15, 45, 135, 405, 1215, 1440, null, null])
    expect(only()[0]).toMatchObject({ tries: 9, isParked: true, firstAt: '2026-05-10T12:00:00.000Z' })
    clock.nowMs += 365 * 24 * 60 * minuteMs
    expect(due()).toEqual([])
    expect(waitAfter(100)).toBe(1440 * minuteMs)
  })

  it('waits for as long as the fault itself says, when that is longer', () => {
    const { fails, only, clock } = stage()
    const later = new Date(clock.nowMs + 3 * 60 * minuteMs).toISOString()
    fails(1, fault('day-limit', { retryAt: later }))
    fails(2, fault('rate-limited', { retryAt: clock.iso() }))
    expect(only().map((row) => row.nextTryAt)).toEqual([
      new Date(clock.nowMs + 5 * minuteMs).toISOString(),
      later,
    ])
  })

  it('is closed by a success, which stays in its history; failing again begins anew', () => {
    const { failures, fails, only, clock, due } = stage()
    fails(1)
    fails(1)
    fails(2)
    expect(failures.succeed(1, 'quotes', [1, 3], 42)).toBe(1)
    expect(failures.succeed(1, 'quotes', [1], 43)).toBe(0)
    expect(failures.succeed(1, 'products', [2], 43)).toBe(0)
    expect(only().map((row) => row.commerceId)).toEqual([2])
    expect(failures.list({ state: 'closed' }, 0, 10).rows).toMatchObject([
      { commerceId: 1, closedAt: clock.iso(), closedByRun: 42, tries: 2, nextTryAt: null },
    ])
    clock.nowMs += 60 * minuteMs
    expect(due()).toEqual([2])
    fails(1)
    expect(only().find((row) => row.commerceId === 1)).toMatchObject({
      tries: 1,
      firstAt: clock.iso(),
      closedByRun: null,
    })
  })

  it('loses no payload when a later try brings none', () => {
    const { fails, only } = stage()
    fails(1, unmapped, { payload: '{"id":1}' })
    fails(1, unmapped, { payload: '' })
    expect(only()[0]?.payload).toBe('{"id":1}')
    fails(1, unmapped, { payload: '{"id":1,"v":2}' })
    expect(only()[0]?.payload).toBe('{"id":1,"v":2}')
  })

  it('is forgotten 90 days after it was closed, and never while it is open', () => {
    const { failures, fails, clock } = stage()
    fails(1)
    fails(2)
    failures.succeed(1, 'quotes', [1], 5)
    clock.nowMs += 89 * 24 * 60 * minuteMs
    expect(failures.prune()).toBe(0)
    clock.nowMs += 2 * 24 * 60 * minuteMs
    expect(failures.prune()).toBe(1)
    expect(failures.list({}, 0, 10).total).toBe(1)
  })
})

describe('what a person decides', () => {
  it('retry now, by row, by group, or all: parked and ignored ones too', () => {
    const { failures, fails, due, only, clock } = stage()
    for (let n = 0; n < 8; n += 1) fails(1)
    fails(2, unmapped)
    fails(3, unmapped, { tenantId: 2 })
    expect(failures.retryNow({ ids: [1] })).toEqual([1])
    expect(due()).toEqual([1])
    expect(only().find((row) => row.commerceId === 1)).toMatchObject({ isParked: false, tries: 8 })
    expect(failures.retryNow({ group: '2/quotes/status-unmapped status=Declined' })).toEqual([2])
    expect(failures.due(2, clock.iso()).map((row) => row.commerceId)).toEqual([3])
    expect([...failures.retryNow({ all: true })].sort()).toEqual([1, 2])
    expect(due()).toEqual([1, 2])
    expect(failures.retryNow({ all: true, tenantId: 9 })).toEqual([])
    expect(failures.retryNow({ group: 'no such group' })).toEqual([])
    fails(1)
    expect(only().find((row) => row.commerceId === 1)).toMatchObject({ isParked: true, tries: 9 })
  })

  it('ignore with a reason: no more tries, no more attention, until reopened', () => {
    const { failures, fails, due, only, clock } = stage()
    fails(1)
    fails(2)
    expect(failures.ignore({ ids: [1] }, 'test data')).toBe(1)
    clock.nowMs += 24 * 60 * minuteMs
    expect(due()).toEqual([2])
    fails(1)
    expect(only().map((row) => row.commerceId)).toEqual([2])
    expect(failures.list({ state: 'ignored' }, 0, 10).rows).toMatchObject([
      { ignoredReason: 'test data', nextTryAt: null },
    ])
    expect(failures.reopen({ ids: [1, 2] })).toBe(1)
    expect(due()).toEqual([2, 1])
    expect(failures.list({ state: 'ignored' }, 0, 10).total).toBe(0)
  })
})

describe('a choice', () => {
  it('of a group means its open ones, and for taking back its ignored ones', () => {
    const { failures, fails } = stage()
    for (const id of [1, 2, 3]) fails(id, unmapped)
    const [group] = failures.groups()
    const which = { group: group?.key ?? '', kind: 'needsYou' } as const
    const idOf = (commerceId: number) => failures.ofRecord(1, 'quotes', commerceId)?.id ?? 0
    expect(failures.ignore({ ids: [idOf(1)] }, 'a test quote')).toBe(1)
    failures.retryNow(which)
    expect(failures.ofRecord(1, 'quotes', 1)?.ignoredReason).toBe('a test quote')
    expect(failures.ignore(which, 'all of them')).toBe(2)
    expect(failures.reopen(which)).toBe(3)
    expect(failures.states()).toMatchObject({ open: 3, ignored: 0 })
    expect(failures.ofRecord(1, 'quotes', 99)).toBeNull()
  })

  it('finds records by a part of their name', () => {
    const { failures, fails } = stage()
    for (const id of [1, 12, 30]) fails(id, unmapped)
    expect(failures.list({ search: 'q1' }, 0, 10).rows.map(({ commerceId }) => commerceId)).toEqual([12, 1])
  })
})

describe('groups', () => {
  it('put equal causes together, whatever the record, the newest words standing for all', () => {
    const { failures, fails, clock } = stage()
    const start = clock.iso()
    fails(1, fault('status-unmapped', { facts: { status: 'Declined', id: 1, number: 'Q1' } }))
    clock.nowMs += minuteMs
    fails(2, fault('status-unmapped', { facts: { status: 'Declined', id: 2, number: 'Q2' }, exchangeId: 5 }))
    fails(3, fault('status-unmapped', { facts: { status: 'Sent' } }))
    fails(4, fault('status-unmapped', { facts: { status: 'Declined' } }), { tenantId: 2 })
    fails(5, fault('status-unmapped', { facts: { status: 'Declined' } }), { entity: 'salesOrders' })
    const groups = failures.groups()
    expect(groups).toHaveLength(4)
    expect(groups.find((group) => group.key === '1/quotes/status-unmapped status=Declined')).toEqual({
      key: '1/quotes/status-unmapped status=Declined',
      kind: 'needsYou',
      tenantId: 1,
      entity: 'quotes',
      cause: 'status-unmapped status=Declined',
      fault: fault('status-unmapped', { facts: { status: 'Declined', id: 2, number: 'Q2' }, exchangeId: 5 }),
      count: 2,
      parked: 0,
      firstAt: start,
      lastAt: clock.iso(),
      nextTryAt: new Date(Date.parse(start) + 5 * minuteMs).toISOString(),
    })
    expect(failures.groups({ tenantId: 2 }).map((group) => group.count)).toEqual([1])
    const inGroup = failures.list({ group: '1/quotes/status-unmapped status=Declined' }, 0, 10)
    expect(inGroup.rows.map((row) => row.commerceId)).toEqual([2, 1])
    expect(failures.list({ group: 'nonsense' }, 0, 10)).toEqual({ rows: [], total: 0 })
    expect(failures.list({ tenantId: 1, entity: 'salesOrders' }, 0, 10).total).toBe(1)
  })

  it('leave out what is closed or ignored, and count what is parked', () => {
    const { failures, fails } = stage()
    for (let n = 0; n < 8; n += 1) fails(1)
    fails(2)
    fails(3)
    fails(4)
    failures.succeed(1, 'quotes', [3], 1)
    failures.ignore(
      {
        ids: failures
          .list({}, 0, 10)
          .rows.filter((row) => row.commerceId === 4)
          .map((row) => row.id),
      },
      'x',
    )
    // Parked ones need a person and the others heal: never in one group.
    const groups = failures.groups()
    expect(new Set(groups.map(({ kind, count, parked }) => `${kind} ${count} ${parked}`))).toEqual(
      new Set(['needsYou 1 1', 'healing 1 0']),
    )
    const [group] = groups
    expect(failures.list({ group: group?.key ?? '', kind: 'needsYou' }, 0, 10).total).toBe(1)
    expect(failures.list({ group: group?.key ?? '', kind: 'healing' }, 0, 10).total).toBe(1)
    expect(failures.groups({ state: 'ignored' })).toMatchObject([{ count: 1 }])
    expect(failures.states()).toEqual({ open: 2, parked: 1, ignored: 1, closed: 1 })
    expect(failures.list({ state: 'parked' }, 0, 10).rows.map((row) => row.commerceId)).toEqual([1])
  })

  it('tell what heals by itself from what needs a person', () => {
    const { failures, fails } = stage()
    expect(failures.counts()).toEqual({ healing: 0, needsYou: 0 })
    fails(1, fault('halo-locked'))
    fails(2, unmapped)
    for (let n = 0; n < 8; n += 1) fails(3, fault('halo-locked'))
    fails(4, fault('halo-locked'), { tenantId: 2 })
    expect(failures.counts()).toEqual({ healing: 2, needsYou: 2 })
    expect(failures.counts(2)).toEqual({ healing: 1, needsYou: 0 })
  })
})
