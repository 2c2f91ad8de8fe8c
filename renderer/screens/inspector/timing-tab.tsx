import type { Exchange } from '../../../app/model/exchange.ts'
import { partsOf, spanOf } from '../../../app/model/inspector/timing.ts'
import { duration, exactTime } from '../../ui/format.ts'
import { Facts } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import css from './detail.module.css'
import waterfall from './waterfall.module.css'
import { Bar } from './waterfall.tsx'

/** Where the time went, and over what connection. */
export function TimingTab({ exchange }: { exchange: Exchange }) {
  const { timing, startedAt, waitMs } = exchange
  const parts = partsOf(timing)
  return (
    <div className={css.parts}>
      <div className={css.bigBar}>
        <Bar row={exchange} span={spanOf(exchange)} />
      </div>
      <div className={plain.frame}>
        <table className={plain.table} aria-label="Where the time went">
          <tbody>
            {parts.map(({ id, name, ms }) => (
              <tr key={id}>
                <th scope="row">
                  <span className={waterfall.swatch} data-part={id} />
                  {name}
                </th>
                <td data-align="end">{exact(ms)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">All together</th>
              <td data-align="end">
                <strong>{exact(timing.queueMs + timing.totalMs)}</strong>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      {timing.dnsMs === null && timing.connectMs === null && exchange.status > 0 && (
        <p className="quiet">
          An open connection was used again, so there was no name to look up and none to open.
        </p>
      )}
      <Facts
        facts={[
          ['Sent', exactTime(startedAt)],
          ['Sent (UTC)', startedAt],
          ...(waitMs === null ? [] : [['Wait before the next try', duration(waitMs)] as const]),
          ...connectionFacts(exchange),
        ]}
      />
    </div>
  )
}

const exact = (ms: number): string => (ms < 10 ? `${Math.round(ms * 10) / 10} ms` : duration(ms))

function connectionFacts({ connection }: Exchange): readonly (readonly [string, string])[] {
  if (!connection) return []
  const { remote, proxy, tls } = connection
  return [
    ...(remote ? [['Address and port', remote] as const] : []),
    ['Proxy', proxy ?? 'none'],
    ...(tls
      ? [
          ['TLS', tls.protocol] as const,
          ['Certificate of', tls.subject] as const,
          ['Issued by', tls.issuer] as const,
          ...(tls.validTo ? [['Valid until', exactTime(tls.validTo)] as const] : []),
          ...(tls.fingerprint ? [['Fingerprint (SHA-256)', tls.fingerprint] as const] : []),
        ]
      : [['TLS', 'none'] as const]),
  ]
}
