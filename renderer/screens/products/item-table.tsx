import { Button } from '@fluentui/react-components'
import { FolderArrowRight16Regular } from '@fluentui/react-icons'
import { type ReactNode, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { oneOf, useAddress } from '../../ui/address.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useHiddenColumns } from '../../ui/table/hidden.ts'
import { ListTools } from '../../ui/table/list-tools.tsx'
import { Table } from '../../ui/table/table.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { type Group, type Item, type useGroupChange, useItems, walkItems } from './asks.ts'
import { itemColumns, itemSorts, itemsAtFirst } from './item-columns.tsx'
import css from './products.module.css'

type ItemTableProps = {
  readonly tenantId: number
  /** null: all groups. */
  readonly groupId: number | null
  readonly groups: readonly Group[]
  readonly change: ReturnType<typeof useGroupChange>
  readonly onMove: (haloIds: number[]) => void
  readonly empty: ReactNode
}

/** The products of a group: found, sorted, picked, moved. */
export function ItemTable({ tenantId, groupId, groups, change, onMove, empty }: ItemTableProps) {
  const [, go] = useLocation()
  const { get, set } = useAddress()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const query = {
    groupId,
    search: get('q') ?? '',
    sort: oneOf(itemSorts, get('sort')) ?? ('name' as const),
    isDescending: get('desc') === '1',
  }
  const windows = useItems(tenantId, query)
  const columns = useMemo(() => itemColumns(tenantId, groups, groupId !== null), [tenantId, groups, groupId])
  const { hidden, toggle } = useHiddenColumns('products-by-group', itemsAtFirst)
  const open = ({ commerceId }: Item): void => {
    if (commerceId !== null) go(`/products/${tenantId}/${commerceId}`)
  }
  const menuOf = (row: Item) => [
    { id: 'move', name: 'Move to another group…', act: () => onMove([row.haloId]) },
  ]
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <>
      <div
        className={css.bar}
        style={picked.size === 0 ? { background: 'none', borderColor: 'transparent' } : {}}
      >
        <Picked tenantId={tenantId} keys={picked} total={windows.total} change={change} onMove={onMove} />
        <span style={{ flex: 1 }} />
        <ListTools
          name="Products"
          columns={columns}
          hidden={hidden}
          onToggle={toggle}
          total={windows.total}
          walk={(signal) => walkItems(tenantId, query, signal)}
        />
      </div>
      <Table
        name="Products"
        columns={columns}
        hidden={hidden}
        windows={windows}
        rowKey={keyOf}
        onOpen={open}
        menuOf={menuOf}
        picked={{ keys: picked, onChange: setPicked, nameOf: (key) => `product ${key.split('/')[0]}` }}
        order={{ by: query.sort, isDescending: query.isDescending }}
        onOrder={({ by, isDescending }) => set({ sort: by, desc: isDescending ? '1' : null })}
        empty={empty}
      />
    </>
  )
}

/** Both ids: a move needs Halo's, letting the category decide needs Commerce's. */
const keyOf = ({ haloId, commerceId, isChosen }: Item): string =>
  `${haloId}/${commerceId ?? ''}/${Number(isChosen)}`
const haloIdsOf = (keys: ReadonlySet<string>): number[] => [...keys].map((key) => Number(key.split('/')[0]))
const chosenIn = (keys: ReadonlySet<string>): number[] =>
  [...keys].flatMap((key) => {
    const [, commerceId, isChosen] = key.split('/')
    return commerceId && isChosen === '1' ? [Number(commerceId)] : []
  })

type PickedProps = Pick<ItemTableProps, 'tenantId' | 'change' | 'onMove'> & {
  readonly keys: ReadonlySet<string>
  readonly total: number | null
}

function Picked({ keys, total, change, onMove }: PickedProps) {
  const notices = useNotices()
  if (keys.size === 0) return <span className="quiet">{total === null ? '' : plural(total, 'product')}</span>
  const chosen = chosenIn(keys)
  const release = async (): Promise<void> => {
    const released = await change.run({ do: 'release', commerceIds: chosen })
    if (released.ok)
      notices.done(
        `The category decides about ${plural(released.value.count, 'product')} again, from the next sync on.`,
      )
  }
  return (
    <>
      <strong role="status">{count(keys.size)} selected</strong>
      <Button size="small" icon={<FolderArrowRight16Regular />} onClick={() => onMove(haloIdsOf(keys))}>
        Move…
      </Button>
      {chosen.length > 0 && (
        <Button size="small" disabled={change.isBusy} onClick={() => void release()}>
          Let the category decide
        </Button>
      )}
    </>
  )
}
