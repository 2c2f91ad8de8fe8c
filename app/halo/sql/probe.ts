import { type Fault, fault } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { Column, ProbeReport } from '../destination.ts'
import type { LiveTable, SqlDialect } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { type TableName, tableNames, writtenTables } from './tables/all.ts'

/** The tables into which a write of an entity may insert. */
const insertsOf: Readonly<Record<Entity | 'owner', readonly TableName[]>> = {
  owner: ['tenant'],
  customers: ['area', 'site', 'address', 'user'],
  products: ['item', 'group'],
  quotes: ['site', 'user', 'quote', 'quoteLine'],
  salesOrders: ['site', 'user', 'order', 'orderLine'],
}

const missingOf = (table: LiveTable, isRequired: boolean): Column[] =>
  table.spec.columns
    .filter((column) => column.isRequired === isRequired && !table.columns.has(column.name))
    .map((column) => ({ table: table.spec.name, column: column.name }))

/** NOT NULL, without a default, not made by the database and not one that every insert gives. */
function unknownRequiredOf(table: LiveTable): Column[] {
  return [...table.columns.values()]
    .filter(
      (column) =>
        column.isNotNull && !column.hasDefault && !column.isIdentity && !(column.spec?.isRequired ?? false),
    )
    .map((column) => ({ table: table.spec.name, column: column.live }))
}

const tablesOf = (schema: LiveSchema): LiveTable[] => tableNames.map((id) => schema.tables[id])

/** What this Halo has of what is needed. Custom fields are the CF columns of AREA. */
export function reportOf(schema: LiveSchema, dialect: Pick<SqlDialect, 'kind' | 'version'>): ProbeReport {
  const tables = tablesOf(schema)
  const known = (table: LiveTable): Column[] =>
    table.spec.columns
      .filter((column) => table.columns.has(column.name))
      .map((column) => ({ table: table.spec.name, column: column.name }))
  return {
    kind: dialect.kind,
    version: dialect.version,
    found: tables.flatMap(known),
    missing: tables.flatMap((table) => missingOf(table, true)),
    optionalMissing: tables.flatMap((table) => missingOf(table, false)),
    unknownRequired: writtenTables.flatMap((id) => unknownRequiredOf(schema.tables[id])),
    customFields: [...schema.tables.area.columns.keys()].filter((name) => /^CF./i.test(name)),
    keys: writtenTables
      .map((id) => schema.tables[id])
      .filter((table) => table.columns.has(table.spec.key))
      .map((table) => ({
        table: table.spec.name,
        column: table.spec.key,
        isIdentity: table.isIdentity,
      })),
  }
}

const listed = (columns: readonly Column[]): string =>
  columns.map(({ table, column }) => `${table}.${column}`).join(', ')

/** Why nothing of this kind can be written into this Halo; null when it can. `halo-column-missing` lists every column that is missing anywhere. */
export function obstacleTo(schema: LiveSchema, what: Entity | 'owner'): Fault | null {
  const missing = tablesOf(schema).flatMap((table) => missingOf(table, true))
  if (missing.length > 0) {
    return fault('halo-column-missing', { facts: { columns: listed(missing), count: missing.length } })
  }
  const unknown = insertsOf[what].flatMap((id) => unknownRequiredOf(schema.tables[id]))
  return unknown.length > 0 ? fault('halo-field-mandatory', { facts: { column: listed(unknown) } }) : null
}
