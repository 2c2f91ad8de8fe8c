import { fault, ok, type Result } from '../../model/fault.ts'
import type { HaloOrder } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { referred } from '../sql/context.ts'
import { type HaloObject, idOf, readOne, wholeOf } from './answers.ts'
import type { Client, Context, Plan, Writer } from './context.ts'
import { date, decimal, type Fields, flag, newDraft, text, type Wanted, whole } from './fields.ts'
import { besideEachOther } from './find-lists.ts'
import { emptyKeptLines, itemsOf, itemValue, type LineForm, planLines } from './lines.ts'
import { clientsByCommerceId, planContact } from './people.ts'
import { deliveryValues, isMovedTo, locateQuotes, orphan } from './quotes.ts'

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

const form: LineForm = {
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

const lineIdsOf = (record: HaloOrder): number[] =>
  record.lines.flatMap(({ commerceId }) => (commerceId > 0 ? [commerceId] : []))

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

/**
 * The keys of the orders that are in Halo already: by the Commerce ids of their lines, among the clients of this tenant; a key remembered from an earlier
 * write counts while its lines or its customer still fit.
 */
async function findOrders(
  context: Context,
  batch: readonly Known<HaloOrder>[],
): Promise<Result<(number | null)[]>> {
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

type Around = {
  readonly clients: ReadonlyMap<number, Client>
  readonly items: ReadonlyMap<number, number>
  /** null: a preview would make the quote. */
  readonly quotes: ReadonlyMap<number, number | null>
  readonly linkModule: number | null
}

async function planOrders(context: Context, batch: readonly Known<HaloOrder>[]): Promise<Result<Plan[]>> {
  const records = batch.map(({ record }) => record)
  const found = await findOrders(context, batch)
  if (!found.ok) return found
  const heads = await besideEachOther(found.value, async (id) => {
    if (id === null) return ok(null)
    const answer = await context.api.get(`/SalesOrder/${id}`, { includedetails: true })
    return answer.ok ? ok(readOne(answer.value)) : answer
  })
  if (!heads.ok) return heads
  const clients = await clientsByCommerceId(
    context,
    records.map((record) => record.customerCommerceId),
  )
  if (!clients.ok) return clients
  const items = await itemsOf(context, records)
  if (!items.ok) return items
  const quotes = await quotesOf(context, records)
  if (!quotes.ok) return quotes
  const linkModule =
    heads.value.some((head) => head === null) && !context.isPreview
      ? await context.lookups.linkModule()
      : ok(null)
  if (!linkModule.ok) return linkModule
  const around: Around = {
    clients: clients.value,
    items: items.value,
    quotes: quotes.value,
    linkModule: linkModule.value,
  }
  return ok(records.map((record, at) => planOrder(context, record, heads.value[at] ?? null, around)))
}

async function quotesOf(
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

function planOrder(context: Context, record: HaloOrder, current: HaloObject | null, around: Around): Plan {
  const client = around.clients.get(record.customerCommerceId)
  if (!client) return orphan(record)
  const draft = newDraft(record.number, context.options.existing)
  const { person, needs, keep } = planContact(client, record.contact)
  const quote = record.quoteCommerceId === null ? null : around.quotes.get(record.quoteCommerceId)
  if (quote === undefined)
    draft.note(
      fault('halo-reference-missing', { facts: { table: 'quotations', id: record.quoteCommerceId ?? 0 } }),
    )
  const set = draft.set('SalesOrder', orderFields, current, {
    ...headValues(record),
    quotation_id: quote ?? null,
  })
  const isMoved = isMovedTo(context, person, current)
  if (isMoved)
    draft.change({
      field: 'SalesOrder.user_id',
      before: wholeOf(current?.user_id),
      after: person.id ?? 'new',
    })
  // Whoever moved the order to another site of the same client had a reason.
  const site = wholeOf(current?.site_id)
  const isPlaced = site !== null && client.sites.has(site)
  if (!isPlaced) draft.change({ field: 'SalesOrder.site_id', before: site, after: client.siteId ?? 'new' })
  const lines = planLines(context, draft, form, current, record.lines, around.items)
  const haloId = current ? idOf(current) : null
  const trouble = draft.trouble()
  if (!trouble) keep()
  return {
    commerceId: record.commerceId,
    label: record.number,
    haloId,
    kind: haloId === null ? 'created' : draft.changes.length > 0 ? 'updated' : 'unchanged',
    changes: draft.changes,
    notes: [...draft.notes],
    fault: trouble,
    needs,
    gone: lines.gone,
    body: () => ({
      ...(haloId === null ? linkOf(context, record, around.linkModule) : { id: haloId }),
      ...set,
      ...(isMoved ? { user_id: person.id } : {}),
      ...(isPlaced ? {} : { site_id: client.siteId, client_id: client.id }),
      ...(lines.bodies ? { lines: lines.bodies } : {}),
    }),
    keep: (id) => {
      if (id === null || context.isPreview || record.commerceId < 0) return
      context.finder.madeOrder(
        lineIdsOf(record).map((lineId) => ({ haloId: id, lineId, clientId: client.id })),
      )
    },
  }
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
