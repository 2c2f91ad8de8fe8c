import { z } from 'zod'
import { type Cell, cellText } from './cell.ts'
import { type MadeColumns, mostParts } from './made.ts'
import { plainHeading } from './match.ts'

/** Columns to split or join, by their headings and the fields that take what is made: as a mapping file says it, and as it is remembered. */
export const saidColumnsSchema = z.strictObject({
  split: z
    .array(
      z.strictObject({
        column: z.string(),
        by: z.string().min(1).max(60),
        /** '' for a part that no field takes. */
        into: z.array(z.string()).min(2).max(mostParts),
      }),
    )
    .exactOptional(),
  join: z
    .array(
      z.strictObject({
        columns: z.array(z.string()).min(2).max(mostParts),
        with: z.string().max(20),
        into: z.string(),
      }),
    )
    .exactOptional(),
})
export type SaidColumns = z.infer<typeof saidColumnsSchema>

/** What is made of a file's columns, and which field takes it. */
export type MadeByHeadings = {
  readonly made: readonly MadeColumns[]
  /** Field -> place of the made column. */
  readonly columns: Readonly<Record<string, number>>
  /** Headings that the file does not have; what needs them is left out. */
  readonly missing: readonly string[]
}

/** Finds the columns by their headings, whatever their case. `place`: where the first made column stands, beyond all columns of the file. */
export function madeFrom(said: SaidColumns, headings: readonly Cell[], place: number): MadeByHeadings {
  const names = headings.map((cell) => plainHeading(cellText(cell)))
  const at = (heading: string): number => names.indexOf(plainHeading(heading))
  const made: MadeColumns[] = []
  const columns: Record<string, number> = {}
  const missing: string[] = []
  let next = place
  const has = (wanted: readonly string[]): boolean => {
    const gone = wanted.filter((heading) => plainHeading(heading) === '' || at(heading) < 0)
    missing.push(...gone)
    return gone.length === 0
  }
  for (const { column, by, into } of said.split ?? []) {
    if (!has([column])) continue
    made.push({ do: 'split', from: at(column), by, into: into.map((_, part) => next + part) })
    for (const [part, field] of into.entries()) if (field !== '') columns[field] = next + part
    next += into.length
  }
  for (const one of said.join ?? []) {
    if (!has(one.columns)) continue
    made.push({ do: 'join', from: one.columns.map(at), with: one.with, into: [next] })
    columns[one.into] = next
    next++
  }
  return { made, columns, missing }
}

/** The way back: what was made, by headings. What comes of a column without a heading cannot be said, and is left out. */
export function saidOf(
  made: readonly MadeColumns[],
  columns: Readonly<Record<string, number>>,
  headings: readonly Cell[],
): SaidColumns {
  const name = (at: number): string => plainHeading(cellText(headings[at] ?? null))
  const fieldAt = (place: number): string =>
    Object.entries(columns).find(([, column]) => column === place)?.[0] ?? ''
  const split = made.flatMap((one) =>
    one.do === 'split' && name(one.from) !== ''
      ? [{ column: name(one.from), by: one.by, into: one.into.map(fieldAt) }]
      : [],
  )
  const join = made.flatMap((one) =>
    one.do === 'join' && one.from.every((at) => name(at) !== '') && fieldAt(one.into[0]) !== ''
      ? [{ columns: one.from.map(name), with: one.with, into: fieldAt(one.into[0]) }]
      : [],
  )
  return { ...(split.length > 0 ? { split } : {}), ...(join.length > 0 ? { join } : {}) }
}

/** What a made column is called: "Contact, first word", "Contact, part 2", "Street 1 + Street 2". */
export function madeNames(made: MadeColumns, headings: readonly Cell[]): readonly string[] {
  const name = (at: number): string => cellText(headings[at] ?? null).trim() || `Column ${at + 1}`
  if (made.do === 'join') return [made.from.map(name).join(' + ')]
  const own = name(made.from)
  if (made.by === 'first word') return [`${own}, first word`, `${own}, the rest`]
  if (made.by === 'last word') return [`${own}, all but the last word`, `${own}, last word`]
  return made.into.map((_, part) => `${own}, part ${part + 1}`)
}

/** All headings, made columns included. `labels`: what stands over a made column in place of its name, by its place. */
export function wideHeadings(
  headings: readonly Cell[],
  made: readonly MadeColumns[],
  labels: ReadonlyMap<number, string> = new Map(),
): readonly Cell[] {
  const wide = [...headings]
  for (const one of made) {
    for (const [part, name] of madeNames(one, headings).entries()) {
      const place = one.into[part] ?? 0
      while (wide.length < place) wide.push(null)
      wide[place] = labels.get(place) ?? name
    }
  }
  return wide
}
