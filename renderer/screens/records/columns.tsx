import { Link } from 'wouter'
import type { Entity, Tenant } from '../../../app/model/tenant.ts'
import type { RecordRow } from '../../api.ts'
import { amount } from '../../ui/format.ts'
import { StateMark } from '../../ui/mark.tsx'
import { idColumn, timeColumn } from '../../ui/table/columns.tsx'
import type { Column } from '../../ui/table/table.tsx'
import { entityWords, statusWord } from '../../words.ts'

export const sortKeys = ['number', 'name', 'customer', 'status', 'amount', 'modifiedAt', 'syncedAt'] as const
/** A person may show them; a narrow window starts with less. */
export const hiddenAtFirst = ['commerceId', 'haloId']
export const hiddenWhenNarrow = ['synced', 'tenant']

type RecordColumn = Column<RecordRow>

/** The columns of one kind of record; the tenant's name is among them when there is more than one. */
export function columnsOf(
  entity: Entity,
  tenants: readonly Pick<Tenant, 'id' | 'name'>[],
): readonly RecordColumn[] {
  const isDocument = entity === 'quotes' || entity === 'salesOrders'
  return [
    numberColumn(entity),
    nameColumn(isDocument ? 'Title' : 'Name'),
    ...(isDocument ? [customerColumn, statusColumn(entity)] : []),
    ...(entity === 'customers' ? [] : [amountColumn(entity === 'products' ? 'Price' : 'One-off total')]),
    timeColumn({
      ...{ id: 'modified', title: 'Changed', min: 104, grow: 1, sort: 'modifiedAt' },
      of: (row) => row.modifiedAt,
    }),
    timeColumn({
      ...{ id: 'synced', title: 'Synced', min: 104, grow: 1, sort: 'syncedAt' },
      of: (row) => row.syncedAt,
      none: 'Not yet',
    }),
    { id: 'state', title: 'State', min: 92, grow: 0.8, value: stateWord, cell: stateOf },
    ...(tenants.length > 0 ? [tenantColumn(tenants)] : []),
    idColumn('commerceId', 'Commerce id', 104, (row) => row.commerceId),
    idColumn('haloId', 'Halo id', 90, (row) => row.haloId),
  ]
}

const numberTitles: Record<Entity, string> = {
  customers: 'Account',
  quotes: 'Quote',
  salesOrders: 'Order',
  products: 'SKU',
}

function numberColumn(entity: Entity): RecordColumn {
  return {
    id: 'number',
    title: numberTitles[entity],
    min: entity === 'products' ? 110 : 102,
    grow: 1,
    sort: 'number',
    value: (row) => row.number || String(row.commerceId),
    cell: (row) => (
      <Link
        href={`${entityWords[entity].path}/${row.tenantId}/${row.commerceId}`}
        tabIndex={-1}
        title={row.number}
      >
        {row.number || row.commerceId}
      </Link>
    ),
  }
}

const nameColumn = (title: string): RecordColumn => ({
  id: 'name',
  title,
  min: 112,
  grow: 3,
  sort: 'name',
  value: (row) => row.name,
  cell: (row) => <span title={row.name}>{row.name}</span>,
})

const customerColumn: RecordColumn = {
  id: 'customer',
  title: 'Customer',
  min: 96,
  grow: 2,
  sort: 'customer',
  value: (row) => row.customerName,
  cell: (row) => <span title={row.customerName}>{row.customerName}</span>,
}

const statusColumn = (entity: Entity): RecordColumn => ({
  id: 'status',
  title: 'Status',
  min: 98,
  grow: 0.8,
  sort: 'status',
  value: (row) => statusWord(entity, row.status),
  cell: (row) => <span title={statusWord(entity, row.status)}>{statusWord(entity, row.status)}</span>,
})

const amountColumn = (title: string): RecordColumn => ({
  id: 'amount',
  title,
  min: 100,
  align: 'end',
  sort: 'amount',
  value: (row) => row.amount,
  cell: (row) => row.amount !== null && <span title={String(row.amount)}>{amount(row.amount)}</span>,
})

const tenantColumn = (tenants: readonly Pick<Tenant, 'id' | 'name'>[]): RecordColumn => ({
  id: 'tenant',
  title: 'Tenant',
  min: 110,
  grow: 1,
  value: (row) => tenants.find(({ id }) => id === row.tenantId)?.name ?? null,
  cell: (row) => <span className="quiet">{tenants.find(({ id }) => id === row.tenantId)?.name}</span>,
})

/** As the marks of the state say it. */
function stateWord({ goneAt, lastKind }: RecordRow): string {
  if (goneAt !== null) return 'Gone in Commerce'
  return lastKind === 'failed' ? 'Failing' : lastKind === 'skipped' ? 'Skipped' : 'In Halo'
}

function stateOf(row: RecordRow) {
  if (row.goneAt !== null) return <span className="quiet">Gone in Commerce</span>
  return <StateMark kind={row.lastKind} />
}
