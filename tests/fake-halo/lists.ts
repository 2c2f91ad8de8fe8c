import type { Quirks } from './quirks.ts'
import type { Row, TableName, Tables } from './tables.ts'

const listKeys: Partial<Record<TableName, string>> = {
  Client: 'clients',
  Site: 'sites',
  Users: 'users',
  Item: 'items',
  Quotation: 'quotes',
  SalesOrder: 'salesorders',
  Supplier: 'suppliers',
  Tickets: 'tickets',
}
const otherKeys: Partial<Record<TableName, string>> = {
  Quotation: 'quotations',
  SalesOrder: 'orders',
  Item: 'products',
  Client: 'results',
}

/** What a list leaves out where it is thin. */
const details = [
  'lines',
  'datto_commerce_id',
  'datto_commerce_url',
  'dattocommerce_tenantid',
  'third_party_id',
  'dattocommerce_tenant',
  'customfields',
]

const thin = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !details.includes(name))) as Row

/** A GET of a list. */
export function answerList(
  tables: Tables,
  quirks: Quirks,
  table: TableName,
  query: URLSearchParams,
): unknown {
  const fitting = [...tables.rows[table].values()].filter((row) => fits(row, query, quirks))
  const all = query.get('orderdesc') === 'true' ? fitting.reverse() : fitting
  // Details are given with one record alone, or where a list is asked for them.
  const rows = all.map((row) => (quirks.hasThinLists ? thin(row) : row))
  const key = listKeys[table]
  if (key === undefined || quirks.listShape === 'bare')
    return quirks.listShape === 'bare' && key ? paged(rows, query, quirks) : rows
  const page = paged(rows, query, quirks)
  const isPaged = page !== rows
  const name = quirks.listShape === 'other-key' ? (otherKeys[table] ?? key) : key
  return {
    page_no: Number(query.get('page_no') ?? 1),
    page_size: Number(query.get('page_size') ?? 50),
    // Without all three parameters Halo answers fifty rows, and says that there are no more.
    record_count: isPaged && hasAll(query) ? rows.length : page.length,
    [name]: page,
  }
}

const hasAll = (query: URLSearchParams): boolean =>
  query.get('pageinate') === 'true' && query.has('page_no') && query.has('page_size')

function paged(rows: Row[], query: URLSearchParams, quirks: Quirks): Row[] {
  if (quirks.ignoresPaging) return rows
  if (!hasAll(query)) return rows.slice(0, 50)
  const size = Math.min(100, Number(query.get('page_size')))
  const from = (Number(query.get('page_no')) - 1) * size
  return rows.slice(from, from + size)
}

function fits(row: Row, query: URLSearchParams, quirks: Quirks): boolean {
  const client = query.get('client_id')
  if (client !== null && String(row.client_id) !== client) return false
  if (query.get('includeinactive') !== 'true' && row.inactive === true) return false
  if (!quirks.ignoresSearch && !fitsState(row, query)) return false
  const search = query.get('search')
  if (search === null || quirks.ignoresSearch) return true
  return JSON.stringify(row).toLowerCase().includes(search.toLowerCase())
}

/** A ticket by whether it is closed; one that is open has been closed in 1900. */
function fitsState(row: Row, query: URLSearchParams): boolean {
  const isClosed = String(row.dateclosed ?? '') > '1950'
  if (query.get('open_only') === 'true' && isClosed) return false
  return query.get('closed_only') !== 'true' || isClosed
}
