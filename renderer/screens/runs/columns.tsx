import { Settings16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import type { Run } from '../../../app/model/outcome.ts'
import type { TimelineRow } from '../../api.ts'
import { readOf, totalOf } from '../../ui/counts.tsx'
import { count, duration } from '../../ui/format.ts'
import { Mark, RunMark } from '../../ui/mark.tsx'
import type { Column } from '../../ui/table/table.tsx'
import { Time } from '../../ui/time.tsx'
import { runKindWords, runOutcomeWords, triggerWords } from '../../words.ts'
import { changeWords, whoWords } from './change-detail.tsx'

type RunColumn = Omit<Column<TimelineRow>, 'cell' | 'value'> & {
  readonly of: (run: Run) => string | number | null
}

/** A figure that only runs have. */
const ofRun = ({ of, ...column }: RunColumn): Column<TimelineRow> => ({
  align: 'end',
  ...column,
  cell: (row) => {
    const value = row.type === 'run' ? of(row.run) : null
    return typeof value === 'number' ? count(value) : value
  },
  value: (row) => (row.type === 'run' ? of(row.run) : null),
})

const counted = (id: 'created' | 'updated' | 'skipped' | 'failed', title: string): Column<TimelineRow> => ({
  ...ofRun({ id, title, min: 72, of: (run) => totalOf(run.counts)[id] }),
  cell: (row) => {
    if (row.type !== 'run') return null
    const value = totalOf(row.run.counts)[id]
    return (
      <span className={value === 0 ? 'quiet' : id === 'failed' ? 'failed' : undefined}>{count(value)}</span>
    )
  },
})

const took = ({ startedAt, endedAt }: Run): string | null =>
  endedAt && duration(Date.parse(endedAt) - Date.parse(startedAt))
const nameOf = ({ kind, id }: Run): string => `${runKindWords[kind]} ${id}`

/** The columns of the timeline. */
export function columnsFor(tenantName: (tenantId: number) => string): readonly Column<TimelineRow>[] {
  const tenantOf = (row: TimelineRow): string => {
    if (row.type === 'run') return tenantName(row.run.tenantId)
    const { tenantId, tenantName: was } = row.change
    return tenantId === null ? '' : tenantName(tenantId) || (was ?? '')
  }
  return [
    {
      id: 'result',
      title: 'Result',
      min: 126,
      cell: (row) =>
        row.type === 'run' ? (
          <RunMark outcome={row.run.outcome} />
        ) : (
          <Mark tone="quiet" icon={<Settings16Regular />}>
            Changed
          </Mark>
        ),
      value: (row) => (row.type === 'run' ? runOutcomeWords[row.run.outcome ?? 'running'] : 'Changed'),
    },
    {
      id: 'run',
      title: 'Run or change',
      min: 140,
      grow: 2,
      cell: (row) =>
        row.type === 'run' ? (
          <Link href={`/runs/${row.run.id}`} tabIndex={-1}>
            {nameOf(row.run)}
          </Link>
        ) : (
          <span title={changeWords(row.change)}>{changeWords(row.change)}</span>
        ),
      value: (row) => (row.type === 'run' ? nameOf(row.run) : changeWords(row.change)),
    },
    {
      id: 'tenant',
      title: 'Tenant',
      min: 110,
      grow: 1.2,
      cell: (row) => <span title={tenantOf(row)}>{tenantOf(row)}</span>,
      value: tenantOf,
    },
    {
      id: 'started',
      title: 'When',
      min: 104,
      grow: 0.8,
      cell: (row) => <Time at={row.type === 'run' ? row.run.startedAt : row.change.at} />,
      value: (row) => (row.type === 'run' ? row.run.startedAt : row.change.at),
    },
    {
      id: 'trigger',
      title: 'Who',
      min: 110,
      grow: 1,
      cell: (row) => (
        <span className="quiet">
          {row.type === 'run' ? triggerWords[row.run.trigger] : whoWords(row.change.who)}
        </span>
      ),
      value: (row) => (row.type === 'run' ? triggerWords[row.run.trigger] : whoWords(row.change.who)),
    },
    ofRun({ id: 'took', title: 'Took', min: 86, of: took }),
    ofRun({ id: 'requests', title: 'Requests', min: 78, of: (run) => run.requests }),
    ofRun({ id: 'read', title: 'Read', min: 78, of: (run) => readOf(totalOf(run.counts)) }),
    counted('created', 'Created'),
    counted('updated', 'Updated'),
    counted('skipped', 'Skipped'),
    counted('failed', 'Failed'),
  ]
}
