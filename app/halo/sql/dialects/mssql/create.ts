import { type ColumnSpec, isOwnKey, type TableSpec } from '../../schema.ts'
import { quoted } from './statements.ts'

/**
 * The statements that make one of Halo's tables in SQL Server, as its catalogue has them. For the self-test (a name that begins with # is this
 * connection's alone, in tempdb), and for tests against a server.
 */
export function createTable(table: TableSpec, { isIdentity }: { readonly isIdentity: boolean }): string[] {
  const name = quoted(table.name)
  const columns = table.columns.map((column) => {
    const isKey = isIdentity && isOwnKey(table, column)
    const type = isKey ? `${column.declared} IDENTITY(1,1) NOT NULL` : columnType(column)
    return `${quoted(column.name)} ${type}`
  })
  const primary = `PRIMARY KEY (${table.primary.map(quoted).join(', ')})`
  const indexes = table.indexes
    .filter((column) => isIndexable(table, column))
    .map(
      (column) =>
        `CREATE INDEX ${quoted(`ix_${table.name.replace('#', '')}_${column}`)} ON ${name} (${quoted(column)})`,
    )
  return [`CREATE TABLE ${name} (${[...columns, primary].join(', ')})`, ...indexes]
}

/** An index key has 1,700 bytes at most (learn.microsoft.com, CREATE INDEX). */
function isIndexable(table: TableSpec, name: string): boolean {
  const column = table.columns.find((one) => one.name === name)
  return column !== undefined && (column.type.kind !== 'text' || (column.type.limit ?? 4000) <= 800)
}

function columnType(column: ColumnSpec): string {
  const standard = column.default === null ? '' : ` DEFAULT ${defaultOf(column)}`
  return `${column.declared} ${column.isNotNull ? 'NOT NULL' : 'NULL'}${standard}`
}

/** Text defaults as Unicode, so that no code page touches a pound sign. */
const defaultOf = ({ default: standard }: ColumnSpec): string =>
  standard?.startsWith("'") ? `N${standard}` : `(${standard})`
