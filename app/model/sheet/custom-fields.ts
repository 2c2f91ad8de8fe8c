import type { ExtraField } from '../halo.ts'
import { customFieldColumn, customTarget, type HaloClientField } from '../halo-fields.ts'
import type { SheetRecord } from './check.ts'
import type { SheetField } from './field-type.ts'
import type { SheetValue } from './values.ts'

const examples: Readonly<Record<HaloClientField['type'], string>> = {
  text: 'North',
  'long text': 'Called twice',
  'whole number': '3',
  number: '2.5',
  'yes/no': 'yes',
  date: '2021-03-04',
}

/** The custom fields of a Halo's clients as columns that a spreadsheet of customers may have; the key is a mapping's target ("cf:region"). */
export function customFields(fields: readonly HaloClientField[]): readonly SheetField[] {
  return fields.map((field): SheetField => {
    const values = field.list?.values ?? []
    return {
      key: customTarget(field).key,
      label: field.label,
      type: values.length > 0 ? 'choice' : field.type,
      // Halo's own screens ask for a mandatory one; a record without it is written all the same.
      isMandatory: false,
      of: 'record',
      meaning: `A custom field of Halo's clients (${field.column}).`,
      example: values[0]?.name ?? examples[field.type],
      synonyms: [field.column.toLowerCase(), field.column.replace(/^CF/i, '').toLowerCase()],
      maxLength: values.length > 0 ? null : field.maxLength,
      choices: values.map(({ id, name }) => ({ word: name, value: id, also: [] })),
      ...(values.length > 0 && { keeps: field.list?.keeps ?? 'id' }),
    }
  })
}

/** What a customer's row says of custom fields; an empty cell leaves Halo's value alone. */
export function customExtras({ values, custom = [] }: Pick<SheetRecord, 'values' | 'custom'>): ExtraField[] {
  return custom.flatMap((field): ExtraField[] => {
    const to = customFieldColumn(field.key)
    const value = values[field.key] ?? null
    return to === null || value === null ? [] : [{ to, value: kept(field, value), onlyNew: false }]
  })
}

function kept(field: SheetField, value: Exclude<SheetValue, null>): string | number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (field.type === 'date') {
    const text = String(value)
    return text.length > 10 ? `${text}Z` : `${text}T00:00:00Z`
  }
  if (field.keeps !== 'word') return value
  return field.choices.find((one) => one.value === value)?.word ?? value
}
