import { Link } from 'wouter'
import { api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { amount, plural } from '../../ui/format.ts'
import { StateMark } from '../../ui/mark.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords, statusWord } from '../../words.ts'
import css from './record.module.css'

const shownRows = 50

type OfCustomerProps = {
  readonly tenantId: number
  readonly customerId: number
  readonly entity: 'quotes' | 'salesOrders'
}

/** The quotes or sales orders of a customer, newest first. */
export function OfCustomer({ tenantId, customerId, entity }: OfCustomerProps) {
  const query = { tenantId, customerId, entity, sort: 'modifiedAt' as const, isDescending: true }
  const { data, error } = useAsk(['records.list', query], (signal) =>
    api.records.list.query({ query, window: { offset: 0, limit: shownRows } }, { signal }),
  )
  const { one, many, path } = entityWords[entity]
  if (error) return <Unanswered error={error} />
  if (!data) return <Skeleton lines={5} />
  if (data.total === 0)
    return <p className="quiet">{`No ${many.toLowerCase()} of this customer were synced.`}</p>
  return (
    <div className={css.pair}>
      <p>
        <Link href={`${path}?tenant=${tenantId}&customer=${customerId}`}>
          {`${plural(data.total, one)} in the list`}
        </Link>
        {data.total > shownRows && <span className="quiet">{`, the newest ${shownRows} are here`}</span>}
      </p>
      <div className={plain.frame}>
        <table className={`${plain.table} ${css.lines}`} aria-label={many}>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">Title</th>
              <th scope="col">Status</th>
              <th scope="col" data-align="end">
                One-off total
              </th>
              <th scope="col">Changed</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.commerceId}>
                <td>
                  <Link href={`${path}/${tenantId}/${row.commerceId}`}>{row.number || row.commerceId}</Link>
                </td>
                <td className={css.text}>{row.name}</td>
                <td>{statusWord(entity, row.status)}</td>
                <td data-align="end">
                  {row.amount !== null && <span title={String(row.amount)}>{amount(row.amount)}</span>}
                </td>
                <td>
                  <Time at={row.modifiedAt} />
                </td>
                <td>
                  <StateMark kind={row.lastKind} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
