import { setImmediate as turn } from 'node:timers/promises'
import { ok, type Result } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { SheetKey } from '../destination.ts'
import type { LiveTable, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { rowKey } from './rows.ts'
import { liveName, readRows, type Statements } from './statements.ts'
import type { TableName } from './tables/all.ts'

/** Where a record's number and name are. An order's number is in its summary, as it is written there. */
const places: Readonly<
  Record<Entity, { readonly table: TableName; readonly number: string; readonly name: string }>
> = {
  customers: { table: 'area', number: 'Aarearef', name: 'aareadesc' },
  products: { table: 'item', number: 'IExternalReference', name: 'idesc' },
  quotes: { table: 'quote', number: 'QHThirdPartyNumber', name: 'QHtitle' },
  salesOrders: { table: 'order', number: 'OHsummary', name: 'OHtitle' },
}

type Place = { readonly session: SqlSession; readonly statements: Statements; readonly schema: LiveSchema }

/**
 * Keys of the records that have one of these values. Texts are compared here, because databases differ in what they call the same: the
 * column is read through in pages, and only what is asked for is kept.
 */
export async function findByKey(
  place: Place,
  entity: Entity,
  by: SheetKey,
  values: readonly string[],
): Promise<Result<ReadonlyMap<string, readonly number[]>>> {
  const { table: name, ...columns } = places[entity]
  const table = place.schema.tables[name]
  const wanted = new Set(values.map(plain).filter((value) => value !== ''))
  if (by === 'haloId') return ok(await byId(place, table, wanted))
  const column = columns[by]
  const found = new Map<string, number[]>()
  if (!table.columns.has(column) || wanted.size === 0) return ok(found)
  const last = await lastKey(place, table)
  for (let after = 0; after < last; after += pageKeys) {
    for (const row of await page(place, table, column, after)) {
      const value = plain(String(row[column] ?? ''))
      if (wanted.has(value)) found.set(value, [...(found.get(value) ?? []), rowKey(table, row)])
    }
    // An embedded Halo answers at once, and others wait for this thread.
    await turn()
  }
  return ok(found)
}

/** Tells the numbers or names of all records, page by page. */
export async function walkNames(
  place: Place,
  entity: Entity,
  by: Exclude<SheetKey, 'haloId'>,
  onNames: (names: readonly string[]) => Promise<void>,
): Promise<Result<null>> {
  const { table: name, ...columns } = places[entity]
  const table = place.schema.tables[name]
  const column = columns[by]
  const last = table.columns.has(column) ? await lastKey(place, table) : 0
  for (let after = 0; after < last; after += pageKeys) {
    const rows = await page(place, table, column, after)
    await onNames(rows.map((row) => String(row[column] ?? '').trim()).filter((text) => text !== ''))
  }
  return ok(null)
}

/** Keys a page; Halo gives them in order, so most are in use. */
const pageKeys = 10_000
const plain = (value: string): string => value.trim().toLowerCase()

async function byId(
  { session, statements }: Place,
  table: LiveTable,
  wanted: ReadonlySet<string>,
): Promise<Map<string, readonly number[]>> {
  const ids = [...wanted].map(Number).filter((id) => Number.isSafeInteger(id) && id > 0)
  const rows = await readRows(session, statements, table, [table.spec.key], table.spec.key, ids)
  return new Map(rows.map((row) => [String(rowKey(table, row)), [rowKey(table, row)]]))
}

async function lastKey({ session, statements }: Place, table: LiveTable): Promise<number> {
  const key = liveName(table, table.spec.key)
  const sql = statements.kept(`last ${table.live}`, (build) =>
    build
      .selectFrom(table.live)
      .select(({ fn }) => fn.max(key).as('last'))
      .compile(),
  )
  return Number((await session.all(sql, []))[0]?.last ?? 0)
}

function page(
  { session, statements }: Place,
  table: LiveTable,
  column: string,
  after: number,
): Promise<Row[]> {
  const { key } = table.spec
  const sql = statements.kept(`page ${table.live} ${column}`, (build) =>
    build
      .selectFrom(table.live)
      .select([`${liveName(table, key)} as ${key}`, `${liveName(table, column)} as ${column}`])
      .where(liveName(table, key), '>', 0)
      .where(liveName(table, key), '<=', 0)
      .orderBy(liveName(table, key))
      .compile(),
  )
  return session.all(sql, [after, after + pageKeys])
}
