import { Button } from '@fluentui/react-components'
import type { Exchange } from '../../../app/model/exchange.ts'
import { compareBodies, compareHeaders, type Difference } from '../../../app/model/inspector/compare.ts'
import { api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import plain from '../../ui/plain-table.module.css'
import css from './detail.module.css'

type CompareProps = { readonly exchange: Exchange; readonly otherId: number; readonly onEnd: () => void }

/** What differs between two requests: address, answer, headers, bodies by their values. */
export function CompareTab({ exchange, otherId, onEnd }: CompareProps) {
  const other = useAsk(['inspector.get', otherId], (signal) =>
    api.inspector.get.query({ id: otherId }, { signal }),
  )
  if (other.data === undefined && !other.error) return <Skeleton lines={5} />
  const end = (
    <Button size="small" onClick={onEnd}>
      End the comparison
    </Button>
  )
  if (!other.data) return <p>The request that was kept for comparison is gone. {end}</p>
  const left = other.data.exchange
  return (
    <div className={css.parts}>
      <p>
        Request {left.id} on the left, request {exchange.id} on the right. {end}
      </p>
      <Differences title="Request and answer" found={heads(left, exchange)} />
      <Differences
        title="Headers of the request"
        found={compareHeaders(left.requestHeaders, exchange.requestHeaders)}
      />
      <Differences
        title="Body of the request"
        found={compareBodies(left.requestBody?.text ?? null, exchange.requestBody?.text ?? null)}
      />
      <Differences
        title="Headers of the answer"
        found={compareHeaders(left.responseHeaders, exchange.responseHeaders)}
      />
      <Differences
        title="Body of the answer"
        found={compareBodies(left.responseBody?.text ?? null, exchange.responseBody?.text ?? null)}
      />
    </div>
  )
}

function heads(left: Exchange, right: Exchange): readonly Difference[] {
  const facts = ({
    method,
    url,
    status,
    faultCode,
    timing,
  }: Exchange): readonly (readonly [string, string])[] => [
    ['method', method],
    ['address', url],
    ['status', String(status)],
    ['trouble', faultCode ?? 'none'],
    ['milliseconds', String(Math.round(timing.totalMs))],
  ]
  return compareHeaders(facts(left), facts(right))
}

function Differences({ title, found }: { title: string; found: readonly Difference[] }) {
  return (
    <section>
      <h3 className={css.partTitle}>
        {title} {found.length === 0 ? <span className="quiet">are the same</span> : `(${found.length})`}
      </h3>
      {found.length > 0 && (
        <div className={plain.frame}>
          <table className={plain.table} aria-label={title}>
            <tbody>
              {found.map(({ name, left, right }) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <Side text={left} />
                  <Side text={right} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Side({ text }: { text: string | null }) {
  return (
    <td className={plain.wrap}>
      {text === null ? <span className="quiet">not there</span> : <code>{text.slice(0, 2_000)}</code>}
    </td>
  )
}
