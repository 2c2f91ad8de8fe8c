import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { budgetKey, createBudgetGate, type GateOptions } from '../../../../app/http/budget.ts'
import type { BudgetAnswer, BudgetBook, BudgetLimits } from '../../../../app/model/ports.ts'
import { limits, standingClock } from './stage.ts'

const never = new AbortController().signal

/** A book that gives the answers it was told to, then grants. */
function scripted(answers: BudgetAnswer[]): BudgetBook & { asked: BudgetLimits[] } {
  const asked: BudgetLimits[] = []
  return {
    asked,
    take: (_, given) => {
      asked.push(given)
      return answers.shift() ?? { isGranted: true }
    },
    block: () => undefined,
    usage: () => ({ minute: 1, day: 2, blockedUntilMs: null }),
  }
}

function gate(answers: BudgetAnswer[], more: Partial<GateOptions> = {}) {
  const clock = standingClock()
  const book = scripted(answers)
  const notices: unknown[] = []
  const made = createBudgetGate({
    clock,
    book,
    sleep: clock.sleep,
    onWait: (told) => notices.push(told),
    ...more,
  })
  return { gate: made, clock, book, notices }
}

const refusal = (waitUntilMs: number, because: 'minute' | 'day' | 'blocked'): BudgetAnswer => ({
  isGranted: false,
  waitUntilMs,
  because,
})

describe('the budget gate', () => {
  it('waits as long as the book says, tells it once, and says how long it was', async () => {
    const until = standingClock().now() + 70_000
    const made = gate([refusal(until, 'minute'), refusal(until, 'minute'), refusal(until, 'minute')])
    const passed = await made.gate.pass({ key: 'k', limits, purpose: 'sync', signal: never })
    expect(passed).toEqual({ ok: true, value: 70_000 })
    // It asks again at least each half minute: the book may have been freed meanwhile.
    expect(made.clock.slept).toEqual([30_000, 30_000, 10_000])
    expect(made.notices).toEqual([{ untilMs: until, because: 'minute' }])
  })

  it.each([
    ['sync', 0.1],
    ['retry', 0.1],
    ['reconcile', 0.1],
    ['test', 0],
    ['import', 0],
    ['replay', 0],
  ] as const)('asks for %s with a reserve of %d', async (purpose, reserve) => {
    const made = gate([])
    await made.gate.pass({ key: 'k', limits, purpose, signal: never })
    expect(made.book.asked).toEqual([{ ...limits, reserve }])
  })

  it.each([
    ['day', 'day-limit'],
    ['blocked', 'rate-limited'],
  ] as const)('does not sleep through a long wait for the %s', async (because, code) => {
    const until = standingClock().now() + 20 * 60_000
    const made = gate([refusal(until, because)])
    const passed = await made.gate.pass({ key: 'k', limits, purpose: 'sync', signal: never })
    expect(passed).toMatchObject({
      ok: false,
      fault: { code, retryAt: '2026-05-10T12:20:00.000Z', facts: { usedToday: 2, perDay: 10_000 } },
    })
    expect(made.clock.slept).toEqual([])
  })

  it('serves in the order of asking, people apart', async () => {
    const order: string[] = []
    let isOpen = false
    const clock = standingClock()
    const book: BudgetBook = {
      ...scripted([]),
      take: (_, given) =>
        isOpen || given.reserve === 0 ? { isGranted: true } : refusal(clock.now() + 1000, 'minute'),
    }
    const made = createBudgetGate({ clock, book, sleep: clock.sleep })
    const enter = async (name: string, purpose: 'sync' | 'test') => {
      await made.pass({ key: 'k', limits, purpose, signal: never })
      order.push(name)
    }
    const all = [enter('a', 'sync'), enter('b', 'sync'), enter('c', 'sync'), enter('person', 'test')]
    await setImmediate()
    isOpen = true
    await Promise.all(all)
    expect(order).toEqual(['person', 'a', 'b', 'c'])
  })

  it('lets one leave the queue without letting others overtake', async () => {
    const order: string[] = []
    const clock = standingClock()
    let isOpen = false
    const book: BudgetBook = {
      ...scripted([]),
      take: () => (isOpen ? { isGranted: true } : refusal(clock.now() + 1000, 'minute')),
    }
    const made = createBudgetGate({ clock, book, sleep: clock.sleep })
    const stop = new AbortController()
    const enter = async (name: string, signal: AbortSignal) => {
      const passed = await made.pass({ key: 'k', limits, purpose: 'sync', signal })
      order.push(passed.ok ? name : `${name} ${passed.fault.code}`)
    }
    const all = [enter('a', never), enter('b', stop.signal), enter('c', never)]
    await setImmediate()
    stop.abort()
    await setImmediate()
    await setImmediate()
    expect(order).toEqual(['b cancelled'])
    isOpen = true
    await Promise.all(all)
    expect(order).toEqual(['b cancelled', 'a', 'c'])
  })

  it('goes on after the book has failed for one', async () => {
    let asked = 0
    const book: BudgetBook = {
      ...scripted([]),
      take: () => {
        if (asked++ === 0) throw new Error('the disk is full')
        return { isGranted: true }
      },
    }
    const clock = standingClock()
    const made = createBudgetGate({ clock, book, sleep: clock.sleep })
    const ask = { key: 'k', limits, purpose: 'sync', signal: never } as const
    const [first, second] = await Promise.allSettled([made.pass(ask), made.pass(ask)])
    expect(first.status).toBe('rejected')
    expect(second).toMatchObject({ status: 'fulfilled', value: { ok: true } })
  })
})

describe('the name of a key in the book', () => {
  it('is the same for the same key and salt only, and does not hold the key', () => {
    expect(budgetKey('secret-key', 'salt')).toBe(budgetKey('secret-key', 'salt'))
    expect(budgetKey('secret-key', 'salt')).not.toBe(budgetKey('secret-key', 'other'))
    expect(budgetKey('secret-key', 'salt')).not.toBe(budgetKey('secret-kez', 'salt'))
    expect(budgetKey('secret-key', 'salt')).not.toContain('secret')
  })
})
