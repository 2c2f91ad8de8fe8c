import { ArrowSync16Regular, Circle12Filled, PlugDisconnected16Regular } from '@fluentui/react-icons'
import { useId } from 'react'
import { Link } from 'wouter'
import type { RunProgress } from '../../app/model/outcome.ts'
import { type Answers, api, type TenantHealth, type TenantView, useAsk } from '../api.ts'
import { useConnection } from '../connection.ts'
import { Budget } from './budget.tsx'
import { budgetsByKey, busiest } from './budgets.ts'
import { count, plural } from './format.ts'
import { shareDone } from './progress.tsx'
import css from './status-bar.module.css'
import { Time } from './time.tsx'

/** The line at the bottom: engine, what runs and how far, next sync, and what the busiest key has used of its limits (all keys at a click). */
export function StatusBar() {
  const connection = useConnection()
  const status = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal })).data
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data ?? []
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal })).data
  const tenants = useAsk(['tenants.list'], (signal) => api.tenants.list.query(undefined, { signal })).data
  return (
    <footer className={css.bar}>
      {connection.state === 'connected' ? (
        <span className={css.part} data-tone="good" title={status && engineHint(status)}>
          <Circle12Filled aria-hidden="true" />
          Engine running{status && ` (${status.mode})`}
        </span>
      ) : (
        <span className={css.part} data-tone="heals">
          <PlugDisconnected16Regular aria-hidden="true" />
          Not connected
        </span>
      )}
      {live.length > 0 && <Running live={live} tenants={tenants ?? []} />}
      {status?.nextRun && (
        <span className={css.part}>
          Next sync <Time at={status.nextRun.at} />
        </span>
      )}
      <span className={css.space} />
      {health && tenants && <Budgets health={health} tenants={tenants} />}
      {status && <span className={css.part}>Version {status.version}</span>}
    </footer>
  )
}

function Running({ live, tenants }: { live: readonly RunProgress[]; tenants: readonly TenantView[] }) {
  const [first] = live
  if (!first) return null
  if (live.length > 1) {
    return (
      <Link className={css.part} href="/runs?outcome=running">
        {plural(live.length, 'run')} under way
      </Link>
    )
  }
  const share = shareDone(first)
  const name = tenants.find(({ tenant }) => tenant.id === first.tenantId)?.tenant.name ?? ''
  return (
    <Link className={css.part} href={`/runs/${first.runId}`}>
      <ArrowSync16Regular aria-hidden="true" />
      {name} <span className="number">{share === null ? 'under way' : `${Math.floor(share * 100)} %`}</span>
    </Link>
  )
}

function engineHint(status: Answers['status']['get']): string {
  const { mode, owner, dataFolder } = status
  return `${mode === 'service' ? 'Service' : 'Desktop'} on ${owner.host}, process ${owner.pid}\nData folder: ${dataFolder}`
}

/** The busiest key in the line; all of them in a small window above it. */
function Budgets({ health, tenants }: BudgetsProps) {
  const id = useId()
  const keys = budgetsByKey(health, tenants)
  const first = busiest(keys)
  if (!first) return null
  const { minute, perMinute, day, perDay } = first.budget
  return (
    <>
      <button
        type="button"
        className={css.budget}
        popoverTarget={id}
        title="Requests to Commerce; click for all keys"
      >
        <span className="visually-hidden">Requests to Commerce: </span>
        <span className="number">
          {count(minute)} / {count(perMinute)} this minute
        </span>
        <span aria-hidden="true">·</span>
        <span className="number">
          {count(day)} / {count(perDay)} today
        </span>
      </button>
      <section id={id} popover="auto" className={css.keys} aria-label="What each key has used">
        {keys.map(({ names, endsIn, budget }) => (
          <div key={names.join()}>
            <h2 className={css.keyTitle}>{names.join(', ')}</h2>
            {endsIn && <p className="quiet">Key …{endsIn}</p>}
            <Budget budget={budget} />
          </div>
        ))}
      </section>
    </>
  )
}
type BudgetsProps = { readonly health: readonly TenantHealth[]; readonly tenants: readonly TenantView[] }
