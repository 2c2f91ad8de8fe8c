import { labelOfHalo } from './halo-labels.ts'
import type { FieldChange } from './outcome.ts'

type Value = FieldChange['before']

/** What Halo has of a record: its own field names, as Destination.read gives them. */
type HaloFields = {
  readonly fields: Readonly<Record<string, Value>>
  readonly lines: readonly Readonly<Record<string, Value>>[]
}

/** One field, side by side. `isSynced` false: only Halo has it, and no sync touches it. */
export type ComparedField = {
  readonly field: string
  readonly label: string
  readonly commerce: Value
  readonly halo: Value
  readonly differs: boolean
  readonly isSynced: boolean
}

/** A line that differs. same lines are not listed. `missing`: not in Halo; `extra`: only there, the next sync takes it away. */
export type ComparedLine = {
  /** The line's place on the page, from 1. */
  readonly sequence: number
  readonly state: 'differs' | 'missing' | 'extra'
  /** Halo's words for an extra line; '' else. */
  readonly was: string
  readonly fields: readonly ComparedField[]
}

export type Comparison = {
  readonly fields: readonly ComparedField[]
  readonly lines: readonly ComparedLine[]
  /** Lines that Halo has. */
  readonly haloLines: number
  readonly differences: number
}

/** Parts of a record that come several times carry their number: "QUOTATIONDETAIL#3.QDPrice", "USERS#1.uemail". */
const partShape = /^([^#.]+)#(-?\d+)(?:\.(.+))?$/
/** A row that does not exist yet gets so many fields, and each was nothing before. */
const newRowFields = 4

/**
 * A record as Commerce has it beside what Halo has: `changes` is what a sync would write now, so everything else is the same. Fields that no
 * sync writes come last.
 */
export function compareRecord(halo: HaloFields, changes: readonly FieldChange[]): Comparison {
  const heads = changes.filter(({ field }) => !partShape.test(field))
  const parts = changes.filter(({ field }) => partShape.test(field))
  const byField = new Map(heads.map((change) => [change.field, change]))
  const known = Object.entries(halo.fields).map(([field, value]) => fieldOf(field, value, byField.get(field)))
  const fresh = heads
    .filter(({ field }) => !Object.hasOwn(halo.fields, field))
    .map((change) => fieldOf(change.field, change.before, change))
  const fields = [...known, ...fresh].sort((a, b) => Number(b.isSynced) - Number(a.isSynced))
  const lines = linesOf(parts)
  const differences = fields.filter(({ differs }) => differs).length + lines.length
  return { fields, lines, haloLines: halo.lines.length, differences }
}

function fieldOf(field: string, halo: Value, change: FieldChange | undefined): ComparedField {
  const label = labelOfHalo(field)
  const isSynced = change !== undefined || label !== null
  return {
    field,
    label: label ?? field,
    halo,
    commerce: change ? change.after : isSynced ? halo : null,
    differs: change !== undefined,
    isSynced,
  }
}

function linesOf(changes: readonly FieldChange[]): ComparedLine[] {
  const byPart = Map.groupBy(changes, ({ field }) => field.split('.')[0] ?? '')
  return [...byPart].map(([part, all]) => {
    const sequence = Number(partShape.exec(part)?.[2] ?? 0)
    const [only] = all
    if (only && only.field === part) {
      return { sequence, state: 'extra' as const, was: String(only.before ?? ''), fields: [] }
    }
    const isNew = all.length >= newRowFields && all.every(({ before }) => before === null)
    return {
      sequence,
      state: isNew ? ('missing' as const) : ('differs' as const),
      was: '',
      fields: all.map((change) => fieldOf(change.field.replace(/#-?\d+/, ''), change.before, change)),
    }
  })
}
