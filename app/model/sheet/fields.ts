import type { Entity } from '../tenant.ts'
import type { SheetField } from './field-type.ts'
import { customerFields } from './fields/customers.ts'
import { productFields } from './fields/products.ts'
import { quoteFields } from './fields/quotes.ts'
import { orderFields } from './fields/sales-orders.ts'

/**
 * What can be imported from a spreadsheet, per entity. Templates, matching, checks and the screens all read this one list. A quote or order
 * takes one row a line, with its own columns repeated in each. There is no cost, on purpose (design §7).
 */
export const sheetFields: Readonly<Record<Entity, readonly SheetField[]>> = {
  customers: customerFields,
  products: productFields,
  quotes: quoteFields,
  salesOrders: orderFields,
}

/** The fields of an entity, and with them those that a tenant's Halo has besides. */
export const fieldsWith = (entity: Entity, custom: readonly SheetField[] = []): readonly SheetField[] =>
  custom.length === 0 ? sheetFields[entity] : [...sheetFields[entity], ...custom]

/** A field by its key; null for one that the entity does not have. `custom`: those of the tenant's Halo. */
export const sheetField = (
  entity: Entity,
  key: string,
  custom: readonly SheetField[] = [],
): SheetField | null => fieldsWith(entity, custom).find((one) => one.key === key) ?? null

/** What tells which rows belong to one record, for what has lines. */
export const rowKeys: Readonly<Record<Entity, string | null>> = {
  customers: null,
  products: null,
  quotes: 'quoteNumber',
  salesOrders: 'orderNumber',
}
