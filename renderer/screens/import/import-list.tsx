import { Button } from '@fluentui/react-components'
import {
  Add16Regular,
  ArrowUndo16Regular,
  Delete16Regular,
  TableArrowUp24Regular,
} from '@fluentui/react-icons'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api, useAsk, useCommand } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Page } from '../../ui/page.tsx'
import table from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import type { ImportBrief } from './asks.ts'
import { DropAnywhere, handOver } from './drop.tsx'
import { StateMark } from './state-mark.tsx'
import { UndoDialog } from './undo-dialog.tsx'
import { beginnerWords, isTouchedByUndo, mostToRemove } from './undo-words.ts'

/** All imports: drafts to go on with, and what was imported before. */
export function ImportList() {
  const [, go] = useLocation()
  const { data, error, refetch } = useAsk(['imports.list'], (signal) =>
    api.imports.list.query(undefined, { signal }),
  )
  const begin = (
    <Button appearance="primary" size="small" icon={<Add16Regular />} onClick={() => go('/import/new')}>
      New import
    </Button>
  )
  return (
    <Page title="Import" actions={data && data.length > 0 && begin}>
      <DropAnywhere
        onDropped={(dropped) => {
          handOver(dropped)
          go('/import/new')
        }}
      />
      {error ? (
        <Unanswered error={error} again={() => void refetch()} />
      ) : !data ? (
        <Skeleton />
      ) : data.length === 0 ? (
        <Empty icon={<TableArrowUp24Regular />} title="Nothing was imported yet" actions={begin}>
          Historic customers, products, quotes and sales orders come from a spreadsheet: xlsx, xls or csv.
          Every row is checked and previewed before anything is written to Halo.
        </Empty>
      ) : (
        <List imports={data} />
      )}
    </Page>
  )
}

function List({ imports }: { imports: readonly ImportBrief[] }) {
  const tenants = useTenants()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and only what has the focus scrolls by key
    <section className={table.frame} tabIndex={0} aria-label="Imports">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">What</th>
            <th scope="col">Read</th>
            <th scope="col">State</th>
            <th scope="col">Written</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <Row
              key={one.id}
              one={one}
              tenant={tenants.find(({ id }) => id === one.tenantId)?.name ?? 'removed'}
              isAgain={imports.some((other) => other.id !== one.id && other.hash === one.hash)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ one, tenant, isAgain }: { one: ImportBrief; tenant: string; isAgain: boolean }) {
  const notices = useNotices()
  const [isAsking, setAsking] = useState(false)
  const remove = useCommand(() => api.imports.remove.mutate({ id: one.id }))
  const { created, updated, failed } = one.done
  return (
    <tr>
      <th scope="row">
        <Link href={`/import/${one.id}`}>{one.fileName}</Link>
        <div className="quiet" title={`SHA-256 ${one.hash}`}>
          {isAgain ? 'The same file is here more than once' : `SHA-256 ${one.hash.slice(0, 12)}…`}
        </div>
      </th>
      <td>
        {entityWords[one.entity].many}
        <div className="quiet">
          {tenant}, {plural(one.rows, 'row')}
        </div>
      </td>
      <td>
        <Time at={one.readAt} />
        {one.begun && <div className="quiet">begun by {beginnerWords(one.begun)}</div>}
      </td>
      <td>
        <StateMark state={one.state} />
      </td>
      <td className={table.wrap}>
        {one.state === 'draft'
          ? 'nothing yet'
          : `${count(created)} created, ${count(updated)} updated, ${count(failed)} failed`}
        {isTouchedByUndo(one.state) && (
          <div className="quiet">
            {count(one.undo.counts.removed)} removed, {count(one.undo.counts.left)} left alone
          </div>
        )}
        <div>
          {one.importRunId !== null ? (
            <Link href={`/runs/${one.importRunId}`}>Run {one.importRunId}</Link>
          ) : (
            one.previewRunId !== null && (
              <Link href={`/runs/${one.previewRunId}`}>Preview {one.previewRunId}</Link>
            )
          )}
        </div>
      </td>
      <td>
        {one.undo.obstacle === null && (
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowUndo16Regular />}
            aria-label={`Undo this import: ${one.fileName}…`}
            title={`Removes from Halo what it created and nothing else has touched: up to ${plural(mostToRemove(one), 'record')}.`}
            onClick={() => setAsking(true)}
          />
        )}
        {isAsking && <UndoDialog one={one} onClose={() => setAsking(false)} />}
        <Button
          size="small"
          appearance="subtle"
          icon={<Delete16Regular />}
          aria-label={`Remove ${one.fileName} from this list`}
          title={`Removes ${plural(one.rows, 'row')} from this list; Halo keeps its records, and the import can no longer be undone.`}
          disabled={one.state === 'running' || one.state === 'undoing' || remove.isBusy}
          onClick={async () => notices.tell(await remove.run(undefined), 'Removed. Halo keeps its records.')}
        />
      </td>
    </tr>
  )
}
