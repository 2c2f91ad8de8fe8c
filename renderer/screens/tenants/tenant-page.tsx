import { api, type TenantHealth, type TenantView, useAsk } from '../../api.ts'
import { idIn } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { HealthMark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import { RunButtons } from '../../ui/run-buttons.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { MatchTab } from '../matches/match-tab.tsx'
import { NotThere } from '../not-there.tsx'
import { ConnectionTab } from './connection-tab.tsx'
import { CustomersTab } from './customers-tab.tsx'
import { IntegratorTab } from './integrator-tab.tsx'
import { OrdersTab } from './orders-tab.tsx'
import { QuotesTab } from './quotes-tab.tsx'
import { SendingTab } from './sending-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'
import { TransferTab } from './transfer-tab.tsx'

const tabs = [
  { id: 'summary', name: 'Summary' },
  { id: 'details', name: 'Details' },
  { id: 'customers', name: 'Customers' },
  { id: 'match', name: 'Match clients' },
  { id: 'quotes', name: 'Quotes' },
  { id: 'orders', name: 'Sales orders' },
  { id: 'sending', name: 'Sending' },
  { id: 'integrator', name: 'Integrator' },
  { id: 'mappings', name: 'Mappings' },
] as const

/** One tenant: how it does, its connection, what becomes what in Halo, when and what it syncs. */
export function TenantPage({ id, tab }: { id: string; tab: string | undefined }) {
  const tenantId = idIn(id) ?? 0
  const view = useAsk(['tenants.get', tenantId], (signal) =>
    tenantId === 0 ? Promise.resolve(null) : api.tenants.get.query({ id: tenantId }, { signal }),
  )
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal })).data
  if (view.data === null) return <NotThere what="This tenant" />
  if (!view.data) {
    return (
      <Page title="Tenant">
        {view.error ? (
          <Unanswered error={view.error} again={() => void view.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Page>
    )
  }
  return <Loaded view={view.data} health={health?.find((each) => each.tenantId === tenantId)} tab={tab} />
}

const addressOf = (tenantId: number, tab: string): string =>
  tab === 'summary' ? `/tenants/${tenantId}` : `/tenants/${tenantId}/${tab}`

type LoadedProps = { view: TenantView; health: TenantHealth | undefined; tab: string | undefined }

function Loaded({ view, health, tab }: LoadedProps) {
  const { tenant } = view
  const shown = tabs.find(({ id }) => id === tab)?.id ?? 'summary'
  return (
    <Page
      title={tenant.name}
      beside={health && <HealthMark freshness={health.freshness} />}
      sub={
        <>
          <span>{tenant.instanceUrl}</span>
          {health && (
            <span>
              Last good sync <Time at={health.lastGoodAt} none="never" />
            </span>
          )}
          {health?.nextDueAt && (
            <span>
              Next <Time at={health.nextDueAt} />
            </span>
          )}
        </>
      }
      actions={<RunButtons tenantId={tenant.id} isEnabled={tenant.isEnabled} />}
      body={shown === 'match' ? 'table' : 'text'}
      filters={
        <Tabs
          label="Parts of this tenant"
          shown={shown}
          tabs={tabs.map(({ id, name }) => ({ id, name, href: addressOf(tenant.id, id) }))}
        />
      }
    >
      {shown === 'summary' && <SummaryTab tenant={tenant} health={health} />}
      {shown === 'details' && <ConnectionTab view={view} />}
      {shown === 'customers' && <CustomersTab tenant={tenant} health={health} />}
      {shown === 'match' && <MatchTab tenant={tenant} health={health} />}
      {shown === 'quotes' && <QuotesTab tenant={tenant} />}
      {shown === 'orders' && <OrdersTab tenant={tenant} />}
      {shown === 'sending' && <SendingTab tenant={tenant} />}
      {shown === 'mappings' && <TransferTab tenant={tenant} />}
      {shown === 'integrator' && <IntegratorTab tenant={tenant} />}
    </Page>
  )
}
