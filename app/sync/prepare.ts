import { hash } from 'node:crypto'
import type { z } from 'zod'
import { resources } from '../commerce/resources/index.ts'
import type { ResourceName } from '../commerce/resources/resource.ts'
import { type Fault, fault } from '../model/fault.ts'
import type { HaloRecord, HaloSupplier } from '../model/halo.ts'
import { mapCustomer, notesOnCustomer } from '../model/map/customer.ts'
import { mapOrder } from '../model/map/order.ts'
import { categoriesAbove, firstSupplier, mapProduct, notesOnProduct } from '../model/map/product.ts'
import { mapQuote } from '../model/map/quote.ts'
import { stableText } from '../model/record-hash.ts'
import type { Entity } from '../model/tenant.ts'
import type { KnownRecord } from '../store/records.ts'
import type { SourceRow } from '../store/sources.ts'
import { type SyncContext, wantsSuppliers } from './context.ts'
import { customerNames, type Shown, showSource, withAmount } from './shown.ts'

/** The list that holds an entity's records; their parts are in others. */
export const rootOf = {
  products: 'product',
  customers: 'customer',
  quotes: 'quote',
  salesOrders: 'salesorder',
} as const

/** A dirty record, mapped, with what is to be done with it. */
export type Prepared<E extends Entity> = {
  readonly id: number
  readonly modifiedAt: string | null
  readonly known: KnownRecord | null
  readonly shown: Shown
  readonly notes: readonly Fault[]
  readonly step:
    | { readonly do: 'write'; readonly record: HaloRecord[E]; readonly hash: string }
    | { readonly do: 'nothing' }
    | { readonly do: 'skip' }
    | { readonly do: 'fail'; readonly fault: Fault }
}

export type Mapped<E extends Entity> =
  | { readonly record: HaloRecord[E]; readonly notes: readonly Fault[] }
  | { readonly skipped: Fault }
  | { readonly fault: Fault }

/** Maps a batch of mirror rows of one entity. Rows come and go in the same order; a record that cannot be mapped fails alone. */
export function prepare<E extends Entity>(
  ctx: SyncContext,
  entity: E,
  rows: readonly SourceRow[],
): Prepared<E>[] {
  const known = ctx.store.records.known(
    ctx.tenant.id,
    entity,
    rows.map((row) => row.id),
  )
  const map = mappers[entity](ctx, rows) as (row: SourceRow, known: KnownRecord | null) => Mapped<E>
  const names = customerNames(ctx, entity, rows)
  return rows.map((row) => {
    const before = known.get(row.id) ?? null
    const shown = showSource(entity, row, names)
    const broken = ctx.broken.get(`${rootOf[entity]}:${row.id}`)
    const mapped: Mapped<E> = broken ? { fault: broken } : map(row, before)
    const base = {
      id: row.id,
      modifiedAt: row.modifiedAt,
      known: before,
      shown,
      notes: [] as readonly Fault[],
    }
    if ('fault' in mapped) return { ...base, step: { do: 'fail', fault: mapped.fault } }
    if ('skipped' in mapped) return { ...base, notes: [mapped.skipped], step: { do: 'skip' } }
    return {
      ...base,
      ...settleStep(ctx, entity, mapped.record, before),
      shown: withAmount(entity, shown, mapped.record),
      notes: mapped.notes,
    }
  })
}

function settleStep<E extends Entity>(
  ctx: SyncContext,
  entity: E,
  record: HaloRecord[E],
  known: KnownRecord | null,
): Pick<Prepared<E>, 'step'> {
  // The tenant's default group and Halo's tenant id go into every hash: changing them rewrites what depends on them.
  const text = `${stableText(record)}|${entity === 'products' ? ctx.tenant.mapping.defaultGroup : ''}|${ctx.owner.haloTenantId}`
  const digest = hash('sha256', text, 'base64url')
  const wantsStatus = 'statusToWrite' in record && record.statusToWrite !== null
  const isSame = known?.hash === digest && known.haloId !== null && !wantsStatus
  return { step: isSame ? { do: 'nothing' } : { do: 'write', record, hash: digest } }
}

/** A source row read by its schema; what was valid when it was staged can only fail here after a change of the program. */
function parse<R extends ResourceName>(
  resource: R,
  row: SourceRow,
): z.output<(typeof resources)[R]['schema']> | null {
  const read = resources[resource].schema.safeParse(JSON.parse(row.body))
  return read.success ? (read.data as z.output<(typeof resources)[R]['schema']>) : null
}

function parseAll<R extends ResourceName>(resource: R, rows: readonly SourceRow[]) {
  return rows.map((row) => parse(resource, row)).filter((row) => row !== null)
}

/** Parts of these parents, grouped by parent; `valid` is false for a parent one of whose parts does not parse. */
function partsOf<R extends ResourceName>(ctx: MapContext, resource: R, parentIds: readonly number[]) {
  const groups = Map.groupBy(
    ctx.store.sources.childrenOf(ctx.tenant.id, resource, parentIds),
    (row) => row.parentId ?? 0,
  )
  return (parentId: number) => parseAll(resource, groups.get(parentId) ?? [])
}

/** One record as a run would map it now; the mirror's rows decide, no request is sent. */
export const mapOne = <E extends Entity>(
  ctx: MapContext,
  entity: E,
  row: SourceRow,
  known: KnownRecord | null,
): Mapped<E> =>
  (mappers[entity](ctx, [row]) as (row: SourceRow, known: KnownRecord | null) => Mapped<E>)(row, known)

/** Whom these products are bought from; nobody for a tenant that does not want to know. */
function suppliersOf(
  ctx: MapContext,
  rows: readonly SourceRow[],
): (productId: number) => HaloSupplier | null {
  if (!wantsSuppliers(ctx)) return () => null
  const links = partsOf(
    ctx,
    'productsupplier',
    rows.map((row) => row.id),
  )
  const ids = new Set(rows.flatMap((row) => links(row.id).map((link) => link.supplierID ?? 0)))
  const named = parseAll('supplier', ctx.store.sources.getMany(ctx.tenant.id, 'supplier', [...ids]))
  const byId = new Map(named.map((supplier) => [supplier.id, supplier]))
  return (productId) => firstSupplier(links(productId), byId)
}

const invalid = (resource: ResourceName, row: SourceRow): Fault =>
  fault('record-invalid', { facts: { resource, id: row.id } })

/** What mapping needs of a run, so that a screen can map one record without any. */
type MapContext = Pick<SyncContext, 'store' | 'tenant' | 'missingProducts'>

type Mapper<E extends Entity> = (
  ctx: MapContext,
  rows: readonly SourceRow[],
) => (row: SourceRow, known: KnownRecord | null) => Mapped<E>

const mappers: { readonly [E in Entity]: Mapper<E> } = {
  products: (ctx, rows) => {
    const chosen = ctx.store.groupChoices.of(
      ctx.tenant.id,
      rows.map((row) => row.id),
    )
    const categories = new Map(
      parseAll('category', ctx.store.sources.all(ctx.tenant.id, 'category')).map((one) => [one.id, one]),
    )
    const supplierOf = suppliersOf(ctx, rows)
    return (row) => {
      const product = parse('product', row)
      if (!product) return { fault: invalid('product', row) }
      const category = categories.get(product.categoryID ?? 0) ?? null
      const source = {
        product,
        category,
        ancestors: categoriesAbove(category, categories),
        chosenGroup: chosen.get(product.id) ?? null,
        supplier: supplierOf(product.id),
      }
      return { record: mapProduct(source, ctx.tenant), notes: notesOnProduct(source) }
    }
  },
  customers: (ctx, rows) => {
    const ids = rows.map((row) => row.id)
    const contacts = partsOf(ctx, 'contact', ids)
    const addresses = partsOf(ctx, 'customeraddress', ids)
    return (row) => {
      const customer = parse('customer', row)
      if (!customer) return { fault: invalid('customer', row) }
      const source = { customer, contacts: contacts(row.id), addresses: addresses(row.id) }
      return { record: mapCustomer(source, ctx.tenant), notes: notesOnCustomer(source, ctx.tenant) }
    }
  },
  quotes: (ctx, rows) => {
    const choices = ctx.store.statusChoices.of(
      ctx.tenant.id,
      rows.map((row) => row.id),
    )
    const sections = partsOf(
      ctx,
      'quotesection',
      rows.map((row) => row.id),
    )
    const sectionIds = rows.flatMap((row) => sections(row.id).map((section) => section.id))
    const lines = partsOf(ctx, 'quoteline', sectionIds)
    return (row, known) => {
      const quote = parse('quote', row)
      if (!quote) return { fault: invalid('quote', row) }
      const own = sections(row.id)
      const ownLines = own.flatMap((section) => lines(section.id))
      const { missingProducts } = ctx
      const status = { lastStatus: known?.statusSeen ?? null, choice: choices.get(row.id) ?? null }
      return mapQuote({ quote, sections: own, lines: ownLines, ...status, missingProducts }, ctx.tenant)
    }
  },
  salesOrders: (ctx, rows) => {
    const lines = partsOf(
      ctx,
      'salesorderline',
      rows.map((row) => row.id),
    )
    return (row, known) => {
      const order = parse('salesorder', row)
      if (!order) return { fault: invalid('salesorder', row) }
      const { missingProducts } = ctx
      return mapOrder(
        { order, lines: lines(row.id), lastStatus: known?.statusSeen ?? null, missingProducts },
        ctx.tenant,
      )
    }
  },
}
