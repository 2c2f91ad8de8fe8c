import { Pin16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { amount } from '../../ui/format.ts'
import { idColumn, timeColumn } from '../../ui/table/columns.tsx'
import type { Column } from '../../ui/table/table.tsx'
import { periodWord } from '../../words-of-lines.ts'
import type { Group, Item } from './asks.ts'

export const itemSorts = ['name', 'sku', 'price', 'createdAt', 'modifiedAt'] as const
export const itemsAtFirst = { always: ['commerceId', 'haloId'], whenNarrow: ['createdAt', 'tax'] }

const money = (value: number | null) =>
  value === null ? null : <span title={String(value)}>{amount(value)}</span>

/** What a sync writes of a product, and nothing else: no cost. */
export function itemColumns(
  tenantId: number,
  groups: readonly Group[],
  isOneGroup: boolean,
): readonly Column<Item>[] {
  const nameOf = (id: number | null): string =>
    id === null ? '' : (groups.find((group) => group.id === id)?.name ?? `Group ${id}`)
  return [
    {
      id: 'name',
      title: 'Name',
      min: 140,
      grow: 3,
      sort: 'name',
      value: (row) => row.name,
      cell: (row) => (
        <>
          <NameLink tenantId={tenantId} row={row} />
          {isOneGroup && row.isChosen && <ChosenMark />}
        </>
      ),
    },
    {
      id: 'sku',
      title: 'SKU',
      min: 96,
      grow: 1,
      sort: 'sku',
      value: (row) => row.sku,
      cell: (row) => row.sku,
    },
    ...(isOneGroup ? [] : [groupColumn(nameOf)]),
    {
      id: 'price',
      title: 'Price',
      min: 92,
      align: 'end',
      sort: 'price',
      value: (row) => row.recurringPrice ?? row.price,
      cell: (row) => money(row.recurringPrice ?? row.price),
    },
    {
      id: 'period',
      title: 'Billing',
      min: 88,
      value: (row) => periodWord(row.billingPeriod),
      cell: (row) => periodWord(row.billingPeriod),
    },
    { id: 'tax', title: 'Tax', min: 90, value: (row) => row.tax, cell: (row) => row.tax },
    {
      id: 'consignable',
      title: 'Consignable',
      min: 96,
      value: (row) => row.isConsignable,
      cell: (row) => (row.isConsignable ? 'Yes' : <span className="quiet">No</span>),
    },
    timeColumn({
      ...{ id: 'createdAt', title: 'Created', min: 100, sort: 'createdAt' },
      of: (row) => row.createdAt,
    }),
    timeColumn({
      ...{ id: 'modifiedAt', title: 'Changed', min: 100, sort: 'modifiedAt' },
      of: (row) => row.modifiedAt,
    }),
    idColumn('commerceId', 'Commerce id', 104, (row) => row.commerceId),
    idColumn('haloId', 'Halo id', 90, (row) => row.haloId),
  ]
}

const groupColumn = (nameOf: (id: number | null) => string): Column<Item> => ({
  id: 'group',
  title: 'Group',
  min: 120,
  grow: 1.4,
  value: (row) => nameOf(row.groupId),
  cell: (row) => <GroupCell name={nameOf(row.groupId)} isChosen={row.isChosen} />,
})

function NameLink({ tenantId, row }: { tenantId: number; row: Item }) {
  if (row.commerceId === null) return <span title={row.name}>{row.name}</span>
  return (
    <Link href={`/products/${tenantId}/${row.commerceId}`} tabIndex={-1} title={row.name}>
      {row.name}
    </Link>
  )
}

function GroupCell({ name, isChosen }: { name: string; isChosen: boolean }) {
  return (
    <>
      <span title={name}>{name}</span>
      {isChosen && <ChosenMark />}
    </>
  )
}

const ChosenMark = () => (
  <span
    title="Put here by a person: no sync moves it"
    style={{ display: 'inline-flex', flex: 'none', marginInlineStart: 4 }}
  >
    <Pin16Regular aria-hidden="true" />
    <span className="visually-hidden">put here by a person</span>
  </span>
)
