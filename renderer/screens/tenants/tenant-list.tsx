import { Button } from '@fluentui/react-components'
import { Add16Regular, FilterDismiss20Regular, PlugConnected20Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { api, type TenantHealth, type TenantView, useAsk } from '../../api.ts'
import { oneOf, useAddress } from '../../ui/address.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { Choice, Search } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Unanswered } from '../../ui/trouble.tsx'
import { freshnessWords } from '../../words.ts'
import { TenantRow } from './tenant-row.tsx'

/** So many fit on a screen and are found by looking; more are filtered. */
const filteredFrom = 8
const freshness = Object.keys(freshnessWords) as (keyof typeof freshnessWords)[]

/** All tenants with their health, their switch, and what went wrong last. */
export function TenantList() {
  const [, go] = useLocation()
  const tenants = useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal }))
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal }))
  const all = tenants.data
  const add = (
    <Button size="small" appearance="primary" icon={<Add16Regular />} onClick={() => go('/tenants/new')}>
      Add tenant
    </Button>
  )
  return (
    <Page title="Tenants" actions={add} filters={all && all.length >= filteredFrom && <Filters />}>
      {tenants.error && !all && <Unanswered error={tenants.error} again={() => void tenants.refetch()} />}
      {!tenants.error && !all && <Skeleton lines={5} />}
      {all?.length === 0 && (
        <Empty icon={<PlugConnected20Regular />} title="No tenant yet">
          <p>A tenant is one Datto Commerce and the Halo that it feeds. Add one to start.</p>
        </Empty>
      )}
      {all && all.length > 0 && <Rows tenants={all} health={health.data ?? []} />}
    </Page>
  )
}

function Filters() {
  return (
    <>
      <Search placeholder="Search tenants" />
      <Choice
        name="health"
        label="Health"
        all="Any health"
        choices={freshness.map((each) => [each, freshnessWords[each].word] as const)}
      />
      <Choice
        name="failing"
        label="Failures"
        all="With and without failures"
        choices={[['yes', 'Something fails']]}
      />
    </>
  )
}

type RowsProps = { readonly tenants: readonly TenantView[]; readonly health: readonly TenantHealth[] }

/** Those that the address asks for; the filters hold only where there are any. */
function useFiltered({ tenants, health }: RowsProps) {
  const { get, set } = useAddress()
  const healthOf = new Map(health.map((each) => [each.tenantId, each]))
  const rows = tenants.map(({ tenant }) => ({ tenant, health: healthOf.get(tenant.id) }))
  const text = (get('q') ?? '').toLowerCase()
  const wanted = oneOf(freshness, get('health'))
  const isFailing = get('failing') === 'yes'
  if (tenants.length < filteredFrom) return { rows, clear: () => undefined }
  return {
    clear: () => set({ q: null, health: null, failing: null }),
    rows: rows.filter(
      ({ tenant, health: of }) =>
        `${tenant.name} ${tenant.instanceUrl}`.toLowerCase().includes(text) &&
        (wanted === null || of?.freshness === wanted) &&
        (!isFailing || (of !== undefined && of.failures.needsYou + of.failures.healing > 0)),
    ),
  }
}

function Rows(props: RowsProps) {
  const { rows, clear } = useFiltered(props)
  if (rows.length === 0) {
    return (
      <Empty
        icon={<FilterDismiss20Regular />}
        title="No tenant fits"
        actions={
          <Button size="small" onClick={clear}>
            Clear the filters
          </Button>
        }
      >
        <p>{plural(props.tenants.length, 'tenant')} in all.</p>
      </Empty>
    )
  }
  return (
    <div className={plain.frame}>
      <table className={plain.table} aria-label="Tenants">
        <thead>
          <tr>
            <th scope="col">Tenant</th>
            <th scope="col">Enabled</th>
            <th scope="col">Health</th>
            <th scope="col">Last good sync</th>
            <th scope="col" data-align="end">
              Failing
            </th>
            <th scope="col">Last error</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ tenant, health }) => (
            <TenantRow key={tenant.id} tenant={tenant} health={health} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
