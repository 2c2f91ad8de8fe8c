import { z } from 'zod'
import { fail, fault, ok, type Result } from '../model/fault.ts'
import { cellText } from '../model/sheet/cell.ts'
import type { ImportChoices } from '../model/sheet/choices.ts'
import { rowKeys, sheetField, sheetFields } from '../model/sheet/fields.ts'
import { type ColumnMatch, plainHeading, sure } from '../model/sheet/match.ts'
import { type ColumnForm, usualForm } from '../model/sheet/values.ts'
import type { Entity } from '../model/tenant.ts'
import type { ColumnGuess } from './draft.ts'

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

const wrong = (problem: string) => fail(fault('input-invalid', { facts: { field: 'mapping', problem } }))

export type ChoiceParts = {
  readonly entity: Entity
  readonly headings: readonly unknown[]
  readonly matches: readonly ColumnMatch[]
  readonly said: ImportFile
  readonly guess: (column: number) => ColumnGuess
}

/**
 * What an import does, from what was matched and what was said. A column whose numbers or dates can be read in two ways, and of which
 * nothing is said, is input-invalid with an example: it is never guessed.
 */
export function chooseFor({ entity, headings, matches, said, guess }: ChoiceParts): Result<ImportChoices> {
  const columns: Record<string, number> = {}
  for (const match of matches) if (match.certainty >= sure) columns[match.field] = match.column
  for (const [field, heading] of Object.entries(said.columns ?? {})) {
    if (!sheetField(entity, field)) return wrong(`columns: ${field} is no field of ${entity}`)
    delete columns[field]
    if (heading === '') continue
    const column = headings.findIndex((one) => plainHeading(cellText(one as never)) === plainHeading(heading))
    if (column < 0) return wrong(`columns.${field}: there is no column "${heading}"`)
    columns[field] = column
  }
  const forms: Record<string, ColumnForm> = {}
  for (const field of sheetFields[entity]) {
    const column = columns[field.key]
    if (column === undefined) continue
    const form = formOf(field.type, guess(column), said)
    if (!form.ok) return form
    forms[field.key] = { ...form.value, replace: lowered(said.replace?.[field.key] ?? {}) }
  }
  const keyed = rowKeys[entity] ?? (entity === 'products' ? 'productNumber' : 'name')
  return ok({
    plan: {
      ...{ entity, columns, constants: said.constants ?? {}, forms },
      skipsHidden: said.skipHidden ?? false,
      identifier: said.recordBy === 'number' && entity === 'customers' ? 'accountNumber' : keyed,
    },
    recordBy: said.recordBy ?? (entity === 'customers' ? 'name' : 'number'),
    customerBy: said.customerBy ?? 'name',
    existing: said.existing ?? 'skip',
  })
}

const lowered = (by: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(by).map(([from, to]) => [from.trim().toLowerCase(), to]))

function formOf(type: string, guess: ColumnGuess, said: ImportFile): Result<ColumnForm> {
  const isNumber = ['money', 'number', 'percent', 'whole number'].includes(type)
  if (isNumber && said.decimal === undefined && guess.decimal.unsure !== null) {
    return wrong(`"${guess.decimal.unsure}" can be read in two ways: say "decimal": "." or ","`)
  }
  if (type === 'date' && said.dates === undefined && guess.dates.unsure !== null) {
    return wrong(`"${guess.dates.unsure}" can be day first or month first: say "dates": "dmy" or "mdy"`)
  }
  return ok({
    ...usualForm,
    decimal: said.decimal ?? guess.decimal.decimal,
    dates: said.dates ?? guess.dates.order,
  })
}
