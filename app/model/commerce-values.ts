import { z } from 'zod'
import { readDate } from './dates.ts'

/** The kinds of values in which Commerce sends its fields (commerce.ts says how leniently they are read). */
export const id = z.int()
export const parent = z.int()
export const reference = z
  .int()
  .nullish()
  .transform((v) => v ?? null)
export const text = z
  .string()
  .nullish()
  .transform((v) => v ?? '')
export const number = z
  .number()
  .nullish()
  .transform((v) => v ?? 0)
export const numberOrNone = z
  .number()
  .nullish()
  .transform((v) => v ?? null)
export const flag = z
  .boolean()
  .nullish()
  .transform((v) => v ?? false)
/** A flag whose absence must not hide a record: a section that says nothing counts as selected, a product as active. */
export const flagUnlessFalse = z
  .boolean()
  .nullish()
  .transform((v) => v ?? true)
export const date = z
  .string()
  .nullish()
  .transform((v) => readDate(v))
export const enumeration = z.union([z.int(), z.string()]).nullish().transform(readEnumeration)

/** "3 - Won" and 3 are 3; text without a leading number is -1, which no list knows; absent is null. */
function readEnumeration(value: number | string | null | undefined): number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return value
  const found = /^\s*(-?\d+)/.exec(value)
  return found ? Number(found[1]) : -1
}
