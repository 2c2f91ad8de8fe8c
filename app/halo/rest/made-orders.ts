import { type Fault, type FaultCode, fail, fault, ok, type Result } from '../../model/fault.ts'
import type { HaloBillingPeriod } from '../../model/halo.ts'
import { asHaloLine, type NewOrderLine, type OfferedLine } from '../../model/new-order.ts'
import type { Owner } from '../destination.ts'
import {
  isSigned,
  linesFor,
  type MadeOrders,
  type NewOrder,
  type OrderOffer,
  periodUnknown,
  type QuoteKey,
  signOf,
} from '../made-orders.ts'
import { flagOf, type HaloObject, idOf, readOne, readPosted, textOf, wholeOf } from './answers.ts'
import type { HaloApi } from './api.ts'
import { newDraft } from './fields.ts'
import type { Finder } from './find.ts'
import { linesOf } from './lines.ts'
import { orderFields, orderForm } from './orders.ts'
import { ordersOfQuote } from './orders-of-quotes.ts'

type Place = { readonly api: HaloApi; readonly find: () => Promise<Result<Finder>> }

/** Orders made from quotes by POST /SalesOrder. */
export function restMadeOrders(place: Place): MadeOrders {
  return {
    offer: async (owner, quote) => {
      const found = await readQuote(place, owner, quote)
      return found.ok ? ok(found.value.offer) : found
    },
    make: async (owner, quote, order) => {
      const found = await readQuote(place, owner, quote)
      if (!found.ok) return found
      const lines = linesFor(found.value.offer, order)
      if (!lines.ok) return lines
      const body = bodyOf(found.value, order, lines.value)
      if (!body.ok) return body
      const answer = await place.api.post('/SalesOrder', [body.value])
      const haloId = answer.ok ? (readPosted(answer.value).map(idOf)[0] ?? null) : null
      if (haloId !== null) return ok({ haloId })
      const trouble = answer.ok ? null : answer.fault
      return trouble === null || lostCodes.includes(trouble.code)
        ? lookUp(place, owner, quote, order, trouble)
        : fail(trouble)
    },
  }
}

const lostCodes: readonly FaultCode[] = ['timeout', 'connection-lost', 'halo-unreachable', 'json-broken']

/** Nobody knows whether Halo made it (docs/decisions/104): what it has now is read, and nothing is sent again. */
async function lookUp(
  place: Place,
  owner: Owner,
  quote: QuoteKey,
  order: NewOrder,
  trouble: Fault | null,
): Promise<Result<{ haloId: number }>> {
  const now = await readQuote(place, owner, quote)
  if (!now.ok) return trouble ? fail(trouble) : now
  const made = now.value.offer.orders.find(
    ({ haloId, summary }) => !order.known.includes(haloId) && isSigned(summary),
  )
  return made
    ? ok({ haloId: made.haloId })
    : fail(trouble ?? fault('halo-refused', { facts: { label: now.value.offer.number } }))
}

/** A quote as an order needs it: what is offered, and what of it nobody chooses. */
type Found = { readonly offer: OrderOffer; readonly row: HaloObject }

async function readQuote({ api, find }: Place, owner: Owner, key: QuoteKey): Promise<Result<Found>> {
  const answer = await api.get(`/Quotation/${key.haloId}`, { includedetails: true })
  if (!answer.ok) return answer
  const row = readOne(answer.value)
  const holder = row ? wholeOf(row.dattocommerce_tenantid) : null
  const isOwn =
    row !== null &&
    wholeOf(row.datto_commerce_id) === key.commerceId &&
    (holder === null || holder === owner.haloTenantId)
  if (!isOwn) return fail(fault('quote-gone', { facts: { id: key.haloId } }))
  const lines = offeredLines(linesOf(row))
  if (!lines.ok) return lines
  const finder = await find()
  if (!finder.ok) return finder
  const orders = await ordersOfQuote(api, finder.value, row)
  if (!orders.ok) return orders
  const client = await nameOf(api, '/Client', row.client_name, row.client_id)
  if (!client.ok) return client
  const contact = await nameOf(api, '/Users', row.user_name, row.user_id)
  if (!contact.ok) return contact
  return ok({
    row,
    offer: {
      haloId: key.haloId,
      number: textOf(row.third_party_number) || String(key.commerceId),
      title: textOf(row.title),
      client: client.value,
      contact: contact.value,
      reference: textOf(row.po_ref) || textOf(row.ponumber),
      carriage: Number(row.carriage_price ?? 0),
      lines: lines.value,
      orders: orders.value,
    },
  })
}

/** Halo tells the name beside the key, mostly. */
async function nameOf(api: HaloApi, path: string, told: unknown, key: unknown): Promise<Result<string>> {
  const id = wholeOf(key)
  if (textOf(told) !== '' || id === null) return ok(textOf(told))
  const answer = await api.get(`${path}/${id}`, { includedetails: true })
  return answer.ok ? ok(textOf(readOne(answer.value)?.name)) : answer
}

const periods: readonly HaloBillingPeriod[] = [0, 2, 3, 4]

function offeredLines(rows: readonly HaloObject[]): Result<OfferedLine[]> {
  const lines: OfferedLine[] = []
  const number = (value: unknown): number => Number(value ?? 0)
  const sorted = rows.toSorted(
    (a, b) => number(a.sort_seq) - number(b.sort_seq) || number(a.id) - number(b.id),
  )
  for (const row of sorted) {
    const billingPeriod = periods.find((one) => one === number(row.billingperiod))
    if (billingPeriod === undefined) return fail(periodUnknown(textOf(row.name)))
    lines.push({
      id: idOf(row) ?? 0,
      itemId: wholeOf(row.item_id),
      kind: flagOf(row.isgroupdesc) ? 'heading' : 'line',
      sequence: number(row.sort_seq),
      groupSequence: number(row.group_id),
      productCode: textOf(row.productcode),
      description: textOf(row.name),
      note: textOf(row.note),
      price: number(row.price),
      quantity: number(row.quantity),
      discount: number(row.discount),
      tax: number(row.tax),
      taxRate: number(row.tax_rate),
      billingPeriod,
      periods: wholeOf(row.line_periods),
      isOptional: flagOf(row.optional),
    })
  }
  return ok(lines)
}

const addressFields = ['deladdress1', 'deladdress2', 'deladdress3', 'deladdress4', 'deladdress5'] as const

function bodyOf({ offer, row }: Found, order: NewOrder, lines: readonly NewOrderLine[]): Result<HaloObject> {
  const draft = newDraft(offer.number)
  const address = Object.fromEntries(addressFields.map((name) => [name, textOf(row[name])]))
  const head = draft.set('SalesOrder', orderFields, null, {
    title: order.title,
    summary: signOf(offer.number),
    po_number: order.reference,
    date: order.orderedAt,
    note: order.note,
    user_name: offer.contact,
    status: order.statusId,
    quotation_id: offer.haloId,
    override_delivery_address: Object.values(address).some((part) => part !== '') ? true : null,
    ...address,
  })
  const bodies = lines.map((line) => ({
    ...draft.set(
      `Line#${line.sequence}`,
      orderForm.fields,
      null,
      orderForm.wanted(asHaloLine(line), null, line.itemId),
    ),
    ...(line.id === 0 ? {} : { quotation_line_id: line.id }),
    baseprice: line.price,
  }))
  const trouble = draft.trouble()
  return trouble ? fail(trouble) : ok({ ...head, ...placeOf(row), lines: bodies })
}

/** Whose it is, and in which money: as the quote says. */
const placeOf = (row: HaloObject): HaloObject =>
  Object.fromEntries(
    ['client_id', 'site_id', 'user_id', 'currency_code', 'currency_conversion_rate'].flatMap((name) =>
      typeof row[name] === 'number' ? [[name, row[name]]] : [],
    ),
  )
