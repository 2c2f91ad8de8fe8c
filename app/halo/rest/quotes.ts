import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloDelivery, HaloQuote } from '../../model/halo.ts'
import type { Known } from '../destination.ts'
import { tieTo } from '../sql/context.ts'
import { type HaloObject, idOf, wholeOf } from './answers.ts'
import type { Client, Context, Person, Plan, Writer } from './context.ts'
import { currentOf } from './current.ts'
import { type Draft, date, decimal, type Fields, flag, newDraft, text, type Wanted, whole } from './fields.ts'
import { emptyKeptLines, itemsOf, itemValue, type LineForm, planLines } from './lines.ts'
import { clientsByCommerceId, planContact } from './people.ts'
import { planFrom } from './plan.ts'
import { pickOwned } from './whose.ts'

/** /Quotation (apis.md §2.4). */
export const quoteFields: Fields = {
  title: text(4000, true),
  status: whole,
  date,
  expiry_date: date,
  note: text(),
  carriage_desc: text(4000, true),
  carriage_price: decimal,
  deladdress1: text(255),
  deladdress2: text(255),
  deladdress3: text(255),
  deladdress4: text(255),
  deladdress5: text(255),
  third_party_number: text(100),
  third_party_url: text(1000),
  datto_commerce_id: whole,
  datto_commerce_url: text(250),
  dattocommerce_tenantid: whole,
}

/** Quantity, price, tax and discount are in no document, but in Halo's own sample body (apis.md §2.2). No cost. */
export const quoteLineFields: Fields = {
  item_id: whole,
  productcode: text(4000),
  name: text(4000, true),
  note: text(),
  price: decimal,
  quantity: decimal,
  tax: decimal,
  tax_rate: decimal,
  discount: decimal,
  billingperiod: whole,
  line_periods: whole,
  optional: flag,
  group_id: whole,
  isgroupdesc: flag,
  printitem: flag,
  sort_seq: whole,
}

const form: LineForm = {
  fields: quoteLineFields,
  columns: {
    sequence: 'sort_seq',
    heading: 'isgroupdesc',
    text: 'name',
    code: 'productcode',
    commerceId: null,
  },
  wanted: (line, row, item) => ({
    item_id: itemValue(item, row, line.productCode !== String(row?.productcode ?? '')),
    productcode: line.productCode,
    name: line.description,
    note: line.note,
    price: line.price,
    quantity: line.quantity,
    tax: line.tax,
    tax_rate: line.taxRate,
    discount: line.discount,
    billingperiod: line.billingPeriod,
    line_periods: line.periods ?? 0,
    optional: line.isOptional,
    group_id: line.groupSequence,
    isgroupdesc: line.kind === 'heading',
    printitem: true,
    sort_seq: line.sequence,
  }),
}

/** A quote with its lines in one record: whole or not at all. */
export const quotes: Writer<'quotes'> = {
  path: '/Quotation',
  plan: planQuotes,
  keyOf: (answer) => wholeOf(answer.datto_commerce_id),
  finish: (context, written) => emptyKeptLines(context, '/Quotation', written.values()),
  locate: (context, records) =>
    locateQuotes(
      context,
      records.map((record) => ({ commerceId: record.commerceId, url: record.url, haloId: null })),
    ),
}

/** Quotes in Halo by Commerce id. */
export async function locateQuotes(
  { finder, tenant }: Context,
  wanted: readonly { readonly commerceId: number; readonly url: string; readonly haloId: number | null }[],
): Promise<Result<Map<number, number>>> {
  const rows = await finder.owned(
    'quotes',
    wanted.map((one) => one.commerceId),
  )
  if (!rows.ok) return rows
  const found = wanted.flatMap(({ commerceId, url, haloId }) => {
    const own = rows.value.filter((row) => row.commerceId === commerceId)
    const row = pickOwned(own, { tenant, url, haloId })
    return row ? [[commerceId, row.haloId] as const] : []
  })
  return ok(new Map(found))
}

type Around = { readonly clients: ReadonlyMap<number, Client>; readonly items: ReadonlyMap<number, number> }

async function planQuotes(context: Context, batch: readonly Known<HaloQuote>[]): Promise<Result<Plan[]>> {
  const records = batch.map(({ record }) => record)
  const heads = await currentOf(context, 'quotes', batch)
  if (!heads.ok) return heads
  const clients = await clientsByCommerceId(
    context,
    records.map((record) => record.customerCommerceId),
  )
  if (!clients.ok) return clients
  const items = await itemsOf(context, records)
  if (!items.ok) return items
  const around: Around = { clients: clients.value, items: items.value }
  return ok(records.map((record, at) => planQuote(context, record, heads.value[at] ?? null, around)))
}

function planQuote(
  context: Context,
  record: HaloQuote,
  current: HaloObject | null,
  { clients, items }: Around,
): Plan {
  const client = clients.get(record.customerCommerceId)
  if (!client) return orphan(record)
  const draft = newDraft(record.number, context.options.existing)
  const { person, needs, keep } = planContact(client, record.contact)
  const set = draft.set('Quotation', quoteFields, current, headValues(record, tieTo(context, record)))
  const isMoved = planMove(context, draft, 'Quotation', person, current)
  const lines = planLines(context, draft, form, current, record.lines, items)
  const haloId = current ? idOf(current) : null
  if (!draft.trouble()) keep()
  return planFrom(draft, {
    commerceId: record.commerceId,
    label: record.number,
    haloId,
    needs,
    gone: lines.gone,
    body: () => ({
      ...(haloId === null ? {} : { id: haloId }),
      ...set,
      // A quote belongs to its client through its contact; the other two are what Halo shows beside it.
      ...(isMoved
        ? { user_id: person.id, site_id: person.row?.siteId ?? client.siteId, client_id: client.id }
        : {}),
      ...(lines.bodies ? { lines: lines.bodies } : {}),
    }),
    keep: (id) => {
      if (record.commerceId < 0) return
      context.memory.quotes.set(record.commerceId, id)
      if (id !== null && haloId === null && !context.isPreview) {
        context.finder.made('quotes', {
          haloId: id,
          commerceId: record.commerceId,
          tenant: context.tenant,
          url: record.url,
          name: '',
        })
      }
    },
  })
}

/** Whether a quote or an order gets another contact than it has. A contact in the making is shown as "new". */
export function planMove(
  { options }: Context,
  draft: Draft,
  part: string,
  person: Person,
  current: HaloObject | null,
): boolean {
  const before = wholeOf(current?.user_id)
  if (options.existing === 'fill only' && before !== null) return false
  if (person.id !== null && before === person.id) return false
  draft.change({ field: `${part}.user_id`, before, after: person.id ?? 'new' })
  return true
}

/** The sync brings a quote's or order's customer first; without it the record cannot belong to anybody. */
export const orphan = (record: {
  readonly commerceId: number
  readonly number: string
  readonly customerCommerceId: number
}): Plan => {
  const trouble: Fault = fault('customer-missing', {
    facts: { label: record.number, customerId: record.customerCommerceId },
  })
  return {
    commerceId: record.commerceId,
    label: record.number,
    haloId: null,
    kind: 'unchanged',
    changes: [],
    notes: [],
    fault: trouble,
    needs: [],
    gone: [],
    body: () => null,
    keep: () => undefined,
  }
}

/** Delivery in words, for a quote that has a charge or an instruction. */
function carriageText({ delivery }: HaloQuote): string {
  if (delivery.instruction !== '') return `Delivery: ${delivery.instruction}`
  return delivery.amount === 0 ? '' : 'Delivery'
}

/** The delivery address as the five properties of a quote or an order. */
export const deliveryValues = ({ address }: HaloDelivery): Wanted => ({
  deladdress1: address.line1,
  deladdress2: address.line2,
  deladdress3: address.line3,
  deladdress4: address.line4,
  deladdress5: address.postcode,
})

const headValues = (record: HaloQuote, tie: ReturnType<typeof tieTo>): Wanted => ({
  title: record.title,
  status: record.statusToWrite,
  date: record.createdAt,
  expiry_date: record.expiresAt,
  note: record.note,
  carriage_desc: carriageText(record),
  carriage_price: record.delivery.amount,
  ...deliveryValues(record.delivery),
  third_party_number: record.number,
  third_party_url: tie.url,
  datto_commerce_id: tie.id,
  datto_commerce_url: tie.url,
  dattocommerce_tenantid: tie.tenant,
})
