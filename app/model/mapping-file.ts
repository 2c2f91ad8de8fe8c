import { z } from 'zod'
import { commerceField } from './commerce-fields.ts'
import { fail, fault, ok, type Result } from './fault.ts'
import { customFieldColumn, type HaloClientField, targetOf } from './halo-fields.ts'
import { interpretationSchema, type Mapping, mappingSchema } from './mapping.ts'
import type { MappingPart } from './mapping-diff.ts'

/** The names behind the numbers of a mapping, by which it finds its way into another Halo or another Commerce. */
const namesSchema = z.record(z.string(), z.string())
export const mappingNamesSchema = z.object({
  groups: namesSchema.default({}),
  quoteStatus: namesSchema.default({}),
  orderStatus: namesSchema.default({}),
  /** A category's whole path: "Hardware > Laptops". */
  categories: namesSchema.default({}),
})
export type MappingNames = z.infer<typeof mappingNamesSchema>

const format = 'commerce-integrator-mapping'
const version = 1
const fileSchema = z.object({
  format: z.literal(format),
  version: z.int(),
  exportedAt: z.string(),
  tenant: z.string(),
  mapping: mappingSchema.partial().extend({ interpretation: interpretationSchema.partial().optional() }),
  names: mappingNamesSchema,
})
export type MappingFile = z.infer<typeof fileSchema>
/** A mapping is a few kilobytes; more is some other file. */
const largest = 2_000_000

/** What is written into an exported file. */
export const mappingFile = (
  mapping: Partial<Mapping>,
  names: MappingNames,
  about: { readonly tenant: string; readonly exportedAt: string },
): MappingFile => ({ format, version, ...about, mapping, names })

/** Reads an exported file. Fault input-invalid with facts.problem in words: no JSON, another kind of file, a newer version, a wrong value and where it is. */
export function readMappingFile(text: string): Result<MappingFile> {
  const wrong = (problem: string) => fail(fault('input-invalid', { facts: { field: 'file', problem } }))
  if (text.length > largest) return wrong('The file is too large for an exported mapping.')
  const parsed = parseJson(text)
  if (parsed === undefined) return wrong('This is no JSON file.')
  const head = z.object({ format: z.string(), version: z.int() }).safeParse(parsed).data
  if (head?.format !== format) return wrong('This is no mapping that was exported here.')
  if (head.version !== version)
    return wrong(`The file has version ${head.version}; this program reads version ${version}.`)
  const read = fileSchema.safeParse(parsed)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  return wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What a mapping has to fit into. `clientFields`: null when Halo was not asked. */
type MappingPlace = {
  readonly names: MappingNames
  readonly clientFields: readonly HaloClientField[] | null
}
/** `left`: what has no counterpart here and stays out, in words. */
export type Fitted = {
  readonly patch: Partial<Mapping>
  readonly left: readonly { readonly part: MappingPart; readonly text: string }[]
}

/** Where a Halo is opened belongs to that tenant: a mapping from elsewhere must lead nobody to another Halo. */
const travelling = ({ haloAddress: _theirs, ...others }: Travelling): Travelling => others
type Travelling = NonNullable<MappingFile['mapping']['interpretation']>

/**
 * A mapping from elsewhere, with the numbers of this place: the same number where it has the same name here, else the only one of that name.
 * What has no counterpart is left out and told. Parts that the file does not have are not in the patch.
 */
export function fitMapping(
  file: Pick<MappingFile, 'mapping' | 'names'>,
  current: Mapping,
  place: MappingPlace,
): Fitted {
  const left: { part: MappingPart; text: string }[] = []
  const { mapping, names } = file
  const leave = (part: MappingPart, text: string): void => void left.push({ part, text })
  const idFor = (part: MappingPart, kind: keyof MappingNames, id: number, what: string): number | null => {
    const found = counterpart(id, names[kind], place.names[kind])
    if (found === null) leave(part, `${what} "${names[kind][id] ?? id}" is not here.`)
    return found
  }
  const statuses = (part: 'quoteStatus' | 'orderStatus') =>
    Object.fromEntries(
      Object.entries(mapping[part] ?? {}).flatMap(([status, id]) => {
        const to = id === null ? null : idFor(part, part, id, 'The Halo status')
        return id !== null && to === null ? [] : [[status, to]]
      }),
    )
  const patch: Partial<Mapping> = {
    ...simpleParts(mapping),
    ...(mapping.interpretation && {
      interpretation: interpretationSchema.parse({
        ...current.interpretation,
        ...travelling(mapping.interpretation),
      }),
    }),
    ...(mapping.customerFields && { customerFields: fitFields(mapping.customerFields, place, leave) }),
    ...(mapping.quoteStatus && { quoteStatus: statuses('quoteStatus') }),
    ...(mapping.orderStatus && { orderStatus: statuses('orderStatus') }),
    ...(mapping.groups && {
      groups: Object.fromEntries(
        Object.entries(mapping.groups).flatMap(([category, group]) => {
          const from = idFor('groups', 'categories', Number(category), 'The category')
          const to = from === null ? null : idFor('groups', 'groups', group, 'The product group')
          return from === null || to === null ? [] : [[String(from), to]]
        }),
      ),
    }),
  }
  const { defaultGroup } = mapping
  const group = defaultGroup ? idFor('defaultGroup', 'groups', defaultGroup, 'The default group') : null
  if (defaultGroup === null || group !== null) patch.defaultGroup = group
  return { patch, left }
}

function simpleParts(mapping: MappingFile['mapping']): Partial<Mapping> {
  const { orderStatusesToImport, createItemsFromQuotes, setProductSupplier } = mapping
  return {
    ...(orderStatusesToImport && { orderStatusesToImport }),
    ...(createItemsFromQuotes !== undefined && { createItemsFromQuotes }),
    ...(setProductSupplier !== undefined && { setProductSupplier }),
  }
}

function fitFields(
  rows: Mapping['customerFields'],
  place: MappingPlace,
  leave: (part: MappingPart, text: string) => void,
): Mapping['customerFields'] {
  return rows.filter(({ from, to }) => {
    const isKnown = place.clientFields === null ? customFieldColumn(to) !== null : false
    const hasTarget = isKnown || targetOf(to, place.clientFields) !== null
    const hasSource = from.kind === 'constant' || commerceField(from.name) !== null
    if (!hasTarget) leave('customerFields', `The Halo field "${to}" is not here.`)
    else if (!hasSource) leave('customerFields', `The Commerce field "${from.name}" is not known.`)
    return hasTarget && hasSource
  })
}

const plain = (name: string): string => name.trim().toLowerCase()

function counterpart(
  id: number,
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
): number | null {
  const name = theirs[String(id)]
  const here = ours[String(id)]
  if (name === undefined) return here === undefined ? null : id
  if (here !== undefined && plain(here) === plain(name)) return id
  const same = Object.entries(ours).filter(([, one]) => plain(one) === plain(name))
  return same.length === 1 ? Number(same[0]?.[0]) : null
}
