import type { ImportsBusy } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import { importIdOf } from './import-views.ts'

type Values = readonly { readonly value: string; readonly count: number }[]

/**
 * The distinct values of columns, each counted once as long as no row changes: a pass over a million rows takes seconds, and screens ask
 * again at every change of anything.
 */
export function keptDistinct(
  limit: number,
  busy: ImportsBusy,
): (open: OpenImport, column: number) => Promise<Values> {
  const kept = new WeakMap<
    OpenImport,
    Map<number, { readonly of: string; readonly values: Promise<Values> }>
  >()
  return (open, column) => {
    const made = open.notes.choices()?.plan.made ?? []
    const of = JSON.stringify([open.draft.rows.revision(), made.filter((one) => one.into.includes(column))])
    const columns = kept.get(open) ?? new Map()
    kept.set(open, columns)
    const known = columns.get(column)
    if (known?.of === of) return known.values
    const values = busy.during(importIdOf(open.file), 'counting', (tell) =>
      open.draft.distinct(column, limit, made, tell),
    )
    columns.set(column, { of, values })
    // What failed is asked anew the next time.
    values.catch(() => columns.delete(column))
    return values
  }
}
