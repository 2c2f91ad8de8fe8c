import { History20Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import type { RunKind, RunOutcome } from '../../../app/model/outcome.ts'
import { api } from '../../api.ts'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Choice, TenantChoice, useTenants } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/table/hidden.ts'
import { Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import { runKindWords, runOutcomeWords } from '../../words.ts'
import { columnsFor } from './columns.tsx'

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
