import type Database from 'better-sqlite3'
import type { ColumnSpec, TableSpec } from '../schema.ts'
import { halo, tableNames } from '../tables/all.ts'

/** Whether a database has no table at all. */
export const isEmptyDatabase = (database: Database.Database): boolean =>
  database.prepare('select count(*) from sqlite_schema').pluck().get() === 0

/** Makes all of Halo's tables, with the catalogue's defaults and NOT NULLs, in a database that has no table at all; true when it did. */
export function createWhenEmpty(database: Database.Database): boolean {
  if (!isEmptyDatabase(database)) return false
  for (const id of tableNames) database.exec(tableText(halo[id]))
  return true
}

function tableText(table: TableSpec): string {
  const isRowId = table.primary.length === 1
  const lines = table.columns.map((column) => columnText(column, isRowId && column.name === table.key))
  const keyLine = isRowId ? [] : [`primary key (${table.primary.map((name) => `"${name}"`).join(', ')})`]
  const indexes = table.indexes.map(
    (column) => `create index "${table.name}_${column}" on "${table.name}" ("${column}");`,
  )
  return [`create table "${table.name}" (${[...lines, ...keyLine].join(', ')});`, ...indexes].join('\n')
}

function columnText(column: ColumnSpec, isKey: boolean): string {
  // INTEGER PRIMARY KEY is SQLite's identity; a key of another size (GENERIC's SMALLINT) is allocated by us.
  if (isKey)
    return column.declared === 'INT'
      ? `"${column.name}" INTEGER PRIMARY KEY`
      : `"${column.name}" ${column.declared} NOT NULL PRIMARY KEY`
  const isDate = column.type.kind === 'date'
  const standard = isDate && column.default === '0' ? "'1900-01-01 00:00:00.000'" : bitText(column)
  return [
    // SQLite takes numbers alone as a type's size.
    `"${column.name}" ${column.declared.replace('NVARCHAR(MAX)', 'NTEXT')}`,
    column.isNotNull ? 'NOT NULL' : '',
    standard === null ? '' : `DEFAULT ${standard}`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** SQL Server stores any number but 0 in a BIT as 1. */
function bitText(column: ColumnSpec): string | null {
  return column.type.kind === 'bit' && column.default === '-1' ? '1' : column.default
}
