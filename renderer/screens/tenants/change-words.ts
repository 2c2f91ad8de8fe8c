import { commerceField } from '../../../app/model/commerce-fields.ts'
import { type HaloClientField, targetOf } from '../../../app/model/halo-fields.ts'
import type { FieldMapping } from '../../../app/model/mapping.ts'
import type { MappingChange, MappingPart } from '../../../app/model/mapping-diff.ts'
import type { MappingNames } from '../../../app/model/mapping-file.ts'
import { statusWord } from '../../words.ts'
import type { CategoryRow, HaloChoices } from './mapping-asks.ts'

export const partWords: Record<MappingPart, string> = {
  customerFields: 'Field mappings',
  quoteStatus: 'Quote statuses',
  orderStatus: 'Sales order statuses',
  orderStatusesToImport: 'Sales orders to import',
  groups: 'Product groups',
  defaultGroup: 'Default group',
  createItemsFromQuotes: 'Items from quotes',
  setProductSupplier: 'Product supplier',
  interpretation: 'How values are read, and links',
}

const settingWords: Readonly<Record<string, string>> = {
  priceIncludesTax: 'Prices include tax',
  taxPer: 'Tax is for',
  taxRateAs: 'Tax rates are',
  fixedDiscountPer: 'A fixed discount is for',
  unchosenLines: 'Lines that were not chosen',
  quoteLink: 'Link: view quote',
  raiseQuoteLink: 'Link: raise quote',
  customerLink: 'Link: customer',
  orderLink: 'Link: sales order',
  productLink: 'Link: product',
  linkHosts: 'Hosts of links',
  haloAddress: 'Web address of Halo',
}

const byId = (choices: readonly { readonly id: number; readonly name: string }[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ id, name }) => [String(id), name]))

/** The names behind a mapping's numbers, categories with their whole path. */
export function namesOf(choices: HaloChoices | null, categories: readonly CategoryRow[]): MappingNames {
  const known = new Map(categories.map((category) => [category.id, category]))
  const pathOf = (category: CategoryRow, below: readonly number[] = []): string => {
    const parent = category.parentId === null ? undefined : known.get(category.parentId)
    // A tree that runs in circles ends where it would repeat.
    if (!parent || below.includes(parent.id)) return category.name
    return `${pathOf(parent, [...below, category.id])} > ${category.name}`
  }
  return {
    groups: byId(choices?.groups ?? []),
    quoteStatus: byId(choices?.quoteStatus ?? []),
    orderStatus: byId(choices?.orderStatus ?? []),
    categories: Object.fromEntries(categories.map((category) => [String(category.id), pathOf(category)])),
  }
}

export type NamedPlace = {
  readonly names: MappingNames
  readonly clientFields: readonly HaloClientField[] | null
}
export type WordedChange = { readonly what: string; readonly before: string; readonly after: string }

/** A change in the words of the screens that make it. */
export function wordedChange(change: MappingChange, place: NamedPlace): WordedChange {
  const { part, key } = change
  if (part === 'customerFields' && key === '')
    return { what: 'Order of the rows', before: '', after: 'changed' }
  const value = (one: MappingChange['before']): string => wordOf(part, one, place)
  return { what: whatOf(part, key, place), before: value(change.before), after: value(change.after) }
}

function whatOf(part: MappingPart, key: string, { names, clientFields }: NamedPlace): string {
  if (part === 'customerFields') return targetOf(key, clientFields)?.label ?? key
  if (part === 'quoteStatus') return statusWord('quotes', Number(key))
  if (part === 'orderStatus' || part === 'orderStatusesToImport')
    return statusWord('salesOrders', Number(key))
  if (part === 'groups') return names.categories[key] ?? `Category ${key}`
  if (part === 'interpretation') return settingWords[key] ?? key
  return partWords[part]
}

function wordOf(part: MappingPart, value: MappingChange['before'], { names }: NamedPlace): string {
  if (part === 'orderStatusesToImport') return value ? 'imported' : 'not imported'
  if (value === undefined) return part === 'groups' ? 'as above' : 'not mapped'
  if (typeof value === 'object' && value !== null) return rowWords(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (part === 'defaultGroup' && value === null) return '"Datto Commerce"'
  if (value === null) return "leave Halo's alone"
  const kind = part === 'quoteStatus' || part === 'orderStatus' ? part : 'groups'
  if (typeof value === 'number') return names[kind][String(value)] ?? `number ${value}`
  return value === '' ? 'none' : value
}

function rowWords({ from, onlyNew, whenEmpty }: FieldMapping): string {
  const source = from.kind === 'constant' ? `"${from.value}"` : (commerceField(from.name)?.label ?? from.name)
  return [source, onlyNew ? 'only new' : '', whenEmpty === 'clear' ? 'emptied when empty' : '']
    .filter(Boolean)
    .join(', ')
}
