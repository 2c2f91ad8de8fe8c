import { useMemo } from 'react'
import { readFilter } from '../../../app/model/inspector/filter-line.ts'
import { withTerms } from '../../../app/model/inspector/suggest.ts'
import type { Picked } from '../../ui/table/table.tsx'
import type { useInspectorAddress } from './address.ts'
import { DeepSearch } from './deep-search.tsx'
import { DetailPane } from './detail.tsx'
import { ExchangeList } from './exchange-list.tsx'
import { Groups } from './groups.tsx'
import { Split } from './split.tsx'
import { Timeline } from './timeline.tsx'

type PaneProps = {
  readonly address: ReturnType<typeof useInspectorAddress>
  readonly upTo: number
  readonly tenantName: (id: number | null) => string
  readonly picked: Picked
  readonly onTop: (isAtTop: boolean) => void
  /** Saves the exchange that is open. */
  readonly onSave: (what: 'har' | 'report') => void
}

/** Counts over time, then the list or the causes on the left and one request on the right. */
export function Panes(props: PaneProps) {
  const { address, upTo, onSave } = props
  const { at, filter, open, compareWith } = address
  const hasText = useMemo(() => readFilter(at.q).terms.some(({ key }) => key === 'text'), [at.q])
  const between = (since: string, until: string): void => filter(withTerms(at.q, { since, until }))
  const detail =
    at.id === null ? null : (
      <DetailPane
        {...{ id: at.id, tab: at.tab, other: at.other, onSave }}
        onOpen={(id, tab) => open(id, tab)}
        onCompare={compareWith}
      />
    )
  return (
    <>
      <Timeline q={at.q} upTo={upTo} onPick={between} />
      {hasText && <DeepSearch q={at.q} upTo={upTo} onOpen={open} />}
      <Split name="inspector" left={<Left {...props} />} right={detail} />
    </>
  )
}

function Left({ address, upTo, tenantName, picked, onTop }: PaneProps) {
  const { at, filter, open } = address
  const showCause = (cause: string, since?: string, until?: string): void =>
    filter(withTerms(at.q, { cause, ...(since && until ? { since, until } : {}) }))
  return at.isGrouped ? (
    <Groups q={at.q} upTo={upTo} onOpen={open} onFilter={showCause} />
  ) : (
    <ExchangeList
      {...{ q: at.q, upTo, openId: at.id, onOpen: open, tenantName, onTop, picked }}
      onAll={() => filter('')}
    />
  )
}
