import { History20Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import type { Run, RunKind, RunOutcome } from '../../../app/model/outcome.ts'
import { api } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { readOf, totalOf } from '../../ui/counts.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count, duration } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/table/hidden.ts'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { runKindWords, runOutcomeWords, triggerWords } from '../../words.ts'

const kinds: readonly RunKind[] = ['sync', 'preview', 'retry', 'reconcile']
const outcomes: readonly (RunOutcome | 'running')[] = ['running', 'done', 'partial', 'stopped', 'cancelled']

/** Every run, newest first. */
export function RunList() {
  const [, go] = useLocation()
  const { get } = useAddress()
  const tenantId = idIn(get('tenant'))
  const kind = oneOf(kinds, get('kind'))
  const outcome = oneOf(outcomes, get('outcome'))
  const filter = { ...(tenantId && { tenantId }), ...(kind && { kind }), ...(outcome && { outcome }) }
  const windows = useWindows(['runs.list', filter], (window, signal) =>
    api.runs.list.query({ filter, window }, { signal }),
  )
  const tenants = useTenants()
  const columns = useMemo(
    () => columnsFor((id) => tenants.find((each) => each.id === id)?.name ?? ''),
    [tenants],
  )
  const isNarrow = useNarrow()
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Page
      title="Runs"
      beside={windows.total !== null && <span className="quiet number">{count(windows.total)}</span>}
      body="table"
      filters={
        <>
          <TenantChoice />
          <Choice
            name="kind"
            label="Kind"
            all="All kinds"
            choices={kinds.map((each) => [each, runKindWords[each]] as const)}
          />
          <Choice
            name="outcome"
            label="Result"
            all="All results"
            choices={outcomes.map((each) => [each, runOutcomeWords[each]] as const)}
          />
        </>
      }
    >
      {windows.error !== null && windows.total === null ? (
        <Unanswered error={windows.error} />
      ) : (
        <Table
          name="Runs"
          columns={columns}
          hidden={isNarrow ? narrowHidden : allShown}
          windows={windows}
          rowKey={(run) => String(run.id)}
          onOpen={(run) => go(`/runs/${run.id}`)}
          empty={isFiltered ? <NoMatch /> : <NoRuns />}
        />
      )}
    </Page>
  )
}

const narrowHidden: ReadonlySet<string> = new Set(['trigger', 'read', 'skipped'])
const allShown: ReadonlySet<string> = new Set()

function NoRuns() {
  return (
    <Empty icon={<History20Regular />} title="No run yet">
      <p>A run copies what changed in Commerce to Halo, by schedule or when you ask for it.</p>
      <Link href="/">Go to the overview to start one</Link>
    </Empty>
  )
}

function NoMatch() {
  return (
    <Empty icon={<History20Regular />} title="No run matches these filters">
      <Link href="/runs">Show all runs</Link>
    </Empty>
  )
}

function columnsFor(nameOf: (tenantId: number) => string): readonly Column<Run>[] {
  const counted = (id: 'created' | 'updated' | 'skipped' | 'failed', title: string): Column<Run> => ({
    id,
    title,
    min: 72,
    align: 'end',
    cell: (run) => {
      const value = totalOf(run.counts)[id]
      return (
        <span className={value === 0 ? 'quiet' : id === 'failed' ? 'failed' : undefined}>{count(value)}</span>
      )
    },
  })
  return [
    {
      id: 'result',
      title: 'Result',
      min: 126,
      grow: 1,
      cell: (run) => <RunMark outcome={run.outcome} />,
    },
    {
      id: 'run',
      title: 'Run',
      min: 120,
      grow: 1,
      cell: (run) => (
        <Link href={`/runs/${run.id}`} tabIndex={-1}>
          {runKindWords[run.kind]} {run.id}
        </Link>
      ),
    },
    {
      id: 'tenant',
      title: 'Tenant',
      min: 120,
      grow: 1.6,
      cell: (run) => <span>{nameOf(run.tenantId)}</span>,
    },
    {
      id: 'started',
      title: 'Started',
      min: 110,
      grow: 1,
      cell: (run) => <Time at={run.startedAt} />,
    },
    {
      id: 'trigger',
      title: 'Why',
      min: 110,
      grow: 1,
      cell: (run) => <span className="quiet">{triggerWords[run.trigger]}</span>,
    },
    {
      id: 'took',
      title: 'Took',
      min: 86,
      align: 'end',
      cell: (run) => run.endedAt && duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)),
    },
    { id: 'requests', title: 'Requests', min: 78, align: 'end', cell: (run) => count(run.requests) },
    {
      id: 'read',
      title: 'Read',
      min: 78,
      align: 'end',
      cell: (run) => count(readOf(totalOf(run.counts))),
    },
    counted('created', 'Created'),
    counted('updated', 'Updated'),
    counted('skipped', 'Skipped'),
    counted('failed', 'Failed'),
  ]
}
