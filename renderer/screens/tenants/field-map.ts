import { type CommerceField, commerceFields } from '../../../app/model/commerce-fields.ts'
import {
  customFieldColumn,
  customTarget,
  type HaloClientField,
  type HaloField,
  haloFields,
} from '../../../app/model/halo-fields.ts'
import { extraValues } from '../../../app/model/map/extra.ts'
import type { FieldMapping } from '../../../app/model/mapping.ts'
import { dayOf } from '../../ui/format.ts'

/** One choice of a picker. `detail`: its type, as a person reads it. */
export type Choice = {
  readonly key: string
  readonly label: string
  readonly detail: string
  readonly group: string
}

const typeWords: Readonly<Record<HaloField['type'], string>> = {
  text: 'Text',
  'long text': 'Long text',
  'whole number': 'Whole number',
  number: 'Number',
  'yes/no': 'Yes or no',
  date: 'Date',
}

export const typeOf = (field: Pick<HaloField, 'type' | 'maxLength'>): string =>
  field.maxLength === null ? typeWords[field.type] : `${typeWords[field.type]}, up to ${field.maxLength}`

const isPart = ({ name }: CommerceField): boolean => name.includes('.')
const partOf = (field: CommerceField): string =>
  !isPart(field) ? 'Customer' : field.name.startsWith('contact.') ? 'First contact' : 'First address'

/** What a row's left side offers: a value of one's own, and every Commerce field. */
export const constantKey = '='
export const sourceChoices: readonly Choice[] = [
  {
    key: constantKey,
    label: 'A fixed value',
    detail: 'The same for every customer',
    group: 'Not from Commerce',
  },
  ...commerceFields.map((field) => ({
    key: field.name,
    label: field.label,
    detail: typeWords[field.type],
    group: partOf(field),
  })),
]

/** What its right side offers: Halo's own client fields, then the custom ones. */
export function targetChoices(custom: readonly HaloClientField[]): readonly Choice[] {
  const own = haloFields.map((field) => ({ field, group: 'Fields of a client' }))
  const others = custom.map((field) => ({ field: customTarget(field), group: 'Custom fields of clients' }))
  return [...own, ...others].map(({ field, group }) => ({
    key: field.key,
    label: field.label,
    detail: typeOf(field),
    group,
  }))
}

/** The row's target as the picker names it: a custom field has one key, however the mapping spells it. */
export function targetKey(to: string, choices: readonly Choice[]): string {
  const column = customFieldColumn(to)?.toLowerCase()
  if (column === undefined) return to
  return choices.find(({ key }) => customFieldColumn(key)?.toLowerCase() === column)?.key ?? to
}

export const blankRow = (from = '', to = ''): FieldMapping => ({
  from: { kind: 'field', name: from },
  to,
  onlyNew: false,
  whenEmpty: 'leave',
})

export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const rest = rows.filter((_, index) => index !== from)
  const row = rows[from]
  return row === undefined ? rest : [...rest.slice(0, to), row, ...rest.slice(to)]
}

/** Commerce fields that no row takes. */
export function unmapped(rows: readonly FieldMapping[]): readonly CommerceField[] {
  const used = new Set(rows.map(({ from }) => (from.kind === 'field' ? from.name : '')))
  return commerceFields.filter(({ name }) => !used.has(name) && !standard.has(name))
}

/** What every sync brings over by itself, and where to. */
export const standardFields: readonly (readonly [commerce: string, halo: string])[] = [
  ['Name', 'Client name'],
  ['Account number', 'Reference'],
  ['Tax number', 'Tax number'],
  ['Billing address', 'Address of the main site'],
  ['Contacts', 'Users of the main site'],
]
const standard = new Set([
  'name',
  'accountNumber',
  'taxNumber',
  'billingAddress',
  'billingCity',
  'billingState',
  'billingCountry',
  'billingPostalCode',
])

type Values = Readonly<Record<string, string | number | boolean | null>>
export type Outcome =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'left' }
  | { readonly kind: 'refused' }

/** What a row would write for one customer. */
export function outcomeOf(row: FieldMapping, values: Values): Outcome {
  const { extra, notes } = extraValues([row], (name) =>
    Object.hasOwn(values, name) ? values[name] : undefined,
  )
  const value = extra[0]?.value
  if (notes.length > 0 && (value === null || value === undefined)) return { kind: 'refused' }
  if (value === null || value === undefined) return { kind: 'left' }
  return value === '' ? { kind: 'cleared' } : { kind: 'value', text: String(value) }
}

/** What is looked for: typing onto the end of a choice that stands there starts anew, because nobody adds to a name. */
export const soughtIn = (value: string, before: string | null, shown: string): string =>
  before === null && shown !== '' && value.startsWith(shown) ? value.slice(shown.length) : value

/** A sample value as a person reads it; null when it is empty. */
export function sampleOf(value: Values[string] | undefined): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const text = String(value)
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? dayOf(text) : text
}

/** Whether a row has to do with what was typed into the search. */
export function isFound(row: FieldMapping, text: string, targets: readonly Choice[]): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const source = row.from.kind === 'constant' ? row.from.value : row.from.name
  const words = [
    source,
    sourceChoices.find(({ key }) => key === source)?.label,
    row.to,
    targets.find(({ key }) => key === targetKey(row.to, targets))?.label,
  ]
  return words.some((word) => word?.toLowerCase().includes(wanted))
}
