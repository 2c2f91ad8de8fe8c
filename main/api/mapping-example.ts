import { z } from 'zod'
import {
  contactSchema,
  customerAddressSchema,
  customerSchema,
  productSchema,
  quoteSchema,
  salesOrderSchema,
} from '../../app/model/commerce.ts'
import { commerceFields, readCommerceField } from '../../app/model/commerce-fields.ts'
import type { LinkValues } from '../../app/model/map/link.ts'
import type { SourceRow } from '../../app/store/sources.ts'
import type { StoreReads } from './port.ts'

/** Which customer: the newest one, one by its Commerce id, or the one before or after an id. */
export const exampleSchema = z.union([
  z.object({ newest: z.literal(true) }),
  z.object({ commerceId: z.int() }),
  z.object({ before: z.int() }),
  z.object({ after: z.int() }),
])
type Which = z.infer<typeof exampleSchema>
type Sources = StoreReads['sources']

const suggestions = 12

/** One customer as the mapping sees it: its mappable values by field name, and whether there are others before and after it. */
export function exampleOf(sources: Sources, tenantId: number, which: Which) {
  const id = idOf(sources, tenantId, which)
  const row = id === null ? null : sources.get(tenantId, 'customer', id)
  const [customer] = row ? parsed(customerSchema, row) : []
  if (!customer) return null
  const partsOf = <T>(resource: string, schema: z.ZodType<T>): T[] =>
    sources.childrenOf(tenantId, resource, [customer.id]).flatMap((each) => parsed(schema, each))
  const source = {
    customer,
    contacts: partsOf('contact', contactSchema),
    addresses: partsOf('customeraddress', customerAddressSchema),
  }
  const values = commerceFields.map(({ name }) => [name, readCommerceField(name, source) ?? null] as const)
  const beside = sources.neighbours(tenantId, 'customer', customer.id)
  return {
    commerceId: customer.id,
    name: customer.name,
    number: customer.accountNumber,
    hasBefore: beside.before !== null,
    hasAfter: beside.after !== null,
    values: Object.fromEntries(values),
  }
}

function idOf(sources: Sources, tenantId: number, which: Which): number | null {
  if ('commerceId' in which) return which.commerceId
  if ('after' in which) return sources.neighbours(tenantId, 'customer', which.after).after
  const beyond = 'before' in which ? which.before : Number.MAX_SAFE_INTEGER
  return sources.neighbours(tenantId, 'customer', beyond).before
}

/** Customers whose name or number contains the text, the last changed first, and the one with this very id; a dozen at most. */
export function findCustomers(
  store: Pick<StoreReads, 'records' | 'sources'>,
  tenantId: number,
  text: string,
) {
  const named = store.records.list({
    entity: 'customers',
    tenantId,
    ...(text === '' ? {} : { search: text }),
    sort: 'modifiedAt',
    isDescending: true,
    offset: 0,
    limit: suggestions,
  }).rows
  const byId = /^\d{1,9}$/.test(text) ? store.sources.get(tenantId, 'customer', Number(text)) : null
  const [exact] = byId ? parsed(customerSchema, byId) : []
  const found = [
    ...(exact ? [{ commerceId: exact.id, name: exact.name, number: exact.accountNumber }] : []),
    ...named.map(({ commerceId, name, number }) => ({ commerceId, name, number })),
  ]
  return found.filter(
    (one, index) => found.findIndex(({ commerceId }) => commerceId === one.commerceId) === index,
  )
}

type LinkExample = Omit<LinkValues, 'base'> & { readonly label: string }

/** The newest customer, quote, order and product, as link templates see them. */
export function linkExamples(
  sources: Sources,
  tenantId: number,
): Partial<Record<'customer' | 'quote' | 'salesorder' | 'product', LinkExample>> {
  const newest = <T>(resource: string, schema: z.ZodType<T>, view: (row: T) => LinkExample) => {
    const id = sources.neighbours(tenantId, resource, Number.MAX_SAFE_INTEGER).before
    const row = id === null ? null : sources.get(tenantId, resource, id)
    const [found] = row ? parsed(schema, row) : []
    return found ? { [resource]: view(found) } : {}
  }
  return {
    ...newest('customer', customerSchema, ({ id, accountNumber, name }) => ({
      ...{ id, code: accountNumber, quoteNumber: '', label: name },
    })),
    ...newest('quote', quoteSchema, ({ id, code, quoteNumber }) => ({
      ...{ id, code, quoteNumber, label: quoteNumber },
    })),
    ...newest('salesorder', salesOrderSchema, ({ id, orderNumber }) => ({
      ...{ id, code: orderNumber, quoteNumber: orderNumber, label: orderNumber },
    })),
    ...newest('product', productSchema, ({ id, productNumber, title }) => ({
      ...{ id, code: productNumber, quoteNumber: '', label: title },
    })),
  }
}

/** The row by its schema; nothing when it does not fit, which only a change of the program can bring about. */
export function parsed<T>(schema: z.ZodType<T>, row: SourceRow): T[] {
  const read = schema.safeParse(JSON.parse(row.body))
  return read.success ? [read.data] : []
}
