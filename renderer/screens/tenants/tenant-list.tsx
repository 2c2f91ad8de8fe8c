import { Button } from '@fluentui/react-components'
import { Add16Regular, PlugConnected20Regular } from '@fluentui/react-icons'
import { Link, useLocation } from 'wouter'
import { api, type TenantHealth, type TenantView, useAsk } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { HealthMark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { RunButtons } from '../../ui/run-buttons.tsx'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entitiesShown } from '../../words.ts'

/** All tenants with their health. */
export function TenantList() {
  const [, go] = useLocation()
  const tenants = useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal }))
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal }))
  const add = (
    <Button size="small" appearance="primary" icon={<Add16Regular />} onClick={() => go('/tenants/new')}>
      Add tenant
    </Button>
  )
  return (
    <Page title="Tenants" actions={add}>
      {tenants.error && !tenants.data && (
        <Unanswered error={tenants.error} again={() => void tenants.refetch()} />
      )}
      {!tenants.error && !tenants.data && <Skeleton lines={5} />}
      {tenants.data?.length === 0 && (
        <Empty icon={<PlugConnected20Regular />} title="No tenant yet">
          <p>A tenant is one Datto Commerce and the Halo that it feeds. Add one to start.</p>
        </Empty>
      )}
      {tenants.data && tenants.data.length > 0 && <Rows tenants={tenants.data} health={health.data ?? []} />}
    </Page>
  )
}

function Rows({ tenants, health }: { tenants: readonly TenantView[]; health: readonly TenantHealth[] }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Tenant</th>
            <th scope="col">Health</th>
            <th scope="col">Last good sync</th>
            <th scope="col">Next</th>
            <th scope="col" data-align="end">
              Records in Halo
            </th>
            <th scope="col" data-align="end">
              Failing
            </th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tenants.map(({ tenant }) => (
            <Row
              key={tenant.id}
              tenant={tenant}
              health={health.find(({ tenantId }) => tenantId === tenant.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ tenant, health }: { tenant: TenantView['tenant']; health: TenantHealth | undefined }) {
  const records = health ? entitiesShown.reduce((sum, entity) => sum + health.records[entity], 0) : 0
  const failing = health ? health.failures.needsYou + health.failures.healing : 0
  return (
    <tr>
      <th scope="row">
        <Link href={`/tenants/${tenant.id}`}>{tenant.name}</Link>
        <div className="quiet">{tenant.instanceUrl}</div>
      </th>
      <td>{health && <HealthMark freshness={health.freshness} />}</td>
      <td>{health && <Time at={health.lastGoodAt} none="Never" />}</td>
      <td>{health && <Time at={health.nextDueAt} />}</td>
      <td data-align="end">{count(records)}</td>
      <td data-align="end">
        {failing > 0 ? <Link href={`/attention?tenant=${tenant.id}`}>{count(failing)}</Link> : '0'}
      </td>
      <td>
        <div className={plain.actions}>
          <RunButtons tenantId={tenant.id} isEnabled={tenant.isEnabled} name={tenant.name} isShort />
        </div>
      </td>
    </tr>
  )
}
