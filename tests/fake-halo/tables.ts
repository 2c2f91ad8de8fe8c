/** A record as the API tells it. */
export type Row = { id: number; [field: string]: unknown }

export const tableNames = [
  'Client',
  'Site',
  'Users',
  'Item',
  'AssetGroup',
  'Quotation',
  'SalesOrder',
  'Supplier',
  'DattoCommerceDetails',
  'Tickets',
] as const
export type TableName = (typeof tableNames)[number]

export type Tables = {
  readonly rows: { readonly [T in TableName]: Map<number, Row> }
  /** Lists of values by number: 34 order statuses, 39 quote statuses. */
  readonly lookups: Map<number, { id: number; name: string }[]>
  /** Statuses of tickets. */
  readonly ticketStatuses: { id: number; name: string }[]
  readonly taxes: { id: number; name: string; value: number }[]
  readonly currencies: { id: number; name: string; code: string }[]
  /** Custom fields of clients. */
  readonly fields: {
    id: number
    name: string
    label: string
    type: number
    custom: number
    mandatory: boolean
    characterlimit: number
    values?: { id: number; name: string }[]
  }[]
  newKey(table: TableName | 'line'): number
}

const names = (list: readonly string[]): { id: number; name: string }[] =>
  list.map((name, id) => ({ id, name }))

/** An empty Halo with the statuses, taxes and the group that every Halo has. */
export function newTables(): Tables {
  const rows = Object.fromEntries(tableNames.map((name) => [name, new Map<number, Row>()])) as Tables['rows']
  const keys = new Map<string, number>()
  const tables: Tables = {
    rows,
    lookups: new Map([
      [
        39,
        names([
          'Draft',
          'Sent',
          'Viewed',
          'Accepted',
          'Awaiting approval',
          'Approved',
          'Declined',
          'Expired',
        ]),
      ],
      [34, names(['New', 'Approved', 'Processed', 'Completed', 'Cancelled'])],
    ]),
    ticketStatuses: [
      { id: 1, name: 'New' },
      { id: 2, name: 'In Progress' },
      { id: 9, name: 'Closed' },
    ],
    taxes: [
      { id: 1, name: 'Standard rate', value: 20 },
      { id: 2, name: 'Zero rate', value: 0 },
    ],
    currencies: [{ id: 1, name: 'Pound sterling', code: 'GBP' }],
    fields: [],
    newKey: (table) => {
      // Keys of different lists do not look alike, so that a mix-up shows.
      const first = 1 + 1000 * [...tableNames, 'line'].indexOf(table)
      const key = (keys.get(table) ?? first - 1) + 1
      keys.set(table, key)
      return key
    },
  }
  const group = tables.newKey('AssetGroup')
  rows.AssetGroup.set(group, { id: group, name: 'Datto Commerce' })
  return tables
}
