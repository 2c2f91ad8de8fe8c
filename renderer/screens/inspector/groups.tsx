import { CheckmarkCircle20Regular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { explainExchange } from '../../../app/model/explain/explain.ts'
import { type Answers, api } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { StatusMark } from '../requests/status-mark.tsx'
import css from './groups.module.css'
import { hostWords } from './words.ts'

type Group = Answers['inspector']['groups'][number]
type GroupsProps = {
  readonly q: string
  readonly upTo: number
  readonly onOpen: (id: number) => void
  readonly onFilter: (cause: string, since?: string, until?: string) => void
}

/** Failures by cause, the most frequent first: the same server, path, answer and words are one line, with its counts over time. */
export function Groups({ q, upTo, onOpen, onFilter }: GroupsProps) {
  const { data, error } = useQuery({
    queryKey: ['inspector.groups', q, upTo],
    queryFn: ({ signal }) => api.inspector.groups.query({ q, upTo }, { signal }),
    placeholderData: (before) => before,
  })
  if (error) return <Unanswered error={error} />
  if (!data) return <Skeleton lines={6} />
  if (data.length === 0) {
    return (
      <Empty icon={<CheckmarkCircle20Regular />} title="Nothing failed here">
        <p>No request that fits the filter has failed.</p>
      </Empty>
    )
  }
  const firstMs = Math.min(...data.map(({ firstAt }) => Date.parse(firstAt)))
  const lastMs = Math.max(...data.map(({ lastAt }) => Date.parse(lastAt)))
  const span = { firstMs, lastMs }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className={css.scroll} tabIndex={0} aria-label="Causes of failures">
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Answer</th>
            <th scope="col">How often</th>
            <th scope="col">Over time</th>
            <th scope="col" className={css.last}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((group) => (
            <Row key={group.cause} group={group} span={span} onOpen={onOpen} onFilter={onFilter} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RowProps = Pick<GroupsProps, 'onOpen' | 'onFilter'> & {
  readonly group: Group
  readonly span: { readonly firstMs: number; readonly lastMs: number }
}

function Row({ group, span, onOpen, onFilter }: RowProps) {
  const { cause, host, method, path, errorText, exchangeId } = group
  return (
    <tr>
      <th scope="row" className={css.cause}>
        <button type="button" className={css.open} onClick={() => onOpen(exchangeId)}>
          {wordsOf(group)}
        </button>
        <div className="quiet">
          {hostWords[host]} · {method} {path}
        </div>
        {errorText && <div className={css.said}>{errorText.slice(0, 160)}</div>}
      </th>
      <td>
        <StatusMark exchange={group} />
      </td>
      <td>
        <button type="button" className={css.open} onClick={() => onFilter(cause)}>
          {count(group.count)}
          <span className="visually-hidden"> requests: show them</span>
        </button>
      </td>
      <td>
        <Bars group={group} span={span} onFilter={onFilter} />
      </td>
      <td className={css.last}>
        <Time at={group.lastAt} />
      </td>
    </tr>
  )
}

/** The same words as its newest exchange will show, as far as they can be told from the answer's beginning. */
function wordsOf({ faultCode, host, method, path, server, status, errorText }: Group): string {
  const { trouble } = explainExchange({
    ...{ id: 0, callId: '', attempt: 1, tenantId: null, runId: null, purpose: 'sync', host, method, status },
    ...{
      url: `https://${server}${path}`,
      faultCode,
      errorText,
      startedAt: '',
      waitMs: null,
      connection: null,
    },
    ...{ requestHeaders: [], requestBody: null, responseHeaders: [], timing: noTime },
    responseBody: errorText === null ? null : { text: errorText, bytes: errorText.length, isCut: false },
  })
  return trouble?.words.what ?? faultCode
}

const noTime = {
  ...{ queueMs: 0, dnsMs: null, connectMs: null, tlsMs: null, waitMs: null, receiveMs: null, totalMs: 0 },
}

function Bars({ group, span, onFilter }: Omit<RowProps, 'onOpen'>) {
  const highest = Math.max(1, ...group.bars)
  const stepMs = (span.lastMs - span.firstMs + 1) / group.bars.length
  const startOf = (bar: number): string => new Date(span.firstMs + Math.floor(bar * stepMs)).toISOString()
  return (
    <span className={css.bars}>
      {group.bars.map((value, at) => (
        <button
          key={startOf(at)}
          type="button"
          className={css.bar}
          disabled={value === 0}
          tabIndex={-1}
          title={`${value} at that time: show them`}
          aria-label={`${value} from ${startOf(at)}: show them`}
          onClick={() => onFilter(group.cause, startOf(at), startOf(at + 1))}
        >
          <span style={{ height: value === 0 ? 0 : `${15 + (value / highest) * 85}%` }} />
        </button>
      ))}
    </span>
  )
}
