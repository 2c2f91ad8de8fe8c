import { Button } from '@fluentui/react-components'
import { ArrowClockwise16Regular, CheckmarkCircle24Regular, People24Regular } from '@fluentui/react-icons'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { TenantHealth } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useLook } from './asks.ts'
import { LinksBar } from './bars.tsx'
import { MatchList } from './match-list.tsx'
import css from './matches.module.css'

/** Customers without a link and the clients of Halo that they may be: proposed by the program, decided by a person. */
export function MatchTab({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const { look, trouble, isAsking, again } = useLook(tenant.id)
  const askAgain = (
    <Button size="small" icon={<ArrowClockwise16Regular />} disabled={isAsking} onClick={() => void again()}>
      {isAsking ? 'Comparing…' : 'Compare again'}
    </Button>
  )
  if (trouble) return <Trouble fault={trouble} actions={askAgain} />
  if (!look) {
    return (
      <>
        <p className={css.note}>Reading the clients that Halo has…</p>
        <Skeleton lines={8} />
      </>
    )
  }
  return (
    <>
      <LinksBar tenantId={tenant.id} links={look.links} />
      {look.counts.all === 0 ? (
        <Nothing isSynced={(health?.records.customers ?? 0) > 0 || look.links.customers > 0} />
      ) : (
        <>
          <p className={css.note}>
            No sync has written these customers yet. One that is linked to its client is brought up to date
            there; of any other the next sync makes a new client. Sure ones are selected.
          </p>
          <MatchList key={look.comparedAt} tenantId={tenant.id} look={look} askAgain={askAgain} />
        </>
      )}
    </>
  )
}

function Nothing({ isSynced }: { isSynced: boolean }) {
  if (isSynced) {
    return (
      <Empty icon={<CheckmarkCircle24Regular />} title="Every customer has its client">
        <p>Customers that Commerce gets from now on are compared here before a sync makes clients of them.</p>
      </Empty>
    )
  }
  return (
    <Empty icon={<People24Regular />} title="No customers to compare yet">
      <p>A preview reads the customers from Commerce and writes nothing. After it they are compared here.</p>
    </Empty>
  )
}
