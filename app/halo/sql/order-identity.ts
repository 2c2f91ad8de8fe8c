import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { type Context, rowsBy } from './context.ts'
import type { Row } from './dialect.ts'

/** An order in Halo with the client it belongs to. */
type Belonging = { readonly customer: number; readonly isOurs: boolean }

/**
 * The keys of the orders that are in Halo already. ORDERHEAD has no column for the Commerce id, so an order is known by the Commerce ids
 * of its lines, among the clients of this tenant; a key remembered from an earlier write counts while its lines or its customer still
 * fit. An order without lines is found by that key alone.
 */
export async function findOrders(
  context: Context,
  batch: readonly Known<HaloOrder>[],
): Promise<(number | null)[]> {
  if (context.anew) return batch.map(() => null)
  const { orderLine } = context.schema.tables
  const lineIds = batch.flatMap(({ record }) => idsOf(record))
  const columns = ['id', 'OLid', 'oldattocommercelineid']
  const lines = await rowsBy(context, orderLine, columns, 'oldattocommercelineid', lineIds)
  const remembered = batch.flatMap(({ haloId }) => haloId ?? [])
  const orders = [...lines.map((row) => Number(row.OLid)), ...remembered]
  const owners = await ownersOf(context, [...new Set(orders)])
  const byLine = new Map<number, number[]>()
  for (const row of lines) {
    const line = Number(row.oldattocommercelineid)
    byLine.set(line, [...(byLine.get(line) ?? []), Number(row.OLid)])
  }
  return batch.map((known) => (known.record.commerceId < 0 ? known.haloId : pick(known, byLine, owners)))
}

const idsOf = (record: HaloOrder): number[] =>
  record.lines.flatMap(({ commerceId }) => (commerceId > 0 ? [commerceId] : []))

function pick(
  { record, haloId }: Known<HaloOrder>,
  byLine: ReadonlyMap<number, readonly number[]>,
  owners: ReadonlyMap<number, Belonging>,
): number | null {
  const holding = idsOf(record).flatMap((line) => byLine.get(line) ?? [])
  const own = holding.filter((order) => owners.get(order)?.isOurs)
  if (haloId !== null) {
    const belonging = owners.get(haloId)
    const isSame =
      own.includes(haloId) || (own.length === 0 && belonging?.customer === record.customerCommerceId)
    if (belonging?.isOurs && isSame) return haloId
  }
  return own.length === 0 ? null : Math.min(...own)
}

/** Whose the orders are, by Halo's own join: OHsitenum -> SITE.Sarea -> AREA. */
async function ownersOf(context: Context, orders: readonly number[]): Promise<Map<number, Belonging>> {
  const { order, site, area } = context.schema.tables
  const byKey = (rows: readonly Row[], key: string): Map<number, Row> =>
    new Map(rows.map((row) => [Number(row[key]), row]))
  const numbers = (rows: Iterable<Row>, column: string): number[] =>
    [...rows].flatMap((row) => (row[column] === null ? [] : [Number(row[column])]))
  const heads = await rowsBy(context, order, ['OHid', 'OHsitenum'], 'OHid', orders)
  const sites = byKey(
    await rowsBy(context, site, ['Ssitenum', 'Sarea'], 'Ssitenum', numbers(heads, 'OHsitenum')),
    'Ssitenum',
  )
  const areaColumns = ['Aarea', 'adattocommerceid', 'adattocommercetenantid']
  const areas = byKey(
    await rowsBy(context, area, areaColumns, 'Aarea', numbers(sites.values(), 'Sarea')),
    'Aarea',
  )
  const owners = new Map<number, Belonging>()
  for (const head of heads) {
    const owner = areas.get(Number(sites.get(Number(head.OHsitenum))?.Sarea))
    if (!owner) continue
    const tenant = owner.adattocommercetenantid
    owners.set(Number(head.OHid), {
      customer: Number(owner.adattocommerceid),
      isOurs: tenant === context.tenant || tenant === null,
    })
  }
  return owners
}
