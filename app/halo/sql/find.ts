import { setImmediate as turn } from 'node:timers/promises'
import { ok, type Result } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { SheetKey } from '../destination.ts'
import type { LiveTable, Row, SqlSession } from './dialect.ts'
import { KeyIndex } from './key-index.ts'
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

export type KeyFinder = {
  /** Keys of the records that have one of these values, which are compared without their case and the space around them. */
  find(
    place: Place,
    entity: Entity,
    by: SheetKey,
    values: readonly string[],
  ): Promise<Result<ReadonlyMap<string, readonly number[]>>>
  /** Records that may have other values now than when they were met. New ones are met by themselves. */
  changed(entity: Entity, keys: readonly number[]): void
}

/** So long it is not noticed that somebody else renames a record. */
const freshMs = 60_000

type Known = { readonly index: KeyIndex; readonly untilMs: number; readonly changed: number[] }

/**
 * Finds records by what a person calls them. Texts are compared here, because databases differ in what they call the same: a column is read
 * through in pages, and after that only what is new. `now` counts milliseconds.
 */
export function keyFinder(now: () => number = () => performance.now()): KeyFinder {
  const columns = new Map<string, Known>()
  const columnOf = (name: string): Known => {
    const found = columns.get(name)
    if (found && now() < found.untilMs) return found
    const made: Known = { index: new KeyIndex(), untilMs: now() + freshMs, changed: [] }
    columns.set(name, made)
    return made
  }
  return {
    find: async (place, entity, by, values) => {
      const { table: name, ...named } = places[entity]
      const table = place.schema.tables[name]
      const wanted = new Set(values.map(plain).filter((value) => value !== ''))
      if (by === 'haloId') return ok(await byId(place, table, wanted))
      const column = named[by]
      if (!table.columns.has(column) || wanted.size === 0) return ok(new Map())
      const known = columnOf(`${entity} ${by}`)
      const changed = [...known.changed]
      await readOn(place, table, column, known.index, changed)
      known.changed.splice(0, changed.length)
      return ok(await having(place, table, column, wanted, known.index.candidates(wanted)))
    },
    changed: (entity, keys) => {
      for (const by of ['number', 'name'])
        for (const key of keys) columns.get(`${entity} ${by}`)?.changed.push(key)
    },
  }
}

/** Brings an index up to what the table has now. */
async function readOn(
  place: Place,
  table: LiveTable,
  column: string,
  index: KeyIndex,
  changed: readonly number[],
): Promise<void> {
  const add = (rows: readonly Row[]): void => {
    for (const row of rows) index.add(textIn(row, column), rowKey(table, row))
  }
  const last = await lastKey(place, table)
  for (let after = index.readTo; after < last; after += pageKeys) {
    add(await page(place, table, column, after))
    index.readTo = Math.min(after + pageKeys, last)
    // An embedded Halo answers at once, and others wait for this thread.
    await turn()
  }
  add(await rowsOf(place, table, column, changed))
}

/** Those of these rows that have one of the texts, by their text. */
async function having(
  place: Place,
  table: LiveTable,
  column: string,
  wanted: ReadonlySet<string>,
  keys: readonly number[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>()
  for (const row of await rowsOf(place, table, column, keys)) {
    const text = textIn(row, column)
    if (!wanted.has(text)) continue
    const same = found.get(text)
    if (same) same.push(rowKey(table, row))
    else found.set(text, [rowKey(table, row)])
  }
  return found
}

const rowsOf = (
  { session, statements }: Place,
  table: LiveTable,
  column: string,
  keys: readonly number[],
): Promise<Row[]> => readRows(session, statements, table, [table.spec.key, column], table.spec.key, keys)

const textIn = (row: Row, column: string): string => plain(String(row[column] ?? ''))

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
