import { Button } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons'
import { type Answers, api, useAsk } from '../../api.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Facts } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import css from './run-page.module.css'

type Change = NonNullable<Answers['timeline']['change']>
type Brief = Omit<Change, 'differences'>

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What was changed, in a line: "Tenant changed: Quote statuses". */
export function changeWords({ what, fields }: Pick<Brief, 'what' | 'fields'>): string {
  const named = fields.filter((field) => field !== 'Value')
  const isWhole = what.endsWith('added') || what.endsWith('removed')
  return isWhole || named.length === 0 ? sentence(what) : `${sentence(what)}: ${named.join(', ')}`
}

/** "by a person"; the host's own name otherwise. */
export const whoWords = (who: string): string =>
  who === 'person' ? 'by a person' : who === 'cli' ? 'from the command line' : who

/** One change of settings, value by value. */
export function ChangeDetail({ id, onClose }: { id: number; onClose: () => void }) {
  const { data, error } = useAsk(['timeline.change', id], (signal) =>
    api.timeline.change.query({ id }, { signal }),
  )
  return (
    <section
      className={css.detail}
      aria-label="Details of the change"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={css.detailHead}>
        <h2 className={css.detailTitle}>{data ? sentence(data.what) : 'Change'}</h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label="Close details"
          onClick={onClose}
        />
      </div>
      {data === null && <p className="quiet">This change is not kept any more.</p>}
      {error && !data && <Unanswered error={error} />}
      {!error && data === undefined && <Skeleton lines={4} />}
      {data && <Differences change={data} />}
    </section>
  )
}

function Differences({ change }: { change: Change }) {
  return (
    <>
      <Facts
        facts={[
          ['When', <Time key="at" at={change.at} />],
          ['Who', whoWords(change.who)],
          ...(change.tenantName ? [['Tenant', change.tenantName] as const] : []),
        ]}
      />
      {change.differences.length === 0 ? (
        <p className="quiet">No value is kept with this change.</p>
      ) : (
        <div className={plain.frame}>
          <table className={plain.table}>
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {change.differences.map(({ field, detail, before, after }) => (
                <tr key={`${field} ${detail}`}>
                  <td className={plain.wrap}>
                    {field}
                    {detail && <span className="quiet"> {detail}</span>}
                  </td>
                  <td className={plain.wrap}>{before ?? <span className="quiet">none</span>}</td>
                  <td className={plain.wrap}>{after ?? <span className="quiet">none</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
