import { readDate } from '../../model/dates.ts'
import type { OwnValues } from '../undo.ts'
import { type HaloObject, isObject } from './answers.ts'
import { shown } from './fields.ts'
import { linesOf } from './lines.ts'

/** One of the objects that a record consists of: what would be posted of it today, and what Halo tells of it. `part` names it: "Quotation", "Line". */
export type Piece = { readonly part: string; readonly wanted: HaloObject; readonly current: HaloObject }

type Flat = Readonly<Record<string, string | number | null>>

/** What says nothing of a record: keys, and what Halo shows beside it of others. */
const isBeside = (name: string): boolean =>
  name === 'id' ||
  /(_name|name_|colou?r|icon|url|key|guid|initials|use|cost)$/i.test(name) ||
  /cost/i.test(name)

/** The plain values of an object, with its custom fields and its address, as `customfields.CFregion` and `delivery_address.line1`. */
function flat(object: HaloObject): Flat {
  const values: Record<string, string | number | null> = {}
  for (const [name, value] of Object.entries(object)) {
    if (name === 'customfields' && Array.isArray(value)) {
      for (const field of value.filter(isObject)) values[`customfields.${field.name}`] = shown(field.value)
    } else if (name === 'delivery_address' && isObject(value)) {
      for (const line of ['line1', 'line2', 'line3', 'line4', 'postcode'])
        values[`delivery_address.${line}`] = shown(value[line])
    } else if (typeof value !== 'object') values[name] = shown(value)
  }
  return values
}

/** A quote or an order with its lines, each line with its other; null when Halo has more or fewer of them. */
export function piecesOf(part: string, wanted: HaloObject, current: HaloObject): readonly Piece[] | null {
  const [ours, theirs] = [linesOf(wanted), linesOf(current)]
  if (ours.length !== theirs.length) return null
  const inOrder = theirs.toSorted((a, b) => Number(a.sort_seq ?? 0) - Number(b.sort_seq ?? 0))
  const lines = ours
    .toSorted((a, b) => Number(a.sort_seq ?? 0) - Number(b.sort_seq ?? 0))
    .map((line, at): Piece => ({ part: 'Line', wanted: line, current: inOrder[at] as HaloObject }))
  return [{ part, wanted, current }, ...lines]
}

/** The first field in which a piece is not what was posted, as `Quotation.title`; null when it is. */
export function changedIn({ part, wanted, current }: Piece, own: OwnValues): string | null {
  const varying = new Set(own.varying)
  const posted = flat(wanted)
  const told = flat(current)
  for (const name of new Set([...Object.keys(posted), ...Object.keys(told)])) {
    const field = `${part}.${name}`
    if (varying.has(field) || (isBeside(name) && !(name in posted))) continue
    const known = name in posted ? posted[name] : own.same[field]
    const value = told[name] ?? null
    const isAsWritten = known === undefined ? isNothing(value) : isAlike(value, known)
    if (!isAsWritten) return field
  }
  return null
}

/**
 * What Halo tells of records that were just posted, in fields that nobody posted. A posted field that Halo does not give back as it came (not all
 * are told, and some are rewritten) tells nothing later either.
 */
export function collectOwn(pieces: readonly Piece[]): OwnValues {
  const same = new Map<string, string | number | null>()
  const varying = new Set<string>()
  for (const { part, wanted, current } of pieces) {
    const posted = flat(wanted)
    for (const [name, value] of Object.entries({ ...blank(posted), ...flat(current) })) {
      const field = `${part}.${name}`
      if (name in posted) {
        if (!isAlike(value, posted[name] ?? null)) varying.add(field)
      } else if (isMoment(value) || (same.has(field) && !isAlike(value, same.get(field) ?? null))) {
        varying.add(field)
      } else if (!isBeside(name)) same.set(field, value)
    }
  }
  for (const field of varying) same.delete(field)
  return { same: Object.fromEntries(same), varying: [...varying] }
}

const blank = (posted: Flat): Flat => Object.fromEntries(Object.keys(posted).map((name) => [name, null]))

const isNothing = (value: string | number | null): boolean =>
  value === null ||
  value === '' ||
  Number(value) === 0 ||
  (isDate(value) && String(value).startsWith('1900-'))

const isDate = (value: string | number | null): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)

const isMoment = (value: string | number | null): boolean => isDate(value) && !isNothing(value)

/** SQL Server's DATETIME, behind the API, keeps steps of 3.33 milliseconds. */
const dateStepMs = 4

/** Flags come as true, 1 and -1, numbers also as text, and nothing as any of its kinds. */
function isAlike(one: string | number | null, other: string | number | null): boolean {
  if (one === other || (isNothing(one) && isNothing(other))) return true
  if (isDate(one) && isDate(other)) {
    const [a, b] = [readDate(String(one)), readDate(String(other))]
    return a !== null && b !== null && Math.abs(Date.parse(a) - Date.parse(b)) < dateStepMs
  }
  if (typeof one !== 'number' && typeof other !== 'number') return String(one ?? '') === String(other ?? '')
  const [a, b] = [Number(one), Number(other)]
  return Math.abs(a - b) <= Math.abs(a) * 1e-12 || (Math.abs(a) === 1 && Math.abs(b) === 1)
}
