import { ArrowSwap20Regular } from '@fluentui/react-icons'
import { useCallback, useMemo, useState } from 'react'
import { type Span, wholeSpan } from '../../../app/model/inspector/timing.ts'
import { api } from '../../api.ts'
import { Empty } from '../../ui/empty.tsx'
import { useNarrow } from '../../ui/table/hidden.ts'
import { type Picked, Table } from '../../ui/table/table.tsx'
import { useWindows, type Windows } from '../../ui/table/windows.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import { besideDetail, columnsFor, type ExchangeRow, whenNarrow } from './columns.tsx'

type ListProps = {
  readonly q: string
  readonly upTo: number
  readonly openId: number | null
  readonly onOpen: (id: number) => void
  readonly tenantName: (id: number | null) => string
  readonly picked: Picked
  /** Told whether the list stands at its top. */
  readonly onTop: (isAtTop: boolean) => void
  readonly onAll: () => void
}

/** The recorded requests, newest first. */
export function ExchangeList(props: ListProps) {
  const { q, upTo, openId, onOpen, tenantName, picked } = props
  const windows = useWindows(['inspector.list', q, upTo], (window, signal) =>
    api.inspector.list.query({ asked: { q, upTo }, window }, { signal }),
  )
  const { watched, span } = useSpan(windows, props.onTop)
  const columns = useMemo(() => columnsFor({ tenantName, span }), [tenantName, span])
  const isNarrow = useNarrow()
  const hidden = openId !== null ? besideDetail : isNarrow ? whenNarrow : none
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <Table
      name="Requests"
      columns={columns}
      hidden={hidden}
      windows={watched}
      rowKey={(row) => String(row.id)}
      selected={openId === null ? null : String(openId)}
      picked={picked}
      onOpen={(row) => onOpen(row.id)}
      empty={q === '' ? <Nothing /> : <NoMatch onAll={props.onAll} />}
    />
  )
}

const none: ReadonlySet<string> = new Set()
const topRows = 14

/** Follows what is on screen: the waterfall spans those rows together. */
function useSpan(
  windows: Windows<ExchangeRow>,
  onTop: (isAtTop: boolean) => void,
): { readonly watched: Windows<ExchangeRow>; readonly span: Span } {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const { onRange } = windows
  const follow = useCallback(
    (first: number, last: number) => {
      setRange({ first, last })
      onTop(first === 0 && last < topRows * 6)
      onRange(first, last)
    },
    [onRange, onTop],
  )
  const rows: ExchangeRow[] = []
  for (let at = range.first; at <= range.last; at++) {
    const row = windows.rowAt(at)
    if (row) rows.push(row)
  }
  const { fromMs, toMs } = wholeSpan(rows)
  // The same span is the same object: the columns are made anew with each.
  const span = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs])
  return { watched: { ...windows, onRange: follow }, span }
}

function Nothing() {
  return (
    <Empty icon={<ArrowSwap20Regular />} title="No request has been recorded yet">
      <p>Each request to Datto Commerce and Halo appears here, from a sync, a test or an import.</p>
    </Empty>
  )
}

function NoMatch({ onAll }: { onAll: () => void }) {
  return (
    <Empty icon={<ArrowSwap20Regular />} title="No request fits this filter">
      <p>Requests make room for newer ones after a while.</p>
      <button type="button" onClick={onAll}>
        Show all requests
      </button>
    </Empty>
  )
}
