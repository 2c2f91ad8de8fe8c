import { haloFields } from '../halo-fields.ts'
import { sheetFields } from '../sheet/fields.ts'
import type { Entity } from '../tenant.ts'
import type { Remedy } from './cause.ts'

/** What fills a field of Halo, said by the name that Halo gives it in its refusal. */
type Filler = { readonly words: string; readonly remedy: Remedy }

const fillers: readonly (readonly [field: RegExp, words: string, remedy: Remedy])[] = [
  [
    /^(client|customer|area)(_?id|_?name)?$/i,
    'It comes with the customer of the quote or order: the customer must be synced first, or be given in the column "Customer" of an import.',
    'attention',
  ],
  [
    /^site(_?id|_?name)?$/i,
    'It comes with the customer: each one is written with a site made of its billing address. In an import it is the column matched to "Site".',
    'attention',
  ],
  [
    /^(user|contact|end ?user)(_?id|_?name)?$/i,
    'It is the contact of the quote, matched by e-mail address. In an import it is the column matched to "Contact".',
    'attention',
  ],
  [/^(quote |quotation |order )?status(_?id)?$/i, 'It comes from the mapping of statuses.', 'quotes'],
  [
    /^(asset ?group|product ?group|item ?group|assetgroup_id)$/i,
    'It comes from the mapping of categories to product groups, else from the default group.',
    'quotes',
  ],
  [
    /^(tax|vat|tax ?code|taxcode)(_?id)?$/i,
    'It comes from the tax rate of the line or product and its mapping.',
    'quotes',
  ],
]

/** The mapping or column that fills this field; null when nothing in this program is known to. */
export function fillerOf(field: string): Filler | null {
  const bare = field
    .replace(/^.*\./, '')
    .replace(/\[\d+\]/g, '')
    .trim()
  const known = fillers.find(([pattern]) => pattern.test(bare))
  if (known) return { words: known[1], remedy: known[2] }
  const mapped = haloFields.find(({ label, rest }) =>
    [label.toLowerCase(), rest].includes(bare.toLowerCase()),
  )
  if (mapped) {
    return {
      words: `It is the Halo field "${mapped.label}" in the mapping of customer fields.`,
      remedy: 'fields',
    }
  }
  return /^CF\w+$/i.test(bare)
    ? {
        words: `It is the custom field "${bare}": map a value to it among the customer fields.`,
        remedy: 'fields',
      }
    : null
}

const entities: readonly (readonly [path: RegExp, Entity])[] = [
  [/\b(quotation|quotes|quotationheader)\b/i, 'quotes'],
  [/\b(salesorder|salesorders|orderhead)\b/i, 'salesOrders'],
  [/\b(client|customers|area|site|users)\b/i, 'customers'],
  [/\b(item|products)\b/i, 'products'],
]

/** The heading of the spreadsheet column that fills this field of Halo, among those of the records that the path is about; null when none is known to. */
export function importColumnOf(field: string, path: string): string | null {
  const entity = entities.find(([pattern]) => pattern.test(path))?.[1]
  if (!entity) return null
  const bare = plainName(field.replace(/^.*\./, '').replace(/\[\d+\]/g, ''))
  const found = sheetFields[entity].find(({ label, key, synonyms }) =>
    [label, key, ...synonyms].some((name) => plainName(name) === bare),
  )
  return found?.label ?? null
}

/** "client_id", "Client name" and "client" are one. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\s]+(id|name)$/, '')
    .replace(/[^a-z0-9]/g, '')
