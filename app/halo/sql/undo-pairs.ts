import { readDate } from '../../model/dates.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Made, OwnValues } from '../undo.ts'
import { type Context, groupBy, rowsBy } from './context.ts'
import type { LiveColumn, LiveTable, Row, Value } from './dialect.ts'
import { type RowPlan, rowKey } from './rows.ts'
import type { TableName } from './tables/all.ts'
import { isSame } from './values.ts'

/** A row as the import would write it anew, and the row that Halo has. */
export type Pair = { readonly plan: RowPlan; readonly row: Row }

/** Which tables a record spans, parents first: each with the table above it and the column that points there. */
type Part = { readonly table: TableName; readonly above: TableName; readonly column: string }
export const partsOf: Readonly<
  Record<Entity, { readonly main: TableName; readonly parts: readonly Part[] }>
> = {
  customers: {
    main: 'area',
    parts: [
      { table: 'site', above: 'area', column: 'Sarea' },
      { table: 'address', above: 'site', column: 'ASSiteID' },
      { table: 'user', above: 'site', column: 'Usite' },
    ],
  },
  products: { main: 'item', parts: [] },
  quotes: { main: 'quote', parts: [{ table: 'quoteLine', above: 'quote', column: 'QDQHid' }] },
  salesOrders: { main: 'order', parts: [{ table: 'orderLine', above: 'order', column: 'OLid' }] },
}

/** All rows of one record, by table; null: the record is not there. */
export type Standing = ReadonlyMap<TableName, readonly Row[]> | null

/** What Halo has of these records, and of what was made beside them (by `USERS:12`). */
export type Found = {
  readonly records: readonly Standing[]
  readonly beside: ReadonlyMap<string, { readonly table: LiveTable; readonly row: Row }>
}

/** Columns that are compared: all that hold a plain value, whether this program knows them or not, but costs, which it never reads. */
const comparedColumns = (table: LiveTable): LiveColumn[] =>
  [...table.columns.values()].filter(
    ({ name, type }) => (type.kind !== 'other' && !/cost/i.test(name)) || name === table.spec.key,
  )

const readAll = (context: Context, table: LiveTable, where: string, keys: readonly number[]) =>
  rowsBy(
    context,
    table,
    comparedColumns(table).map(({ name }) => name),
    where,
    keys,
  )

/** Reads the records of a batch with all that hangs on them, in a few statements. */
export async function findStanding(
  context: Context,
  entity: Entity,
  batch: readonly Made<unknown>[],
): Promise<Found> {
  const { tables } = context.schema
  const { main, parts } = partsOf[entity]
  const keysOf = (id: TableName, rows: readonly Row[]): number[] => rows.map((row) => rowKey(tables[id], row))
  const found = new Map<TableName, readonly Row[]>()
  const ids = batch.map(({ haloId }) => haloId)
  found.set(main, await readAll(context, tables[main], tables[main].spec.key, ids))
  for (const { table, above, column } of parts) {
    const keys = keysOf(above, found.get(above) ?? [])
    found.set(table, await readAll(context, tables[table], column, keys))
  }
  const heads = new Map((found.get(main) ?? []).map((row) => [rowKey(tables[main], row), row]))
  const below = new Map(
    parts.map(({ table, column }) => [table, groupBy(found.get(table) ?? [], column)] as const),
  )
  const records = ids.map((id): Standing => {
    const head = heads.get(id)
    if (!head) return null
    const own = new Map<TableName, readonly Row[]>([[main, [head]]])
    for (const { table, above } of parts) {
      const groups = below.get(table)
      const keys = keysOf(above, own.get(above) ?? [])
      own.set(
        table,
        keys.flatMap((key) => groups?.get(key) ?? []),
      )
    }
    return own
  })
  return { records, beside: await findBeside(context, batch) }
}

async function findBeside(context: Context, batch: readonly Made<unknown>[]): Promise<Found['beside']> {
  const found = new Map<string, { table: LiveTable; row: Row }>()
  for (const table of [context.schema.tables.site, context.schema.tables.user]) {
    const ids = batch.flatMap(({ beside }) =>
      beside.flatMap((one) => (one.table === table.spec.name ? one.id : [])),
    )
    for (const row of await readAll(context, table, table.spec.key, ids))
      found.set(`${table.spec.name}:${rowKey(table, row)}`, { table, row })
  }
  return found
}

/**
 * Lays what would be written beside what is there, table by table, in the order in which it was made. Answers the table that has more or fewer rows
 * than were written, or null when each has its other.
 */
export function pairUp(
  tables: Readonly<Record<TableName, LiveTable>>,
  standing: ReadonlyMap<TableName, readonly Row[]>,
  plans: readonly RowPlan[],
  pairs: Pair[],
): string | null {
  for (const [id, rows] of standing) {
    const table = tables[id]
    const wanted = plans.filter((plan) => plan.table === table)
    if (wanted.length !== rows.length) return table.spec.name
    rows.forEach((row, at) => {
      const plan = wanted[at]
      if (plan) pairs.push({ plan, row })
    })
  }
  return null
}

/** The first field in which a row is not what was written; null when it is. `keys`: what the rows of the plans are called in Halo. */
export function changedIn(
  { plan, row }: Pair,
  keys: ReadonlyMap<RowPlan, number>,
  own: OwnValues,
): string | null {
  const { table } = plan
  const varying = new Set(own.varying)
  for (const column of comparedColumns(table)) {
    const { name } = column
    const field = `${table.spec.name}.${name}`
    const value = row[name] ?? null
    if (name === table.spec.key || name in row === false) continue
    const ref = plan.refs.find((one) => one.column === name)
    const isAsWritten = ref
      ? Number(value) === keys.get(ref.to)
      : name in plan.set
        ? isSame(column, value, plan.set[name] ?? null)
        : varying.has(field) || isOwn(column, value, own.same[field])
    if (!isAsWritten) return field
  }
  return null
}

/** Whether a value that nobody wrote is what Halo gives such a field by itself. */
function isOwn(column: LiveColumn, value: Value, known: Value | undefined): boolean {
  if (known !== undefined) return isSame(column, value, known)
  if (value === null || value === '' || Number(value) === 0) return true
  if (column.type.kind === 'date') return isNoDate(value)
  return column.spec?.default != null && String(value) === column.spec.default.replaceAll("'", '')
}

/** Halo writes the first day of 1900 for no date (DATETIME DEFAULT 0). */
const isNoDate = (value: Value): boolean => (readDate(String(value)) ?? '').startsWith('1900-01-01')

/** What the rows of some records have in the fields that were not written. */
export function collectOwn(pairs: readonly Pair[]): OwnValues {
  const same = new Map<string, { readonly column: LiveColumn; readonly value: Value }>()
  const varying = new Set<string>()
  for (const { plan, row } of pairs) {
    for (const column of comparedColumns(plan.table)) {
      const { name } = column
      const isWritten = name in plan.set || plan.refs.some((one) => one.column === name)
      if (isWritten || name === plan.table.spec.key || name in row === false) continue
      const field = `${plan.table.spec.name}.${name}`
      const value = row[name] ?? null
      const known = same.get(field)
      const isMoment = column.type.kind === 'date' && value !== null && !isNoDate(value)
      if (isMoment || (known && !isSame(column, value, known.value))) varying.add(field)
      else same.set(field, { column, value })
    }
  }
  for (const field of varying) same.delete(field)
  const values = [...same].map(([field, { value }]) => [field, value] as const)
  return { same: Object.fromEntries(values), varying: [...varying] }
}
