import { Link } from 'wouter'
import type { Entity, Tenant } from '../../../app/model/tenant.ts'
import type { RecordRow } from '../../api.ts'
import { amount } from '../../ui/format.ts'
import { FailingMark, OutcomeMark } from '../../ui/mark.tsx'
import type { Column } from '../../ui/table/table.tsx'
import { Time } from '../../ui/time.tsx'
import { entityWords, statusWord } from '../../words.ts'

export const sortKeys = ['number', 'name', 'customer', 'status', 'amount', 'modifiedAt', 'syncedAt'] as const
export const hiddenAtFirst = ['commerceId', 'haloId']

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
    {
      id: 'modified',
      title: 'Changed in Commerce',
      width: 'minmax(130px, 1fr)',
      sort: 'modifiedAt',
      cell: (row) => <Time at={row.modifiedAt} />,
    },
    {
      id: 'synced',
      title: 'Synced',
      width: 'minmax(110px, 1fr)',
      sort: 'syncedAt',
      cell: (row) => <Time at={row.syncedAt} none="Not yet" />,
    },
    { id: 'state', title: 'State', width: 'minmax(110px, 0.8fr)', cell: stateOf },
    ...(tenants.length > 0 ? [tenantColumn(tenants)] : []),
    { id: 'commerceId', title: 'Commerce id', width: '104px', align: 'end', cell: (row) => row.commerceId },
    { id: 'haloId', title: 'Halo id', width: '90px', align: 'end', cell: (row) => row.haloId ?? '' },
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
    width: entity === 'products' ? 'minmax(120px, 1fr)' : 'minmax(96px, 0.8fr)',
    sort: 'number',
    cell: (row) => (
      <Link href={`${entityWords[entity].path}/${row.tenantId}/${row.commerceId}`} tabIndex={-1}>
        {row.number || row.commerceId}
      </Link>
    ),
  }
}

const nameColumn = (title: string): RecordColumn => ({
  id: 'name',
  title,
  width: 'minmax(180px, 3fr)',
  sort: 'name',
  cell: (row) => <span title={row.name}>{row.name}</span>,
})

const customerColumn: RecordColumn = {
  id: 'customer',
  title: 'Customer',
  width: 'minmax(140px, 2fr)',
  sort: 'customer',
  cell: (row) => <span title={row.customerName}>{row.customerName}</span>,
}

const statusColumn = (entity: Entity): RecordColumn => ({
  id: 'status',
  title: 'Status',
  width: 'minmax(104px, 0.8fr)',
  sort: 'status',
  cell: (row) => <span>{statusWord(entity, row.status)}</span>,
})

const amountColumn = (title: string): RecordColumn => ({
  id: 'amount',
  title,
  width: '116px',
  align: 'end',
  sort: 'amount',
  cell: (row) => row.amount !== null && <span title={String(row.amount)}>{amount(row.amount)}</span>,
})

const tenantColumn = (tenants: readonly Pick<Tenant, 'id' | 'name'>[]): RecordColumn => ({
  id: 'tenant',
  title: 'Tenant',
  width: 'minmax(110px, 1fr)',
  cell: (row) => <span className="quiet">{tenants.find(({ id }) => id === row.tenantId)?.name}</span>,
})

function stateOf(row: RecordRow) {
  if (row.goneAt !== null) return <span className="quiet">Gone in Commerce</span>
  return row.lastKind === 'failed' ? <FailingMark /> : <OutcomeMark kind={row.lastKind} />
}
