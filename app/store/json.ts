import type { Fault } from '../model/fault.ts'

/** JSON text of a value, null for null or an empty list: the store keeps no "[]". */
export const toJson = (value: unknown): string | null =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)
    ? null
    : JSON.stringify(value)

/** What this store wrote itself, read back. */
export const faultFrom = (text: string | null): Fault | null => (text === null ? null : JSON.parse(text))

/** A list that this store wrote itself; null is the empty list. */
export const listFrom = <T>(text: string | null): readonly T[] => (text === null ? [] : JSON.parse(text))
