import { Link } from 'wouter'
import { type OutcomeKind, outcomeKinds, type Run } from '../../../app/model/outcome.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, useAsk } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { AlikeNote } from '../../ui/alike.tsx'
import { CountsTable } from '../../ui/counts.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { FixLink } from '../../ui/fix-link.tsx'
import { duration, plural } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { type TabLink, Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { entitiesShown, runKindWords, triggerWords } from '../../words.ts'
import { NotThere } from '../not-there.tsx'
import { wordsOfRun } from './outcome-words.ts'
import { PreviewBar, SyncFromPreview, useSince } from './preview-bar.tsx'
import { CopyLink, ExportReport, RunAgain } from './run-actions.tsx'
import { RunCompare } from './run-compare.tsx'
import { RunLog } from './run-log.tsx'
import { RunOutcomes } from './run-outcomes.tsx'
import css from './run-page.module.css'
import { RunPlan } from './run-plan.tsx'
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

const tabNames = ['records', 'plan', 'log', 'requests', 'compare'] as const

function Loaded({ run }: { run: Run }) {
  const { get } = useAddress()
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data
  const progress = live?.find(({ runId }) => runId === run.id)
  const tenant = useTenants().find(({ id }) => id === run.tenantId)
  const since = useSince(run)
  const after = since?.nextRun ?? null
  const tab = oneOf(tabNames, get('tab')) ?? 'records'
  const chosen = { entity: oneOf(entitiesShown, get('entity')), kind: oneOf(outcomeKinds, get('kind')) }
  const isPreview = run.kind === 'preview'
  const requests = progress?.requests ?? run.requests
  return (
    <Page
      title={`${runKindWords[run.kind]} ${run.id}`}
      beside={<RunMark outcome={run.outcome} isChip />}
      sub={<RunLine run={run} requests={requests} tenantName={tenant?.name} />}
      actions={
        <>
          {run.outcome !== null && isPreview && <SyncFromPreview run={run} since={since} />}
          {run.outcome !== null && <RunAgain run={run} isPrimary={!isPreview} />}
          <CopyLink runId={run.id} />
          <ExportReport run={run} />
        </>
      }
      body="table"
    >
      <div className={css.top}>
        {progress && (
          <Panel tone="busy">
            <Progress progress={progress} startedAt={run.startedAt} words={wordsOfRun(run)} />
          </Panel>
        )}
        {run.fault && (
          <Trouble
            fault={run.fault}
            actions={<FixLink fault={run.fault} entity={run.entity ?? 'quotes'} tenantId={run.tenantId} />}
          />
        )}
        {isPreview && run.outcome !== null && <PreviewBar run={run} since={since} />}
        {isPreview && run.outcome !== null && run.counts.customers.created > 0 && (
          <AlikeNote tenantId={run.tenantId} />
        )}
        <CountsTable
          counts={progress?.counts ?? run.counts}
          words={wordsOfRun(run)}
          linkTo={(entity, kind) => linkTo(run.id, entity, kind)}
          chosen={chosen}
        />
        <Tabs label="Parts of this run" shown={tab} tabs={tabsOf(run.id, after !== null)} />
      </div>
      {tab === 'records' && <RunOutcomes run={run} {...chosen} />}
      {tab === 'plan' && <RunPlan run={run} requests={requests} />}
      {tab === 'log' && <RunLog runId={run.id} />}
      {tab === 'requests' && <RunRequests runId={run.id} />}
      {tab === 'compare' && after && <RunCompare preview={run} run={after} />}
    </Page>
  )
}

const tabsOf = (runId: number, canCompare: boolean): readonly TabLink[] => [
  { id: 'records', name: 'Records', href: `/runs/${runId}` },
  { id: 'plan', name: 'Plan and phases', href: `/runs/${runId}?tab=plan` },
  { id: 'log', name: 'Log', href: `/runs/${runId}?tab=log` },
  { id: 'requests', name: 'Requests', href: `/runs/${runId}?tab=requests` },
  ...(canCompare ? [{ id: 'compare', name: 'What came of it', href: `/runs/${runId}?tab=compare` }] : []),
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
