import { dice } from './dice.ts'
import type { World } from './world.ts'

/** The ways a quote goes by itself. */
const nextStatus: Readonly<Record<number, readonly [number, ...number[]]>> = {
  0: [1, 4],
  4: [5],
  5: [1],
  1: [2],
  2: [3, 90, 3],
}

/** One thing that happens in a living world, the nth of its seed: a new quote, a quote that moves on, or a price that changes. */
export function happen(world: World, seed: number, nth: number): void {
  const r = dice(seed, 999, nth)
  const customers = world.ids('customer')
  const quotes = world.ids('quote')
  const id = quotes[r.int(Math.max(0, quotes.length - 40), quotes.length - 1)]
  const quote = id === undefined ? null : world.get('quote', id)
  if (!quote || r.chance(0.4)) {
    const customerID = customers[r.int(0, customers.length - 1)] ?? 0
    world.addQuote({ customerID, title: `Enquiry ${nth + 1}`, quoteNumber: `QO-LIVE-${nth + 1}` })
    return
  }
  const next = nextStatus[quote.status]
  if (next && r.chance(0.7)) world.changeStatus(quote.id, r.pick(next))
  else world.touchQuote(quote.id, { deliveryAmount: r.money(5, 50) })
}

/** Lets something happen every so often, without keeping the process alive; returns how to end it. */
export function keepLiving(world: World, seed: number, everyMs: number): () => void {
  let nth = 0
  const timer = setInterval(() => happen(world, seed, nth++), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
