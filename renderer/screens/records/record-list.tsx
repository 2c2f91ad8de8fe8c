import {
  Button,
  Menu,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { ColumnTriple20Regular, DocumentBulletList20Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { api } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Search, TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useHiddenColumns } from '../../ui/table/hidden.ts'
import { type Column, Table, type TableOrder } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords, statusesOf } from '../../words.ts'
import { columnsOf, hiddenAtFirst, hiddenWhenNarrow, sortKeys } from './columns.tsx'

/** All records of one kind, as they were last synced. */
export function RecordList({ entity }: { entity: Entity }) {
  const [, go] = useLocation()
  const { get, set } = useAddress()
  const { many, path } = entityWords[entity]
  const query = queryOf(entity, get)
  const windows = useWindows(['records.list', query], (window, signal) =>
    api.records.list.query({ query, window }, { signal }),
  )
  const tenants = useTenants()
  const columns = useMemo(() => columnsOf(entity, tenants.length > 1 ? tenants : []), [entity, tenants])
  const { hidden, toggle } = useHiddenColumns(entity, atFirst)
  const order: TableOrder = { by: query.sort, isDescending: query.isDescending }
  const isFiltered = Boolean(get('q') || get('tenant') || get('status') || get('state'))
  const statuses = statusesOf(entity)
  return (
    <Page
      title={many}
      beside={windows.total !== null && <span className="quiet number">{count(windows.total)}</span>}
      body="table"
      filters={
        <>
          <Search placeholder={`Find ${many.toLowerCase()}`} />
          <TenantChoice />
          {statuses.length > 0 && (
            <Choice
              name="status"
              label="Status in Commerce"
              all="All statuses"
              choices={statuses.map(([status, word]) => [String(status), word] as const)}
            />
          )}
          <Choice name="state" label="Sync" all="Synced or not" choices={states} />
          <ColumnChoice columns={columns} hidden={hidden} onToggle={toggle} />
        </>
      }
    >
      {windows.error !== null && windows.total === null ? (
        <Unanswered error={windows.error} />
      ) : (
        <Table
          name={many}
          columns={columns}
          hidden={hidden}
          windows={windows}
          rowKey={(row) => `${row.tenantId}/${row.commerceId}`}
          onOpen={(row) => go(`${path}/${row.tenantId}/${row.commerceId}`)}
          order={order}
          onOrder={({ by, isDescending }) => set({ sort: by, desc: isDescending ? '1' : null })}
          empty={<Nothing entity={entity} isFiltered={isFiltered} />}
        />
      )}
    </Page>
  )
}

const atFirst = { always: hiddenAtFirst, whenNarrow: hiddenWhenNarrow }

const states = [
  ['failing', 'Failing'],
  ['skipped', 'Skipped'],
] as const

/** What the address asks for, as the engine takes it. Newest first unless told otherwise. */
function queryOf(entity: Entity, get: (name: string) => string | null) {
  const tenantId = idIn(get('tenant'))
  const search = get('q')
  const status = get('status')
  const state = oneOf(['failing', 'skipped'], get('state'))
  const sort = oneOf(sortKeys, get('sort'))
  return {
    entity,
    ...(tenantId && { tenantId }),
    ...(search && { search }),
    ...(status && Number.isInteger(Number(status)) && { statuses: [Number(status)] }),
    ...(state && { kinds: [state === 'failing' ? ('failed' as const) : ('skipped' as const)] }),
    sort: sort ?? 'modifiedAt',
    isDescending: sort ? get('desc') === '1' : true,
  }
}

function Nothing({ entity, isFiltered }: { entity: Entity; isFiltered: boolean }) {
  const { many, path } = entityWords[entity]
  if (isFiltered) {
    return (
      <Empty icon={<DocumentBulletList20Regular />} title="Nothing matches these filters">
        <Link href={path}>Show all {many.toLowerCase()}</Link>
      </Empty>
    )
  }
  return (
    <Empty icon={<DocumentBulletList20Regular />} title={`No ${many.toLowerCase()} yet`}>
      <p>They appear here with the first sync that reads them.</p>
      <Link href="/">Go to the overview to start one</Link>
    </Empty>
  )
}

type ColumnChoiceProps = {
  readonly columns: readonly Column<never>[] | readonly { readonly id: string; readonly title: string }[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

function ColumnChoice({ columns, hidden, onToggle }: ColumnChoiceProps) {
  const shown = columns.filter(({ id }) => !hidden.has(id)).map(({ id }) => id)
  return (
    <Menu
      checkedValues={{ columns: shown }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const changed = columns.find(({ id }) => checkedItems.includes(id) !== shown.includes(id))
        if (changed) onToggle(changed.id)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" appearance="subtle" icon={<ColumnTriple20Regular />}>
          Columns
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {columns.slice(1).map(({ id, title }) => (
            <MenuItemCheckbox key={id} name="columns" value={id}>
              {title}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
