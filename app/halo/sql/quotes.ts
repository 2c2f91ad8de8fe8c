import { readDate } from '../../model/dates.ts'
import { type Fault, fault } from '../../model/fault.ts'
import type { HaloQuote } from '../../model/halo.ts'
import { type Context, groupBy, ownedKey, type Planner, rowsBy, tieTo } from './context.ts'
import type { Row, Value } from './dialect.ts'
import { findOwned, type Identity } from './identity.ts'
import { addressColumns, itemsOf, type LineTable, type Pair, planLines } from './lines.ts'
import type { LiveSchema } from './live.ts'
import { type Client, clientsByCommerceId, planContact, refValue } from './people.ts'
import { newDraft, type Planned, type Ref, type RowPlan, rowKey, type Wanted } from './rows.ts'

export const quoteIdentity: Identity = {
  id: 'qhdattocommerceid',
  tenant: 'qhdattocommercetenantid',
  url: 'qhdattocommerceurl',
}

const headColumns = [
  'QHid',
  'QHtitle',
  'QHstatus',
  'QHDate',
  'QHExpiryDate',
  'QHNote',
  'QHUserID',
  'QHCarriageDesc',
  'QHCarriagePrice',
  'qhdeladdress1',
  'qhdeladdress2',
  'qhdeladdress3',
  'qhdeladdress4',
  'qhdeladdress5',
  'QHThirdPartyNumber',
  'QHThirdPartyURL',
  'qhlastupdatetime',
  'qhdattocommerceid',
  'qhdattocommerceurl',
  'qhdattocommercetenantid',
]

/** Cost columns are neither read nor written. */
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
  'QDPrintItem',
  'QDsortseq',
]

const quoteLines = (schema: LiveSchema): LineTable => ({
  table: schema.tables.quoteLine,
  sequence: 'QDsortseq',
  heading: 'QDIsGroupDesc',
  text: 'QDDesc',
  code: 'QDProductCode',
  commerceId: null,
})

/** What a batch of quotes needs to know. */
type Surroundings = {
  readonly clients: ReadonlyMap<number, Client>
  readonly items: ReadonlyMap<number, Ref>
  readonly lines: ReadonlyMap<number, Row[]>
}

/** QUOTATIONHEADER with its lines, each quote whole. A quote whose customer is not in Halo is a fault of its own. */
export const planQuotes: Planner<'quotes'> = async (context, batch) => {
  const { quote, quoteLine } = context.schema.tables
  const heads = await findOwned(context, quote, headColumns, quoteIdentity, batch)
  const keys = heads.flatMap((row) => (row ? [rowKey(quote, row)] : []))
  const records = batch.map(({ record }) => record)
  const around: Surroundings = {
    clients: await clientsByCommerceId(
      context,
      records.map((record) => record.customerCommerceId),
    ),
    items: await itemsOf(context, records),
    lines: groupBy(await rowsBy(context, quoteLine, lineColumns, 'QDQHid', keys), 'QDQHid'),
  }
  return records.map((record, at) => planQuote(context, record, heads[at] ?? null, around))
}

function planQuote(
  context: Context,
  record: HaloQuote,
  head: Row | null,
  { clients, items, lines }: Surroundings,
): Planned {
  const { quote } = context.schema.tables
  const client = clients.get(record.customerCommerceId)
  if (!client) {
    return { ok: false, fault: customerMissing(record) }
  }
  const draft = newDraft(context.schema, record.number, context.options.existing)
  const { person, keep } = planContact(context, draft, client, record.contact)
  const main = draft.row(quote, head, headValues(context, record, head, person.ref))
  const existing = head ? (lines.get(rowKey(quote, head)) ?? []) : []
  planLines(draft, quoteLines(context.schema), existing, record.lines, items, (pair) =>
    lineValues(main, pair),
  )
  const planned = draft.done(main)
  if (!planned.ok) return planned
  keep()
  if (context.overlay) {
    context.overlay.clients.set(ownedKey(context.tenant, record.customerCommerceId), client)
    if (!head) context.overlay.quotes.set(ownedKey(context.tenant, record.commerceId), main)
  }
  return planned
}

/** The sync brings a quote's or order's customer first; without it the record cannot belong to anybody. */
export const customerMissing = (record: {
  readonly number: string
  readonly customerCommerceId: number
}): Fault =>
  fault('customer-missing', { facts: { label: record.number, customerId: record.customerCommerceId } })

/** Halo's own last change may be later than Commerce's; it never goes back. */
export function laterThan(current: Value | undefined, modifiedAt: string | null): string | null {
  if (modifiedAt === null) return null
  const present = typeof current === 'string' ? readDate(current) : null
  return present !== null && present >= modifiedAt ? null : modifiedAt
}

/** Delivery in words, for a quote that has a charge or an instruction. */
function carriageText({ delivery }: HaloQuote): string {
  if (delivery.instruction !== '') return `Delivery: ${delivery.instruction}`
  return delivery.amount === 0 ? '' : 'Delivery'
}

function headValues(context: Context, record: HaloQuote, head: Row | null, person: Ref): Wanted {
  const tie = tieTo(context, record)
  return {
    QHtitle: record.title,
    QHstatus: record.statusToWrite,
    QHDate: record.createdAt,
    QHExpiryDate: record.expiresAt,
    QHNote: record.note,
    QHUserID: refValue(person),
    QHCarriageDesc: carriageText(record),
    QHCarriagePrice: record.delivery.amount,
    ...addressColumns('qhdeladdress', record.delivery),
    QHThirdPartyNumber: record.number,
    QHThirdPartyURL: tie.url,
    qhlastupdatetime: laterThan(head?.qhlastupdatetime, record.modifiedAt),
    qhdattocommerceid: tie.id,
    qhdattocommerceurl: tie.url,
    qhdattocommercetenantid: tie.tenant,
  }
}

function lineValues(quote: RowPlan, { line, row, item }: Pair): Wanted {
  return {
    QDQHid: quote,
    QDItemid: itemValue(item, row, 'QDItemid', line.productCode !== String(row?.QDProductCode ?? '')),
    QDProductCode: line.productCode,
    QDDesc: line.description,
    QDNote: line.note,
    QDPrice: line.price,
    QDQuantity: line.quantity,
    QDTax: line.tax,
    qdtax_rate: line.taxRate,
    QDDiscount: line.discount,
    QDBillingPeriod: line.billingPeriod,
    qdperiods: line.periods ?? 0,
    qdOptional: line.isOptional,
    QDGroupID: line.groupSequence,
    QDIsGroupDesc: line.kind === 'heading',
    QDPrintItem: true,
    QDsortseq: line.sequence,
  }
}

/** The item when it is in Halo; 0 when a row now stands for another product; else as it is. */
export function itemValue(
  item: Ref | null,
  row: Row | null,
  column: string,
  isOtherProduct: boolean,
): number | RowPlan | null {
  if (item !== null) return refValue(item)
  return row && isOtherProduct && Number(row[column] ?? 0) !== 0 ? 0 : null
}
