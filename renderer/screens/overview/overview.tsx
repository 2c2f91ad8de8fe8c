import { Button } from '@fluentui/react-components'
import { Add16Regular, PlugConnected20Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { api, type TenantHealth, type TenantView, useAsk } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { TrySample } from '../first-run/try-sample.tsx'
import { GroupsBrief } from './groups-brief.tsx'
import css from './overview.module.css'
import { RecentRuns } from './recent-runs.tsx'
import { RecordSearch } from './record-search.tsx'
import { Strip } from './strip.tsx'
import { TenantCard } from './tenant-card.tsx'

/** The first screen: is everything synced, what happened lately, what needs a person. */
export function Overview() {
  const tenants = useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal }))
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal }))
  const error = tenants.error ?? health.error
  return (
    <Page title="Overview" actions={tenants.data && tenants.data.length > 0 && <AddButton />}>
      {error && !tenants.data && <Unanswered error={error} />}
      {!error && (!tenants.data || !health.data) && <Skeleton lines={6} />}
      {tenants.data && health.data && <Content tenants={tenants.data} health={health.data} />}
    </Page>
  )
}

function AddButton() {
  const [, go] = useLocation()
  return (
    <Button size="small" icon={<Add16Regular />} onClick={() => go('/tenants/new')}>
      Add tenant
    </Button>
  )
}

type ContentProps = { readonly tenants: readonly TenantView[]; readonly health: readonly TenantHealth[] }

function Content({ tenants, health }: ContentProps) {
  if (tenants.length === 0) return <Welcome />
  return (
    <>
      <RecordSearch />
      <Strip tenants={tenants} />
      <ul className={css.cards} aria-label="Tenants">
        {tenants.map(({ tenant }) => (
          <li key={tenant.id}>
            <TenantCard tenant={tenant} health={health.find(({ tenantId }) => tenantId === tenant.id)} />
          </li>
        ))}
      </ul>
      <div className={css.columns}>
        <RecentRuns tenants={tenants} />
        <GroupsBrief tenants={tenants} />
      </div>
    </>
  )
}

/** The first start: three steps, or a look with invented records. */
function Welcome() {
  const [, go] = useLocation()
  return (
    <Empty
      icon={<PlugConnected20Regular />}
      title="Connect the first tenant"
      actions={
        <>
          <Button appearance="primary" icon={<Add16Regular />} onClick={() => go('/tenants/new')}>
            Connect Commerce
          </Button>
          <TrySample />
        </>
      }
    >
      <p>
        A tenant is one Datto Commerce (Kaseya Quote Manager) and the Halo that it feeds. Three steps lead to
        the first sync, and you can leave after each:
      </p>
      <ol className={css.ways}>
        <li>Connect Commerce: its address and an API key.</li>
        <li>Choose Halo: its database, its API, or a file to try things with.</li>
        <li>Preview the first sync. Nothing is written to Halo before you have seen it and start.</li>
      </ol>
      <p>
        No key at hand? Sample data are invented records from a Commerce inside this program: they reach no
        real Halo, and are gone when you remove their tenant.
      </p>
    </Empty>
  )
}
