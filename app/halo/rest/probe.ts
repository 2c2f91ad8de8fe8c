import { ok, type Result } from '../../model/fault.ts'
import type { Column, ProbeReport } from '../destination.ts'
import { clientFields } from './customer-fields.ts'
import type { Fields } from './fields.ts'
import type { Lookups } from './lookups.ts'
import { orderFields, orderLineFields } from './orders.ts'
import { itemFields } from './products.ts'
import { quoteFields, quoteLineFields } from './quotes.ts'

const written: Readonly<Record<string, Fields>> = {
  Client: clientFields,
  Item: itemFields,
  Quotation: quoteFields,
  'Quotation line': quoteLineFields,
  SalesOrder: orderFields,
  'SalesOrder line': orderLineFields,
}

/**
 * One request: the token holds, and the clients' own fields can be read. Which properties this Halo's version has, its API does not say (it ignores those that
 * it does not know), so `found` lists what is written, by the documents, and the custom fields that are there.
 */
export async function probe(lookups: Lookups): Promise<Result<ProbeReport>> {
  const fields = await lookups.customFields()
  // An agent may write clients and not see how they are set up: only a mapping to a custom field needs that.
  const isHidden = !fields.ok && fields.fault.code === 'halo-rights'
  if (!fields.ok && !isHidden) return fields
  const customFields = fields.ok ? fields.value.map(({ name }) => name) : []
  const found: Column[] = Object.entries(written).flatMap(([table, own]) =>
    Object.keys(own).map((column) => ({ table, column })),
  )
  return ok({
    kind: 'rest',
    version: '',
    found: [...found, ...customFields.map((column) => ({ table: 'Client', column }))],
    missing: [],
    optionalMissing: isHidden ? [{ table: 'FieldInfo', column: 'name' }] : [],
    unknownRequired: [],
    customFields,
    keys: [],
  })
}
