import { Button, Input } from '@fluentui/react-components'
import { FilterDismiss16Regular, History20Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { type RunOutcome, runKinds } from '../../../app/model/outcome.ts'
import { api, type TimelineRow } from '../../api.ts'
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
import { ChangeDetail } from './change-detail.tsx'
import { columnsFor } from './columns.tsx'
import { DayChart } from './day-chart.tsx'
import { dayNamed } from './days.ts'
import css from './run-page.module.css'

const kinds = [...runKinds, 'settings'] as const
const kindWords: Record<(typeof kinds)[number], string> = { ...runKindWords, settings: 'Changes of settings' }
const outcomes: readonly (RunOutcome | 'running')[] = ['running', 'done', 'partial', 'stopped', 'cancelled']

/** What happened, newest first: runs, and changes of settings with who did them. */
export function RunList() {
  const [, go] = useLocation()
  const { get, set } = useAddress()
  const asked = useAsked()
  const { filter, day } = asked
  const windows = useWindows(['timeline.list', filter], (window, signal) =>
    api.timeline.list.query({ filter, window }, { signal }),
  )
  const tenants = useTenants()
  const columns = useMemo(
    () => columnsFor((id) => tenants.find((each) => each.id === id)?.name ?? ''),
    [tenants],
  )
  const isNarrow = useNarrow()
  const change = idIn(get('change'))
  const open = (row: TimelineRow): void => {
    if (row.type === 'run') go(`/runs/${row.run.id}`)
    else set({ change: String(row.change.id) })
  }
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Page
      title="Runs"
      beside={windows.total !== null && <span className="quiet number">{count(windows.total)}</span>}
      body="table"
      filters={<Filters isFiltered={isFiltered} />}
    >
      <DayChart filter={asked.ofDays} chosen={day?.key ?? null} />
      {windows.error !== null && windows.total === null ? (
        <Unanswered error={windows.error} />
      ) : (
        <div className={css.split} data-open={change ? true : undefined}>
          <div className={css.list}>
            <Table
              name="Runs"
              columns={columns}
              hidden={change ? (isNarrow ? besideNarrow : besideDetail) : isNarrow ? narrowHidden : allShown}
              windows={windows}
              rowKey={keyOf}
              selected={change === null ? null : `change ${change}`}
              onOpen={open}
              empty={isFiltered ? <NoMatch /> : <NoRuns />}
            />
          </div>
          {change !== null && <ChangeDetail id={change} onClose={() => set({ change: null })} />}
        </div>
      )}
    </Page>
  )
}

const keyOf = (row: TimelineRow): string =>
  row.type === 'run' ? `run ${row.run.id}` : `change ${row.change.id}`

/** What the address asks for. */
function useAsked() {
  const { get } = useAddress()
  const tenantId = idIn(get('tenant'))
  const kind = oneOf(kinds, get('kind'))
  const outcome = oneOf(outcomes, get('outcome'))
  const day = dayNamed(get('day'))
  const ofDays = { ...(tenantId && { tenantId }), ...(kind && { kind }) }
  return {
    day,
    ofDays,
    filter: { ...ofDays, ...(outcome && { outcome }), ...(day && { from: day.from, to: day.to }) },
  }
}

function Filters({ isFiltered }: { isFiltered: boolean }) {
  const { get, set } = useAddress()
  return (
    <>
      <TenantChoice />
      <Choice
        name="kind"
        label="Kind"
        all="Runs and changes"
        choices={kinds.map((each) => [each, kindWords[each]] as const)}
      />
      <Choice
        name="outcome"
        label="Result"
        all="All results"
        choices={outcomes.map((each) => [each, runOutcomeWords[each]] as const)}
      />
      <Input
        type="date"
        size="small"
        aria-label="Day"
        value={dayNamed(get('day'))?.key ?? ''}
        onChange={(_, { value }) => set({ day: value })}
      />
      {isFiltered && (
        <Button
          size="small"
          appearance="subtle"
          icon={<FilterDismiss16Regular />}
          onClick={() => set({ tenant: null, kind: null, outcome: null, day: null })}
        >
          Clear
        </Button>
      )}
    </>
  )
}

const narrowHidden: ReadonlySet<string> = new Set(['trigger', 'read', 'skipped'])
const besideDetail: ReadonlySet<string> = new Set([
  ...['trigger', 'took', 'requests', 'read', 'created', 'updated', 'skipped', 'failed'],
])
const besideNarrow: ReadonlySet<string> = new Set([...besideDetail, 'tenant'])
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
