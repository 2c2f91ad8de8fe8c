import { ok, type Result } from '../../model/fault.ts'
import type { Entity } from '../../model/tenant.ts'
import type { HaloChoice, HaloChoiceKind, HaloRow, Owner } from '../destination.ts'
import type { LiveTable, Row, SqlSession, Value } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { readRows, type Statements, selectAll } from './statements.ts'
import type { TableName } from './tables/all.ts'

type Reader = { readonly session: SqlSession; readonly statements: Statements; readonly schema: LiveSchema }

/** Where each entity is kept, and the column that says whose it is. */
const mainOf = {
  customers: { table: 'area', tenant: 'adattocommercetenantid', lines: null },
  products: { table: 'item', tenant: 'idattocommercetenant', lines: null },
  quotes: {
    table: 'quote',
    tenant: 'qhdattocommercetenantid',
    lines: { table: 'quoteLine', parent: 'QDQHid', order: 'QDsortseq' },
  },
  salesOrders: {
    table: 'order',
    tenant: null,
    lines: { table: 'orderLine', parent: 'OLid', order: 'OLsortseq' },
  },
} as const

/** Cost, and what is kept of the connection's secrets, is never shown. */
const isShown = (name: string): boolean => !/cost|apikey/i.test(name)

const shownColumns = (table: LiveTable): string[] =>
  [...table.columns.values()]
    .filter((column) => (column.spec !== null || /^CF./i.test(column.name)) && isShown(column.name))
    .map((column) => column.name)

function rowsOf(
  { session, statements, schema }: Reader,
  id: TableName,
  where: string,
  keys: number[],
): Promise<Row[]> {
  const table = schema.tables[id]
  return readRows(session, statements, table, shownColumns(table), where, keys)
}

/** What Halo has of one record: fields as `TABLE.column`, lines in their order. Null when it is not there or is another tenant's. */
export async function readRecord(
  reader: Reader,
  entity: Entity,
  owner: Owner,
  haloId: number,
): Promise<Result<HaloRow | null>> {
  const { table: id, tenant, lines } = mainOf[entity]
  const table = reader.schema.tables[id]
  const row = (await rowsOf(reader, id, table.spec.key, [haloId]))[0]
  const holder = tenant && row ? row[tenant] : null
  if (!row || (typeof holder === 'number' && holder !== owner.haloTenantId)) return ok(null)
  const fields = named(table, row)
  if (entity === 'customers') Object.assign(fields, await siteFields(reader, haloId))
  if (!lines) return ok({ fields, lines: [] })
  const found = await rowsOf(reader, lines.table, lines.parent, [haloId])
  return ok({
    fields,
    lines: found.sort((a, b) => Number(a[lines.order] ?? 0) - Number(b[lines.order] ?? 0)),
  })
}

const named = (table: LiveTable, row: Row): Record<string, Value> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [`${table.spec.name}.${column}`, value]))

/** The client's main site and its address. */
async function siteFields(reader: Reader, area: number): Promise<Record<string, Value>> {
  const { site, address } = reader.schema.tables
  const sites = await rowsOf(reader, 'site', 'Sarea', [area])
  const main = sites.find((row) => Number(row.SIsInactive ?? 0) === 0) ?? sites[0]
  if (!main) return {}
  const addresses = await rowsOf(reader, 'address', 'ASSiteID', [Number(main.Ssitenum)])
  const own = addresses.find((row) => Number(row.ASPrimary) !== 0) ?? addresses[0]
  return { ...named(site, main), ...(own ? named(address, own) : {}) }
}

/** What a person can choose from: product groups, quote statuses (LOOKUP 39), order statuses (LOOKUP 34), taxes, currencies. */
export async function readChoices(
  { session, statements, schema }: Reader,
  kind: HaloChoiceKind,
): Promise<Result<readonly HaloChoice[]>> {
  const { group, lookup, tax, currency } = schema.tables
  const list = async (table: LiveTable, id: string, name: string): Promise<HaloChoice[]> =>
    table.columns.has(id) && table.columns.has(name)
      ? choicesOf(await selectAll(session, statements, table, [id, name]), id, name)
      : []
  if (kind === 'groups') return ok(await list(group, 'Ggeneric', 'gdesc'))
  if (kind === 'tax') {
    const rows = tax.columns.has('TaxValue')
      ? await selectAll(session, statements, tax, ['TaxID', 'TaxValue'])
      : []
    const rates = new Map(rows.map((row) => [Number(row.TaxID), row.TaxValue]))
    return ok((await list(tax, 'TaxID', 'TaxDescription')).map((one) => withRate(one, rates.get(one.id))))
  }
  if (kind === 'currency') {
    // Older Halos have the code in the description.
    const coded = await list(currency, 'Cid', 'Ccode')
    const described = await list(currency, 'Cid', 'Cdesc')
    return ok(described.map((one) => coded.find(({ id, name }) => id === one.id && name !== '') ?? one))
  }
  const columns = ['fid', 'fcode', 'fvalue', 'finactive']
  const rows = await readRows(session, statements, lookup, columns, 'fid', [kind === 'quoteStatus' ? 39 : 34])
  const active = rows.filter((row) => Number(row.finactive ?? 0) === 0)
  return ok(choicesOf(active, 'fcode', 'fvalue').sort((a, b) => a.id - b.id))
}

const withRate = (choice: HaloChoice, rate: Value | undefined): HaloChoice =>
  rate === null || rate === undefined ? choice : { ...choice, rate: Number(rate) }

const choicesOf = (rows: readonly Row[], id: string, name: string): HaloChoice[] =>
  rows.map((row) => ({ id: Number(row[id]), name: String(row[name] ?? '') }))
