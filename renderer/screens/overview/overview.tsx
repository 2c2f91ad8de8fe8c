import { Button } from '@fluentui/react-components'
import { Add16Regular, PlugConnected20Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { api, type TenantHealth, type TenantView, useAsk } from '../../api.ts'
import { Command, Empty, Skeleton } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { GroupsBrief } from './groups-brief.tsx'
import css from './overview.module.css'
import { RecentRuns } from './recent-runs.tsx'
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

function Welcome() {
  const [, go] = useLocation()
  return (
    <Empty
      icon={<PlugConnected20Regular />}
      title="Connect the first tenant"
      actions={
        <Button appearance="primary" icon={<Add16Regular />} onClick={() => go('/tenants/new')}>
          Add tenant
        </Button>
      }
    >
      <p>
        A tenant is one Datto Commerce (Kaseya Quote Manager) and the Halo that it feeds. You need its address
        and an API key; nothing is written to Halo before you start the first sync.
      </p>
      <p>No key at hand? Try it with the sample API, in a terminal:</p>
      <Command>npm run demo</Command>
      <p>Or start only the sample API, and add it as a tenant:</p>
      <Command>npm run --silent cli -- sample-api --port 4010</Command>
    </Empty>
  )
}
