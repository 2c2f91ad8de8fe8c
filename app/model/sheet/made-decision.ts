import type { ImportDecision } from './choices.ts'
import type { MadeColumns, SplitBy } from './made.ts'

/** What a split or join, or taking one back, changes in a decision. */
export type MadePatch = Pick<ImportDecision, 'columns'> & { readonly made: readonly MadeColumns[] }

type Before = Pick<ImportDecision, 'columns' | 'made'>

/** `least`: where the next made column may stand, as the engine knows it; what was decided here since goes before. */
const placeAfter = ({ made = [] }: Before, least: number): number =>
  Math.max(least, ...made.flatMap((one) => one.into.map((place) => place + 1)))

/** Splits a column; `fields`: what takes each of its parts, '' for none. */
export function withSplit(
  before: Before,
  least: number,
  from: number,
  by: SplitBy,
  fields: readonly string[],
): MadePatch {
  const first = placeAfter(before, least)
  const into = fields.map((_, part) => first + part)
  const taken = fields.flatMap((field, part) => (field === '' ? [] : [[field, first + part]]))
  return {
    made: [...(before.made ?? []), { do: 'split', from, by, into }],
    columns: { ...before.columns, ...Object.fromEntries(taken) },
  }
}

/** Joins columns into one, which this field takes. */
export function withJoin(
  before: Before,
  least: number,
  from: readonly number[],
  between: string,
  field: string,
): MadePatch {
  const place = placeAfter(before, least)
  return {
    made: [...(before.made ?? []), { do: 'join', from, with: between, into: [place] }],
    columns: { ...before.columns, [field]: place },
  }
}

/** Takes the split or join back whose column this field has: the field has the column of the file again, unless another has it. */
export function withoutMade(before: Before, field: string): MadePatch {
  const made = before.made ?? []
  const place = before.columns[field] ?? -1
  const gone = made.find((one) => one.into.some((each) => each === place))
  if (!gone) return { made, columns: before.columns }
  const columns = Object.fromEntries(
    Object.entries(before.columns).filter(([, column]) => !gone.into.some((each) => each === column)),
  )
  const source = gone.do === 'split' ? gone.from : gone.from[0]
  const isFree = source !== undefined && !Object.values(columns).includes(source)
  return {
    made: made.filter((one) => one !== gone),
    columns: isFree ? { ...columns, [field]: source } : columns,
  }
}
