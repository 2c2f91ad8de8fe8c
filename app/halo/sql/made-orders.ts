import { type Fault, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloBillingPeriod } from '../../model/halo.ts'
import { asHaloLine, type NewOrderLine, type OfferedLine } from '../../model/new-order.ts'
import type { Owner } from '../destination.ts'
import {
  linesFor,
  type MadeOrders,
  type NewOrder,
  type OrderOffer,
  periodUnknown,
  type QuoteKey,
  signOf,
} from '../made-orders.ts'
import { applyPlans } from './apply.ts'
import type { Row, SqlDialect, SqlSession } from './dialect.ts'
import { pickOwned } from './identity.ts'
import type { LiveSchema } from './live.ts'
import { lineValues } from './orders.ts'
import { ordersOfQuotes } from './orders-of-quotes.ts'
import { obstacleTo } from './probe.ts'
import { quoteIdentity } from './quotes.ts'
import { newDraft, type Wanted } from './rows.ts'
import { readRows, type Statements } from './statements.ts'

type Place = {
  readonly session: SqlSession
  readonly statements: Statements
  readonly schema: LiveSchema
}

/** Orders made from quotes, over any dialect. `schema` is asked for at each call: a probe may have read it anew. */
export function sqlMadeOrders(dialect: SqlDialect, schema: () => LiveSchema): MadeOrders {
  const { statements } = dialect
  const at = <T>(mode: 'read' | 'write', work: (place: Place) => Promise<Result<T>>): Promise<Result<T>> =>
    dialect.transaction(mode, async (session) => {
      const obstacle = obstacleTo(schema(), 'salesOrders')
      return obstacle ? fail(obstacle) : work({ session, statements, schema: schema() })
    })
  return {
    offer: (owner, quote) =>
      at('read', async (place) => {
        const found = await readQuote(place, owner, quote)
        return found.ok ? ok(found.value.offer) : found
      }),
    make: (owner, quote, order) => at('write', (place) => makeOrder(place, owner, quote, order)),
  }
}

const headColumns = [
  'QHid',
  'QHtitle',
  'QHPORef',
  'QHUserID',
  'QHThirdPartyNumber',
  'QHCarriagePrice',
  'QHCurrency',
  'QHcurrencycode',
  'QHcurrencyConversionRate',
  'qhdeladdress1',
  'qhdeladdress2',
  'qhdeladdress3',
  'qhdeladdress4',
  'qhdeladdress5',
  ...Object.values(quoteIdentity),
]

/** No cost. */
const lineColumns = [
  'QDid',
  'QDQHid',
  'QDItemid',
  'QDProductCode',
  'QDDesc',
  'QDNote',
  'QDPrice',
  'QDQuantity',
  'QDTax',
  'qdtax_rate',
  'QDDiscount',
  'QDBillingPeriod',
  'qdperiods',
  'qdOptional',
  'QDGroupID',
  'QDIsGroupDesc',
  'QDsortseq',
]

/** A quote as an order needs it: what is offered, and what of it nobody chooses. */
type Found = { readonly offer: OrderOffer; readonly head: Row; readonly person: Row }

async function readQuote(place: Place, owner: Owner, key: QuoteKey): Promise<Result<Found>> {
  const { session, statements, schema } = place
  const { quote, user, quoteLine } = schema.tables
  const rows = await readRows(session, statements, quote, headColumns, 'QHid', [key.haloId])
  const own = rows.filter((row) => Number(row[quoteIdentity.id]) === key.commerceId)
  const head = pickOwned(quote, quoteIdentity, own, owner.haloTenantId, null, key.haloId)
  if (!head) return fail(fault('quote-gone', { facts: { id: key.haloId } }))
  const users = await readRows(session, statements, user, ['Uid', 'Usite', 'uusername'], 'Uid', [
    Number(head.QHUserID ?? 0),
  ])
  const [person] = users
  if (!person) return fail(nobody(head))
  const found = await readRows(session, statements, quoteLine, lineColumns, 'QDQHid', [key.haloId])
  const lines = offeredLines(found)
  if (!lines.ok) return lines
  const orders = (await ordersOfQuotes(place, [key.haloId])).get(key.haloId) ?? []
  return ok({
    head,
    person,
    offer: {
      haloId: key.haloId,
      number: String(head.QHThirdPartyNumber || key.commerceId),
      title: String(head.QHtitle ?? ''),
      client: await clientOf(place, person),
      contact: String(person.uusername ?? ''),
      reference: String(head.QHPORef ?? ''),
      carriage: Number(head.QHCarriagePrice ?? 0),
      lines: lines.value,
      orders: orders.map(({ site: _site, ...order }) => order),
    },
  })
}

/** Without its contact a quote belongs to no client, and so would the order. */
const nobody = (head: Row): Fault =>
  fault('halo-reference-missing', {
    facts: { label: String(head.QHThirdPartyNumber ?? ''), table: 'USERS', id: Number(head.QHUserID ?? 0) },
  })

async function clientOf({ session, statements, schema }: Place, person: Row): Promise<string> {
  const { site, area } = schema.tables
  const sites = await readRows(session, statements, site, ['Ssitenum', 'Sarea'], 'Ssitenum', [
    Number(person.Usite ?? 0),
  ])
  const areas = await readRows(
    session,
    statements,
    area,
    ['Aarea', 'aareadesc'],
    'Aarea',
    sites.map((row) => Number(row.Sarea ?? 0)),
  )
  return String(areas[0]?.aareadesc ?? '')
}

const periods: readonly HaloBillingPeriod[] = [0, 2, 3, 4]

function offeredLines(rows: readonly Row[]): Result<OfferedLine[]> {
  const sorted = rows.toSorted(
    (a, b) => Number(a.QDsortseq ?? 0) - Number(b.QDsortseq ?? 0) || Number(a.QDid) - Number(b.QDid),
  )
  const lines: OfferedLine[] = []
  for (const row of sorted) {
    const billingPeriod = periods.find((one) => one === Number(row.QDBillingPeriod ?? 0))
    if (billingPeriod === undefined) return fail(periodUnknown(String(row.QDDesc ?? '')))
    const itemId = Number(row.QDItemid ?? 0)
    const count = Number(row.qdperiods ?? 0)
    lines.push({
      id: Number(row.QDid),
      itemId: itemId > 0 ? itemId : null,
      kind: Number(row.QDIsGroupDesc ?? 0) === 0 ? 'line' : 'heading',
      sequence: Number(row.QDsortseq ?? 0),
      groupSequence: Number(row.QDGroupID ?? 0),
      productCode: String(row.QDProductCode ?? ''),
      description: String(row.QDDesc ?? ''),
      note: String(row.QDNote ?? ''),
      price: Number(row.QDPrice ?? 0),
      quantity: Number(row.QDQuantity ?? 0),
      discount: Number(row.QDDiscount ?? 0),
      tax: Number(row.QDTax ?? 0),
      taxRate: Number(row.qdtax_rate ?? 0),
      billingPeriod,
      periods: count > 0 ? count : null,
      isOptional: Number(row.qdOptional ?? 0) !== 0,
    })
  }
  return ok(lines)
}

/** Reads the quote again, in the same transaction, and writes nothing that was not shown. */
async function makeOrder(
  place: Place,
  owner: Owner,
  key: QuoteKey,
  order: NewOrder,
): Promise<Result<{ haloId: number }>> {
  const found = await readQuote(place, owner, key)
  if (!found.ok) return found
  const { offer, head, person } = found.value
  const lines = linesFor(offer, order)
  if (!lines.ok) return lines
  const { schema } = place
  const draft = newDraft(schema, offer.number)
  const main = draft.row(schema.tables.order, null, headValues(found.value, order, head, person))
  lines.value.forEach((line, at) => {
    const values = { OLid: main, OLseq: at + 1, ...valuesOf(line) }
    draft.row(schema.tables.orderLine, null, values, `ORDERLINE#${line.sequence}`)
  })
  const planned = draft.done(main)
  if (!planned.ok) return fail(planned.fault)
  const applied = await applyPlans(place.session, schema, [planned.plan])
  if (!applied.ok) return applied
  return main.key === null
    ? fail(fault('halo-error', { raw: 'The new order has no key.' }))
    : ok({ haloId: main.key })
}

const valuesOf = (line: NewOrderLine): Wanted => ({
  ...lineValues({ line: asHaloLine(line), row: null, item: line.itemId }),
  OLQuoteLineID: line.id === 0 ? null : line.id,
})

function headValues({ offer }: Found, order: NewOrder, head: Row, person: Row): Wanted {
  const address = [1, 2, 3, 4, 5].map((at) => String(head[`qhdeladdress${at}`] ?? ''))
  return {
    OHsitenum: Number(person.Usite ?? 0),
    ohuserid: Number(person.Uid),
    OHusername: offer.contact,
    OHUserStatus: order.statusId,
    OHtitle: order.title,
    OHsummary: signOf(offer.number),
    OHponumber: order.reference,
    OHorderdate: order.orderedAt,
    OHnote: order.note,
    OHQHID: offer.haloId,
    OHCurrency: head.QHCurrency ?? null,
    OHcurrencycode: head.QHcurrencycode ?? null,
    OHcurrencyConversionRate: head.QHcurrencyConversionRate ?? null,
    ohoverridedeliveryaddress: address.some((part) => part !== '') ? true : null,
    ...Object.fromEntries(address.map((part, at) => [`ohdeladdress${at + 1}`, part])),
    ohlastupdatetime: order.madeAt,
  }
}
