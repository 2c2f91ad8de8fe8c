import { type CustomerSource, readCommerceField } from '../commerce-fields.ts'
import { readDate } from '../dates.ts'
import { type Fault, fault } from '../fault.ts'
import type { ExtraField } from '../halo.ts'
import { customFieldColumn, type HaloField, haloField } from '../halo-fields.ts'
import type { FieldMapping } from '../mapping.ts'
import { cutText, readableText } from '../text.ts'
import { limits } from './limits.ts'

type Value = string | number | boolean
type ReadField = (name: string) => Value | null | undefined
type Mapped = { readonly extra: readonly ExtraField[]; readonly notes: readonly Fault[] }

/**
 * The mapped extra fields of a customer, one a Halo field (the first mapping of a field wins). What cannot be mapped (unknown field, a
 * value that is not of the field's type) is left alone in Halo and said in a note.
 */
export const extraFields = (mappings: readonly FieldMapping[], source: CustomerSource): Mapped =>
  extraValues(mappings, (name) => readCommerceField(name, source))

/** As extraFields, from values that are known by their Commerce field's name: undefined is an unknown field, null an empty one. */
export function extraValues(mappings: readonly FieldMapping[], read: ReadField): Mapped {
  const extra = new Map<string, ExtraField>()
  const notes: Fault[] = []
  for (const mapping of mappings) {
    const column = customFieldColumn(mapping.to)
    const field = haloField(mapping.to)
    const to = column ?? field?.key
    const value = mapping.from.kind === 'constant' ? mapping.from.value : read(mapping.from.name)
    if (to === undefined || value === undefined) {
      const name = mapping.from.kind === 'field' ? mapping.from.name : mapping.from.value
      notes.push(fault('field-unmapped', { facts: { field: name, to: mapping.to } }))
      continue
    }
    if (extra.has(to)) continue
    const shaped = value === null || value === '' ? null : shape(value, field)
    if (shaped?.fault) notes.push(fault(shaped.fault, { facts: factsOf(to, value ?? '', field) }))
    const empty = shaped === null && mapping.whenEmpty === 'clear' ? '' : null
    extra.set(to, { to, value: shaped?.value ?? empty, onlyNew: mapping.onlyNew })
  }
  return { extra: [...extra.values()], notes }
}

const factsOf = (to: string, value: Value, field: HaloField | null): Record<string, string | number> => ({
  field: field?.label ?? to,
  value: cutText(String(value), 60),
  length: String(value).length,
  limit: field?.maxLength ?? limits.extra,
})

type Shaped = {
  readonly value: string | number | null
  readonly fault?: 'halo-value-too-long' | 'halo-value-refused'
}

/** The value in the field's type; a custom field, whose type only Halo knows, takes text and numbers as they are. */
function shape(value: Value, field: HaloField | null): Shaped {
  const refused: Shaped = { value: null, fault: 'halo-value-refused' }
  if (field === null || field.type === 'text' || field.type === 'long text') {
    if (typeof value === 'number' && field === null) return { value: Number.isFinite(value) ? value : null }
    if (typeof value === 'boolean' && field === null) return { value: value ? 1 : 0 }
    return shapeText(typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value), field)
  }
  if (field.type === 'yes/no') {
    const flag = flagOf(value)
    return flag === null ? refused : { value: flag }
  }
  if (field.type === 'date') {
    const date = typeof value === 'string' ? readDate(value) : null
    return date === null ? refused : { value: date }
  }
  const number = typeof value === 'boolean' || String(value).trim() === '' ? Number.NaN : Number(value)
  const isWhole = Number.isInteger(number) && Math.abs(number) <= 2_147_483_647
  if (field.type === 'whole number' ? !isWhole : !Number.isFinite(number)) return refused
  return { value: number === 0 ? 0 : number }
}

function shapeText(value: string, field: HaloField | null): Shaped {
  const limit = field?.maxLength ?? (field?.type === 'long text' ? limits.note : limits.extra)
  const text = readableText(value)
  return text.length <= limit
    ? { value: text }
    : { value: cutText(text, limit), fault: 'halo-value-too-long' }
}

/** 1, 0, or null for what is neither yes nor no. */
export function flagOf(value: Value): 0 | 1 | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  const word = String(value).trim().toLowerCase()
  if (['yes', 'true', '1', 'on', 'y'].includes(word)) return 1
  return ['no', 'false', '0', 'off', 'n'].includes(word) ? 0 : null
}
