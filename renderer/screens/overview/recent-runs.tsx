import { Link } from 'wouter'
import { api, type TenantView, useAsk } from '../../api.ts'
import { totalOf } from '../../ui/counts.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { runKindWords, runOutcomeWords } from '../../words.ts'
import { wordsOfRun } from '../runs/outcome-words.ts'
import css from './overview.module.css'

const shown = 8

/** The newest runs of all tenants. */
export function RecentRuns({ tenants }: { tenants: readonly TenantView[] }) {
  const { data } = useAsk(['runs.list', 'recent'], (signal) =>
    api.runs.list.query({ filter: {}, window: { offset: 0, limit: shown } }, { signal }),
  )
  const nameOf = (id: number) => tenants.find(({ tenant }) => tenant.id === id)?.tenant.name ?? ''
  return (
    <Section title="Recent runs" actions={data && data.total > shown && <Link href="/runs">All runs</Link>}>
      {!data && <Skeleton lines={4} />}
      {data?.total === 0 && <p className={css.nothing}>No run yet. Sync now starts the first one.</p>}
      {data && data.total > 0 && (
        <ul className={css.list}>
          {data.rows.map((run) => {
            const total = totalOf(run.counts)
            const words = wordsOfRun(run)
            const kinds = (['created', 'updated', 'failed'] as const).filter(
              (kind) => kind !== 'failed' || total.failed > 0,
            )
            return (
              <li key={run.id}>
                <Link
                  href={`/runs/${run.id}`}
                  aria-label={`${runOutcomeWords[run.outcome ?? 'running']}, run ${run.id}`}
                >
                  <RunMark outcome={run.outcome} />
                </Link>
                <span className={css.clip}>
                  {runKindWords[run.kind]}
                  {tenants.length > 1 && ` · ${nameOf(run.tenantId)}`}{' '}
                  <span className="quiet number">
                    {kinds.map((kind) => `${count(total[kind])} ${words[kind].toLowerCase()}`).join(', ')}
                  </span>
                </span>
                <span className={css.right}>
                  <Time at={run.startedAt} />
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
