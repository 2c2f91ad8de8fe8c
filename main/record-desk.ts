import type { Destination, Known } from '../app/halo/destination.ts'
import type { CustomerAddress } from '../app/model/commerce.ts'
import {
  customerAddressSchema,
  quoteLineSchema,
  quoteSchema,
  quoteSectionSchema,
} from '../app/model/commerce.ts'
import { type Comparison, compareRecord } from '../app/model/comparison.ts'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloOrder, HaloRecord } from '../app/model/halo.ts'
import { type LinesView, viewOfOrder, viewOfQuote } from '../app/model/lines-view.ts'
import { linksOf, type RecordLinks } from '../app/model/record-links.ts'
import type { Entity, Tenant } from '../app/model/tenant.ts'
import type { MadeOrder } from '../app/store/made-orders.ts'
import type { Store } from '../app/store/open.ts'
import { madeFor } from '../app/sync/adopt.ts'
import { type Mapped, mapOne, rootOf } from '../app/sync/prepare.ts'

/** What a record of Commerce becomes in Halo, by the tenant's mapping as it is now. */
export type RecordView = {
  readonly mapped: HaloRecord[Entity] | null
  /** Why it is left out, or cannot be mapped; null when it can. */
  readonly obstacle: Fault | null
  readonly notes: readonly Fault[]
  /** Quotes and orders. */
  readonly lines: LinesView | null
  /** Customers: the addresses that Commerce has besides the billing address. */
  readonly addresses: readonly CustomerAddress[]
  /** The sales order of a quote, the quote of a sales order; null: it has none, or that was never synced. */
  readonly counterpart: { readonly commerceId: number; readonly label: string } | null
  readonly links: RecordLinks
  /** Orders that a person made in Halo from this quote; of a sales order, the one that it was before Commerce had it. */
  readonly made: readonly MadeHere[]
}

/** An order that was made here. `quote` and `order`: Commerce's records; `order` null: Commerce has none of it yet. */
type MadeHere = Pick<MadeOrder, 'who' | 'madeAt'> & {
  readonly haloId: number
  readonly quote: RecordName
  readonly order: RecordName | null
}
type RecordName = { readonly commerceId: number; readonly label: string }

/** `notInHalo`: nothing is there under its number any more; the next sync writes it anew. */
export type Compared =
  | { readonly state: 'compared'; readonly comparison: Comparison; readonly ticketId: number | null }
  | { readonly state: 'notSynced' | 'notInHalo' }

/** One record, looked at from both sides. */
export type RecordDesk = {
  /** null: the mirror does not hold it. Answers from the store alone. */
  view(tenantId: number, entity: Entity, commerceId: number): RecordView | null
  /** Asks Halo now, and writes nothing. Faults: Halo's; customer-missing and such when the record could not be written. */
  compare(tenantId: number, entity: Entity, commerceId: number): Promise<Result<Compared>>
}

type RecordDeskParts = {
  readonly store: Store
  /** Opens the Halo of a tenant for this question alone: what a destination remembers of a preview ends with it. */
  readonly open: (tenant: Tenant) => Promise<Result<Destination>>
}

export function createRecordDesk({ store, open }: RecordDeskParts): RecordDesk {
  return {
    view: (tenantId, entity, commerceId) => {
      const found = mappedNow(store, tenantId, entity, commerceId)
      return found && viewOf(store, found.tenant, entity, commerceId, found.mapped)
    },
    compare: async (tenantId, entity, commerceId) => {
      const found = mappedNow(store, tenantId, entity, commerceId)
      const haloId = store.records.get(tenantId, entity, commerceId)?.haloId ?? null
      if (!found || haloId === null) return ok({ state: 'notSynced' })
      const { mapped, tenant } = found
      if (!('record' in mapped)) return fail('fault' in mapped ? mapped.fault : mapped.skipped)
      const opened = await open(tenant)
      if (!opened.ok) return opened
      try {
        const { record } = mapped
        const made = madeFor({ store, tenant }, entity, [record])(record)
        return await compareIn(opened.value, tenant, entity, { record, haloId, ...made })
      } finally {
        await opened.value.close()
      }
    },
  }
}

type Found = { readonly tenant: Tenant; readonly mapped: Mapped<Entity> }

function mappedNow(store: Store, tenantId: number, entity: Entity, commerceId: number): Found | null {
  const tenant = store.tenants.get(tenantId)
  const row = store.sources.get(tenantId, rootOf[entity], commerceId)
  if (!tenant || !row) return null
  const known = store.records.known(tenantId, entity, [commerceId]).get(commerceId) ?? null
  const context = { store, tenant, missingProducts: new Set<number>() }
  return { tenant, mapped: mapOne(context, entity, row, known) }
}

function viewOf(
  store: Store,
  tenant: Tenant,
  entity: Entity,
  id: number,
  mapped: Mapped<Entity>,
): RecordView {
  const record = 'record' in mapped ? mapped.record : null
  return {
    mapped: record,
    obstacle: 'fault' in mapped ? mapped.fault : 'skipped' in mapped ? mapped.skipped : null,
    notes: 'record' in mapped ? mapped.notes : [],
    lines:
      entity === 'quotes'
        ? quoteLines(store, tenant, id)
        : entity === 'salesOrders' && record
          ? viewOfOrder(record as HaloOrder)
          : null,
    addresses:
      entity === 'customers' ? parts(store, tenant.id, 'customeraddress', [id], customerAddressSchema) : [],
    counterpart: counterpartOf(store, tenant.id, entity, id),
    links: recordLinks(store, tenant, entity, id),
    made: madeHere(store, tenant.id, entity, id),
  }
}

function quoteLines(store: Store, tenant: Tenant, id: number): LinesView | null {
  const body = store.sources.get(tenant.id, 'quote', id)?.body
  const quote = body === undefined ? null : quoteSchema.safeParse(JSON.parse(body)).data
  if (!quote) return null
  const sections = parts(store, tenant.id, 'quotesection', [id], quoteSectionSchema)
  const sectionIds = sections.map((section) => section.id)
  const lines = parts(store, tenant.id, 'quoteline', sectionIds, quoteLineSchema)
  return viewOfQuote({ quote, sections, lines, lastStatus: quote.status }, tenant)
}

function madeHere(store: Store, tenantId: number, entity: Entity, id: number): MadeHere[] {
  const was = entity === 'salesOrders' ? store.madeOrders.ofOrder(tenantId, id) : null
  const made = entity === 'quotes' ? store.madeOrders.ofQuotes(tenantId, [id]) : was ? [was] : []
  const nameOf = (of: Entity, commerceId: number): RecordName => ({
    commerceId,
    label: store.records.get(tenantId, of, commerceId)?.label ?? String(commerceId),
  })
  return made.flatMap(({ haloId, quoteId, orderId, who, madeAt }) => {
    const order = orderId === null ? null : nameOf('salesOrders', orderId)
    return haloId === null ? [] : [{ who, madeAt, haloId, quote: nameOf('quotes', quoteId), order }]
  })
}

function counterpartOf(
  store: Store,
  tenantId: number,
  entity: Entity,
  id: number,
): RecordView['counterpart'] {
  if (entity !== 'quotes' && entity !== 'salesOrders') return null
  const row = store.sources.get(tenantId, rootOf[entity], id)
  const body: Record<string, unknown> = row ? JSON.parse(row.body) : {}
  const [other, its] =
    entity === 'quotes' ? (['salesOrders', body.salesOrderId] as const) : (['quotes', body.quoteID] as const)
  const found = Number.isInteger(its) ? store.records.get(tenantId, other, Number(its)) : null
  return found && { commerceId: found.commerceId, label: found.label }
}

/** Read straight from what Commerce sent, so that a record that cannot be mapped has its links, too. */
function recordLinks(store: Store, tenant: Tenant, entity: Entity, id: number): RecordLinks {
  const bodyOf = (resource: string, of: number): Record<string, unknown> | null => {
    const row = store.sources.get(tenant.id, resource, of)
    return row ? JSON.parse(row.body) : null
  }
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const body = bodyOf(rootOf[entity], id) ?? {}
  const codes: Readonly<Record<Entity, unknown>> = {
    quotes: body.code,
    salesOrders: body.orderNumber,
    customers: body.accountNumber,
    products: body.productNumber,
  }
  const record = { id, code: text(codes[entity]), quoteNumber: text(body.quoteNumber ?? body.orderNumber) }
  const customerId = entity === 'customers' ? id : Number(body.customerID ?? 0)
  const customer = entity !== 'products' && customerId > 0 ? bodyOf('customer', customerId) : null
  return linksOf(
    tenant,
    entity,
    record,
    customer && { id: customerId, code: text(customer.accountNumber), quoteNumber: '' },
  )
}

type Reader<T> = { safeParse(value: unknown): { readonly data?: T | undefined } }

function parts<T>(
  store: Store,
  tenantId: number,
  resource: string,
  parents: readonly number[],
  schema: Reader<T>,
): T[] {
  return store.sources.childrenOf(tenantId, resource, parents).flatMap((row) => {
    const { data } = schema.safeParse(JSON.parse(row.body))
    return data === undefined ? [] : [data]
  })
}

async function compareIn<E extends Entity>(
  halo: Destination,
  tenant: Tenant,
  entity: E,
  known: Known<HaloRecord[E]> & { readonly haloId: number },
): Promise<Result<Compared>> {
  const owner = await halo.owner(tenant.instanceUrl, 'preview')
  if (!owner.ok) return owner
  const row = await halo.read(entity, owner.value, known.haloId)
  if (!row.ok) return row
  if (row.value === null) return ok({ state: 'notInHalo' })
  const { defaultGroup, createItemsFromQuotes } = tenant.mapping
  const planned = await halo.write(entity, [known], {
    owner: owner.value,
    mode: 'preview',
    defaultGroup,
    createItemsFromQuotes,
  })
  if (!planned.ok) return planned
  const [outcome] = planned.value
  if (!outcome) return fail(fault('bug', { raw: 'The destination gave no outcome.' }))
  if (outcome.fault) return fail(outcome.fault)
  const { fields } = row.value
  const ticket = ticketFields.map((field) => Number(fields[field] ?? 0)).find((id) => id > 0) ?? null
  return ok({
    state: 'compared',
    comparison: compareRecord(row.value, outcome.changes),
    ticketId: ticket,
  })
}

/** Where Halo's database and its API keep the linked ticket of a quote and an order. */
const ticketFields = [
  'QUOTATIONHEADER.QHfaultID',
  'ORDERHEAD.OHfaultid',
  'Quotation.ticket_id',
  'SalesOrder.ticket_id',
]
