import { readDate } from '../../model/dates.ts'
import { ok, type Result } from '../../model/fault.ts'
import type { OrderOfQuote } from '../made-orders.ts'
import { type HaloObject, idOf, readOne, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import type { Finder } from './find.ts'
import { besideEachOther } from './find-lists.ts'
import { linesOf } from './lines.ts'

/** An order as the API tells it, with its lines. */
export const orderOf = (row: HaloObject): OrderOfQuote => ({
  haloId: idOf(row) ?? 0,
  title: textOf(row.title),
  summary: textOf(row.summary),
  orderedAt: typeof row.date === 'string' ? readDate(row.date) : null,
  isFromCommerce: linesOf(row).some((line) => wholeOf(line.dattocommercelineid) !== null),
})

/**
 * The orders of one quote as they are now, by their keys. Where no report may be asked, the orders of the quote's client are listed: no list can be
 * filtered by quote.
 */
export async function ordersOfQuote(
  api: HaloApi,
  finder: Finder,
  quote: HaloObject,
): Promise<Result<OrderOfQuote[]>> {
  const quoteId = idOf(quote) ?? 0
  const keys = finder.way === 'reports' ? await byReport(finder, quoteId) : await byClient(api, quote)
  if (!keys.ok) return keys
  const named = wholeOf(quote.salesorder_id)
  const all = [...new Set([...keys.value, ...(named === null ? [] : [named])])].sort((a, b) => a - b)
  const read = await besideEachOther(all, (id) => api.get(`/SalesOrder/${id}`, { includedetails: true }))
  if (!read.ok) return read
  const rows = read.value.map(readOne).filter((row) => row !== null)
  return ok(rows.filter((row) => wholeOf(row.quotation_id) === quoteId).map(orderOf))
}

async function byReport(finder: Finder, quoteId: number): Promise<Result<number[]>> {
  const told = await finder.ofQuotes([quoteId])
  return told.ok ? ok(told.value.map(({ haloId }) => haloId)) : told
}

async function byClient(api: HaloApi, quote: HaloObject): Promise<Result<number[]>> {
  const clientId = wholeOf(quote.client_id)
  if (clientId === null) return ok([])
  const keys: number[] = []
  const walked = await api.walk('/SalesOrder', { client_id: clientId }, (rows) => {
    for (const row of rows) {
      // A list that does not tell of the quote: each order is read by itself.
      const isOther = 'quotation_id' in row && wholeOf(row.quotation_id) !== idOf(quote)
      if (!isOther) keys.push(idOf(row) ?? 0)
    }
    return true
  })
  return walked.ok ? ok(keys.filter((id) => id > 0)) : walked
}
