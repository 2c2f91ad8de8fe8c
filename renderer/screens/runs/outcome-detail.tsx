import { Button } from '@fluentui/react-components'
import { Dismiss16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import type { ValueNames } from '../../../app/model/change-words.ts'
import type { OutcomeKind, Run } from '../../../app/model/outcome.ts'
import { type Answers, api, useAsk } from '../../api.ts'
import { ChangeList } from '../../ui/change-list.tsx'
import { Skeleton } from '../../ui/empty.tsx'
import { FixLink } from '../../ui/fix-link.tsx'
import { OutcomeMark } from '../../ui/mark.tsx'
import { Facts } from '../../ui/page.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import css from './run-page.module.css'

type Outcome = NonNullable<Answers['runPage']['outcome']>
type DetailProps = {
  readonly run: Run
  readonly seq: number
  readonly names: ValueNames
  readonly words: Record<OutcomeKind, string>
  readonly onClose: () => void
}

/** One record of a run: what became of it, why it failed, field by field what changed. */
export function OutcomeDetail({ run, seq, names, words, onClose }: DetailProps) {
  const { data } = useAsk(['runPage.outcome', run.id, seq], (signal) =>
    api.runPage.outcome.query({ runId: run.id, seq }, { signal }),
  )
  return (
    <section
      className={css.detail}
      aria-label={data ? `Details of ${data.label}` : 'Details'}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={css.detailHead}>
        <h2 className={css.detailTitle}>{data?.label ?? `Record ${seq}`}</h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label="Close details"
          onClick={onClose}
        />
      </div>
      {data === undefined && <Skeleton lines={5} />}
      {data === null && <p className="quiet">This record is not kept with the run any more.</p>}
      {data && <Body outcome={data} tenantId={run.tenantId} names={names} words={words} />}
    </section>
  )
}

type BodyProps = Pick<DetailProps, 'names' | 'words'> & {
  readonly outcome: Outcome
  readonly tenantId: number
}

function Body({ outcome, tenantId, names, words }: BodyProps) {
  const { entity, kind, fault } = outcome
  const { one, path } = entityWords[entity]
  return (
    <>
      <Facts
        facts={[
          ['Outcome', <OutcomeMark key="kind" kind={kind} words={words} />],
          ['Commerce id', outcome.commerceId],
          ['Halo id', outcome.haloId ?? (kind === 'created' ? 'Not yet' : '–')],
        ]}
      />
      {fault && (
        <Trouble fault={fault} actions={<FixLink fault={fault} entity={entity} tenantId={tenantId} />} />
      )}
      {outcome.notes.map((note) => (
        <Trouble key={`${note.code} ${JSON.stringify(note.facts)}`} fault={note} tone="note" />
      ))}
      {outcome.changes.length > 0 && (
        <ChangeList changes={outcome.changes} names={names} isNew={kind === 'created'} />
      )}
      <Link href={`${path}/${tenantId}/${outcome.commerceId}`}>Open this {one}</Link>
    </>
  )
}
