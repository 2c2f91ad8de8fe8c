import { fault } from '../../model/fault.ts'
import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { adoptedNote, withoutEmptyText } from '../made-orders.ts'
import { type Context, groupBy, ownedKey, type Planner, referred, rowsBy } from './context.ts'
import type { Row } from './dialect.ts'
import { pickOwned } from './identity.ts'
import { addressColumns, itemsOf, type LineTable, type Pair, planLines } from './lines.ts'
import type { LiveSchema } from './live.ts'
import { nowhere, placesOf } from './order-places.ts'
import { type Client, clientsByCommerceId, planContact, refValue } from './people.ts'
import { customerMissing, itemValue, laterThan, quoteIdentity } from './quotes.ts'
import { newDraft, type Planned, type Ref, rowKey, type Wanted } from './rows.ts'

const headColumns = [
  'OHid',
  'OHsitenum',
  'ohuserid',
  'OHusername',
  'OHUserStatus',
  'OHtitle',
  'OHsummary',
  'OHponumber',
  'OHorderdate',
  'OHnote',
  'OHQHID',
  'ohoverridedeliveryaddress',
  'ohdeladdress1',
  'ohdeladdress2',
  'ohdeladdress3',
  'ohdeladdress4',
  'ohdeladdress5',
  'ohlastupdatetime',
]

/** Cost columns are neither read nor written. */
const lineColumns = [
  'id',
  'OLid',
  'OLseq',
  'OLitem',
  'OLDesc',
  'OLNote',
  'OLorderqty',
  'OLSellingPrice',
  'OLtax',
  'oldiscount',
  'OLBillingPeriod',
  'olperiods',
  'ollinerecurring',
  'OLIsGroupDesc',
  'OLGroupID',
  'OLsortseq',
  'oldattocommercelineid',
]

const orderLines = (schema: LiveSchema, isAdopted: boolean): LineTable => ({
  isAdopted,
  table: schema.tables.orderLine,
  sequence: 'OLsortseq',
  heading: 'OLIsGroupDesc',
  text: 'OLDesc',
  code: null,
  commerceId: 'oldattocommercelineid',
})

/** What a batch of orders needs to know. */
type Surroundings = {
  readonly clients: ReadonlyMap<number, Client>
  readonly items: ReadonlyMap<number, Ref>
  readonly quotes: ReadonlyMap<number, Ref>
  readonly lines: ReadonlyMap<number, Row[]>
}

/** ORDERHEAD with its lines, each order whole. An order whose customer is not in Halo is a fault of its own. */
export const planOrders: Planner<'salesOrders'> = async (context, batch) => {
  const { order, orderLine } = context.schema.tables
  const clients = await clientsByCommerceId(
    context,
    batch.map(({ record }) => record.customerCommerceId),
  )
  const quotes = await quotesOf(context, batch)
  const places = await placesOf(context, batch, clients, quotes)
  const keys = places.flatMap(({ key }) => key ?? [])
  const heads = new Map(
    (await rowsBy(context, order, headColumns, 'OHid', keys)).map((row) => [rowKey(order, row), row]),
  )
  const records = batch.map(({ record }) => record)
  const around: Surroundings = {
    clients,
    items: await itemsOf(context, records),
    quotes,
    lines: groupBy(await rowsBy(context, orderLine, lineColumns, 'OLid', keys), 'OLid'),
  }
  return records.map((record, at) => {
    const place = places[at] ?? nowhere
    const head = place.key === null ? null : (heads.get(place.key) ?? null)
    return planOrder(context, record, head, place.isMadeHere ? { isNow: place.isAdopted } : null, around)
  })
}

async function quotesOf(context: Context, batch: readonly Known<HaloOrder>[]): Promise<Map<number, Ref>> {
  const { quote } = context.schema.tables
  const ids = batch.flatMap(({ record }) => record.quoteCommerceId ?? [])
  const columns = ['QHid', quoteIdentity.id, quoteIdentity.tenant, quoteIdentity.url]
  const rows = groupBy(
    await rowsBy(
      context,
      quote,
      columns,
      quoteIdentity.id,
      ids.filter((id) => id >= 0),
    ),
    quoteIdentity.id,
  )
  const quotes = new Map<number, Ref>(referred(context.options.refs?.quotes, ids))
  for (const id of ids) {
    const row = pickOwned(quote, quoteIdentity, rows.get(id) ?? [], context.tenant, null, null)
    const made = context.overlay?.quotes.get(ownedKey(context.tenant, id))
    if (row) quotes.set(id, rowKey(quote, row))
    else if (made) quotes.set(id, made)
  }
  return quotes
}

function planOrder(
  context: Context,
  record: HaloOrder,
  head: Row | null,
  made: { readonly isNow: boolean } | null,
  around: Surroundings,
): Planned {
  const { order } = context.schema.tables
  const client = around.clients.get(record.customerCommerceId)
  if (!client) {
    return { ok: false, fault: customerMissing(record) }
  }
  const draft = newDraft(context.schema, record.number, context.options.existing)
  const contact = planContact(context, draft, client, record.contact)
  const quote = record.quoteCommerceId === null ? null : (around.quotes.get(record.quoteCommerceId) ?? null)
  if (record.quoteCommerceId !== null && quote === null) {
    draft.note(
      fault('halo-reference-missing', { facts: { table: 'QUOTATIONHEADER', id: record.quoteCommerceId } }),
    )
  }
  const isAdopted = made?.isNow ?? false
  if (head && isAdopted) draft.note(adoptedNote(record.number, rowKey(order, head)))
  const values = headValues(record, head)
  const main = draft.row(order, head, {
    ...(made ? withoutEmptyText(values) : values),
    // Whoever moved the order to another site of the same client had a reason.
    OHsitenum: client.sites.has(Number(head?.OHsitenum)) ? null : refValue(contact.site),
    ohuserid: refValue(contact.person.ref),
    OHQHID: quote === null ? null : refValue(quote),
  })
  const existing = head ? (around.lines.get(rowKey(order, head)) ?? []) : []
  let last = existing.reduce((highest, row) => Math.max(highest, Number(row.OLseq)), 0)
  planLines(draft, orderLines(context.schema, isAdopted), existing, record.lines, around.items, (pair) => ({
    // The number of a line in its order is part of Halo's key: given once, never moved. OLsortseq is the place on the page.
    ...(pair.row ? {} : { OLid: main, OLseq: ++last }),
    ...lineValues(pair),
  }))
  const planned = draft.done(main)
  if (!planned.ok) return planned
  contact.keep()
  if (context.overlay) {
    context.overlay.clients.set(ownedKey(context.tenant, record.customerCommerceId), client)
  }
  return planned
}

/** Without those that refer to other rows. */
function headValues(record: HaloOrder, head: Row | null): Wanted {
  const { delivery, note } = record
  const instruction = delivery.instruction === '' ? '' : `Delivery: ${delivery.instruction}`
  const hasAddress = Object.values(delivery.address).some((part) => part !== '')
  return {
    OHusername: record.contact.name,
    OHUserStatus: record.statusToWrite,
    OHtitle: record.title,
    OHsummary: record.number,
    OHponumber: record.reference,
    OHorderdate: record.orderedAt,
    OHnote: [note, instruction].filter((part) => part !== '').join('\n\n'),
    ohoverridedeliveryaddress: hasAddress ? true : null,
    ...addressColumns('ohdeladdress', delivery),
    ohlastupdatetime: laterThan(head?.ohlastupdatetime, record.modifiedAt),
  }
}

/** A line of an order, in columns, without those that refer to its order. */
export function lineValues({ line, row, item }: Pair): Wanted {
  return {
    OLitem: itemValue(item, row, 'OLitem', line.productCommerceId === null),
    OLDesc: line.description,
    OLNote: line.note,
    OLorderqty: line.quantity,
    OLSellingPrice: line.price,
    OLtax: line.tax,
    oldiscount: line.discount,
    OLBillingPeriod: line.billingPeriod,
    olperiods: line.periods ?? 0,
    ollinerecurring: line.billingPeriod !== 0,
    OLIsGroupDesc: line.kind === 'heading',
    OLGroupID: line.groupSequence,
    OLsortseq: line.sequence,
    oldattocommercelineid: line.commerceId > 0 ? line.commerceId : null,
  }
}
