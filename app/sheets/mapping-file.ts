import { z } from 'zod'
import { type Fault, fail, fault, ok, type Result } from '../model/fault.ts'
import { type Cell, cellText } from '../model/sheet/cell.ts'
import type { ImportDecision, SaidForm } from '../model/sheet/choices.ts'
import type { SheetField } from '../model/sheet/field-type.ts'
import { sheetField } from '../model/sheet/fields.ts'
import { type ColumnMatch, plainHeading, sure } from '../model/sheet/match.ts'
import { madeFrom, saidColumnsSchema } from '../model/sheet/said-columns.ts'
import { encodings, separators } from '../model/sheet/text-form.ts'
import type { Entity } from '../model/tenant.ts'
import { firstDecision, type Guesses, isOpen, questionsOf } from './decision.ts'

/** What may be said of an import in a file (JSON); all of it may be left out. */
export const importFileSchema = z.strictObject({
  sheet: z.string().exactOptional(),
  headerRow: z.int().min(1).exactOptional(),
  /** Field -> heading of its column; '' for none. */
  columns: z.record(z.string(), z.string()).exactOptional(),
  constants: z.record(z.string(), z.string()).exactOptional(),
  decimal: z.enum(['.', ',']).exactOptional(),
  dates: z.enum(['dmy', 'mdy', 'ymd']).exactOptional(),
  /** Field -> what a value stands for. */
  replace: z.record(z.string(), z.record(z.string(), z.string())).exactOptional(),
  skipHidden: z.boolean().exactOptional(),
  recordBy: z.enum(['number', 'name']).exactOptional(),
  customerBy: z.enum(['name', 'number', 'haloId']).exactOptional(),
  existing: z.enum(['skip', 'update', 'fill']).exactOptional(),
  /** Nothing is imported while a record has an error. */
  allOrNothing: z.boolean().exactOptional(),
  ...saidColumnsSchema.shape,
  /** How a text file is read; else as its content tells. */
  encoding: z.enum(encodings).exactOptional(),
  separator: z.enum(separators).exactOptional(),
})
export type ImportFile = z.infer<typeof importFileSchema>

/** Reads such a file; input-invalid says where it is wrong. */
export function readImportFile(text: string): Result<ImportFile> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'It is no JSON.')
  }
  const read = importFileSchema.safeParse(raw)
  if (read.success) return ok(read.data)
  const [first] = read.error.issues
  return wrong(`${first?.path.join('.') || 'the file'}: ${first?.message ?? 'is not as it should be'}`)
}

const problemOf = (problem: string): Fault => fault('input-invalid', { facts: { field: 'mapping', problem } })
const wrong = (problem: string) => fail(problemOf(problem))

export type DecisionParts = {
  readonly entity: Entity
  readonly headings: readonly Cell[]
  /** The cells of the widest row. */
  readonly width: number
  readonly matches: readonly ColumnMatch[]
  readonly said: ImportFile
  /** Custom fields of the tenant's Halo. */
  readonly custom?: readonly SheetField[]
}

/** What an import does, from what was matched and what was said. What it says of a column that is not there is input-invalid. */
export function decisionFor(parts: DecisionParts): Result<ImportDecision> {
  const { entity, headings, width, matches, said, custom } = parts
  const columns: Record<string, number> = {}
  for (const match of matches) if (match.certainty >= sure) columns[match.field] = match.column
  for (const [field, heading] of Object.entries(said.columns ?? {})) {
    if (!sheetField(entity, field, custom)) return wrong(`columns: ${field} is no field of ${entity}`)
    delete columns[field]
    if (heading === '') continue
    const column = headings.findIndex((one) => plainHeading(cellText(one)) === plainHeading(heading))
    if (column < 0) return wrong(`columns.${field}: there is no column "${heading}"`)
    columns[field] = column
  }
  const { made, columns: ofMade, missing } = madeFrom(said, headings, width)
  const [gone] = missing
  if (gone !== undefined) return wrong(`split or join: there is no column "${gone}"`)
  const strange = Object.keys(ofMade).find((field) => !sheetField(entity, field, custom))
  if (strange !== undefined) return wrong(`split or join: ${strange} is no field of ${entity}`)
  const all = { ...columns, ...ofMade }
  const usual = firstDecision(entity, [])
  return ok({
    ...usual,
    columns: all,
    ...(made.length > 0 ? { made } : {}),
    constants: said.constants ?? {},
    said: Object.fromEntries(Object.keys(all).map((field) => [field, saidFormOf(said)])),
    replace: said.replace ?? {},
    skipsHidden: said.skipHidden ?? usual.skipsHidden,
    recordBy: said.recordBy ?? usual.recordBy,
    customerBy: said.customerBy ?? usual.customerBy,
    existing: said.existing ?? usual.existing,
    isAllOrNothing: said.allOrNothing ?? false,
  })
}

const saidFormOf = ({ decimal, dates }: ImportFile): SaidForm => ({
  ...(decimal ? { decimal } : {}),
  ...(dates ? { dates } : {}),
})

/** What can be read in two ways, and of which nothing is said, as input-invalid with an example; null where all is clear. It is never guessed. */
export function openQuestion(
  entity: Entity,
  decision: ImportDecision,
  guesses: Guesses,
  custom: readonly SheetField[] = [],
): Fault | null {
  const question = questionsOf(entity, decision, guesses, custom).find(isOpen)
  if (!question) return null
  return problemOf(
    question.of === 'dates'
      ? `"${question.example}" can be day first or month first: say "dates": "dmy" or "mdy"`
      : `"${question.example}" can be read in two ways: say "decimal": "." or ","`,
  )
}
