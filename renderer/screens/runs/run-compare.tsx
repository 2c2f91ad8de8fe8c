import { CheckmarkCircle20Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { outcomeKinds, type Run } from '../../../app/model/outcome.ts'
import { type Answers, api, useAskOnce } from '../../api.ts'
import { totalOf } from '../../ui/counts.tsx'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { count } from '../../ui/format.ts'
import { OutcomeMark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords, outcomeWords, runKindWords } from '../../words.ts'
import css from './run-page.module.css'

type Difference = Answers['runPage']['differences']['rows'][number]

/** What a preview said beside what the run after it did: counts, and the records that came out otherwise. */
export function RunCompare({ preview, run }: { preview: Run; run: Run }) {
  const { data, error } = useAskOnce(['runPage.differences', preview.id, run.id], (signal) =>
    api.runPage.differences.query({ previewId: preview.id, runId: run.id }, { signal }),
  )
  const name = `${runKindWords[run.kind]} ${run.id}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className={css.scrolls} tabIndex={0} aria-label="What came of it">
      <Section title="Counts" actions={<Link href={`/runs/${run.id}`}>Open {name}</Link>}>
        <Counts preview={preview} run={run} name={name} />
      </Section>
      <Section title="Records that came out otherwise">
        {error && !data && <Unanswered error={error} />}
        {!error && !data && <Skeleton lines={4} />}
        {data?.total === 0 && (
          <Empty icon={<CheckmarkCircle20Regular />} title="Every record came out as the preview said" />
        )}
        {data && data.total > 0 && (
          <>
            <Differences rows={data.rows} tenantId={preview.tenantId} />
            {data.total > data.rows.length && (
              <p className={`quiet ${css.waited}`}>
                The first {count(data.rows.length)} of {count(data.total)}.
              </p>
            )}
          </>
        )}
      </Section>
    </section>
  )
}

function Counts({ preview, run, name }: { preview: Run; run: Run; name: string }) {
  const rows = [
    { title: `Preview ${preview.id} said`, counts: totalOf(preview.counts) },
    { title: `${name} did`, counts: totalOf(run.counts) },
  ]
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <td />
            {outcomeKinds.map((kind) => (
              <th key={kind} scope="col" data-align="end">
                {outcomeWords[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, counts }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {outcomeKinds.map((kind) => (
                <td key={kind} data-align="end">
                  {count(counts[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Differences({ rows, tenantId }: { rows: readonly Difference[]; tenantId: number }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">The preview said</th>
            <th scope="col">The run did</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ entity, commerceId, label, said, did }) => (
            <tr key={`${entity} ${commerceId}`}>
              <td className={plain.wrap}>
                <Link href={`${entityWords[entity].path}/${tenantId}/${commerceId}`}>{label}</Link>{' '}
                <span className="quiet">{entityWords[entity].one}</span>
              </td>
              <td>{said ? <OutcomeMark kind={said} /> : <span className="quiet">nothing to write</span>}</td>
              <td>{did ? <OutcomeMark kind={did} /> : <span className="quiet">nothing to write</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
