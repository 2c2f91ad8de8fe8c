import { z } from 'zod'
import type { ImportChoices, ImportDecision } from '../model/sheet/choices.ts'
import type { DateOrder } from '../model/sheet/dates.ts'
import type { SheetField, SheetFieldType } from '../model/sheet/field-type.ts'
import { fieldsWith, rowKeys, sheetField } from '../model/sheet/fields.ts'
import { mostParts } from '../model/sheet/made.ts'
import { type ColumnMatch, sure } from '../model/sheet/match.ts'
import type { Decimal } from '../model/sheet/numbers.ts'
import type { MadeByHeadings } from '../model/sheet/said-columns.ts'
import { type ColumnForm, usualForm } from '../model/sheet/values.ts'
import type { Entity } from '../model/tenant.ts'
import type { ColumnGuess } from './guess.ts'

const key = z.string().min(1).max(60)
const text = z.string().max(32_767)
const place = z.int().min(0).max(16_383)

const madeSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('split'),
    from: place,
    by: z.string().min(1).max(60),
    into: z.array(place).min(2).max(mostParts).readonly(),
  }),
  z.strictObject({
    do: z.literal('join'),
    from: z.array(place).min(2).max(mostParts).readonly(),
    with: z.string().max(20),
    into: z.tuple([place]).readonly(),
  }),
])

/** A decision as a screen sends it. */
export const decisionSchema = z.strictObject({
  columns: z.record(key, place),
  made: z.array(madeSchema).max(60).readonly().exactOptional(),
  constants: z.record(key, text),
  said: z.record(
    key,
    z.strictObject({
      decimal: z.enum(['.', ',']).exactOptional(),
      dates: z.enum(['dmy', 'mdy', 'ymd']).exactOptional(),
    }),
  ),
  replace: z.record(key, z.record(text, text)),
  skipsHidden: z.boolean(),
  recordBy: z.enum(['number', 'name']),
  customerBy: z.enum(['name', 'number', 'haloId']),
  existing: z.enum(['skip', 'update', 'fill']),
  isAllOrNothing: z.boolean().exactOptional(),
}) satisfies z.ZodType<ImportDecision>

/** Before anybody said anything: the columns that are sure, existing records left alone. `made`: columns that were split or joined before. */
export const firstDecision = (
  entity: Entity,
  matches: readonly ColumnMatch[],
  { made, columns }: Pick<MadeByHeadings, 'made' | 'columns'> = { made: [], columns: {} },
): ImportDecision => ({
  columns: {
    ...Object.fromEntries(
      matches.filter((one) => one.certainty >= sure).map(({ field, column }) => [field, column]),
    ),
    ...columns,
  },
  ...(made.length > 0 ? { made } : {}),
  constants: {},
  said: {},
  replace: {},
  skipsHidden: false,
  recordBy: entity === 'customers' ? 'name' : 'number',
  customerBy: 'name',
  existing: 'skip',
})

/** How a column of dates or numbers is read. */
export type FormQuestion = {
  readonly field: string
  readonly of: 'dates' | 'decimal'
  /** One of its values that reads in two ways, so that a person has to say which; null where the values decide. */
  readonly example: string | null
  readonly said: DateOrder | Decimal | null
  /** As said, else as its values tell. */
  readonly reading: DateOrder | Decimal
}

export type Guesses = Readonly<Record<number, ColumnGuess>>

const numbers: readonly SheetFieldType[] = ['money', 'number', 'percent', 'whole number']

/** The columns whose numbers or dates have to be understood. */
export const formColumns = (
  entity: Entity,
  { columns }: ImportDecision,
  custom: readonly SheetField[] = [],
): readonly number[] =>
  fieldsWith(entity, custom).flatMap(({ key: field, type }) => {
    const column = columns[field]
    return column !== undefined && (type === 'date' || numbers.includes(type)) ? [column] : []
  })

/** How each column of dates and numbers is read, and what has to be asked: never guessed. */
export function questionsOf(
  entity: Entity,
  decision: ImportDecision,
  guesses: Guesses,
  custom: readonly SheetField[] = [],
): FormQuestion[] {
  return fieldsWith(entity, custom).flatMap(({ key: field, type }): FormQuestion[] => {
    const guess = guesses[decision.columns[field] ?? -1]
    if (!guess) return []
    const said = decision.said[field]
    if (type === 'date') {
      const { order, unsure } = guess.dates
      const reading = said?.dates ?? order
      return [{ field, of: 'dates', example: unsure, said: said?.dates ?? null, reading }]
    }
    if (!numbers.includes(type)) return []
    const { decimal, unsure } = guess.decimal
    const reading = said?.decimal ?? decimal
    return [{ field, of: 'decimal', example: unsure, said: said?.decimal ?? null, reading }]
  })
}

export const isOpen = ({ example, said }: FormQuestion): boolean => example !== null && said === null

/** The choices that an import works by. What `questionsOf` still asks is read as guessed, so ask first. */
export function decide(
  entity: Entity,
  decision: ImportDecision,
  guesses: Guesses,
  custom: readonly SheetField[] = [],
): ImportChoices {
  const { columns, made, constants, said, replace, skipsHidden, recordBy, customerBy, existing } = decision
  const known = Object.entries(columns).filter(([field]) => sheetField(entity, field, custom))
  const used = custom.filter(({ key: own }) => columns[own] !== undefined || constants[own]?.trim())
  const forms = known.map(([field, column]): [string, ColumnForm] => {
    const guess = guesses[column]
    const form = {
      decimal: said[field]?.decimal ?? guess?.decimal.decimal ?? usualForm.decimal,
      dates: said[field]?.dates ?? guess?.dates.order ?? usualForm.dates,
    }
    const by = Object.entries(replace[field] ?? {}).map(([from, to]) => [from.trim().toLowerCase(), to])
    return [field, { ...form, replace: Object.fromEntries(by) }]
  })
  const keyed = rowKeys[entity] ?? (entity === 'products' ? 'productNumber' : 'name')
  return {
    plan: {
      ...{ entity, columns: Object.fromEntries(known), ...(made ? { made } : {}), skipsHidden },
      ...(used.length > 0 && { custom: used }),
      constants: Object.fromEntries(Object.entries(constants).filter(([, value]) => value.trim() !== '')),
      forms: Object.fromEntries(forms),
      identifier: entity === 'customers' && recordBy === 'number' ? 'accountNumber' : keyed,
    },
    ...{ recordBy, customerBy, existing, isAllOrNothing: decision.isAllOrNothing ?? false },
  }
}
