import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Link } from 'wouter'
import { explain } from '../../../app/model/fault-words.ts'
import { api, useAsk } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { Facts, Panel, Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { wordsOfRun } from '../runs/outcome-words.ts'
import type { ImportView } from './asks.ts'
import css from './import.module.css'
import { UndoDialog } from './undo-dialog.tsx'
import { beginnerWords, isTouchedByUndo, mostToRemove } from './undo-words.ts'

/** The undo of an import: what can be taken back, how far it is, what was left alone and why. */
export function UndoSection({ view }: { view: ImportView }) {
  const { last } = view.undo
  return (
    <>
      {last && <UndoRun view={view} runId={last.runId} />}
      {last && isTouchedByUndo(view.state) && <Undone view={view} />}
      {view.state !== 'running' && view.state !== 'undoing' && <Offer view={view} />}
    </>
  )
}

/** An undo while it goes on, and what stopped it. */
function UndoRun({ view, runId }: { view: ImportView; runId: number }) {
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data?.find(
    (one) => one.runId === runId,
  )
  const run = useAsk(['runs.get', runId], (signal) => api.runs.get.query({ id: runId }, { signal })).data
  if (live) {
    return (
      <Panel tone="busy">
        <Progress
          progress={live}
          startedAt={run?.startedAt ?? null}
          verb="Taking back"
          words={wordsOfRun({ kind: 'import-undo' })}
          hint="Stops after the records in hand; the undo can be gone on with."
        />
      </Panel>
    )
  }
  const isStopped = view.state === 'half-undone' && run?.fault && run.fault.code !== 'cancelled'
  return isStopped ? <Trouble fault={run.fault} /> : null
}

function Undone({ view }: { view: ImportView }) {
  const { counts, last } = view.undo
  const { removed, gone, left, open } = counts
  return (
    <Section
      title={view.state === 'undone' ? 'Undone' : 'Undone so far'}
      actions={last && <Link href={`/runs/${last.runId}`}>Every record</Link>}
    >
      <Facts
        facts={[
          ['Removed', count(removed)],
          ...(gone > 0 ? [['Gone before', count(gone)] as const] : []),
          ['Left alone', count(left)],
          ...(open > 0 ? [['Still to do', count(open)] as const] : []),
          ['Undone by', last && <By key="by" one={last} />],
        ]}
      />
      {view.leftReasons.length > 0 && (
        <ul className={css.reasons} aria-label="Why records were left alone">
          {view.leftReasons.map(({ code, count: records, example }) => {
            const { what, doNow } = explain(example)
            return (
              <li key={code}>
                <strong>{plural(records, 'record')}</strong>
                {records > 1 ? ', such as: ' : ': '}
                {what} <span className="quiet">{doNow}</span>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}

/** Who, and when. */
export function By({ one }: { one: NonNullable<ImportView['begun']> }) {
  return (
    <>
      {beginnerWords(one)}, <Time at={one.at} />
    </>
  )
}

function Offer({ view }: { view: ImportView }) {
  const [isAsking, setAsking] = useState(false)
  const { obstacle, counts } = view.undo
  const most = mostToRemove(view)
  if (counts.created === 0 || most === 0) return null
  const isAgain = isTouchedByUndo(view.state)
  return (
    <Section title={isAgain ? 'What is left' : 'Undo'}>
      <div className={css.form}>
        <p>
          {obstacle ??
            `${plural(most, 'record')} that this import created can be removed from Halo, as long as nothing else has touched them.`}
          {!obstacle && !isAgain && view.done.updated > 0 && (
            <> {plural(view.done.updated, 'record')} that it changed, and did not create, stay.</>
          )}
        </p>
        {!obstacle && (
          <div className={css.buttons}>
            <Button icon={<ArrowUndo16Regular />} onClick={() => setAsking(true)}>
              {view.state === 'half-undone'
                ? 'Go on with the undo…'
                : isAgain
                  ? 'Try those that were left again…'
                  : 'Undo this import…'}
            </Button>
          </div>
        )}
      </div>
      {isAsking && <UndoDialog one={view} onClose={() => setAsking(false)} />}
    </Section>
  )
}
