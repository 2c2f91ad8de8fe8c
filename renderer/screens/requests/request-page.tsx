import { Link } from 'wouter'
import type { CapturedBody, Exchange } from '../../../app/model/exchange.ts'
import { fault, faultCodes } from '../../../app/model/fault.ts'
import { api, useAsk } from '../../api.ts'
import { idIn, oneOf } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { bytes, duration, exactTime } from '../../ui/format.ts'
import { Facts, Page, Panel, Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { NotThere } from '../not-there.tsx'
import css from './request-page.module.css'
import { StatusMark } from './status-mark.tsx'

/** One request with its answer, as it was recorded; secrets were taken out before. */
export function RequestPage({ id }: { id: string }) {
  const requestId = idIn(id) ?? 0
  const { data, error, refetch } = useAsk(['exchanges.get', requestId], (signal) =>
    requestId === 0 ? Promise.resolve(null) : api.exchanges.get.query({ id: requestId }, { signal }),
  )
  if (data === null) return <NotThere what="This request" />
  if (!data) {
    return (
      <Page title={`Request ${id}`}>
        {error ? <Unanswered error={error} again={() => void refetch()} /> : <Skeleton lines={8} />}
      </Page>
    )
  }
  return <Loaded exchange={data} />
}

function Loaded({ exchange }: { exchange: Exchange }) {
  const code = oneOf(faultCodes, exchange.faultCode)
  return (
    <Page
      title={`Request ${exchange.id}`}
      beside={<StatusMark exchange={exchange} />}
      sub={
        <>
          <span className={css.url}>
            <strong>{exchange.method}</strong> {exchange.url}
          </span>
          {exchange.runId !== null && (
            <Link href={`/runs/${exchange.runId}?tab=requests`}>Run {exchange.runId}</Link>
          )}
        </>
      }
    >
      {code && (
        <Trouble fault={fault(code, { ...(exchange.errorText ? { raw: exchange.errorText } : {}) })} />
      )}
      <Panel>
        <Facts facts={timings(exchange)} />
      </Panel>
      <Part title="Response" headers={exchange.responseHeaders} body={exchange.responseBody} />
      <Part title="Request" headers={exchange.requestHeaders} body={exchange.requestBody} />
    </Page>
  )
}

function timings({ startedAt, attempt, timing, waitMs }: Exchange): readonly (readonly [string, string])[] {
  const parts: [string, number | null][] = [
    ['Waited for the limit', timing.queueMs],
    ['Name lookup', timing.dnsMs],
    ['Connecting', timing.connectMs],
    ['TLS', timing.tlsMs],
    ['Waiting for the answer', timing.waitMs],
    ['Receiving', timing.receiveMs],
    ['All together', timing.totalMs],
    ['Wait before the next try', waitMs],
  ]
  return [
    ['Sent', exactTime(startedAt)],
    ['Try', String(attempt)],
    ...parts.flatMap(([name, ms]) => (ms === null ? [] : [[name, duration(ms)] as const])),
  ]
}

type PartProps = {
  readonly title: string
  readonly headers: Exchange['requestHeaders']
  readonly body: CapturedBody | null
}

function Part({ title, headers, body }: PartProps) {
  return (
    <Section title={title}>
      <div className={css.part}>
        {body && <Body title={title} body={body} />}
        <details>
          <summary>Headers ({headers.length})</summary>
          <div className={plain.frame}>
            <table className={plain.table}>
              <tbody>
                {headers.map(([name, value]) => (
                  <tr key={`${name}: ${value}`}>
                    <th scope="row">
                      <code>{name}</code>
                    </th>
                    <td className={plain.wrap}>
                      <code>{value}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Section>
  )
}

function Body({ title, body }: { title: string; body: CapturedBody }) {
  if (body.text === null) return <p className="quiet">{body.leftOut ?? 'The body was not kept.'}</p>
  return (
    <>
      {body.isCut && (
        <p className="quiet">
          Cut at {bytes(body.text.length)} of {bytes(body.bytes)}.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className={css.body} tabIndex={0} aria-label={`Body of the ${title.toLowerCase()}`}>
        <pre>{pretty(body.text)}</pre>
      </section>
    </>
  )
}

/** JSON with line breaks; anything else (also JSON that was cut) as it came. HTML is text here, never rendered. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // No JSON, or cut in the middle: as it came is right.
    return text
  }
}
