import { readDate } from '../../model/dates.ts'
import type { OrderOfQuote } from '../made-orders.ts'
import { groupBy } from './context.ts'
import type { Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { rowKey } from './rows.ts'
import { readRows, type Statements } from './statements.ts'

type Place = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
}

/** `site`: ORDERHEAD.OHsitenum, by which an order belongs to its client. */
export type PlacedOrder = OrderOfQuote & { readonly site: number }

/** The orders that came from these quotes, by QUOTATIONHEADER.QHid, each list by its keys. Two statements. */
export async function ordersOfQuotes(
  { session, statements, schema }: Place,
  quotes: readonly number[],
): Promise<Map<number, PlacedOrder[]>> {
  const { order, orderLine } = schema.tables
  const wanted = quotes.filter((id) => id > 0)
  if (wanted.length === 0) return new Map()
  const columns = ['OHid', 'OHQHID', 'OHsitenum', 'OHtitle', 'OHsummary', 'OHorderdate']
  const heads = await readRows(session, statements, order, columns, 'OHQHID', wanted)
  const keys = heads.map((row) => rowKey(order, row))
  const lineColumns = ['id', 'OLid', 'oldattocommercelineid']
  const lines = groupBy(await readRows(session, statements, orderLine, lineColumns, 'OLid', keys), 'OLid')
  const byQuote = new Map<number, PlacedOrder[]>()
  for (const [quote, rows] of groupBy(heads, 'OHQHID')) {
    byQuote.set(
      quote,
      rows.map((row) => placed(row, rowKey(order, row), lines.get(rowKey(order, row)) ?? [])),
    )
  }
  return byQuote
}

const placed = (head: Row, haloId: number, lines: readonly Row[]): PlacedOrder => ({
  haloId,
  title: String(head.OHtitle ?? ''),
  summary: String(head.OHsummary ?? ''),
  orderedAt: typeof head.OHorderdate === 'string' ? readDate(head.OHorderdate) : null,
  isFromCommerce: lines.some((line) => Number(line.oldattocommercelineid ?? 0) > 0),
  site: Number(head.OHsitenum ?? 0),
})
