import { Button } from '@fluentui/react-components'
import { Box20Regular, Building20Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { idIn, useAddress } from '../../ui/address.ts'
import type { MenuEntry } from '../../ui/context-menu.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Search, useTenants } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Page } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { type Group, nameOfGroup, useGroupChange, useGroups } from './asks.ts'
import { MoveDialog, NameDialog, type ToMove } from './dialogs.tsx'
import { GroupList } from './group-list.tsx'
import { ItemTable } from './item-table.tsx'
import { type LastMove, MovedBar } from './moved-bar.tsx'
import css from './products.module.css'
import { TenantSelect } from './tenant-select.tsx'

/** Halo's product groups, and the products that a tenant has in them. */
export function ProductsByGroup() {
  const { get } = useAddress()
  const tenants = useTenants()
  const tenant = tenants.find(({ id }) => id === idIn(get('tenant'))) ?? tenants[0]
  if (!tenant) {
    return (
      <Page title="Products by group">
        <Empty icon={<Building20Regular />} title="No tenant yet">
          <p>Products come from Datto Commerce, and their groups are in Halo.</p>
          <Link href="/tenants/new">Connect a tenant</Link>
        </Empty>
      </Page>
    )
  }
  return <OfTenant key={tenant.id} tenantId={tenant.id} />
}

type Asked = { readonly name: Group | null } | { readonly move: ToMove }

function OfTenant({ tenantId }: { tenantId: number }) {
  const { get } = useAddress()
  const chosen = groupIn(get('group'))
  const { groups, trouble, again } = useGroups(tenantId)
  const here = groups?.find(({ id }) => id === chosen)
  return (
    <Page
      title="Products by group"
      beside={here && <span className="quiet">{`${nameOfGroup(here)}, ${count(here.products)}`}</span>}
      sub={
        <>
          <span>Products as Halo has them now, without their cost.</span>
          <Link href={`/products?tenant=${tenantId}`}>All products as one list</Link>
        </>
      }
      body="table"
      filters={
        <>
          <Search placeholder="Find products" />
          <TenantSelect />
        </>
      }
    >
      {trouble && groups === null ? (
        <Trouble
          fault={trouble}
          actions={
            <Button size="small" onClick={again}>
              Try again
            </Button>
          }
        />
      ) : (
        <Groups tenantId={tenantId} chosen={chosen} groups={groups} isFiltered={Boolean(get('q'))} />
      )}
    </Page>
  )
}

type GroupsProps = {
  readonly tenantId: number
  readonly chosen: number | null
  /** null while Halo is asked. */
  readonly groups: readonly Group[] | null
  readonly isFiltered: boolean
}

/** Groups at the left, the products of the chosen one at the right, and what is done with them. */
function Groups({ tenantId, chosen, groups, isFiltered }: GroupsProps) {
  const [, go] = useLocation()
  const change = useGroupChange(tenantId)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [last, setLast] = useState<LastMove | null>(null)
  const from = groups?.find(({ id }) => id === chosen) ?? null
  const empty = <Nothing isFiltered={isFiltered} isGroup={chosen !== null} />
  return (
    <div className={css.split}>
      <GroupList
        groups={groups}
        chosen={chosen}
        hrefOf={(id) => hrefOf(tenantId, id)}
        menuOf={(group) => menuFor(group, tenantId, setAsked, go)}
        onAdd={() => setAsked({ name: null })}
      />
      <div className={css.main}>
        {last && <MovedBar key={last.auditId} last={last} change={change} onClose={() => setLast(null)} />}
        <ItemTable
          key={`${chosen} ${last?.auditId}`}
          tenantId={tenantId}
          groupId={chosen}
          groups={groups ?? []}
          change={change}
          onMove={(haloIds) => setAsked({ move: { what: { haloIds }, products: haloIds.length, from } })}
          empty={empty}
        />
      </div>
      <Dialogs
        asked={asked}
        groups={groups ?? []}
        change={change}
        onClose={() => setAsked(null)}
        onMoved={setLast}
      />
    </div>
  )
}

/** What can be done with a group. */
function menuFor(
  group: Group,
  tenantId: number,
  ask: (asked: Asked) => void,
  go: (to: string) => void,
): readonly MenuEntry[] {
  const all: ToMove = { what: { groupId: group.id }, products: group.products, from: group }
  return [
    { id: 'new', name: 'New group…', act: () => ask({ name: null }) },
    { id: 'rename', name: 'Rename…', isDisabled: group.name === '', act: () => ask({ name: group }) },
    {
      id: 'mapping',
      group: 'products',
      name: 'Edit category mapping',
      act: () => go(`/tenants/${tenantId}/quotes?group=${group.id}`),
    },
    {
      id: 'move',
      group: 'products',
      name: 'Move all its products…',
      isDisabled: group.products === 0,
      act: () => ask({ move: all }),
    },
  ]
}

type DialogsProps = {
  readonly asked: Asked | null
  readonly groups: readonly Group[]
  readonly change: ReturnType<typeof useGroupChange>
  readonly onClose: () => void
  readonly onMoved: (last: LastMove) => void
}

/** The dialog that is open, if any. */
function Dialogs({ asked, groups, change, onClose, onMoved }: DialogsProps) {
  const notices = useNotices()
  if (asked === null) return null
  const shared = { send: change.run, isBusy: change.isBusy, onClose }
  if ('name' in asked) {
    return (
      <NameDialog
        {...shared}
        group={asked.name}
        onDone={(name) => {
          onClose()
          notices.done(asked.name ? `Renamed to "${name}".` : `"${name}" is in Halo now.`)
        }}
      />
    )
  }
  return (
    <MoveDialog
      {...shared}
      toMove={asked.move}
      groups={groups}
      onDone={({ auditId, count: moved }, to) => {
        onClose()
        onMoved({ auditId, moved, to: to.name })
      }}
    />
  )
}

const hrefOf = (tenantId: number, group: number | null): string =>
  `/products-by-group?tenant=${tenantId}${group === null ? '' : `&group=${group}`}`

/** Halo's group numbers are small, and may be below zero. */
function groupIn(text: string | null): number | null {
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null
}

function Nothing({ isFiltered, isGroup }: { isFiltered: boolean; isGroup: boolean }) {
  const title = isFiltered
    ? 'Nothing matches'
    : isGroup
      ? 'No products in this group'
      : 'No products in Halo yet'
  return (
    <Empty icon={<Box20Regular />} title={title}>
      <p>
        {isGroup
          ? 'Map a category to it, or move products here.'
          : 'They are here once a sync has brought them.'}
      </p>
    </Empty>
  )
}
