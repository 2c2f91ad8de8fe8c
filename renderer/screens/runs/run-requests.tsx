import { ArrowSwap20Regular } from '@fluentui/react-icons'
import { Link, useLocation } from 'wouter'
import { api, type ExchangeBrief } from '../../api.ts'
import { Empty } from '../../ui/empty.tsx'
import { duration } from '../../ui/format.ts'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { StatusMark } from '../requests/status-mark.tsx'

/** The requests that a run made, newest first. */
export function RunRequests({ runId }: { runId: number }) {
  const [, go] = useLocation()
  const windows = useWindows(['exchanges.list', runId], (window, signal) =>
    api.exchanges.list.query({ filter: { runId }, window }, { signal }),
  )
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <Table
      name="Requests of this run"
      columns={columns}
      windows={windows}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => go(`/inspector?q=run%3A${runId}&id=${row.id}`)}
      empty={
        <Empty icon={<ArrowSwap20Regular />} title="No request is kept for this run">
          <p>It made none, or they were cleared to make room for newer ones.</p>
        </Empty>
      }
    />
  )
}

/** The address without the host, which is the same in all of them. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}

const columns: readonly Column<ExchangeBrief>[] = [
  {
    id: 'status',
    title: 'Answer',
    min: 120,
    grow: 0.8,
    cell: (row) => <StatusMark exchange={row} />,
  },
  { id: 'method', title: 'Method', min: 76, cell: (row) => row.method },
  {
    id: 'path',
    title: 'Path',
    min: 220,
    grow: 4,
    cell: (row) => (
      <Link href={`/inspector?q=run%3A${row.runId}&id=${row.id}`} tabIndex={-1} title={row.url}>
        {pathOf(row.url)}
      </Link>
    ),
  },
  { id: 'attempt', title: 'Try', min: 60, align: 'end', cell: (row) => row.attempt },
  { id: 'took', title: 'Took', min: 90, align: 'end', cell: (row) => duration(row.totalMs) },
  { id: 'at', title: 'When', min: 110, grow: 1, cell: (row) => <Time at={row.startedAt} /> },
]
