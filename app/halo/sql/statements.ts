import type { Kysely, RawBuilder, SqlBool } from 'kysely'
import type { LiveColumn, LiveTable, Row, SqlSession, Value } from './dialect.ts'

/** Halo's tables are known only at run time (columns come and go between versions), so rows are plain records. */
export type AnyTables = Record<string, Record<string, Value>>

/** SQL texts, built with Kysely once per shape and kept: building per row costs more than the row (docs/performance.md). */
export type Statements = {
  readonly build: Kysely<AnyTables>
  /** A whole list of keys as one parameter, where the database takes one; `selectIn` then takes that one, whatever the count. */
  readonly asList: ((keys: readonly (string | number)[]) => Value) | null
  /** `select columns from table where column in (count values) order by key`. */
  selectIn(table: LiveTable, columns: readonly string[], where: string, count: number): string
  insert(table: LiveTable, columns: readonly string[]): string
  update(table: LiveTable, columns: readonly string[]): string
  remove(table: LiveTable): string
  /** Any other query, by a name of its own. */
  kept(name: string, compile: (build: Kysely<AnyTables>) => { readonly sql: string }): string
}

/** The database's spelling of a column that is known to be there. */
export const liveName = (table: LiveTable, column: string): string =>
  table.columns.get(column)?.live ?? column

const dummies = (count: number): number[] => Array.from({ length: count }, () => 0)

/** How a database takes a list of keys as one parameter: the comparison, and the parameter's text. */
export type Lists = {
  readonly isOneOf: (column: LiveColumn | undefined) => RawBuilder<SqlBool>
  readonly asList: NonNullable<Statements['asList']>
}

export function createStatements(build: Kysely<AnyTables>, lists: Lists | null = null): Statements {
  const cache = new Map<string, string>()
  const kept: Statements['kept'] = (name, compile) => {
    const found = cache.get(name)
    if (found !== undefined) return found
    const { sql } = compile(build)
    if (cache.size >= 500) cache.clear()
    cache.set(name, sql)
    return sql
  }
  const values = (table: LiveTable, columns: readonly string[]): Row =>
    Object.fromEntries(columns.map((column) => [liveName(table, column), 0]))
  return {
    build,
    kept,
    asList: lists?.asList ?? null,
    selectIn: (table, columns, where, count) =>
      kept(`select ${table.live} ${columns.join()} by ${where} ${count}`, (kysely) =>
        kysely
          .selectFrom(table.live)
          .select(columns.map((column) => `${liveName(table, column)} as ${column}`))
          .where(
            lists
              ? lists.isOneOf(table.columns.get(where))
              : (by) => by(liveName(table, where), 'in', dummies(count)),
          )
          .orderBy(liveName(table, table.spec.key))
          .compile(),
      ),
    insert: (table, columns) =>
      kept(`insert ${table.live} ${columns.join()}`, (kysely) =>
        kysely.insertInto(table.live).values(values(table, columns)).compile(),
      ),
    update: (table, columns) =>
      kept(`update ${table.live} ${columns.join()}`, (kysely) =>
        kysely
          .updateTable(table.live)
          .set(values(table, columns))
          .where(liveName(table, table.spec.key), '=', 0)
          .compile(),
      ),
    remove: (table) =>
      kept(`remove ${table.live}`, (kysely) =>
        kysely.deleteFrom(table.live).where(liveName(table, table.spec.key), '=', 0).compile(),
      ),
  }
}

/** Lists of keys are asked for in a few fixed sizes, so that a handful of statements serves every batch. */
const sizes = [1, 8, 64, 512]

/**
 * The rows whose `where` column has one of the keys, ordered by the table's key. Only columns that exist are read; a row's properties have the
 * catalogue's spelling.
 */
export async function readRows(
  session: SqlSession,
  statements: Statements,
  table: LiveTable,
  columns: readonly string[],
  where: string,
  keys: Iterable<string | number>,
): Promise<Row[]> {
  const present = columns.filter((column) => table.columns.has(column))
  const all = [...new Set(keys)]
  if (statements.asList)
    return all.length === 0
      ? []
      : session.all(statements.selectIn(table, present, where, 1), [statements.asList(all)])
  const rows: Row[] = []
  for (let at = 0; at < all.length; ) {
    const left = all.length - at
    const size = sizes.find((one) => one >= left) ?? 512
    const part: Value[] = all.slice(at, at + size)
    const last = part[part.length - 1] ?? null
    while (part.length < size) part.push(last)
    const found = await session.all(statements.selectIn(table, present, where, size), part)
    if (at === 0 && left <= size) return found
    for (const row of found) rows.push(row)
    at += size
  }
  return rows
}

/** All rows of a small table, ordered by its key; columns that do not exist are left out. */
export async function selectAll(
  session: SqlSession,
  statements: Statements,
  table: LiveTable,
  columns: readonly string[],
): Promise<Row[]> {
  const present = columns.filter((column) => table.columns.has(column))
  const sql = statements.kept(`all ${table.live} ${present.join()}`, (build) =>
    build
      .selectFrom(table.live)
      .select(present.map((column) => `${liveName(table, column)} as ${column}`))
      .orderBy(liveName(table, table.spec.key))
      .compile(),
  )
  return session.all(sql, [])
}
