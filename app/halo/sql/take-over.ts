import { ok, type Result } from '../../model/fault.ts'
import type { HaloConnection, HaloGroupLink, HaloMappingRow } from '../../model/take-over.ts'
import type { LiveTable, Row, SqlSession } from './dialect.ts'
import type { LiveSchema } from './live.ts'
import { rowKey } from './rows.ts'
import { readRows, type Statements, selectAll } from './statements.ts'

type Reader = { readonly session: SqlSession; readonly statements: Statements; readonly schema: LiveSchema }

/** All but DCDApiKey, which is a secret. */
const connectionColumns = [
  'DCDid',
  'DCDUrl',
  'dcdhalointegratorenabled',
  'dcditemgroup',
  'dcdcreateitemsonimport',
  'dcdsostatustoimport',
  'dcdproductsupplieronimport',
]
const mappingColumns = [
  'IFMid',
  'IFMfiid',
  'IFMfiname',
  'IFMThirdPartyName',
  'IFMmsid',
  'IFMtypeid',
  'IFMXMValue',
  'IFMDontUpdate',
  'ifmpopulateemptyvalue',
]

/**
 * The connections of Halo's own integration with its settings. Neither IntegrationFieldMapping nor anything public says which rows are
 * Commerce's (apis.md §2.5), so each connection gets all of them. A table that this Halo lacks is empty.
 */
export async function readConnections(
  reader: Reader,
  categoryIds: readonly number[],
): Promise<Result<HaloConnection[]>> {
  const { tenant, fieldMapping } = reader.schema.tables
  const connections = await allOf(reader, tenant, connectionColumns)
  const mappings = (await allOf(reader, fieldMapping, mappingColumns)).map(mappingOf)
  const links = connections.length > 0 ? await linksTo(reader, categoryIds) : []
  return ok(connections.map((row) => connectionOf(rowKey(tenant, row), row, mappings, links)))
}

const allOf = (reader: Reader, table: LiveTable, columns: readonly string[]): Promise<Row[]> =>
  table.columns.has(table.spec.key)
    ? selectAll(reader.session, reader.statements, table, columns)
    : Promise.resolve([])

const text = (value: Row[string] | undefined): string => String(value ?? '').trim()
const flag = (value: Row[string] | undefined): boolean | null =>
  value === null || value === undefined ? null : Number(value) !== 0
/** Halo's 0 is "none". */
const idOrNull = (value: Row[string] | undefined): number | null => Number(value ?? 0) || null

type Link = HaloGroupLink & { readonly haloTenantId: number }

function connectionOf(
  haloTenantId: number,
  row: Row,
  mappings: readonly HaloMappingRow[],
  links: readonly Link[],
): HaloConnection {
  return {
    haloTenantId,
    url: text(row.DCDUrl),
    isEnabled: flag(row.dcdhalointegratorenabled) ?? false,
    defaultGroup: idOrNull(row.dcditemgroup),
    createItems: flag(row.dcdcreateitemsonimport),
    setProductSupplier: flag(row.dcdproductsupplieronimport),
    orderStatuses: text(row.dcdsostatustoimport) || null,
    mappings,
    groups: links
      .filter((link) => link.haloTenantId === haloTenantId)
      .map(({ groupId, categoryId, categoryName }) => ({ groupId, categoryId, categoryName })),
  }
}

const mappingOf = (row: Row): HaloMappingRow => ({
  haloId: Number(row.IFMfiid ?? 0),
  haloName: text(row.IFMfiname),
  commerceName: text(row.IFMThirdPartyName),
  value: text(row.IFMXMValue),
  module: Number(row.IFMmsid ?? 0),
  type: Number(row.IFMtypeid ?? 0),
  onlyNew: flag(row.IFMDontUpdate) ?? false,
  clearsWhenEmpty: flag(row.ifmpopulateemptyvalue) ?? false,
})

/** Links whose other side is a category's id and whose Halo side is the id of a product group. Other kinds of links may share both numbers. */
async function linksTo(reader: Reader, categoryIds: readonly number[]): Promise<Link[]> {
  const { link, group } = reader.schema.tables
  if (categoryIds.length === 0 || !link.columns.has('ELThirdPartyId') || !link.columns.has('ELDetailsId'))
    return []
  const columns = ['ELid', 'ELHaloId', 'ELThirdPartyId', 'ELThirdPartyDesc', 'ELDetailsId']
  const rows = await readRows(
    reader.session,
    reader.statements,
    link,
    columns,
    'ELThirdPartyId',
    categoryIds.map(String),
  )
  const groups = new Set((await allOf(reader, group, ['Ggeneric'])).map((row) => rowKey(group, row)))
  return rows
    .filter((row) => groups.has(Number(row.ELHaloId)))
    .map((row) => ({
      groupId: Number(row.ELHaloId),
      categoryId: text(row.ELThirdPartyId),
      categoryName: text(row.ELThirdPartyDesc),
      haloTenantId: Number(row.ELDetailsId ?? 0),
    }))
}
