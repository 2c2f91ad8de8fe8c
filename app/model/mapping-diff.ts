import type { Mapping } from './mapping.ts'

export type MappingPart = keyof Mapping

/** One thing in which two mappings differ. `key`: a status, a category's id, a Halo field, a setting; '' where the part is one value. undefined: not there. */
export type MappingChange = {
  readonly part: MappingPart
  readonly key: string
  readonly before: MappingValue | undefined
  readonly after: MappingValue | undefined
}
type MappingValue = Mapping['customerFields'][number] | string | number | boolean | null

/** What differs, part by part; the order of field rows counts as one change. */
export function diffMapping(before: Mapping, after: Mapping): MappingChange[] {
  const parts = Object.keys(after) as MappingPart[]
  return parts.flatMap((part) => {
    const changes = diffEntries(part, entriesOf(before, part), entriesOf(after, part))
    const isMoved = part === 'customerFields' && changes.length === 0 && !isSame(before[part], after[part])
    return isMoved ? [{ part, key: '', before: undefined, after: undefined }] : changes
  })
}

type Entries = ReadonlyMap<string, MappingValue>

/** A part as names with values: a status map as it is, field rows by their target, the chosen statuses as "yes". */
function entriesOf(mapping: Mapping, part: MappingPart): Entries {
  if (part === 'customerFields') return new Map(mapping[part].map((row) => [row.to, row]))
  if (part === 'orderStatusesToImport') return new Map(mapping[part].map((status) => [String(status), true]))
  const value = mapping[part]
  if (value === null || typeof value !== 'object') return new Map([['', value]])
  return new Map(
    Object.entries(value).map(([key, one]) => [
      key,
      Array.isArray(one) ? one.join(', ') : (one as MappingValue),
    ]),
  )
}

function diffEntries(part: MappingPart, before: Entries, after: Entries): MappingChange[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys]
    .filter((key) => !isSame(before.get(key), after.get(key)) || before.has(key) !== after.has(key))
    .map((key) => ({ part, key, before: before.get(key), after: after.get(key) }))
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
