import { z } from 'zod'

/**
 * One Commerce value into one Halo field. `to` is a key of halo-fields.ts ("customer.taxNumber") or "cf:NAME" for a custom field (Halo's CFNAME).
 */
export const fieldMappingSchema = z.object({
  from: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('field'), name: z.string() }),
    z.object({ kind: z.literal('constant'), value: z.string() }),
  ]),
  to: z.string(),
  onlyNew: z.boolean(),
  /** What an empty Commerce value does: clear the Halo field, or leave what is there. */
  whenEmpty: z.enum(['clear', 'leave']),
})
export type FieldMapping = z.infer<typeof fieldMappingSchema>

/** Halo's id or null for "leave Halo's status alone". Keys are Commerce's status numbers as text. */
const statusMapSchema = z.record(z.string(), z.int().nullable())

/** Commerce category id (as text) -> Halo product group id. */
const groupMapSchema = z.record(z.string(), z.int())

/** What the vendor leaves open (apis.md §1.5 "Unknown", design §8): settings of a tenant, never constants in code. */
export const interpretationSchema = z.object({
  priceIncludesTax: z.boolean(),
  /** Whether a line's `tax` is for the whole line or for one unit. */
  taxPer: z.enum(['line', 'unit']),
  /** 20 or 0.2; `guess`: a rate strictly between 0 and 1 is a fraction. */
  taxRateAs: z.enum(['guess', 'percent', 'fraction']),
  /** Whether a fixed discount is taken off the line or off each unit. */
  fixedDiscountPer: z.enum(['line', 'unit']),
  /** How lines that were not chosen (multi-choice, optional and not selected) are kept: as optional lines with quantity as sent, or not at all. */
  unchosenLines: z.enum(['optional', 'leave out']),
  /** Placeholders: {base} {id} {code} {quoteNumber}. '' is no link. */
  quoteLink: z.string(),
  customerLink: z.string(),
  raiseQuoteLink: z.string(),
  orderLink: z.string(),
  productLink: z.string(),
  /** Hosts besides the tenant's own that a link may lead to: "quotes.example.com". */
  linkHosts: z.array(z.string()),
  /** Where Halo's own pages are opened, for a Halo that is reached by its database, which does not tell; absent or '': nowhere. */
  haloAddress: z.string().exactOptional(),
})
export type Interpretation = z.infer<typeof interpretationSchema>

export const mappingSchema = z.object({
  customerFields: z.array(fieldMappingSchema),
  quoteStatus: statusMapSchema,
  orderStatus: statusMapSchema,
  /** Sales orders in other statuses are skipped. */
  orderStatusesToImport: z.array(z.int()),
  groups: groupMapSchema,
  /** Halo product group for categories that are not mapped; null: the group named "Datto Commerce" (made when missing). */
  defaultGroup: z.int().nullable(),
  createItemsFromQuotes: z.boolean(),
  setProductSupplier: z.boolean(),
  interpretation: interpretationSchema,
})
export type Mapping = z.infer<typeof mappingSchema>

/** Where a new tenant starts: no status mapped (Halo's are left alone), approved and processed orders imported. */
export const defaultMapping: Mapping = {
  customerFields: [],
  quoteStatus: {},
  orderStatus: {},
  orderStatusesToImport: [2, 3],
  groups: {},
  defaultGroup: null,
  createItemsFromQuotes: true,
  setProductSupplier: false,
  interpretation: {
    priceIncludesTax: false,
    taxPer: 'line',
    taxRateAs: 'guess',
    fixedDiscountPer: 'line',
    unchosenLines: 'optional',
    quoteLink: '{base}',
    customerLink: '{base}',
    raiseQuoteLink: '{base}',
    orderLink: '{base}',
    productLink: '{base}',
    linkHosts: [],
  },
}

const looseSchema = z.record(z.string(), z.unknown())

/** A mapping as an older program kept it: what it lacks has its default. null when it is none. */
export function olderMapping(stored: unknown): Mapping | null {
  const mapping = looseSchema.safeParse(stored).data
  if (!mapping) return null
  const interpretation = looseSchema.catch({}).parse(mapping.interpretation)
  const whole = { ...defaultMapping, ...mapping }
  const read = mappingSchema.safeParse({
    ...whole,
    interpretation: { ...defaultMapping.interpretation, ...interpretation },
  })
  return read.success ? read.data : null
}
