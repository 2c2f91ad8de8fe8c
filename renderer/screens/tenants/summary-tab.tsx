import { Link } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { TenantHealth } from '../../api.ts'
import { Budget } from '../../ui/budget.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { Facts, Panel, Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useLiveRun } from '../../ui/run-buttons.tsx'
import { entitiesShown, entityWords } from '../../words.ts'
import { RunTable } from './run-table.tsx'
import css from './tenant-page.module.css'

/** How a tenant does: what Halo has of it, what it may still ask, its last runs. */
export function SummaryTab({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const live = useLiveRun(tenant.id)
  if (!health) return <Skeleton lines={6} />
  const startedAt = health.recentRuns.find(({ id }) => id === live?.runId)?.startedAt ?? null
  return (
    <div className={css.stack}>
      {live && (
        <Panel tone="busy">
          <Progress progress={live} startedAt={startedAt} />
        </Panel>
      )}
      <Section title="In Halo">
        <Panel>
          <Facts
            facts={[
              ...entitiesShown.map(
                (entity) =>
                  [
                    entityWords[entity].many,
                    <Link key={entity} href={`${entityWords[entity].path}?tenant=${tenant.id}&state=synced`}>
                      {count(health.records[entity])}
                    </Link>,
                  ] as const,
              ),
              ['Need you', <FailingLink key="needs" tenantId={tenant.id} value={health.failures.needsYou} />],
              [
                'Will be tried again',
                <FailingLink key="heals" tenantId={tenant.id} value={health.failures.healing} />,
              ],
            ]}
          />
        </Panel>
      </Section>
      <Section title="Requests to Commerce">
        <Panel>
          <Budget budget={health.budget} />
        </Panel>
      </Section>
      <Section
        title="Last runs"
        actions={<Link href={`/runs?tenant=${tenant.id}`}>All runs of this tenant</Link>}
      >
        {health.recentRuns.length === 0 ? (
          <p className="quiet">
            No run yet. Sync now starts the first one; Preview shows what it would write.
          </p>
        ) : (
          <RunTable runs={health.recentRuns.slice(0, 10)} />
        )}
      </Section>
    </div>
  )
}

function FailingLink({ tenantId, value }: { tenantId: number; value: number }) {
  if (value === 0) return <>0</>
  return <Link href={`/attention?tenant=${tenantId}`}>{count(value)}</Link>
}
