import type { Database, Statement } from 'better-sqlite3'

type Bound = readonly (string | number)[]

/** A condition with one `?`, and what it is bound to; left out when there is nothing to compare with. */
type Condition = readonly [sql: string, value: string | number | undefined]

export type Where = { readonly sql: string; readonly values: Bound }

/** Joins the conditions that apply; `always` holds in any case. Values are bound, never part of the text. */
export function where(always: string, conditions: readonly Condition[]): Where {
  const parts = [always]
  const values: (string | number)[] = []
  for (const [sql, value] of conditions) {
    if (value === undefined) continue
    parts.push(sql)
    values.push(value)
  }
  return { sql: parts.join(' AND '), values }
}

export type Lists = {
  rows<R>(sql: string, values: Bound): R[]
  count(sql: string, values: Bound): number
}

/** Runs the SELECTs of filtered lists. Each combination of filters is its own statement (so that it finds its index), prepared once. */
export function lists(db: Database): Lists {
  const prepared = new Map<string, Statement<unknown[]>>()
  const statement = (sql: string): Statement<unknown[]> => {
    const found = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, found)
    return found
  }
  return {
    rows: <R>(sql: string, values: Bound) => statement(sql).all(...values) as R[],
    count: (sql, values) => (statement(sql).get(...values) as { n: number }).n,
  }
}

/** A list of values for `IN (SELECT value FROM json_each(?))`; nothing to compare with when it is empty. */
export const anyOf = (values: readonly (string | number)[] | undefined): string | undefined =>
  values?.length ? JSON.stringify(values) : undefined

/** Text to look for with instr(lower(...), ?) > 0; nothing to compare with when it is blank. */
export const partOf = (search: string | undefined): string | undefined =>
  search?.trim().toLowerCase() || undefined
