import { type CommerceField, commerceField } from './commerce-fields.ts'
import { readDate } from './dates.ts'
import { customFieldColumn, type HaloField, haloField } from './halo-fields.ts'
import { flagOf } from './map/extra.ts'
import { limits } from './map/limits.ts'
import { fillTemplate, isLinkAllowed, linkPlaceholders } from './map/link.ts'
import type { FieldMapping, Mapping } from './mapping.ts'

/** What is wrong with a mapping, before it is saved. An error must be corrected; a warning is worth a look. */
export type MappingProblem = {
  /** Where: "customerFields.2.to", "interpretation.quoteLink". */
  readonly path: string
  readonly level: 'error' | 'warning'
  readonly code: 'duplicate' | 'unknown' | 'type' | 'too long' | 'link'
  readonly text: string
}

/** Problems of the mapping in the order of its parts. `customFields`: the columns Halo has (CFregion); null when it was not asked. */
export function checkMapping(
  mapping: Mapping,
  halo: { readonly customFields: readonly string[] | null; readonly instanceUrl: string },
): MappingProblem[] {
  const { quoteLink, customerLink, raiseQuoteLink } = mapping.interpretation
  return [
    ...checkFields(mapping.customerFields, halo.customFields),
    ...Object.entries({ quoteLink, customerLink, raiseQuoteLink }).flatMap(([name, template]) =>
      checkLink(`interpretation.${name}`, template, halo.instanceUrl),
    ),
  ]
}

function checkFields(
  mappings: readonly FieldMapping[],
  customFields: readonly string[] | null,
): MappingProblem[] {
  const seen = new Set<string>()
  return mappings.flatMap((mapping, index) => {
    const path = `customerFields.${index}`
    const target = customFieldColumn(mapping.to)?.toLowerCase() ?? mapping.to
    const isDuplicate = seen.has(target)
    seen.add(target)
    return [
      ...(isDuplicate
        ? [error(`${path}.to`, 'duplicate', `Two rows fill "${nameOf(mapping.to)}"; only the first would.`)]
        : []),
      ...checkTarget(path, mapping.to, customFields),
      ...checkValue(path, mapping, haloField(mapping.to)),
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

const nameOf = (to: string): string => haloField(to)?.label ?? customFieldColumn(to) ?? to

function checkTarget(path: string, to: string, customFields: readonly string[] | null): MappingProblem[] {
  const column = customFieldColumn(to)
  if (column === null) {
    return haloField(to) ? [] : [error(`${path}.to`, 'unknown', `Halo has no field "${to}".`)]
  }
  const isKnown = customFields?.some((each) => each.toLowerCase() === column.toLowerCase()) ?? true
  return isKnown ? [] : [error(`${path}.to`, 'unknown', `Halo has no custom field "${column}" for clients.`)]
}

function checkValue(path: string, { from }: FieldMapping, target: HaloField | null): MappingProblem[] {
  if (from.kind === 'constant') return target ? checkConstant(`${path}.from`, from.value, target) : []
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

/** An empty template means "no link" and is fine. */
function checkLink(path: string, template: string, instanceUrl: string): MappingProblem[] {
  if (template.trim() === '') return []
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1] ?? '')
  const unknown = names.filter((name) => !linkPlaceholders.some((known) => known === name))
  if (unknown.length > 0) {
    const known = linkPlaceholders.map((name) => `{${name}}`).join(' ')
    return [error(path, 'link', `{${unknown[0]}} is not known here. What can be used: ${known}.`)]
  }
  const example = { base: instanceUrl, id: 2_147_483_647, code: 'EXAMPLE', quoteNumber: 'EXAMPLE' }
  const link = fillTemplate(template, example)
  if (!isLinkAllowed(link)) {
    return [
      error(
        path,
        'link',
        'The link must be an https address (start it with {base} or https://), without blanks.',
      ),
    ]
  }
  return link.length <= limits.link
    ? []
    : [error(path, 'link', `The link would be longer than the ${limits.link} characters that Halo keeps.`)]
}
