import type { ColumnFacts, LiveColumn, LiveTable, SqlDialect, SqlSession, TableFacts } from './dialect.ts'
import { type ColumnSpec, readType, type TableSpec } from './schema.ts'
import { halo, type TableName, tableNames } from './tables/all.ts'

/** Halo's tables as this database has them. A table that is missing has no columns. */
export type LiveSchema = {
  readonly tables: Readonly<Record<TableName, LiveTable>>
  readonly dateText: SqlDialect['dateText']
}

function liveColumn(facts: ColumnFacts, spec: ColumnSpec | null): LiveColumn {
  const declared = readType(facts.declared)
  // A type without a length in its declaration (SQLite's TEXT) has the catalogue's length.
  const isOpen = declared.kind === 'text' && !declared.isBounded && spec?.type.kind === 'text'
  const isUnclear = declared.kind === 'other' && spec !== null
  return {
    name: spec?.name ?? facts.name,
    live: facts.name,
    declared: facts.declared,
    type: isOpen || isUnclear ? spec.type : declared,
    isNotNull: facts.isNotNull,
    hasDefault: facts.hasDefault,
    isIdentity: facts.isIdentity,
    spec,
  }
}

/** A table from its description in the dictionary. */
export function liveTable(id: TableName, spec: TableSpec, facts: TableFacts | undefined): LiveTable {
  const specs = new Map(spec.columns.map((column) => [column.name.toLowerCase(), column]))
  const columns = (facts?.columns ?? []).map((column) =>
    liveColumn(column, specs.get(column.name.toLowerCase()) ?? null),
  )
  const byName = new Map(columns.map((column) => [column.name, column]))
  return {
    id,
    spec,
    live: facts?.name ?? spec.name,
    isIdentity: byName.get(spec.key)?.isIdentity ?? false,
    columns: byName,
  }
}

/** Reads the database's dictionary. */
export async function readLiveSchema(dialect: SqlDialect, session: SqlSession): Promise<LiveSchema> {
  const facts = await dialect.introspect(
    session,
    tableNames.map((id) => halo[id].name),
  )
  const byName = new Map(facts.map((one) => [one.name.toLowerCase(), one]))
  const entries = tableNames.map((id) => {
    const spec: TableSpec = halo[id]
    return [id, liveTable(id, spec, byName.get(spec.name.toLowerCase()))] as const
  })
  return {
    tables: Object.fromEntries(entries) as Record<TableName, LiveTable>,
    dateText: dialect.dateText,
  }
}

/** A column by any spelling; null when the table has none. */
export function findColumn(table: LiveTable, name: string): LiveColumn | null {
  const exact = table.columns.get(name)
  if (exact) return exact
  const wanted = name.toLowerCase()
  for (const column of table.columns.values()) if (column.live.toLowerCase() === wanted) return column
  return null
}
