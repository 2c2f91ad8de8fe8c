import { fail, fault, ok, type Result } from '../../model/fault.ts'
import { groupBy } from './context.ts'
import type { LiveTable, SqlDialect, SqlSession } from './dialect.ts'
import { liveTable } from './live.ts'
import { table as specOf } from './schema.ts'
import { readRows } from './statements.ts'
import type { TableName } from './tables/all.ts'

/**
 * Where Halo refers to a row of one of the written tables from elsewhere, by the catalogue of the on-premise database (apis.md §3.2). A
 * record's own lines, sites and contacts are not among them.
 */
const places: Readonly<Partial<Record<TableName, readonly (readonly [table: string, column: string])[]>>> = {
  area: [
    ['FAULTS', 'Areaint'],
    ['FAULTS', 'areaintoverride'],
    ['FAULTS', 'fclienttoinvoiceid'],
    ['AREANOTE', 'ANArea'],
    ['AREAFIELD', 'AFarea'],
    ['PREPAYHISTORY', 'ppareaint'],
    ['IntegrationSiteMapping', 'ISMHaloClientId'],
    ['QUOTATIONDETAIL', 'qdorderclientoverride'],
    ['SITE', 'sclienttoinvoiceid'],
    ['SITE', 'sclienttoinvoicerecurringid'],
    ['AREA', 'Aclienttoinvoiceid'],
    ['AREA', 'aclienttoinvoicerecurringid'],
  ],
  site: [
    ['FAULTS', 'sitenumber'],
    ['FAULTS', 'sitenumberoverride'],
    ['FAULTS', 'Devsite'],
    ['ORDERHEAD', 'OHsitenum'],
    ['ORDERLINE', 'olsiteid'],
    ['QUOTATIONDETAIL', 'qdsiteid'],
    ['QUOTATIONHEADER', 'qhsitedeliveryoverride'],
    ['SITECONTACT', 'SCsite'],
    ['INFO', 'Isite'],
    ['AREANOTE', 'ansitenum'],
    ['SITE', 'Sxrefsite'],
    ['GENERIC', 'GDefaultSite'],
    ['ORGANISATION', 'ORDeliverySite'],
  ],
  user: [
    ['FAULTS', 'userid'],
    ['QUOTATIONHEADER', 'QHUserID'],
    ['QUOTATIONHEADER', 'qhcontactuser'],
    ['ORDERHEAD', 'ohuserid'],
    ['SITECONTACT', 'SCuid'],
    ['SITE', 'sMainContact'],
    ['USERS', 'UDelegateUid'],
  ],
  item: [
    ['QUOTATIONDETAIL', 'QDItemid'],
    ['ORDERLINE', 'OLitem'],
    ['ITEM', 'ILinkedItemId'],
    ['ITEMSUPPLIER', 'ISIID'],
    ['STOCKLEVEL', 'SLid'],
  ],
  quote: [
    ['ORDERHEAD', 'OHQHID'],
    ['AREANOTE', 'anqhid'],
    ['QUOTATIONHEADER', 'qhoriginalrevisedfromid'],
    ['REQUESTTYPE', 'RTQuoteID'],
  ],
  quoteLine: [['ORDERLINE', 'OLQuoteLineID']],
  order: [['AREANOTE', 'anohid']],
}

const words: Readonly<Record<string, string>> = {
  FAULTS: 'A ticket',
  AREANOTE: 'A note',
  AREAFIELD: 'A field of its own',
  PREPAYHISTORY: 'A prepayment',
  IntegrationSiteMapping: 'The mapping of an integration',
  QUOTATIONHEADER: 'A quote',
  QUOTATIONDETAIL: 'A line of a quote',
  ORDERHEAD: 'A sales order',
  ORDERLINE: 'A line of a sales order',
  AREA: 'Another client',
  SITE: 'A site',
  SITECONTACT: 'A contact of a site',
  USERS: 'Another contact',
  ITEM: 'Another product',
  ITEMSUPPLIER: 'A supplier',
  STOCKLEVEL: 'The stock',
  REQUESTTYPE: 'A type of ticket',
}

/** What refers to a record, for a person; `from`: the column. */
export const referrerWords = (from: string): string => words[from.split('.')[0] ?? ''] ?? 'Something else'

/** Every Halo has these; where one is not to be seen, nobody can tell what hangs on a record. */
const needed = [
  'FAULTS',
  'SITE',
  'USERS',
  'QUOTATIONHEADER',
  'QUOTATIONDETAIL',
  'ORDERHEAD',
  'ORDERLINE',
] as const

/** `isEverywhere`: every Halo has that column, so that not seeing it means not being allowed to. */
export type Reference = { readonly table: string; readonly column: string; readonly isEverywhere: boolean }

/** The columns that refer to rows of a table, those first that most often do. */
export const referencesTo = (id: TableName): readonly Reference[] =>
  (places[id] ?? []).map(([table, column]) => ({
    table,
    column,
    isEverywhere: everywhere.has(`${table}.${column}`),
  }))

const everywhere: ReadonlySet<string> = new Set([
  'FAULTS.Areaint',
  'FAULTS.sitenumber',
  'FAULTS.userid',
  'QUOTATIONHEADER.QHUserID',
  'QUOTATIONDETAIL.QDItemid',
  'ORDERHEAD.OHsitenum',
  'ORDERHEAD.ohuserid',
  'ORDERHEAD.OHQHID',
  'ORDERLINE.OLitem',
])

export type References = ReadonlyMap<string, LiveTable>

/** The tables that refer to others, as this database has them. Fault: halo-rights, when one that every Halo has is not to be seen. */
export async function loadReferences(dialect: SqlDialect, session: SqlSession): Promise<Result<References>> {
  const all = Object.values(places).flat()
  const names = [...new Set(all.map(([name]) => name))]
  const facts = await dialect.introspect(session, names)
  const byName = new Map(facts.map((one) => [one.name.toLowerCase(), one]))
  const hidden = needed.filter((name) => !byName.has(name.toLowerCase()))
  if (hidden.length > 0) return fail(fault('halo-rights', { facts: { table: hidden.join(', ') } }))
  const tables = all.map(([name, column]) => {
    // Asked by this column alone, whatever the table's key is.
    const spec = specOf(name, column, [[column, 'INT', 'optional']])
    return [`${name}.${column}`, liveTable('ticket', spec, byName.get(name.toLowerCase()))] as const
  })
  return ok(new Map(tables))
}

type Asked = Pick<Parameters<typeof readRows>, 0 | 1>

/** For each of these keys of a table that something refers to: from which table and column the first one found does. */
export async function referredFrom(
  [session, statements]: readonly [Asked[0], Asked[1]],
  references: References,
  id: TableName,
  keys: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  for (const [name, column] of places[id] ?? []) {
    const table = references.get(`${name}.${column}`)
    if (!table?.columns.has(column)) continue
    const open = keys.filter((key) => !found.has(key))
    const rows = await readRows(session, statements, table, [column], column, open)
    for (const key of groupBy(rows, column).keys()) found.set(key, `${name}.${column}`)
  }
  return found
}
