import type { HaloRecord } from '../model/halo.ts'
import type { Entity } from '../model/tenant.ts'
import { totalsOf } from '../model/totals.ts'
import type { SourceRow } from '../store/sources.ts'
import type { SyncContext } from './context.ts'

/** What the screens' lists show of a record. */
export type Shown = {
  readonly label: string
  readonly number: string
  readonly name: string
  readonly customerId: number | null
  readonly customerName: string
  readonly status: number | null
  readonly amount: number | null
}

/** Reads what the lists show straight from the source, so that a record that cannot be mapped is still recognisable. */
export function showSource(entity: Entity, row: SourceRow, names: ReadonlyMap<number, string>): Shown {
  const body: Record<string, unknown> = JSON.parse(row.body)
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '')
  const whole = (name: string): number | null =>
    Number.isInteger(body[name]) ? (body[name] as number) : null
  const none = { customerId: null, customerName: '', status: null, amount: null }
  if (entity === 'customers') {
    const name = text('name') || `Customer ${row.id}`
    return { ...none, label: name, number: text('accountNumber'), name }
  }
  if (entity === 'products') {
    const number = text('productNumber') || text('manufacturerPartNumber')
    const amount = typeof body.price === 'number' ? body.price : null
    return {
      ...none,
      label: number || text('title') || `Product ${row.id}`,
      number,
      name: text('title'),
      amount,
    }
  }
  const number = text(entity === 'quotes' ? 'quoteNumber' : 'orderNumber')
  const customerId = whole('customerID')
  return {
    label: number || `${entity === 'quotes' ? 'Quote' : 'Order'} ${row.id}`,
    number,
    name: text(entity === 'quotes' ? 'title' : 'reference'),
    customerId,
    customerName: names.get(customerId ?? -1) ?? '',
    status: whole('status'),
    amount: null,
  }
}

/** Names of the customers of these quotes or orders, by Commerce id. */
export function customerNames(
  ctx: SyncContext,
  entity: Entity,
  rows: readonly SourceRow[],
): Map<number, string> {
  if (entity !== 'quotes' && entity !== 'salesOrders') return new Map()
  const ids = rows.map((row) => Number(JSON.parse(row.body).customerID))
  const customers = ctx.store.sources.getMany(ctx.tenant.id, 'customer', ids.filter(Number.isInteger))
  return new Map(customers.map((row) => [row.id, String(JSON.parse(row.body).name ?? '')]))
}

/** A quote or order is listed with what is paid once, before tax; the rest is on its page. */
export function withAmount<E extends Entity>(entity: E, shown: Shown, record: HaloRecord[E]): Shown {
  if (entity !== 'quotes' && entity !== 'salesOrders') return shown
  return {
    ...shown,
    amount: totalsOf(record as HaloRecord['quotes'] | HaloRecord['salesOrders']).once.beforeTax,
  }
}
