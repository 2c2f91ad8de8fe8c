import type { Entity } from '../tenant.ts'
import { type Cell, cellText, type SheetRow } from './cell.ts'
import type { SheetField } from './field-type.ts'
import { fieldsWith, rowKeys } from './fields.ts'
import { isTotalRow } from './header.ts'
import { type MadeColumns, widener } from './made.ts'
import { type Problem, problem } from './problems.ts'
import { type ColumnForm, readValue, type SheetValue, usualForm } from './values.ts'

/** How a sheet is to be read: where each field comes from, and how its values are understood. */
export type SheetPlan = {
  readonly entity: Entity
  /** Field key -> place of its column, from 0. */
  readonly columns: Readonly<Record<string, number>>
  /** Columns that no row has by itself: they are made as it is read. */
  readonly made?: readonly MadeColumns[]
  /** Field key -> a value for every row whose own is empty, or for all rows when the field has no column. */
  readonly constants: Readonly<Record<string, string>>
  /** Field key -> how its column is read; left out: as usual. */
  readonly forms: Readonly<Record<string, ColumnForm>>
  /** Hidden rows are imported unless this says otherwise. */
  readonly skipsHidden: boolean
  /** The field by which a record is told from others. */
  readonly identifier: string
  /** The custom fields of Halo that have a column or a constant. */
  readonly custom?: readonly SheetField[]
}

export type CheckedRow = {
  readonly row: number
  readonly values: Readonly<Record<string, SheetValue>>
  readonly problems: readonly Problem[]
}

/** A record as a sheet has it: its own values, and those of its lines. */
export type SheetRecord = {
  /** The first of its rows, as the spreadsheet counts. */
  readonly row: number
  readonly rows: readonly number[]
  readonly values: Readonly<Record<string, SheetValue>>
  readonly lines: readonly Readonly<Record<string, SheetValue>>[]
  readonly problems: readonly Problem[]
  /** Field -> the rows that say it, where not all of the record's do. */
  readonly saidIn?: Readonly<Record<string, readonly number[]>>
  /** The plan's. */
  readonly custom?: readonly SheetField[]
}

type Place = {
  readonly field: SheetField
  readonly column: number | null
  readonly constant: string | null
  readonly form: ColumnForm
}

/** Reads rows by a plan, one at a time and none of them kept. Preview and import call this same function. */
export function rowChecker(plan: SheetPlan): (row: SheetRow) => CheckedRow | null {
  const places = fieldsWith(plan.entity, plan.custom).map(
    (field): Place => ({
      field,
      column: plan.columns[field.key] ?? null,
      constant: plan.constants[field.key] ?? null,
      form: plan.forms[field.key] ?? usualForm,
    }),
  )
  const used = places.filter(
    (place) => place.column !== null || place.constant !== null || place.field.isMandatory,
  )
  const width = places.filter((place) => place.column !== null).length
  const widen = widener(plan.made ?? [])
  return (row) =>
    row.isLeftOut || (row.isHidden && plan.skipsHidden) ? null : checkRow(row, widen(row.cells), used, width)
}

function checkRow(
  row: SheetRow,
  cells: readonly Cell[],
  places: readonly Place[],
  width: number,
): CheckedRow | null {
  if (isTotalRow(row.cells, width)) {
    return { row: row.number, values: {}, problems: [problem(row.number, null, 'total-row', '')] }
  }
  const values: Record<string, SheetValue> = {}
  const problems: Problem[] = []
  let hasValue = false
  for (const { field, column, constant, form } of places) {
    const own = column === null ? null : (cells[column] ?? null)
    const isEmpty = own === null || (typeof own === 'string' && own.trim() === '')
    hasValue ||= !isEmpty
    const read = readValue(isEmpty && constant !== null ? constant : own, field, form)
    if ('problem' in read) problems.push(problem(row.number, field.key, read.problem, cellText(own)))
    else values[field.key] = read.value
    if (column !== null && !isEmpty) problems.push(...warnings(row, field, column, own))
  }
  if (!hasValue) return null
  if (row.isHidden) problems.push(problem(row.number, null, 'row-hidden', ''))
  return { row: row.number, values, problems }
}

/** Numbers of things, and postal codes: text in truth, though a spreadsheet may have made numbers of them. */
const codes = new Set([
  'postalCode',
  'deliveryPostalCode',
  'accountNumber',
  'productNumber',
  'contactPhone',
  'contactMobile',
])

function warnings(row: SheetRow, field: SheetField, column: number, cell: Cell): Problem[] {
  const found: Problem[] = []
  if (row.formulas.includes(column))
    found.push(problem(row.number, field.key, 'from-formula', cellText(cell)))
  if (typeof cell === 'number' && codes.has(field.key)) {
    found.push(problem(row.number, field.key, 'lost-zeros', cellText(cell)))
  }
  return found
}

/**
 * Puts rows together to records. Rows of one quote or order stand together in a sheet, so a record is given out as soon as another begins;
 * whether a number comes back later is for whoever knows all records. `end` gives the last one.
 */
export function recordBuilder({ entity, custom }: SheetPlan): {
  add(row: CheckedRow): SheetRecord | null
  end(): SheetRecord | null
} {
  const key = rowKeys[entity]
  const fields = fieldsWith(entity, custom)
  let open: CheckedRow[] = []
  const close = (): SheetRecord | null => {
    const rows = open
    open = []
    if (rows.length === 0) return null
    const record = recordOf(rows, fields, key)
    return custom ? { ...record, custom } : record
  }
  return {
    add: (row) => {
      if (row.problems.some((one) => one.code === 'total-row')) return null
      const mark = key === null ? '' : markOf(row.values, key)
      const isSame = mark !== '' && open[0] !== undefined && markOf(open[0].values, key ?? '') === mark
      if (isSame) {
        open.push(row)
        return null
      }
      const done = close()
      open = [row]
      return done
    },
    end: close,
  }
}

/** The rows of a record in which a field says something. */
export const rowsSaying = ({ rows, saidIn }: SheetRecord, field: string): readonly number[] =>
  saidIn?.[field] ?? rows

/** By which two records are the same: a value whatever its case; '' for one that has none and so is like no other. */
export const markOf = (values: SheetRecord['values'], key: string): string =>
  String(values[key] ?? '').toLowerCase()

function recordOf(
  rows: readonly CheckedRow[],
  fields: readonly SheetField[],
  key: string | null,
): SheetRecord {
  const first = rows[0] as CheckedRow
  if (key === null) return recordOfRow(first, fields)
  const values: Record<string, SheetValue> = {}
  const problems = rows.flatMap((row) => row.problems)
  const saidIn: Record<string, readonly number[]> = {}
  for (const field of fields) {
    if (field.of !== 'record') continue
    // The first row that says anything speaks for the record; an empty cell further down agrees with all.
    const said = rows.find((row) => (row.values[field.key] ?? null) !== null)
    values[field.key] = said?.values[field.key] ?? null
    if (field.key !== key) problems.push(...differing(rows, field, said))
    if (said) {
      const saying = rows.filter((row) => (row.values[field.key] ?? null) !== null)
      if (saying.length < rows.length) saidIn[field.key] = saying.map(({ row }) => row)
    }
  }
  const isSaid = (one: Problem): boolean =>
    one.code === 'mandatory' &&
    one.row !== first.row &&
    fields.some((field) => field.key === one.field && field.of === 'record')
  const isThere = (one: Problem): boolean =>
    one.code === 'mandatory' && one.field !== null && (values[one.field] ?? null) !== null
  return {
    row: first.row,
    rows: rows.map((row) => row.row),
    values,
    saidIn,
    lines: rows.map((row) => lineOf(row, fields)),
    // What the record lacks is told once, at its first row, and not at all when another of its rows has it.
    problems: problems.filter((one) => !isSaid(one) && !isThere(one)),
  }
}

/** A kind of record that has no lines: every row is one. */
function recordOfRow({ row, values: own, problems }: CheckedRow, fields: readonly SheetField[]): SheetRecord {
  const values: Record<string, SheetValue> = {}
  for (const { key } of fields) values[key] = own[key] ?? null
  return { row, rows: [row], values, lines: [], problems }
}

function differing(rows: readonly CheckedRow[], field: SheetField, said: CheckedRow | undefined): Problem[] {
  return rows.flatMap((row) => {
    const value = row.values[field.key] ?? null
    if (value === null || value === said?.values[field.key]) return []
    return [problem(row.row, field.key, 'differs-within-record', String(value), said?.row ?? null)]
  })
}

function lineOf(row: CheckedRow, fields: readonly SheetField[]): Record<string, SheetValue> {
  const line: Record<string, SheetValue> = {}
  for (const field of fields) if (field.of === 'line') line[field.key] = row.values[field.key] ?? null
  return line
}
