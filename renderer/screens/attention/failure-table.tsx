import { Button } from '@fluentui/react-components'
import { ArrowClockwise16Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { api, type FailureGroup, type FailureRow, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'

/** The records of one cause, newest first; each can be tried again alone. */
export function FailureTable({ group }: { group: FailureGroup }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const windows = useWindows(['failures.list', group.key], (window, signal) =>
    api.failures.list.query({ filter: { group: group.key }, window }, { signal }),
  )
  const { run, isBusy } = useCommand((id: number) => api.failures.retry.mutate({ ids: [id] }))
  const columns = useMemo(
    () =>
      columnsWith(isBusy, async (row) => {
        notices.tell(await run(row.id), `Trying ${row.label} again.`)
      }),
    [isBusy, run, notices],
  )
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <Table
      name="Records with this cause"
      columns={columns}
      windows={windows}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => go(placeOf(row))}
      empty={null}
    />
  )
}

const placeOf = (row: FailureRow): string =>
  `${entityWords[row.entity].path}/${row.tenantId}/${row.commerceId}`

function columnsWith(isBusy: boolean, retry: (row: FailureRow) => void): readonly Column<FailureRow>[] {
  return [
    {
      id: 'label',
      title: 'Record',
      min: 150,
      grow: 2,
      cell: (row) => (
        <Link href={placeOf(row)} tabIndex={-1} title={row.label}>
          {row.label}
        </Link>
      ),
    },
    { id: 'tries', title: 'Tries', min: 64, align: 'end', cell: (row) => row.tries },
    { id: 'first', title: 'First', min: 100, grow: 1, cell: (row) => <Time at={row.firstAt} /> },
    { id: 'last', title: 'Last', min: 100, grow: 1, cell: (row) => <Time at={row.lastAt} /> },
    {
      id: 'next',
      title: 'Next try',
      min: 100,
      grow: 1,
      cell: (row) =>
        row.isParked ? <span className="quiet">Parked</span> : <Time at={row.nextTryAt} none="By hand" />,
    },
    {
      id: 'retry',
      title: 'Retry',
      min: 92,
      cell: (row) => (
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowClockwise16Regular />}
          disabled={isBusy}
          aria-label={`Retry ${row.label}`}
          onClick={() => retry(row)}
        >
          Retry
        </Button>
      ),
    },
  ]
}
