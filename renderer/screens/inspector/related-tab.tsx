import { Link } from 'wouter'
import type { Exchange } from '../../../app/model/exchange.ts'
import { type CarriedRecord, recordsIn } from '../../../app/model/explain/records.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import type { Answers } from '../../api.ts'
import { duration, plural } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { entityWords } from '../../words.ts'
import { StatusMark } from '../requests/status-mark.tsx'
import { inspectorPath } from './address.ts'
import css from './detail.module.css'
import { FailedRecords } from './failed-records.tsx'

type Detail = NonNullable<Answers['inspector']['get']>

/** Where this request belongs: run, failed records, the records that it carried, what was sent just before and after. */
export function RelatedTab({ detail, onOpen }: { detail: Detail; onOpen: (id: number) => void }) {
  const { exchange, around, failures } = detail
  return (
    <div className={css.parts}>
      <ul className={css.links}>
        {exchange.runId !== null && (
          <>
            <li>
              <Link href={`/runs/${exchange.runId}`}>Run {exchange.runId}</Link>
            </li>
            <li>
              <Link href={inspectorPath(`run:${exchange.runId}`)}>All requests of this run</Link>
            </li>
          </>
        )}
        {exchange.tenantId !== null && (
          <li>
            <Link href={`/tenants/${exchange.tenantId}`}>The tenant</Link>
          </li>
        )}
      </ul>
      <FailedRecords failures={failures} />
      <Carried exchange={exchange} />
      <section>
        <h3 className={css.partTitle}>Just before and after</h3>
        {around.length === 0 ? (
          <p className="quiet">Nothing else was sent.</p>
        ) : (
          <div className={plain.frame}>
            <table className={plain.table} aria-label="Just before and after">
              <tbody>
                {around.map((row) => (
                  <tr key={row.id}>
                    <td>
                      <StatusMark exchange={row} />
                    </td>
                    <td className={plain.wrap}>
                      <button type="button" className={css.link} onClick={() => onOpen(row.id)}>
                        {row.method} {row.path}
                      </button>
                    </td>
                    <td data-align="end">{duration(row.totalMs)}</td>
                    <td>
                      <Time at={row.startedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </div>
  )
}

/** Commerce's lists by the last part of a path, as far as they have a page here. */
const entities: Readonly<Record<string, Entity>> = {
  customer: 'customers',
  product: 'products',
  quote: 'quotes',
  salesorder: 'salesOrders',
}
const mostListed = 100

/** Records by the way they went: those of an answer of Commerce, those that were sent to Halo. */
function Carried({ exchange }: { exchange: Exchange }) {
  const isRead = exchange.host === 'commerce'
  const refusal = exchange.status >= 400 ? (exchange.responseBody?.text ?? null) : null
  const records = recordsIn((isRead ? exchange.responseBody : exchange.requestBody)?.text ?? null, refusal)
  const part = exchange.url
    .split('?')[0]
    ?.split('/')
    .find((each) => entities[each.toLowerCase()])
  const entity = isRead && part ? entities[part.toLowerCase()] : undefined
  if (records.length === 0) return null
  return (
    <section>
      <h3 className={css.partTitle}>{plural(records.length, 'record')} in it</h3>
      <ul className={css.records}>
        {records.slice(0, mostListed).map((record) => (
          <li key={record.index}>
            <Name record={record} entity={entity} tenantId={exchange.tenantId} />
          </li>
        ))}
      </ul>
      {records.length > mostListed && <p className="quiet">The rest is in the body.</p>}
    </section>
  )
}

type NameProps = { record: CarriedRecord; entity: Entity | undefined; tenantId: number | null }

function Name({ record: { label, commerceId }, entity, tenantId }: NameProps) {
  if (!entity || commerceId === null || tenantId === null) {
    return (
      <span>
        {label} {commerceId !== null && <span className="quiet">({commerceId})</span>}
      </span>
    )
  }
  return <Link href={`${entityWords[entity].path}/${tenantId}/${commerceId}`}>{label}</Link>
}
