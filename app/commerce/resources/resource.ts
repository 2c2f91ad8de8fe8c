import type { z } from 'zod'

export const resourceNames = [
  'customer',
  'contact',
  'customeraddress',
  'product',
  'category',
  'brand',
  'productsupplier',
  'productimage',
  'supplier',
  'warehouse',
  'employee',
  'quote',
  'quotesection',
  'quoteline',
  'salesorder',
  'salesorderline',
  'salesorderpayment',
  'purchaseorder',
  'purchaseorderline',
  'purchaseordercost',
] as const
/** A list of the Commerce API, by the name in its path. */
export type ResourceName = (typeof resourceNames)[number]

/** A list of the Commerce API as data (source: the vendor's OpenAPI document). */
export type Resource<Schema extends z.ZodObject = z.ZodObject> = {
  readonly name: ResourceName
  /** From the host's root: "/v1/quote". */
  readonly path: string
  readonly schema: Schema
  /**
   * The filter by parent: its query name, and the field of a row that must then hold the parent's id (null where a row has none,
   * so that the answer cannot be checked).
   */
  readonly parent: {
    readonly of: ResourceName
    readonly query: string
    readonly field: string | null
  } | null
  /** The filter by an exact text. */
  readonly exact: { readonly query: string; readonly field: string } | null
  readonly since: 'modifiedAfter' | null
  /** Whether the list knows `page` and `pageSize`; a list that does not comes whole. */
  readonly isPaged: boolean
  /** Whether one record can be read by id. */
  readonly hasSingle: boolean
}

/** A resource from what makes it differ from the common case: paged, `modifiedAfter`, single by id, no filter. */
export function define<Schema extends z.ZodObject>(
  name: ResourceName,
  schema: Schema,
  more: Partial<Omit<Resource, 'name' | 'path' | 'schema'>> = {},
): Resource<Schema> {
  return {
    name,
    path: `/v1/${name}`,
    schema,
    parent: null,
    exact: null,
    since: 'modifiedAfter',
    isPaged: true,
    hasSingle: true,
    ...more,
  }
}
