import { useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api, type FailureGroup, type FailureRow } from '../../api.ts'
import { useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Search } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './attention.module.css'
import { IgnoreButton, ReopenButton, RetryButton } from './failure-acts.tsx'
import { FailureMark, type FailureState } from './failure-words.tsx'

type TableProps = { readonly group: FailureGroup; readonly state: FailureState }

/** The records of one cause, newest first; those that are picked can be tried again or left alone together. */
export function FailureTable({ group, state }: TableProps) {
  const [, go] = useLocation()
  const { get } = useAddress()
  const search = get('q')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const isHealed = state === 'closed'
  // A parked or healed record keeps what it failed by; its kind is told by its state alone.
  const kind = isHealed ? {} : { kind: group.kind }
  const filter = { group: group.key, state, ...kind, ...(search && { search }) }
  const windows = useWindows(['failures.list', filter], (window, signal) =>
    api.failures.list.query({ filter, window }, { signal }),
  )
  const columns = useMemo(() => columnsFor(state), [state])
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  const canPick = !isHealed
  return (
    <>
      <div className={css.tools}>
        <Search placeholder="Find a record" />
        {picked.size > 0 && (
          <PickedActs group={group} state={state} picked={picked} onDone={() => setPicked(new Set())} />
        )}
      </div>
      <Table
        name="Records with this cause"
        columns={columns}
        windows={windows}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => go(`/attention/${row.id}`)}
        {...(canPick && {
          picked: { keys: picked, onChange: setPicked, nameOf: (key: string) => `record ${key}` },
        })}
        empty={search ? <Empty icon={null} title="No record matches" /> : null}
      />
    </>
  )
}

type PickedProps = TableProps & { readonly picked: ReadonlySet<string>; readonly onDone: () => void }

function PickedActs({ group, state, picked, onDone }: PickedProps) {
  const { one, many } = entityWords[group.entity]
  const which = { ids: [...picked].map(Number) }
  const more = { which, what: plural(picked.size, one, many.toLowerCase()), onDone }
  if (state === 'ignored') return <ReopenButton {...more} label={`Take back ${picked.size} selected`} />
  return (
    <>
      <RetryButton {...more} label={`Retry ${picked.size} selected`} />
      <IgnoreButton {...more} label={`Ignore ${picked.size} selected`} />
    </>
  )
}

function columnsFor(state: FailureState): readonly Column<FailureRow>[] {
  const label: Column<FailureRow> = {
    id: 'label',
    title: 'Record',
    min: 140,
    grow: 2,
    cell: (row) => (
      <Link href={`/attention/${row.id}`} tabIndex={-1} title={row.label}>
        {row.label}
      </Link>
    ),
    value: (row) => row.label,
  }
  const tries: Column<FailureRow>[] = [
    { id: 'tries', title: 'Tries', min: 60, align: 'end', cell: (row) => row.tries },
    {
      id: 'first',
      title: 'First',
      min: 100,
      grow: 1,
      cell: (row) => <Time at={row.firstAt} />,
      value: (row) => row.firstAt,
    },
    {
      id: 'last',
      title: 'Last',
      min: 100,
      grow: 1,
      cell: (row) => <Time at={row.lastAt} />,
      value: (row) => row.lastAt,
    },
  ]
  return [label, ...tries, lastColumn(state)]
}

function lastColumn(state: FailureState): Column<FailureRow> {
  if (state === 'ignored') {
    const reason = (row: FailureRow) => row.ignoredReason ?? ''
    return {
      id: 'reason',
      title: 'Reason',
      min: 140,
      grow: 2,
      cell: (row) => <span title={reason(row)}>{reason(row)}</span>,
      value: reason,
    }
  }
  if (state === 'closed')
    return {
      id: 'healed',
      title: 'Healed',
      min: 100,
      grow: 1,
      cell: (row) => <Time at={row.closedAt} />,
      value: (row) => row.closedAt,
    }
  return {
    id: 'next',
    title: 'Next try',
    min: 110,
    grow: 1,
    cell: (row) =>
      row.isParked ? <FailureMark failure={row} /> : <Time at={row.nextTryAt} none="By hand" />,
    value: (row) => (row.isParked ? 'Parked' : row.nextTryAt),
  }
}
