import { fail, fault, ok, type Result } from '../../model/fault.ts'
import type { LiveTable, SqlSession, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { isInsert, isUpdate, type RecordPlan, type RowPlan } from './rows.ts'
import { writtenTables } from './tables/all.ts'

type Work = { inserts: RowPlan[]; updates: RowPlan[]; removes: number[] }

/** Writes the plans of a batch, table by table, parents first, rows of a table in the order of their records, so that the same input gives the same keys. */
export async function applyPlans(
  session: SqlSession,
  schema: LiveSchema,
  plans: readonly RecordPlan[],
): Promise<Result<null>> {
  const work = new Map<LiveTable, Work>()
  const workOf = (table: LiveTable): Work => {
    const found = work.get(table)
    if (found) return found
    const made: Work = { inserts: [], updates: [], removes: [] }
    work.set(table, made)
    return made
  }
  for (const plan of plans) {
    for (const row of plan.rows) {
      if (isInsert(row)) workOf(row.table).inserts.push(row)
      else if (isUpdate(row)) workOf(row.table).updates.push(row)
    }
    for (const row of plan.removed) workOf(row.table).removes.push(row.key)
  }
  for (const id of writtenTables) {
    const table = schema.tables[id]
    const todo = work.get(table)
    if (!todo) continue
    await updateRows(session, table, todo.updates)
    const inserted = await insertRows(session, table, todo.inserts)
    if (!inserted.ok) return inserted
    // Last, so that a new line does not get the key of one that goes.
    if (todo.removes.length > 0) await session.remove(table, todo.removes)
  }
  return ok(null)
}

/** The columns of a row's statement; a batch has few different ones. */
const columnsOf = (row: RowPlan): string[] => {
  const columns = Object.keys(row.set)
  for (const { column } of row.refs) columns.push(column)
  return columns
}

/** Whether a row's statement has exactly these columns, in this order. */
function hasColumns(row: RowPlan, columns: readonly string[]): boolean {
  let at = 0
  for (const name in row.set) if (columns[at++] !== name) return false
  for (const { column } of row.refs) if (columns[at++] !== column) return false
  return at === columns.length
}

function valuesOf(row: RowPlan): Value[] {
  const values: Value[] = Object.values(row.set)
  for (const { to } of row.refs) values.push(to.key)
  return values
}

async function updateRows(session: SqlSession, table: LiveTable, rows: readonly RowPlan[]): Promise<void> {
  const shapes = new Map<string, { columns: string[]; rows: Value[][] }>()
  for (const row of rows) {
    const columns = columnsOf(row)
    const shape = columns.join()
    const group = shapes.get(shape) ?? { columns, rows: [] }
    shapes.set(shape, group)
    const values = valuesOf(row)
    values.push(row.key)
    group.rows.push(values)
  }
  for (const group of shapes.values()) await session.update(table, group.columns, group.rows)
}

async function insertRows(
  session: SqlSession,
  table: LiveTable,
  rows: readonly RowPlan[],
): Promise<Result<null>> {
  if (rows.length === 0) return ok(null)
  if (!table.isIdentity) {
    const taken = await takeKeys(session, table, rows)
    if (!taken.ok) return taken
  }
  // Runs of one shape, so that keys keep the order of the records.
  for (let from = 0; from < rows.length; ) {
    const columns = columnsOf(rows[from] as RowPlan)
    let to = from + 1
    while (to < rows.length && hasColumns(rows[to] as RowPlan, columns)) to++
    const run = rows.slice(from, to)
    const values = run.map(valuesOf)
    if (!table.isIdentity) {
      columns.push(table.spec.key)
      run.forEach((row, at) => {
        values[at]?.push(row.key)
      })
    }
    const keys = await session.insert(table, columns, values)
    keys.forEach((key, at) => {
      const row = run[at]
      if (row) row.key = key
    })
    from = to
  }
  return ok(null)
}

/** One block of keys for all new rows of a table. Keys of a smaller type can run out. */
async function takeKeys(
  session: SqlSession,
  table: LiveTable,
  rows: readonly RowPlan[],
): Promise<Result<null>> {
  const first = await session.nextKey(table)
  const last = first + rows.length - 1
  const isSmall = table.columns.get(table.spec.key)?.type.kind === 'small'
  if (isSmall && last > 32_767) {
    return fail(
      fault('halo-value-refused', { facts: { column: `${table.spec.name}.${table.spec.key}`, value: last } }),
    )
  }
  rows.forEach((row, at) => {
    row.key = first + at
  })
  return ok(null)
}
