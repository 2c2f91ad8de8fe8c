import { type Fault, fault, ok, type Result } from '../../model/fault.ts'
import type { ExtraField, HaloCustomer } from '../../model/halo.ts'
import { customFieldColumn, type HaloField, haloField } from '../../model/halo-fields.ts'
import { type HaloObject, isObject, textOf, wholeOf } from './answers.ts'
import type { Context } from './context.ts'
import {
  type Draft,
  date,
  decimal,
  type Field,
  type Fields,
  flag,
  text,
  type Value,
  type Wanted,
  whole,
} from './fields.ts'
import type { CustomField } from './lookups.ts'

/** What the sync itself fills of a /Client (apis.md §2.4). */
export const clientFields: Fields = {
  name: text(4000),
  ref: text(4000),
  tax_number: text(4000),
  datto_commerce_id: whole,
  datto_commerce_url: text(250),
  dattocommerce_tenantid: whole,
}

const kinds: Readonly<Record<HaloField['type'], (field: HaloField) => Field>> = {
  text: (field) => text(field.maxLength ?? undefined),
  'long text': () => text(),
  'whole number': () => whole,
  number: () => decimal,
  'yes/no': () => flag,
  date: () => date,
}

/** An empty value from Commerce never clears what somebody may have filled in Halo. */
export const filled = (value: string): string | null => (value === '' ? null : value)

/** Mapped fields by the object that is posted: the client's own properties, its custom fields, its site's telephone number. */
export type Mapped = {
  readonly fields: Fields
  readonly wanted: Wanted
  readonly custom: readonly { readonly field: CustomField; readonly value: string | number }[]
  readonly sitePhone: string | null
}

/** Sorts a customer's mapped fields; a target that this Halo does not have is a note. `onlyNew` ones are left alone in a client that exists. */
export function placeExtras(
  draft: Draft,
  extra: readonly ExtraField[],
  known: readonly CustomField[],
  isNew: boolean,
): Mapped {
  const fields: Record<string, Field> = {}
  const wanted: Record<string, Value> = {}
  const custom: { field: CustomField; value: string | number }[] = []
  let sitePhone: string | null = null
  for (const { to, value, onlyNew } of extra) {
    const field = haloField(to)
    const own = field ? undefined : customOf(to, known)
    if (!field && !own) {
      draft.note(fieldUnmapped(to))
      continue
    }
    const isLeft = value === null || (onlyNew && !isNew)
    if (own && !isLeft) custom.push({ field: own, value })
    else if (field?.table === 'SITE') sitePhone = isLeft ? null : String(value)
    else if (field) {
      fields[field.rest] = kinds[field.type](field)
      wanted[field.rest] = isLeft ? null : value
    }
  }
  return { fields, wanted, custom, sitePhone }
}

const fieldUnmapped = (to: string): Fault => fault('field-unmapped', { facts: { to } })

function customOf(to: string, known: readonly CustomField[]): CustomField | undefined {
  const name = (customFieldColumn(to) ?? (/^CF\w+$/i.test(to) ? to : '')).toLowerCase()
  return known.find((field) => field.name.toLowerCase() === name)
}

/** Custom fields go as `[{id, name, value}]` (apis.md §2.4); which of id and name wins is not known, so both are sent. Only those that differ. */
export function customValues(
  draft: Draft,
  current: HaloObject | null,
  custom: Mapped['custom'],
): HaloObject[] {
  const listed: unknown = current?.customfields
  const rows = Array.isArray(listed) ? listed.filter(isObject) : []
  return custom.flatMap(({ field, value }) => {
    const own = rows.find(
      (row) => wholeOf(row.id) === field.id || textOf(row.name).toLowerCase() === field.name.toLowerCase(),
    )
    const set = draft.set(
      'Client',
      { [field.name]: customKind(field, value) },
      current ? { [field.name]: own?.value } : null,
      {
        [field.name]: value,
      },
    )
    return field.name in set ? [{ id: field.id, name: field.name, value: set[field.name] }] : []
  })
}

/** Halo's custom field types (FieldInfo.type): what is no number or date there is text. A number for a text field is text. */
function customKind({ row }: CustomField, value: string | number): Field {
  const limit = wholeOf(row.characterlimit)
  return typeof value === 'number' ? decimal : text(limit ?? undefined)
}

/** Custom fields that are needed for a batch: asked for only when one is mapped. */
export async function knownCustomFields(
  context: Context,
  records: readonly HaloCustomer[],
): Promise<Result<readonly CustomField[]>> {
  const isMapped = records.some((record) => record.extra.some(({ to }) => haloField(to) === null))
  return isMapped ? context.lookups.customFields() : ok([])
}

/** The database's columns behind the mapped fields of a batch, for reading many clients at once. */
export function mappedColumns(
  records: readonly HaloCustomer[],
  known: readonly CustomField[],
): Readonly<Record<string, string>> {
  const columns: Record<string, string> = {}
  for (const to of new Set(records.flatMap((record) => record.extra.map((field) => field.to)))) {
    const field = haloField(to)
    const own = field ? undefined : customOf(to, known)
    if (field?.table === 'AREA')
      columns[field.rest] =
        field.type === 'date' ? `CONVERT(VARCHAR(23), ${field.column}, 126)` : field.column
    // Only what may stand in a statement: a name out of Halo's own list of fields.
    else if (own && /^\w+$/.test(own.name)) columns[own.name] = own.name
  }
  return columns
}
