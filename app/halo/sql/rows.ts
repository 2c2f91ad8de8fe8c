import type { Fault } from '../../model/fault.ts'
import type { FieldChange } from '../../model/outcome.ts'
import type { ExistingRule } from '../destination.ts'
import type { LiveTable, Row, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { fitValue, isSame } from './values.ts'

/** A row to insert (`current` null) or to update; `set` holds only what differs. `key` is null until the row has been inserted. */
export type RowPlan = {
  readonly table: LiveTable
  key: number | null
  readonly current: Row | null
  readonly set: Row
  /** Columns that take the key of a row of the same batch. */
  readonly refs: readonly { readonly column: string; readonly to: RowPlan }[]
  /** How changes call this row: the table, with `#3` for the third line. */
  readonly part: string
}

/** A row by its key, or one that this batch (or preview) makes. */
export type Ref = number | RowPlan

type RemovedRow = {
  readonly table: LiveTable
  readonly key: number
  readonly part: string
  readonly was: Value
}

/** What writing one record comes to. `main` is the row whose key is the record's Halo id. */
export type RecordPlan = {
  readonly main: RowPlan
  readonly rows: readonly RowPlan[]
  readonly removed: readonly RemovedRow[]
  readonly notes: readonly Fault[]
}
export type Planned =
  | { readonly ok: true; readonly plan: RecordPlan }
  | { readonly ok: false; readonly fault: Fault }

/** Column -> value. null and undefined leave the column alone; a RowPlan stands for the key that row will have. */
export type Wanted = Readonly<Record<string, Value | boolean | undefined | RowPlan>>

/** Collects one record's rows. The first value that does not fit makes the whole record a fault. */
export type Draft = {
  row(table: LiveTable, current: Row | null, wanted: Wanted, part?: string): RowPlan
  remove(row: RemovedRow): void
  note(note: Fault): void
  /** Lines that are there stay as they are. */
  readonly keepsLines: boolean
  done(main: RowPlan): Planned
}

/** The row's key, if it has one already. */
export const keyOf = (ref: Ref): number | null => (typeof ref === 'number' ? ref : ref.key)

/** The key that a row read from the database has. */
export const rowKey = (table: LiveTable, row: Row): number => Number(row[table.spec.key])

/** `label` is what a person calls the record; its faults carry it. `existing` says what becomes of values that are there. */
export function newDraft(schema: LiveSchema, label: string, existing: ExistingRule = 'overwrite'): Draft {
  const rows: RowPlan[] = []
  const removed: RemovedRow[] = []
  const notes: Fault[] = []
  let trouble: Fault | null = null
  const withLabel = (one: Fault): Fault => ({ ...one, facts: { label, ...one.facts } })

  const row: Draft['row'] = (table, current, wanted, part = table.spec.name) => {
    const set: Row = {}
    const refs: { column: string; to: RowPlan }[] = []
    // Lines are replaced as a whole or not at all.
    const rule = table.id === 'quoteLine' || table.id === 'orderLine' ? 'overwrite' : existing
    for (const name in wanted) {
      const column = table.columns.get(name)
      let value = wanted[name]
      if (!column || value === null || value === undefined) continue
      if (typeof value === 'object') {
        if (value.key === null) {
          refs.push({ column: name, to: value })
          continue
        }
        value = value.key
      }
      if (current && isKept(rule, current[name] ?? null, value)) continue
      const fitted = fitValue(table, column, value, schema.dateText)
      if (fitted.trouble) {
        const labelled = withLabel(fitted.trouble)
        if (fitted.isCut) notes.push(labelled)
        else trouble ??= labelled
      }
      if (current && isSame(column, current[name] ?? null, fitted.value)) continue
      set[name] = fitted.value
    }
    const plan: RowPlan = { table, key: current ? rowKey(table, current) : null, current, set, refs, part }
    rows.push(plan)
    return plan
  }

  return {
    row,
    remove: (one) => void removed.push(one),
    keepsLines: existing === 'fill only',
    note: (note) => void notes.push(withLabel(note)),
    done: (main) =>
      trouble ? { ok: false, fault: trouble } : { ok: true, plan: { main, rows, removed, notes } },
  }
}

const isNothing = (value: Value | boolean): boolean =>
  value === null || value === '' || value === 0 || value === false

/** Whether a value that Halo has outlives the one that it would get. */
function isKept(rule: ExistingRule, current: Value, wanted: Value | boolean): boolean {
  if (rule === 'overwrite') return false
  return rule === 'fill only' ? !isNothing(current) : isNothing(wanted)
}

export const isInsert = (row: RowPlan): boolean => row.current === null
export const isUpdate = (row: RowPlan): boolean =>
  row.current !== null && (row.refs.length > 0 || hasKeys(row.set))

function hasKeys(row: Row): boolean {
  for (const _ in row) return true
  return false
}

/** Field by field, what a plan changes. Keys of rows that do not exist yet are shown as "new". */
export function changesOf(plan: RecordPlan): FieldChange[] {
  const changes: FieldChange[] = []
  for (const row of plan.rows) {
    const prefix = row.part
    for (const field in row.set) {
      changes.push({
        field: `${prefix}.${field}`,
        before: row.current?.[field] ?? null,
        after: row.set[field] ?? null,
      })
    }
    for (const { column, to } of row.refs) {
      changes.push({
        field: `${prefix}.${column}`,
        before: row.current?.[column] ?? null,
        after: to.key ?? 'new',
      })
    }
  }
  for (const { part, was } of plan.removed) changes.push({ field: part, before: was, after: null })
  return changes
}

/** created, updated or unchanged, by the plan alone. */
export function kindOf(plan: RecordPlan): 'created' | 'updated' | 'unchanged' {
  if (isInsert(plan.main)) return 'created'
  const isChanged = plan.removed.length > 0 || plan.rows.some((row) => isInsert(row) || isUpdate(row))
  return isChanged ? 'updated' : 'unchanged'
}
