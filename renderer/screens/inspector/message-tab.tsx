import type { Exchange } from '../../../app/model/exchange.ts'
import { bytes } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { BodyView } from './body-view.tsx'
import css from './detail.module.css'
import { Marked } from './marked.tsx'
import { headerWords } from './words.ts'

type Pairs = Exchange['requestHeaders']

/** What was sent: address, query, headers, body. */
export function RequestTab({ exchange }: { exchange: Exchange }) {
  const { method, url, requestHeaders, requestBody } = exchange
  return (
    <div className={css.parts}>
      <p className={css.url}>
        <strong>{method}</strong> <Marked text={url} search="" />
      </p>
      <Names title="Query" pairs={queryOf(url)} />
      {requestBody ? (
        <section>
          <h3 className={css.partTitle}>Body ({bytes(requestBody.bytes)})</h3>
          <BodyView key={exchange.id} name="body of the request" body={requestBody} />
        </section>
      ) : (
        <p className="quiet">It was sent without a body.</p>
      )}
      <Names title="Headers" pairs={requestHeaders} words={headerWords} />
    </div>
  )
}

/** What came back: body first, since that is what is looked for. */
export function ResponseTab({ exchange }: { exchange: Exchange }) {
  const { status, responseHeaders, responseBody } = exchange
  if (status === 0) return <p className="quiet">No answer came.</p>
  return (
    <div className={css.parts}>
      {responseBody && responseBody.text !== '' ? (
        <section>
          <h3 className={css.partTitle}>
            Body ({bytes(responseBody.bytes)}
            {responseBody.unpackedBytes !== undefined && `, ${bytes(responseBody.unpackedBytes)} unpacked`})
          </h3>
          <BodyView key={exchange.id} name="body of the response" body={responseBody} />
        </section>
      ) : (
        <p className="quiet">The answer had no body.</p>
      )}
      <Names title="Headers" pairs={responseHeaders} words={headerWords} />
    </div>
  )
}

type NamesProps = {
  readonly title: string
  readonly pairs: Pairs
  readonly words?: Readonly<Record<string, string>>
}

function Names({ title, pairs, words = {} }: NamesProps) {
  if (pairs.length === 0) return null
  return (
    <section>
      <h3 className={css.partTitle}>
        {title} ({pairs.length})
      </h3>
      <div className={plain.frame}>
        <table className={`${plain.table} ${css.names}`} aria-label={title}>
          <tbody>
            {pairs.map(([name, value], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice with the same value, and none is ever moved
              <tr key={at}>
                <th scope="row">
                  <code title={words[name.toLowerCase()]}>{name}</code>
                  {words[name.toLowerCase()] && <div className="quiet">{words[name.toLowerCase()]}</div>}
                </th>
                <td className={plain.wrap}>
                  <code>
                    <Marked text={value} search="" />
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function queryOf(url: string): Pairs {
  const start = url.indexOf('?')
  return start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1).split('#', 1)[0])]
}
