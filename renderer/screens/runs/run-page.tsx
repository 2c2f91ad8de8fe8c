import { Link } from 'wouter'
import { type OutcomeKind, outcomeKinds, type Run } from '../../../app/model/outcome.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, useAsk } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { CountsTable } from '../../ui/counts.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { duration, plural } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RunButtons } from '../../ui/run-buttons.tsx'
import { type TabLink, Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { entitiesShown, runKindWords, triggerWords } from '../../words.ts'
import { NotThere } from '../not-there.tsx'
import { RunOutcomes } from './run-outcomes.tsx'
import css from './run-page.module.css'
import { RunRequests } from './run-requests.tsx'

/** One run: live while it goes on, then what it came to, record by record, and the requests that it made. */
export function RunPage({ id }: { id: string }) {
  const runId = idIn(id) ?? 0
  const run = useAsk(['runs.get', runId], (signal) =>
    runId === 0 ? Promise.resolve(null) : api.runs.get.query({ id: runId }, { signal }),
  )
  if (run.data === null) return <NotThere what="This run" />
  if (!run.data) {
    return (
      <Page title={`Run ${id}`}>
        {run.error ? (
          <Unanswered error={run.error} again={() => void run.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Page>
    )
  }
  return <Loaded run={run.data} />
}

function Loaded({ run }: { run: Run }) {
  const { get } = useAddress()
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data
  const progress = live?.find(({ runId }) => runId === run.id)
  const tenant = useTenants().find(({ id }) => id === run.tenantId)
  const tab = oneOf(['records', 'requests'], get('tab')) ?? 'records'
  const chosen = { entity: oneOf(entitiesShown, get('entity')), kind: oneOf(outcomeKinds, get('kind')) }
  const isPreview = run.kind === 'preview'
  return (
    <Page
      title={`${runKindWords[run.kind]} ${run.id}`}
      beside={<RunMark outcome={run.outcome} isChip />}
      sub={<RunLine run={run} requests={progress?.requests ?? run.requests} tenantName={tenant?.name} />}
      actions={
        run.outcome !== null && tenant && <RunButtons tenantId={tenant.id} isEnabled={tenant.isEnabled} />
      }
      body="table"
    >
      <div className={css.top}>
        {progress && (
          <Panel tone="busy">
            <Progress progress={progress} startedAt={run.startedAt} />
          </Panel>
        )}
        {run.fault && <Trouble fault={run.fault} />}
        {isPreview && run.outcome !== null && (
          <p className={css.note}>A preview: this is what a sync would do. Nothing was written to Halo.</p>
        )}
        <CountsTable
          counts={progress?.counts ?? run.counts}
          linkTo={(entity, kind) => linkTo(run.id, entity, kind)}
          chosen={chosen}
        />
        <Tabs label="Parts of this run" shown={tab} tabs={tabsOf(run.id)} />
      </div>
      {tab === 'records' ? <RunOutcomes run={run} {...chosen} /> : <RunRequests runId={run.id} />}
    </Page>
  )
}

const tabsOf = (runId: number): readonly TabLink[] => [
  { id: 'records', name: 'Records', href: `/runs/${runId}` },
  { id: 'requests', name: 'Requests', href: `/runs/${runId}?tab=requests` },
]

function linkTo(runId: number, entity: Entity | null, kind: OutcomeKind): string {
  return `/runs/${runId}?${new URLSearchParams(entity ? { entity, kind } : { kind })}`
}

type RunLineProps = { readonly run: Run; readonly requests: number; readonly tenantName: string | undefined }

function RunLine({ run, requests, tenantName }: RunLineProps) {
  return (
    <>
      {tenantName && <Link href={`/tenants/${run.tenantId}`}>{tenantName}</Link>}
      <span>
        Started <Time at={run.startedAt} /> {triggerWords[run.trigger]}
      </span>
      {run.endedAt && <span>Took {duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</span>}
      <span className="number">{plural(requests, 'request')}</span>
    </>
  )
}
