import { Link } from 'wouter'
import type { Run } from '../../../app/model/outcome.ts'
import { readOf, totalOf } from '../../ui/counts.tsx'
import { count, duration } from '../../ui/format.ts'
import { RunMark } from '../../ui/mark.tsx'
import type { Column } from '../../ui/table/table.tsx'
import { Time } from '../../ui/time.tsx'
import { runKindWords, triggerWords } from '../../words.ts'

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

/** The columns of the list of runs. */
export function columnsFor(nameOf: (tenantId: number) => string): readonly Column<Run>[] {
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
