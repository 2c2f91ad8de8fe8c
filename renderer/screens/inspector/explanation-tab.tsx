import { Button } from '@fluentui/react-components'
import {
  CheckmarkCircle20Filled,
  ErrorCircle20Filled,
  Question20Filled,
  Warning20Filled,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Exchange } from '../../../app/model/exchange.ts'
import { explainExchange, type Trouble } from '../../../app/model/explain/explain.ts'
import { plural } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import frame from '../../ui/trouble.module.css'
import css from './explanation.module.css'
import { remedyOf } from './words.ts'

type TabProps = {
  readonly exchange: Exchange
  /** Absent: there is nothing here to report, a file was opened. */
  readonly onReport?: () => void
  readonly onResponse: () => void
  /** The records that failed because of it. */
  readonly children?: ReactNode
}

/** What happened, whose side it is on, and what to do, with a way to each place where it is done. */
export function ExplanationTab({ exchange, onReport, onResponse, children }: TabProps) {
  const { purpose, trouble } = explainExchange(exchange)
  if (!trouble) {
    return (
      <div className={css.tab}>
        <p>{purpose}</p>
        <div className={frame.trouble} data-tone="good">
          <span className={frame.icon}>
            <CheckmarkCircle20Filled />
          </span>
          <strong>It was answered well. There is nothing to do.</strong>
        </div>
      </div>
    )
  }
  const tone = trouble.fault.next === 'retry' ? 'heals' : 'needs'
  const icon = !trouble.isKnown ? (
    <Question20Filled />
  ) : tone === 'heals' ? (
    <Warning20Filled />
  ) : (
    <ErrorCircle20Filled />
  )
  return (
    <div className={css.tab}>
      <p>{purpose}</p>
      <div className={frame.trouble} data-tone={tone}>
        <span className={frame.icon} aria-hidden="true">
          {icon}
        </span>
        <div className={`${frame.text} ${css.words}`}>
          <h3>{trouble.words.what}</h3>
          {trouble.words.why && <p>{trouble.words.why}</p>}
          {trouble.more && <p>{trouble.more}</p>}
        </div>
      </div>
      <ToDo trouble={trouble} tenantId={exchange.tenantId} {...(onReport ? { onReport } : {})} />
      {children}
      <Records trouble={trouble} />
      <Details trouble={trouble} />
      {trouble.words.raw && (
        <section className={css.part}>
          <h3>{exchange.status > 0 ? 'The exact words of the answer' : 'The exact words of the error'}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
          <section className={css.raw} tabIndex={0} aria-label="Exact words">
            <pre>{trouble.words.raw}</pre>
          </section>
          {exchange.responseBody && (
            <Button size="small" onClick={onResponse}>
              Show the whole answer
            </Button>
          )}
        </section>
      )}
    </div>
  )
}

function ToDo({
  trouble,
  tenantId,
  onReport,
}: {
  trouble: Trouble
  tenantId: number | null
  onReport?: () => void
}) {
  const { words, steps, remedies, fault } = trouble
  const ways = remedies.flatMap((remedy) => remedyOf(remedy, tenantId) ?? [])
  return (
    <section className={css.part}>
      <h3>What to do</h3>
      <p>{words.doNow}</p>
      {fault.retryAt && (
        <p>
          It is free again <Time at={fault.retryAt} />.
        </p>
      )}
      {steps.length > 0 && (
        <ol className={css.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      <div className={css.ways}>
        {ways.map(({ name, to }) => (
          <Link key={name} href={to}>
            {name}
          </Link>
        ))}
        {onReport && remedies.includes('report') && (
          <Button size="small" onClick={onReport}>
            Make a report ...
          </Button>
        )}
      </div>
    </section>
  )
}

function Records({ trouble }: { trouble: Trouble }) {
  const concerned = trouble.records.filter(({ complaint }) => complaint !== null)
  if (concerned.length === 0) return null
  return (
    <section className={css.part}>
      <h3>
        {plural(concerned.length, 'record')} of {trouble.records.length} concerned
      </h3>
      <div className={plain.frame}>
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Record</th>
              <th scope="col">What was said</th>
            </tr>
          </thead>
          <tbody>
            {concerned.map(({ index, label, commerceId, complaint }) => (
              <tr key={index}>
                <td>{index + 1}</td>
                <th scope="row">
                  {label}
                  {commerceId !== null && <div className="quiet">number {commerceId}</div>}
                </th>
                <td className={plain.wrap}>{complaint}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Details({ trouble }: { trouble: Trouble }) {
  if (trouble.details.length === 0) return null
  return (
    <section className={css.part}>
      <h3>Seen</h3>
      <dl className={css.details}>
        {trouble.details.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
