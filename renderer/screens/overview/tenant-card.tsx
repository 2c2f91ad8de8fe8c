import { Button } from '@fluentui/react-components'
import { ArrowRight16Regular, Circle16Regular } from '@fluentui/react-icons'
import { Link, useLocation } from 'wouter'
import type { Tenant } from '../../../app/model/tenant.ts'
import type { TenantHealth } from '../../api.ts'
import { Budget } from '../../ui/budget.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { count, plural } from '../../ui/format.ts'
import { HealthMark, Mark, RunMark } from '../../ui/mark.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RunButtons, useLiveRun } from '../../ui/run-buttons.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import { Time } from '../../ui/time.tsx'
import { entitiesShown, entityWords } from '../../words.ts'
import css from './tenant-card.module.css'

/** One tenant at a glance: health, what Halo has, the last runs, what a click can do. */
export function TenantCard({ tenant, health }: { tenant: Tenant; health: TenantHealth | undefined }) {
  const live = useLiveRun(tenant.id)
  return (
    <article className={css.card} aria-label={tenant.name}>
      <header className={css.head}>
        <div className={css.titles}>
          <h2 className={css.name}>
            <Link href={`/tenants/${tenant.id}`}>{tenant.name}</Link>
          </h2>
          <span className="quiet">{hostOf(tenant.instanceUrl)}</span>
        </div>
        {health && (isBegun(tenant, health) ? <HealthMark freshness={health.freshness} /> : <NotYet />)}
      </header>
      {!health && <Skeleton lines={3} />}
      {health && (
        <>
          <Records tenantId={tenant.id} records={health.records} />
          {live ? (
            <Progress progress={live} startedAt={startOf(health, live.runId)} />
          ) : (
            <LastRuns tenantId={tenant.id} health={health} />
          )}
          <Budget budget={health.budget} />
        </>
      )}
      <footer className={css.actions}>
        {health && isBegun(tenant, health) ? (
          <RunButtons tenantId={tenant.id} isEnabled={tenant.isEnabled} name={tenant.name} />
        ) : (
          <FinishSetUp tenant={tenant} />
        )}
      </footer>
    </article>
  )
}

/** Whether it was ever switched on: a tenant whose set-up was left before that has a way back to it. */
const isBegun = (tenant: Tenant, { recentRuns }: TenantHealth): boolean =>
  tenant.isEnabled || recentRuns.some(({ kind }) => kind !== 'preview')

const NotYet = () => (
  <Mark tone="quiet" icon={<Circle16Regular />} hint="Nothing was written to Halo yet." isChip>
    Being set up
  </Mark>
)

function FinishSetUp({ tenant }: { tenant: Tenant }) {
  const [, go] = useLocation()
  return (
    <Button
      size="small"
      appearance="primary"
      icon={<ArrowRight16Regular />}
      aria-label={`Finish setting up: ${tenant.name}`}
      onClick={() => go(`/start/${tenant.id}`)}
    >
      Finish setting up
    </Button>
  )
}

const startOf = (health: TenantHealth, runId: number): string | null =>
  health.recentRuns.find(({ id }) => id === runId)?.startedAt ?? null

function Records({ tenantId, records }: { tenantId: number; records: TenantHealth['records'] }) {
  return (
    <dl className={css.records}>
      {entitiesShown.map((entity) => (
        <div key={entity}>
          <dt>{entityWords[entity].many}</dt>
          <dd className="number">
            <Link href={`${entityWords[entity].path}?tenant=${tenantId}&state=synced`}>
              {count(records[entity])}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function LastRuns({ tenantId, health }: { tenantId: number; health: TenantHealth }) {
  const last = health.recentRuns.find(({ outcome }) => outcome !== null)
  return (
    <div className={css.last}>
      {last ? (
        <span className={css.lastRun}>
          <RunMark outcome={last.outcome} />
          <Link href={`/runs/${last.id}`}>
            <Time at={last.startedAt} />
          </Link>
        </span>
      ) : (
        <span className="quiet">No run yet</span>
      )}
      {health.nextDueAt && (
        <span className="quiet">
          Next sync <Time at={health.nextDueAt} />
        </span>
      )}
      <Failing tenantId={tenantId} failures={health.failures} />
      {health.recentRuns.length > 1 && <Sparkline runs={health.recentRuns} />}
    </div>
  )
}

function Failing({ tenantId, failures }: { tenantId: number; failures: TenantHealth['failures'] }) {
  const { needsYou, healing } = failures
  if (needsYou + healing === 0) return null
  return (
    <Link
      href={`/attention?tenant=${tenantId}`}
      className={css.failing}
      data-tone={needsYou > 0 ? 'needs' : 'heals'}
    >
      {needsYou > 0
        ? `${plural(needsYou, 'record')} ${needsYou === 1 ? 'needs' : 'need'} you`
        : `${plural(healing, 'record')} will be tried again`}
    </Link>
  )
}

/** The address without what every address has. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
