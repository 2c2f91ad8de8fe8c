import { readDate } from '../../model/dates.ts'
import { type Fault, fault } from '../../model/fault.ts'
import type { FieldChange } from '../../model/outcome.ts'
import type { ExistingRule } from '../destination.ts'
import type { HaloObject } from './answers.ts'

/** A property of a posted record. `max`: characters that its column takes (the catalogue of the on-premise database); `isCut`: longer text is cut with a note, else it is a fault. */
export type Field = {
  readonly kind: 'text' | 'whole' | 'number' | 'flag' | 'date'
  readonly max?: number
  readonly isCut?: boolean
}
export type Fields = Readonly<Record<string, Field>>

export const text = (max?: number, isCut = false): Field => ({
  kind: 'text',
  ...(max === undefined ? {} : { max }),
  ...(isCut ? { isCut } : {}),
})
export const whole: Field = { kind: 'whole' }
export const decimal: Field = { kind: 'number' }
export const flag: Field = { kind: 'flag' }
export const date: Field = { kind: 'date' }

export type Value = string | number | boolean | null
/** Property -> value. null and undefined leave the property alone. */
export type Wanted = Readonly<Record<string, Value | undefined>>

/** Collects what one record changes; the first value that does not fit makes the whole record a fault. */
export type Draft = {
  /** The properties that differ from `current` (null: a new one), ready to be posted. `part` names them in changes: "Client", "Line#3". */
  set(part: string, fields: Fields, current: HaloObject | null, wanted: Wanted): Record<string, Value>
  change(change: FieldChange): void
  note(note: Fault): void
  readonly changes: readonly FieldChange[]
  readonly notes: readonly Fault[]
  /** Lines that are there stay as they are. */
  readonly keepsLines: boolean
  trouble(): Fault | null
}

/** `label` is what a person calls the record; its faults carry it. `existing` says what becomes of values that are there. */
export function newDraft(label: string, existing: ExistingRule = 'overwrite'): Draft {
  const changes: FieldChange[] = []
  const notes: Fault[] = []
  let trouble: Fault | null = null
  const labelled = (one: Fault): Fault => ({ ...one, facts: { label, ...one.facts } })
  return {
    changes,
    notes,
    keepsLines: existing === 'fill only',
    trouble: () => trouble,
    change: (change) => void changes.push(change),
    note: (note) => void notes.push(labelled(note)),
    set: (part, fields, current, wanted) => {
      const set: Record<string, Value> = {}
      // Lines are replaced as a whole or not at all.
      const rule = part.startsWith('Line#') ? 'overwrite' : existing
      for (const [name, field] of Object.entries(fields)) {
        const value = wanted[name]
        if (value === null || value === undefined) continue
        if (current && isKept(rule, current[name], value)) continue
        const fitted = toForm(`${part.replace(/#\d+$/, '')}.${name}`, field, value)
        if (fitted.trouble && fitted.isCut) notes.push(labelled(fitted.trouble))
        else if (fitted.trouble) trouble ??= labelled(fitted.trouble)
        if (current && isSame(field, current[name], fitted.value)) continue
        set[name] = fitted.value
        changes.push({ field: `${part}.${name}`, before: shown(current?.[name]), after: shown(fitted.value) })
      }
      return set
    },
  }
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === 0 || value === false

/** Whether a value that Halo has outlives the one that it would get. */
function isKept(rule: ExistingRule, current: unknown, wanted: Value): boolean {
  if (rule === 'overwrite') return false
  return rule === 'fill only' ? !isNothing(current) : isNothing(wanted)
}

/** A value as changes and side-by-side views show it: flags as 1 and 0, as in Halo's database. */
export function shown(value: unknown): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

type Fitted = { readonly value: Value; readonly trouble: Fault | null; readonly isCut: boolean }
const fine = (value: Value): Fitted => ({ value, trouble: null, isCut: false })

function toForm(column: string, field: Field, value: string | number | boolean): Fitted {
  const refused = (): Fitted => ({
    value: null,
    trouble: fault('halo-value-refused', { facts: { column, value: String(value).slice(0, 80) } }),
    isCut: false,
  })
  if (field.kind === 'text') return fitText(column, field, String(value))
  if (value === '') return fine(null)
  if (field.kind === 'date') {
    const iso = readDate(String(value))
    return iso === null ? refused() : fine(iso)
  }
  const number = Number(value)
  if (!Number.isFinite(number)) return refused()
  if (field.kind === 'flag') return fine(number !== 0)
  if (field.kind === 'number') return fine(exact(number))
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? fine(number) : refused()
}

function fitText(column: string, { max, isCut = false }: Field, given: string): Fitted {
  const value = given.includes('\0') ? given.replaceAll('\0', '') : given
  if (max === undefined || value.length <= max) return fine(value)
  const trouble = fault('halo-value-too-long', { facts: { column, length: value.length, limit: max } })
  // Never half a character.
  return isCut
    ? {
        value: `${value
          .slice(0, max - 1)
          .toWellFormed()
          .replace(/\uFFFD$/, '')}…`,
        trouble,
        isCut,
      }
    : { value: null, trouble, isCut }
}

/** A double without the noise of its last digits; a unit price may need twelve decimals (docs/decisions/023). */
function exact(value: number): number {
  const short = Math.round(value * 1e4) / 1e4
  return (short === value ? value : Number(value.toPrecision(15))) + 0
}

/** A database's -1 is yes, too (QDPrintItem). */
const isFlagSet = (value: unknown): boolean =>
  value === true || /^true$/i.test(String(value)) || Math.abs(Number(value)) === 1

/** SQL Server's DATETIME, behind the API, keeps steps of 3.33 milliseconds. */
const dateStepMs = 4

/**
 * Whether what Halo tells of a property is what would be posted. A property that Halo does not tell (the documents leave some out) cannot be
 * compared: only an empty one counts as the same.
 */
function isSame(field: Field, current: unknown, wanted: Value): boolean {
  if (current === undefined || current === null)
    return wanted === null || wanted === '' || wanted === 0 || wanted === false
  switch (field.kind) {
    case 'text':
      return (
        (typeof current === 'string' || typeof current === 'number' ? String(current) : '') ===
        String(wanted ?? '')
      )
    case 'flag':
      return isFlagSet(current) === (wanted === true)
    case 'date': {
      const before = readDate(String(current))
      if (before === null || wanted === null) return before === wanted
      return Math.abs(Date.parse(before) - Date.parse(String(wanted))) < dateStepMs
    }
    default:
      return wanted !== null && exact(Number(current)) === exact(Number(wanted))
  }
}
