import { ok, type Result } from '../../model/fault.ts'
import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { toAdopt } from '../made-orders.ts'
import { referred } from '../sql/context.ts'
import { type HaloObject, readOne, wholeOf } from './answers.ts'
import type { Client, Context } from './context.ts'
import { besideEachOther } from './find-lists.ts'
import { findOrders } from './order-identity.ts'
import { orderOf } from './orders-of-quotes.ts'
import { locateQuotes } from './quotes.ts'

/** Where an order is in Halo. `isMadeHere`: a person made it there from its quote; `isAdopted`: and now it becomes Commerce's. */
export type OrderPlace = {
  readonly key: number | null
  readonly isMadeHere: boolean
  readonly isAdopted: boolean
}
export const nowhere: OrderPlace = { key: null, isMadeHere: false, isAdopted: false }

type Around = {
  readonly clients: ReadonlyMap<number, Client>
  /** null: a preview would make the quote. */
  readonly quotes: ReadonlyMap<number, number | null>
}

/** The orders that are Commerce's already, and for those that are not an order that was made here from the same quote, for the same client. */
export async function placesOf(
  context: Context,
  batch: readonly Known<HaloOrder>[],
  around: Around,
): Promise<Result<OrderPlace[]>> {
  const found = await findOrders(context, batch)
  if (!found.ok) return found
  const isNew = (at: number, { made = [] }: Known<HaloOrder>): boolean => {
    const key = found.value[at] ?? null
    return key === null || made.includes(key)
  }
  const quoteOf = ({ record }: Known<HaloOrder>): number =>
    record.commerceId < 0 ? 0 : (around.quotes.get(record.quoteCommerceId ?? 0) ?? 0)
  const wanted = batch.filter((known, at) => isNew(at, known) && quoteOf(known) > 0)
  const orders = await readOrders(context, wanted, quoteOf)
  if (!orders.ok) return orders
  const taken = new Set<number>()
  return ok(
    batch.map((known, at) => {
      const key = found.value[at] ?? null
      if (!isNew(at, known)) return { ...nowhere, key }
      const client = around.clients.get(known.record.customerCommerceId)
      const fitting = orders.value.filter(
        (row) =>
          wholeOf(row.quotation_id) === quoteOf(known) &&
          isOf(row, client) &&
          !taken.has(Number(row.id)) &&
          (key === null || Number(row.id) === key),
      )
      const own = toAdopt(fitting.map(orderOf), known.made ?? [])
      if (own !== null) taken.add(own)
      return { key: key ?? own, isMadeHere: key !== null || own !== null, isAdopted: own !== null }
    }),
  )
}

const isOf = (row: HaloObject, client: Client | undefined): boolean =>
  client !== undefined &&
  (wholeOf(row.client_id) === client.id || client.sites.has(wholeOf(row.site_id) ?? 0))

/** The orders of these records' quotes, and those that are remembered to be, each once and with its lines. There are hardly ever any. */
async function readOrders(
  { api, finder }: Context,
  wanted: readonly Known<HaloOrder>[],
  quoteOf: (known: Known<HaloOrder>) => number,
): Promise<Result<HaloObject[]>> {
  if (wanted.length === 0) return ok([])
  const told = await finder.ofQuotes(wanted.map(quoteOf))
  if (!told.ok) return told
  const keys = new Set([
    ...told.value.map(({ haloId }) => haloId),
    ...wanted.flatMap(({ made = [] }) => [...made]),
  ])
  const read = await besideEachOther([...keys], (id) =>
    api.get(`/SalesOrder/${id}`, { includedetails: true }),
  )
  return read.ok ? ok(read.value.map(readOne).filter((row) => row !== null)) : read
}

/** The quotes that these orders came from, by Commerce id; null: a preview would make it. Remembered for the session. */
export async function quotesOf(
  context: Context,
  records: readonly HaloOrder[],
): Promise<Result<ReadonlyMap<number, number | null>>> {
  const { quotes } = context.memory
  const wanted = records.flatMap((record) => record.quoteCommerceId ?? [])
  const named = referred(context.options.refs?.quotes, wanted)
  const open = wanted
    .filter((id) => id > 0 && !quotes.has(id))
    .map((commerceId) => ({ commerceId, url: '', haloId: null }))
  const found = open.length === 0 ? ok(new Map<number, number>()) : await locateQuotes(context, open)
  if (!found.ok) return found
  for (const [id, haloId] of found.value) quotes.set(id, haloId)
  return ok(new Map([...quotes, ...named]))
}
