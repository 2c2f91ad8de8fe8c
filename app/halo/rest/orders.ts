import { fault, ok, type Result } from '../../model/fault.ts'
import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { adoptedNote, withoutEmptyText } from '../made-orders.ts'
import { type HaloObject, idOf, readOne, wholeOf } from './answers.ts'
import type { Client, Context, Plan, Writer } from './context.ts'
import { type Draft, date, decimal, type Fields, flag, newDraft, text, type Wanted, whole } from './fields.ts'
import { besideEachOther } from './find-lists.ts'
import { emptyKeptLines, itemsOf, itemValue, type LineForm, planLines } from './lines.ts'
import { findOrders, lineIdsOf } from './order-identity.ts'
import { nowhere, type OrderPlace, placesOf, quotesOf } from './order-places.ts'
import { clientsByCommerceId, planContact } from './people.ts'
import { planFrom } from './plan.ts'
import { deliveryValues, orphan, planMove } from './quotes.ts'

/** /SalesOrder (apis.md §2.4). */
export const orderFields: Fields = {
  title: text(500, true),
  summary: text(4000, true),
  po_number: text(4000),
  date,
  note: text(),
  user_name: text(4000),
  status: whole,
  quotation_id: whole,
  override_delivery_address: flag,
  deladdress1: text(1000),
  deladdress2: text(1000),
  deladdress3: text(1000),
  deladdress4: text(1000),
  deladdress5: text(1000),
}

export const orderLineFields: Fields = {
  item_id: whole,
  name: text(4000, true),
  note: text(),
  price: decimal,
  quantity: decimal,
  tax: decimal,
  discount: decimal,
  billingperiod: whole,
  line_periods: whole,
  line_recurring: flag,
  group_id: whole,
  isgroupdesc: flag,
  sort_seq: whole,
  dattocommercelineid: whole,
}

/** How a line of an order is posted. */
export const orderForm: LineForm = {
  fields: orderLineFields,
  columns: {
    sequence: 'sort_seq',
    heading: 'isgroupdesc',
    text: 'name',
    code: null,
    commerceId: 'dattocommercelineid',
  },
  wanted: (line, row, item) => ({
    item_id: itemValue(item, row, line.productCommerceId === null),
    name: line.description,
    note: line.note,
    price: line.price,
    quantity: line.quantity,
    tax: line.tax,
    discount: line.discount,
    billingperiod: line.billingPeriod,
    line_periods: line.periods ?? 0,
    line_recurring: line.billingPeriod !== 0,
    group_id: line.groupSequence,
    isgroupdesc: line.kind === 'heading',
    sort_seq: line.sequence,
    dattocommercelineid: line.commerceId > 0 ? line.commerceId : null,
  }),
}

/** An order with its lines in one record. The header has no Commerce id: an order is known by the Commerce ids of its lines (docs/decisions/034). */
export const orders: Writer<'salesOrders'> = {
  path: '/SalesOrder',
  plan: planOrders,
  keyOf: () => null,
  finish: (context, written) => emptyKeptLines(context, '/SalesOrder', written.values()),
  // Without a line to know it by, only its place in the answer tells which order it is.
  isAlone: (record) => lineIdsOf(record).length === 0,
  locate: async (context, records) => {
    const found = await findOrders(
      context,
      records.map((record) => ({ record, haloId: null })),
    )
    if (!found.ok) return found
    return ok(
      new Map(
        records.flatMap((record, at) => {
          const haloId = found.value[at] ?? null
          return haloId === null ? [] : [[record.commerceId, haloId] as const]
        }),
      ),
    )
  },
}

type Around = {
  readonly clients: ReadonlyMap<number, Client>
  readonly items: ReadonlyMap<number, number>
  /** null: a preview would make the quote. */
  readonly quotes: ReadonlyMap<number, number | null>
  readonly linkModule: number | null
}

async function planOrders(context: Context, batch: readonly Known<HaloOrder>[]): Promise<Result<Plan[]>> {
  const records = batch.map(({ record }) => record)
  const clients = await clientsByCommerceId(
    context,
    records.map((record) => record.customerCommerceId),
  )
  if (!clients.ok) return clients
  const items = await itemsOf(context, records)
  if (!items.ok) return items
  const quotes = await quotesOf(context, records)
  if (!quotes.ok) return quotes
  const places = await placesOf(context, batch, { clients: clients.value, quotes: quotes.value })
  if (!places.ok) return places
  const heads = await besideEachOther(places.value, async ({ key }) => {
    if (key === null) return ok(null)
    const answer = await context.api.get(`/SalesOrder/${key}`, { includedetails: true })
    return answer.ok ? ok(readOne(answer.value)) : answer
  })
  if (!heads.ok) return heads
  const isAnyNew = places.value.some(({ isAdopted }, at) => isAdopted || heads.value[at] === null)
  const linkModule = isAnyNew && !context.isPreview ? await context.lookups.linkModule() : ok(null)
  if (!linkModule.ok) return linkModule
  const around: Around = {
    clients: clients.value,
    items: items.value,
    quotes: quotes.value,
    linkModule: linkModule.value,
  }
  return ok(
    records.map((record, at) =>
      planOrder(context, record, heads.value[at] ?? null, around, places.value[at] ?? nowhere),
    ),
  )
}

function planOrder(
  context: Context,
  record: HaloOrder,
  current: HaloObject | null,
  around: Around,
  { isMadeHere, isAdopted }: OrderPlace,
): Plan {
  const client = around.clients.get(record.customerCommerceId)
  if (!client) return orphan(record)
  const draft = newDraft(record.number, context.options.existing)
  const { person, needs, keep } = planContact(client, record.contact)
  const quote = quoteOf(draft, record, around)
  const haloId = current ? idOf(current) : null
  if (isAdopted && haloId !== null) draft.note(adoptedNote(record.number, haloId))
  const values = headValues(record)
  const set = draft.set('SalesOrder', orderFields, current, {
    ...(isMadeHere ? withoutEmptyText(values) : values),
    quotation_id: quote,
  })
  const isMoved = planMove(context, draft, 'SalesOrder', person, current)
  // Whoever moved the order to another site of the same client had a reason.
  const site = wholeOf(current?.site_id)
  const isPlaced = site !== null && client.sites.has(site)
  if (!isPlaced) draft.change({ field: 'SalesOrder.site_id', before: site, after: client.siteId ?? 'new' })
  const form = { ...orderForm, columns: { ...orderForm.columns, isAdopted } }
  const lines = planLines(context, draft, form, current, record.lines, around.items)
  if (!draft.trouble()) keep()
  return planFrom(draft, {
    commerceId: record.commerceId,
    label: record.number,
    haloId,
    needs,
    gone: lines.gone,
    body: () => ({
      ...(haloId === null ? {} : { id: haloId }),
      ...(haloId === null || isAdopted ? linkOf(context, record, around.linkModule) : {}),
      ...set,
      ...(isMoved ? { user_id: person.id } : {}),
      ...(isPlaced ? {} : { site_id: client.siteId, client_id: client.id }),
      ...(lines.bodies ? { lines: lines.bodies } : {}),
    }),
    keep: (id) => {
      if (id === null || context.isPreview || record.commerceId < 0) return
      const lineIds = lineIdsOf(record)
      context.finder.madeOrder(lineIds.map((lineId) => ({ haloId: id, lineId, clientId: client.id })))
    },
  })
}

/** The quote that an order came from; one that Halo does not have is a note, and nothing is set. */
function quoteOf(draft: Draft, record: HaloOrder, { quotes }: Around): number | null {
  if (record.quoteCommerceId === null) return null
  const quote = quotes.get(record.quoteCommerceId)
  if (quote === undefined) {
    draft.note(
      fault('halo-reference-missing', { facts: { table: 'quotations', id: record.quoteCommerceId } }),
    )
  }
  return quote ?? null
}

/** The header has no place for Commerce's id; a link beside it tells Halo's own integration whose the order is. */
const linkOf = ({ tenant }: Context, record: HaloOrder, linkModule: number | null): HaloObject =>
  linkModule === null || record.commerceId < 0
    ? {}
    : {
        new_external_link: {
          module_id: linkModule,
          details_id: tenant,
          third_party_id: String(record.commerceId),
          third_party_desc: record.number,
        },
      }

/** Without those that refer to other records. */
function headValues(record: HaloOrder): Wanted {
  const { delivery, note } = record
  const instruction = delivery.instruction === '' ? '' : `Delivery: ${delivery.instruction}`
  const hasAddress = Object.values(delivery.address).some((part) => part !== '')
  return {
    title: record.title,
    summary: record.number,
    po_number: record.reference,
    date: record.orderedAt,
    note: [note, instruction].filter((part) => part !== '').join('\n\n'),
    user_name: record.contact.name,
    status: record.statusToWrite,
    override_delivery_address: hasAddress ? true : null,
    ...deliveryValues(delivery),
  }
}
