import { type CommerceField, commerceField } from './commerce-fields.ts'
import { readDate } from './dates.ts'
import {
  customFieldColumn,
  type HaloClientField,
  type HaloField,
  haloField,
  targetOf,
} from './halo-fields.ts'
import { checkLinks } from './link-checks.ts'
import { flagOf } from './map/extra.ts'
import type { FieldMapping, Mapping } from './mapping.ts'

/** What is wrong with a mapping, before it is saved. An error must be corrected; a warning is worth a look. */
export type MappingProblem = {
  /** Where: "customerFields.2.to", "interpretation.quoteLink". */
  readonly path: string
  readonly level: 'error' | 'warning'
  readonly code: 'duplicate' | 'unknown' | 'type' | 'too long' | 'link'
  readonly text: string
}

/** What is known of a tenant's Halo and address. `clientFields`: the custom fields of its clients; null when it was not asked. */
type CheckedAgainst = {
  readonly clientFields: readonly HaloClientField[] | null
  readonly instanceUrl: string
}

/** Problems of the mapping in the order of its parts. */
export function checkMapping(mapping: Mapping, halo: CheckedAgainst): MappingProblem[] {
  return [
    ...checkFields(mapping.customerFields, halo.clientFields),
    ...checkLinks(mapping.interpretation, halo.instanceUrl),
  ]
}

/** Halo's mandatory custom fields that no row fills: Halo's own screens will ask for them, the sync does not. */
export function unfilledMandatory(
  mappings: readonly FieldMapping[],
  clientFields: readonly HaloClientField[],
): readonly HaloClientField[] {
  const filled = new Set(mappings.map(({ to }) => customFieldColumn(to)?.toLowerCase()))
  return clientFields.filter(({ column, isMandatory }) => isMandatory && !filled.has(column.toLowerCase()))
}

/** Problems of the rows alone; `path` is "customerFields.ROW.from" or ".to". */
export function checkFields(
  mappings: readonly FieldMapping[],
  clientFields: readonly HaloClientField[] | null,
): MappingProblem[] {
  const seen = new Set<string>()
  return mappings.flatMap((mapping, index) => {
    const path = `customerFields.${index}`
    const target = customFieldColumn(mapping.to)?.toLowerCase() ?? mapping.to
    const isDuplicate = seen.has(target)
    seen.add(target)
    return [
      ...(isDuplicate
        ? [
            error(
              `${path}.to`,
              'duplicate',
              `Two rows fill "${nameOf(mapping.to, clientFields)}"; only the first would.`,
            ),
          ]
        : []),
      ...checkTarget(path, mapping.to, clientFields),
      ...checkValue(path, mapping, targetOf(mapping.to, clientFields)),
    ]
  })
}

const error = (path: string, code: MappingProblem['code'], text: string): MappingProblem => ({
  path,
  level: 'error',
  code,
  text,
})
const warning = (path: string, code: MappingProblem['code'], text: string): MappingProblem => ({
  path,
  level: 'warning',
  code,
  text,
})

const nameOf = (to: string, clientFields: readonly HaloClientField[] | null): string =>
  targetOf(to, clientFields)?.label ?? customFieldColumn(to) ?? to

function checkTarget(
  path: string,
  to: string,
  clientFields: readonly HaloClientField[] | null,
): MappingProblem[] {
  const column = customFieldColumn(to)
  if (to === '') return [error(`${path}.to`, 'unknown', 'Choose the field in Halo.')]
  if (column === null) {
    return haloField(to) ? [] : [error(`${path}.to`, 'unknown', `Halo has no field "${to}".`)]
  }
  const isKnown = clientFields === null || targetOf(to, clientFields) !== null
  return isKnown ? [] : [error(`${path}.to`, 'unknown', `Halo has no custom field "${column}" for clients.`)]
}

function checkValue(path: string, { from }: FieldMapping, target: HaloField | null): MappingProblem[] {
  if (from.kind === 'constant') return target ? checkConstant(`${path}.from`, from.value, target) : []
  if (from.name === '') return [error(`${path}.from`, 'unknown', 'Choose the field in Commerce.')]
  const source = commerceField(from.name)
  if (!source) return [error(`${path}.from`, 'unknown', `Commerce has no field "${from.name}".`)]
  return target ? checkTypes(`${path}.from`, source, target) : []
}

function checkTypes(path: string, source: CommerceField, target: HaloField): MappingProblem[] {
  const { type } = target
  if (type === 'text' || type === 'long text' || type === source.type) return []
  if (source.type === 'number' && (type === 'whole number' || type === 'number')) return []
  const text = `"${source.label}" is ${kinds[source.type]}, "${target.label}" takes ${kinds[type]}`
  return source.type === 'text'
    ? [warning(path, 'type', `${text}: values that are none are left out.`)]
    : [error(path, 'type', `${text}.`)]
}

const kinds = {
  text: 'text',
  'long text': 'text',
  number: 'a number',
  'whole number': 'a whole number',
  'yes/no': 'yes or no',
  date: 'a date',
} as const

function checkConstant(path: string, value: string, target: HaloField): MappingProblem[] {
  if (target.maxLength !== null && value.length > target.maxLength) {
    const text = `"${target.label}" takes ${target.maxLength} characters; this has ${value.length}.`
    return [error(path, 'too long', text)]
  }
  return value === '' || fits(value, target)
    ? []
    : [error(path, 'type', `"${target.label}" takes ${kinds[target.type]}.`)]
}

function fits(value: string, { type }: HaloField): boolean {
  if (type === 'yes/no') return flagOf(value) !== null
  if (type === 'date') return readDate(value) !== null
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value))
  if (type === 'whole number') return /^\s*-?\d{1,9}\s*$/.test(value)
  return true
}
