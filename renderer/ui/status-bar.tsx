import { Circle12Filled, PlugDisconnected16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { type Answers, api, type BudgetUse, type TenantHealth, useAsk } from '../api.ts'
import { useConnection } from '../connection.ts'
import { count, plural } from './format.ts'
import css from './status-bar.module.css'
import { Time } from './time.tsx'

/** The line at the bottom: engine, what runs, next sync, and what the busiest key has used of its limits. */
export function StatusBar() {
  const connection = useConnection()
  const status = useAsk(['status.get'], (signal) => api.status.get.query(undefined, { signal })).data
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data ?? []
  const health = useAsk(['tenants.health'], (signal) => api.tenants.health.query(undefined, { signal })).data
  return (
    <footer className={css.bar}>
      {connection.state === 'connected' ? (
        <span className={css.part} data-tone="good" title={status && engineHint(status)}>
          <Circle12Filled aria-hidden="true" />
          Engine running
        </span>
      ) : (
        <span className={css.part} data-tone="heals">
          <PlugDisconnected16Regular aria-hidden="true" />
          Not connected
        </span>
      )}
      {live.length > 0 && (
        <Link
          className={css.part}
          href={live.length === 1 ? `/runs/${live[0]?.runId}` : '/runs?outcome=running'}
        >
          {plural(live.length, 'run')} under way
        </Link>
      )}
      {status?.nextRun && (
        <span className={css.part}>
          Next sync <Time at={status.nextRun.at} />
        </span>
      )}
      <span className={css.space} />
      {health && <Busiest health={health} />}
      {status && <span className={css.part}>Version {status.version}</span>}
    </footer>
  )
}

function engineHint(status: Answers['status']['get']): string {
  const { mode, owner, dataFolder } = status
  return `${mode === 'service' ? 'Service' : 'Desktop'} on ${owner.host}, process ${owner.pid}\nData folder: ${dataFolder}`
}

function Busiest({ health }: { health: readonly TenantHealth[] }) {
  const share = ({ minute, perMinute, day, perDay }: BudgetUse) => Math.max(minute / perMinute, day / perDay)
  const [first] = health.toSorted((a, b) => share(b.budget) - share(a.budget))
  if (!first) return null
  const { minute, perMinute, day, perDay } = first.budget
  const hint =
    health.length > 1
      ? 'Requests to Commerce of the tenant that has used most of its limits'
      : 'Requests to Commerce'
  return (
    <span className={css.part} title={hint}>
      <span className="visually-hidden">{hint}: </span>
      <span className="number">
        {count(minute)} / {count(perMinute)} this minute
      </span>
      <span aria-hidden="true">·</span>
      <span className="number">
        {count(day)} / {count(perDay)} today
      </span>
    </span>
  )
}
