import pg from 'pg'
import type { Value } from '../../dialect.ts'

const number = (text: string): number => Number(text)
const text = (given: string): string => given

/** Object ids of PostgreSQL's types (catalog/pg_type.dat) whose values are not wanted as `pg` gives them. */
const readers: Readonly<Record<number, (given: string) => Value>> = {
  // bool
  16: (given) => (given === 't' ? 1 : 0),
  // int8: Halo's ids are far from where a double loses whole numbers.
  20: number,
  // date, timestamp, timestamptz: the text, so that nobody's zone touches it
  1082: text,
  1114: text,
  1184: (given) => given.replace(/([+-]\d\d)$/, '$1:00'),
  // bit(1), numeric
  1560: number,
  1700: number,
}

/** How values are read: numbers, text, bits as 0 and 1, dates as UTC text. */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => {
    const known = readers[Number(id)]
    return known && format !== 'binary' ? known : pg.types.getTypeParser(id, format)
  },
}

/** The name of a column's type for a cast: without its length, because a cast to a length cuts without a word. */
export const castName = (declared: string): string => declared.replace(/\(\s*\d+\s*(,\s*-?\d+\s*)?\)/, '')

/** A list as one parameter, written as PostgreSQL reads an array. */
export const arrayText = (keys: readonly (string | number)[]): string =>
  `{${keys.map((key) => (typeof key === 'number' ? key : `"${key.replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`

/** `2026-03-01 09:30:00.000`: the session's zone is UTC, and the columns keep microseconds. */
export const dateText = (iso: string): string => iso.replace('T', ' ').replace('Z', '')
