import { Button } from '@fluentui/react-components'
import { Dismiss16Regular, DocumentBulletList20Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, type RecordRow, useAsk } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Search, TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useHiddenColumns } from '../../ui/table/hidden.ts'
import { ListTools } from '../../ui/table/list-tools.tsx'
import { Table, type TableOrder } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords, statusesOf } from '../../words.ts'
import { quoteOf } from '../quote-actions/actions.tsx'
import { useQuoteActions } from '../quote-actions/use-quote-actions.tsx'
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
  const quote = useQuoteActions()
  const order: TableOrder = { by: query.sort, isDescending: query.isDescending }
  const isFiltered = Boolean(get('q') || get('tenant') || get('status') || get('state') || get('customer'))
  const statuses = statusesOf(entity)
  return (
    <Page
      title={many}
      beside={windows.total !== null && <span className="quiet number">{count(windows.total)}</span>}
      body="table"
      actions={
        <ListTools
          name={many}
          columns={columns}
          hidden={hidden}
          onToggle={toggle}
          total={windows.total}
          walk={(signal) => walkRecords(query, signal)}
        />
      }
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
          <Choice name="state" label="Sync" all="In Halo or not" choices={states} />
          <CustomerChip tenantId={query.tenantId} customerId={query.customerId} />
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
          {...(entity === 'quotes' && {
            hasMenuButton: true,
            menuOf: (row: RecordRow) => quote.entriesOf(quoteOf(row)),
          })}
          order={order}
          onOrder={({ by, isDescending }) => set({ sort: by, desc: isDescending ? '1' : null })}
          empty={<Nothing entity={entity} isFiltered={isFiltered} />}
        />
      )}
      {quote.dialog}
    </Page>
  )
}

const atFirst = { always: hiddenAtFirst, whenNarrow: hiddenWhenNarrow }

const states = [
  ['synced', 'In Halo'],
  ['failing', 'Failing'],
  ['skipped', 'Skipped'],
  ['gone', 'Gone in Commerce'],
  ['there', 'Still in Commerce'],
] as const
const stateQueries = {
  synced: { isInHalo: true },
  failing: { kinds: ['failed' as const] },
  skipped: { kinds: ['skipped' as const] },
  gone: { isGone: true },
  there: { isGone: false },
}

/** What the address asks for, as the engine takes it. Newest first unless told otherwise. */
function queryOf(entity: Entity, get: (name: string) => string | null) {
  const tenantId = idIn(get('tenant'))
  const search = get('q')
  const status = get('status')
  const state = oneOf(['synced', 'failing', 'skipped', 'gone', 'there'] as const, get('state'))
  const customerId = idIn(get('customer'))
  const sort = oneOf(sortKeys, get('sort'))
  return {
    entity,
    ...(tenantId && { tenantId }),
    ...(search && { search }),
    ...(status && Number.isInteger(Number(status)) && { statuses: [Number(status)] }),
    ...(state && stateQueries[state]),
    ...(customerId && { customerId }),
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

type CustomerChipProps = {
  readonly tenantId: number | undefined
  readonly customerId: number | undefined
}

/** That only one customer's records are shown, and the way out of it. */
function CustomerChip({ tenantId, customerId }: CustomerChipProps) {
  const { set } = useAddress()
  const { data } = useAsk(['records.get', 'customers', tenantId, customerId], (signal) =>
    tenantId === undefined || customerId === undefined
      ? Promise.resolve(null)
      : api.records.get.query({ tenantId, entity: 'customers', commerceId: customerId }, { signal }),
  )
  if (customerId === undefined) return null
  const name = data?.record?.name ?? `Customer ${customerId}`
  return (
    <Button
      size="small"
      icon={<Dismiss16Regular />}
      iconPosition="after"
      aria-label={`Only of ${name}. Show those of all customers`}
      onClick={() => set({ customer: null })}
    >
      {name}
    </Button>
  )
}

type Query = ReturnType<typeof queryOf>
const rowsAtOnce = 1_000

/** All of them, for a file: by their keys, so that what changes meanwhile neither comes twice nor is left out. */
async function* walkRecords(query: Query, signal: AbortSignal) {
  const keys = await api.records.keys.query({ query }, { signal })
  for (let at = 0; at < keys.length; at += rowsAtOnce) {
    const part = keys.slice(at, at + rowsAtOnce)
    const rows: readonly RecordRow[] = await api.records.rows.mutate(
      { entity: query.entity, keys: part },
      { signal },
    )
    yield { rows, total: keys.length }
  }
}
