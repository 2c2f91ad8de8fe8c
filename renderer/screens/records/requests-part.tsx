import { Link } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { type Answers, api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { duration } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { StatusMark } from '../requests/status-mark.tsx'
import css from './record.module.css'

type Which = { readonly tenantId: number; readonly entity: Entity; readonly commerceId: number }

/** The requests behind a record: those of the runs that last touched it which asked for its kind. */
export function RequestsPart(which: Which) {
  const { tenantId, entity, commerceId } = which
  const { data, error } = useAsk(['records.exchanges', tenantId, entity, commerceId], (signal) =>
    api.records.exchanges.query(which, { signal }),
  )
  if (error) return <Unanswered error={error} />
  if (!data) return <Skeleton lines={5} />
  if (data.length === 0)
    return <p className="quiet">None is kept any more: they make room for newer ones after a while.</p>
  const [newest] = data
  return (
    <>
      {newest?.runId != null && (
        <p>
          <Link href={`/inspector?q=${encodeURIComponent(`run:${newest.runId}`)}`}>
            {`All requests of run ${newest.runId} in the inspector`}
          </Link>
        </p>
      )}
      <RequestTable rows={data} />
    </>
  )
}

function RequestTable({ rows }: { rows: Answers['records']['exchanges'] }) {
  return (
    <div className={plain.frame}>
      <table className={`${plain.table} ${css.lines}`} aria-label="Requests">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Request</th>
            <th scope="col" data-align="end">
              Took
            </th>
            <th scope="col">Run</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <StatusMark exchange={row} />
              </td>
              <td className={css.text}>
                <Link href={`/requests/${row.id}`}>{`${row.method} ${pathOf(row.url)}`}</Link>
              </td>
              <td data-align="end">{duration(row.totalMs)}</td>
              <td>{row.runId !== null && <Link href={`/runs/${row.runId}`}>Run {row.runId}</Link>}</td>
              <td>
                <Time at={row.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The address without the host, which is the same in all of them. */
function pathOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? parsed.pathname + parsed.search : url
}
