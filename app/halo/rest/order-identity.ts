import { ok, type Result } from '../../model/fault.ts'
import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { readOne, wholeOf } from './answers.ts'
import type { Context } from './context.ts'
import { besideEachOther } from './find-lists.ts'

/** The Commerce ids of an order's lines, by which Halo's own are known. */
export const lineIdsOf = (record: HaloOrder): number[] =>
  record.lines.flatMap(({ commerceId }) => (commerceId > 0 ? [commerceId] : []))

/**
 * The keys of the orders that are in Halo already: by the Commerce ids of their lines, among the clients of this tenant; a key remembered from an earlier
 * write counts while its lines or its customer still fit.
 */
export async function findOrders(
  context: Context,
  batch: readonly Known<HaloOrder>[],
): Promise<Result<(number | null)[]>> {
  if (context.isAnew) return ok(batch.map(() => null))
  const { finder, tenant } = context
  const lines = await finder.orders(
    batch.flatMap(({ record }) => (record.commerceId < 0 ? [] : lineIdsOf(record))),
  )
  if (!lines.ok) return lines
  const clientIds = lines.value.flatMap((row) => row.clientId ?? [])
  const clients = clientIds.length === 0 ? ok([]) : await finder.clients(clientIds)
  if (!clients.ok) return clients
  const isOurs = new Map(
    clients.value.map((row) => [row.haloId, row.tenant === tenant || row.tenant === null]),
  )
  const own = lines.value.filter((row) => row.clientId !== null && isOurs.get(row.clientId) === true)
  return besideEachOther(batch, async ({ record, haloId }) => {
    if (record.commerceId < 0) return ok(haloId)
    const ids = new Set(lineIdsOf(record))
    const holding = own.filter((row) => ids.has(row.lineId)).map((row) => row.haloId)
    if (haloId !== null && holding.includes(haloId)) return ok(haloId)
    if (holding.length > 0) return ok(Math.min(...holding))
    return haloId === null ? ok(null) : isStillIts(context, record, haloId)
  })
}

/** A remembered order none of whose lines is known: its customer must fit. */
async function isStillIts(
  context: Context,
  record: HaloOrder,
  haloId: number,
): Promise<Result<number | null>> {
  const answer = await context.api.get(`/SalesOrder/${haloId}`, { includedetails: true })
  if (!answer.ok) return answer
  const clientId = wholeOf(readOne(answer.value)?.client_id)
  if (clientId === null) return ok(null)
  const clients = await context.finder.clients([clientId])
  if (!clients.ok) return clients
  const fits = clients.value.some(
    (row) =>
      row.commerceId === record.customerCommerceId && (row.tenant === context.tenant || row.tenant === null),
  )
  return ok(fits ? haloId : null)
}
