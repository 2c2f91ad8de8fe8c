import { Link } from 'wouter'
import type { Span } from '../../../app/model/inspector/timing.ts'
import type { Answers } from '../../api.ts'
import { bytes, duration } from '../../ui/format.ts'
import { type Column, timeValue } from '../../ui/table/column.ts'
import { Time } from '../../ui/time.tsx'
import { StatusMark } from '../requests/status-mark.tsx'
import css from './inspector.module.css'
import { Bar } from './waterfall.tsx'
import { hostWords } from './words.ts'

export type ExchangeRow = Answers['inspector']['list']['rows'][number]

type ColumnParts = {
  readonly tenantName: (id: number | null) => string
  /** What the rows on screen span together. */
  readonly span: Span
}

/** Shown beside an open exchange, where there is half the room. */
export const besideDetail: ReadonlySet<string> = new Set([
  'tenant',
  'host',
  'size',
  'run',
  'waterfall',
  'took',
  'try',
])
/** In a window that is narrow. */
export const whenNarrow: ReadonlySet<string> = new Set(['tenant', 'size', 'try'])

export function columnsFor({ tenantName, span }: ColumnParts): readonly Column<ExchangeRow>[] {
  return [
    {
      id: 'at',
      title: 'When',
      min: 96,
      cell: (row) => <Time at={row.startedAt} />,
      value: (row) => timeValue(row.startedAt),
      fileTitle: 'When (UTC)',
    },
    {
      id: 'status',
      title: 'Answer',
      min: 132,
      cell: (row) => <StatusMark exchange={row} />,
      value: (row) => row.status,
    },
    { id: 'tenant', title: 'Tenant', min: 110, grow: 1.2, cell: (row) => tenantName(row.tenantId) },
    {
      id: 'host',
      title: 'To',
      min: 82,
      cell: (row) => <span title={row.server}>{hostWords[row.host]}</span>,
    },
    { id: 'method', title: 'Method', min: 68, cell: (row) => row.method },
    {
      id: 'path',
      title: 'Path',
      min: 140,
      grow: 4,
      cell: (row) => <span title={row.url}>{pathOf(row)}</span>,
      value: (row) => row.url,
    },
    {
      id: 'took',
      title: 'Took',
      min: 74,
      align: 'end',
      cell: (row) => duration(row.totalMs),
      value: (row) => row.totalMs,
    },
    {
      id: 'size',
      title: 'Size',
      min: 74,
      align: 'end',
      cell: (row) => <Size row={row} />,
      value: (row) => row.responseBytes,
    },
    {
      id: 'try',
      title: 'Try',
      min: 52,
      align: 'end',
      cell: (row) => (row.attempt > 1 ? <strong>{row.attempt}</strong> : row.attempt),
      value: (row) => row.attempt,
    },
    {
      id: 'run',
      title: 'For',
      min: 84,
      cell: (row) => <Purpose row={row} />,
      value: (row) => row.runId ?? row.purpose,
    },
    { id: 'waterfall', title: 'Waterfall', min: 130, grow: 2, cell: (row) => <Bar row={row} span={span} /> },
  ]
}

function Size({ row }: { row: ExchangeRow }) {
  const size = Math.max(row.responseBytes ?? 0, row.requestBytes ?? 0)
  if (row.responseBytes === null && row.requestBytes === null) return <span className="quiet">–</span>
  return (
    <span title={row.isCut ? 'Only its beginning was kept.' : undefined}>
      {bytes(size)}
      {row.isCut && <span className={css.cut}> cut</span>}
    </span>
  )
}

const purposes: Partial<Record<ExchangeRow['purpose'], string>> = {
  test: 'Test',
  import: 'Import',
  replay: 'Sent again',
}

function Purpose({ row }: { row: ExchangeRow }) {
  if (row.runId !== null) {
    return (
      <Link href={`/runs/${row.runId}?tab=requests`} tabIndex={-1}>
        Run {row.runId}
      </Link>
    )
  }
  return <span className="quiet">{purposes[row.purpose] ?? row.purpose}</span>
}

/** The address without the server, which the column before it tells. */
export function pathOf({ url, path }: Pick<ExchangeRow, 'url' | 'path'>): string {
  const query = url.indexOf('?')
  return query < 0 ? path : path + url.slice(query)
}
