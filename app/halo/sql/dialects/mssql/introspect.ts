import type { ColumnFacts, Denied, Row, SqlSession, TableFacts } from '../../dialect.ts'
import { dictionary, lackingRights } from './statements.ts'

/** Reads SQL Server's own dictionary: the first table of each name, of the login's schema, then dbo's, then any other's. */
export async function introspectMssql(
  session: SqlSession,
  tables: readonly string[],
): Promise<readonly TableFacts[]> {
  const rows = await session.all(
    dictionary(tables.length),
    tables.map((name) => name.toLowerCase()),
  )
  const schemas = new Map<string, string>()
  const found = new Map<string, { name: string; columns: ColumnFacts[] }>()
  for (const row of rows) {
    const name = String(row.table)
    const place = `${String(row.schema)}.${name}`
    const key = name.toLowerCase()
    if (!schemas.has(key)) schemas.set(key, place)
    if (schemas.get(key) !== place) continue
    const table = found.get(key) ?? { name, columns: [] }
    found.set(key, table)
    table.columns.push(columnFacts(row))
  }
  return [...found.values()]
}

function columnFacts(row: Row): ColumnFacts {
  const isVersion = row.type === 'timestamp'
  return {
    name: String(row.column),
    declared: declaredType(row),
    isNotNull: row.nullable === 0,
    // A computed column and a row version need no value either.
    hasDefault: Number(row.default) !== 0 || row.computed === 1 || isVersion,
    isIdentity: row.identity === 1,
  }
}

function declaredType(row: Row): string {
  const type = String(row.type).toUpperCase()
  const length = Number(row.length)
  if (type === 'NVARCHAR' || type === 'NCHAR') return `${type}(${length === -1 ? 'MAX' : length / 2})`
  if (type === 'VARCHAR' || type === 'CHAR') return `${type}(${length === -1 ? 'MAX' : length})`
  if (type === 'DECIMAL' || type === 'NUMERIC') return `${type}(${row.precision},${row.scale})`
  if (type === 'DATETIME2' || type === 'DATETIMEOFFSET') return `${type}(${row.scale})`
  // A number that goes up with every change, and no date.
  if (type === 'TIMESTAMP') return 'ROWVERSION'
  return type
}

export async function deniedMssql(
  session: SqlSession,
  tables: readonly string[],
): Promise<readonly Denied[]> {
  const rows = await session.all(lackingRights(tables.length), tables)
  return rows.map((row) => ({ table: String(row.table), right: String(row.right) }))
}
