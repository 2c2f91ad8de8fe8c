import type { FakeHalo } from '../../fake-halo/index.ts'
import type { Row, TableName } from '../../fake-halo/tables.ts'
import type { FoundRow, Tables } from './sql-world.ts'

type Place = { readonly table: TableName; readonly columns: Readonly<Record<string, string>> }

/** The database behind the fake Halo, as far as suites that speak of its tables need it. */
const places: Readonly<Record<string, Place>> = {
  DattoCommerceDetails: { table: 'DattoCommerceDetails', columns: { DCDid: 'id', DCDUrl: 'url' } },
  GENERIC: { table: 'AssetGroup', columns: { Ggeneric: 'id', gdesc: 'name' } },
  AREA: {
    table: 'Client',
    columns: {
      Aarea: 'id',
      aareadesc: 'name',
      Aarearef: 'ref',
      adattocommerceid: 'datto_commerce_id',
      adattocommercetenantid: 'dattocommerce_tenantid',
    },
  },
  SITE: { table: 'Site', columns: { Ssitenum: 'id', sdesc: 'name', Sarea: 'client_id' } },
  USERS: {
    table: 'Users',
    columns: { Uid: 'id', Usite: 'site_id', uusername: 'name', uemail: 'emailaddress' },
  },
  ITEM: {
    table: 'Item',
    columns: {
      Iid: 'id',
      idesc: 'name',
      ithirdpartyid: 'third_party_id',
      idattocommercetenant: 'dattocommerce_tenant',
      Igeneric: 'assetgroup_id',
    },
  },
  FAULTS: {
    table: 'Tickets',
    columns: {
      Faultid: 'id',
      Symptom: 'summary',
      Areaint: 'client_id',
      Status: 'status_id',
      FDeleted: 'deleted',
      FMergedIntoFaultid: 'merged_into_id',
      dateoccured: 'dateoccurred',
      datecleared: 'dateclosed',
    },
  },
  QUOTATIONHEADER: {
    table: 'Quotation',
    columns: {
      QHid: 'id',
      QHtitle: 'title',
      QHstatus: 'status',
      QHUserID: 'user_id',
      qhdattocommerceid: 'datto_commerce_id',
      qhdattocommercetenantid: 'dattocommerce_tenantid',
      QHfaultID: 'ticket_id',
    },
  },
  ORDERHEAD: {
    table: 'SalesOrder',
    columns: {
      OHid: 'id',
      OHsitenum: 'site_id',
      ohuserid: 'user_id',
      OHtitle: 'title',
      OHUserStatus: 'status',
    },
  },
}

/** Lines lie in their quotes and orders. */
const lines: Readonly<Record<string, Place & { readonly parent: string }>> = {
  QUOTATIONDETAIL: {
    table: 'Quotation',
    parent: 'QDQHid',
    columns: {
      QDid: 'id',
      QDDesc: 'name',
      QDProductCode: 'productcode',
      QDPrice: 'price',
      QDQuantity: 'quantity',
      QDsortseq: 'sort_seq',
    },
  },
  ORDERLINE: {
    table: 'SalesOrder',
    parent: 'OLid',
    columns: {
      id: 'id',
      OLDesc: 'name',
      oldattocommercelineid: 'dattocommercelineid',
      OLorderqty: 'quantity',
      OLSellingPrice: 'price',
    },
  },
}

const linesOf = (row: Row): Row[] => (row.lines ?? []) as Row[]

const toApi = (columns: Place['columns'], row: FoundRow): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      columns[column] && value !== null ? [[columns[column], value]] : [],
    ),
  ) as Row

const toDatabase = (columns: Place['columns'], row: Row): FoundRow =>
  Object.fromEntries(
    Object.entries(columns).map(([column, name]) => [column, (row[name] ?? null) as string | number | null]),
  )

export function restTables({ tables }: FakeHalo): Tables {
  const { rows } = tables
  return {
    rows: async (table, column, value) => {
      const place = places[table]
      if (!place) throw new Error(`The fake Halo does not tell ${table}.`)
      return [...rows[place.table].values()]
        .map((row) => toDatabase(place.columns, row))
        .filter((row) => row[column] === value)
    },
    count: async (table) => {
      const line = lines[table]
      if (line) return [...rows[line.table].values()].reduce((sum, row) => sum + linesOf(row).length, 0)
      return rows[places[table]?.table ?? 'Tickets'].size
    },
    run: async () => {
      throw new Error('Change the fake Halo itself.')
    },
    insert: async (table, given) => {
      const line = lines[table]
      const parent = line && rows[line.table].get(Number(given[line.parent]))
      if (line && parent) {
        parent.lines = [...linesOf(parent), toApi(line.columns, given)]
        return
      }
      const place = places[table]
      if (!place) throw new Error(`The fake Halo has no ${table}.`)
      const row: Row = { ...toApi(place.columns, given), inactive: false }
      rows[place.table].set(row.id, row)
      const client = rows.Client.get(Number(row.client_id))
      if (table === 'SITE' && client) client.main_site_id ??= row.id
      if (table === 'FAULTS') row.client_name = client?.name ?? ''
      if (table === 'USERS') row.client_id = rows.Site.get(Number(row.site_id))?.client_id
      // The ticket that the quote is linked to is there.
      if (row.ticket_id) rows.Tickets.set(Number(row.ticket_id), { id: Number(row.ticket_id) })
      if (table === 'ORDERHEAD') row.client_id = rows.Site.get(Number(row.site_id))?.client_id
    },
  }
}
