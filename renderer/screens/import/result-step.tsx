import { Button } from '@fluentui/react-components'
import { Link } from 'wouter'
import { api, useAsk, useCommand } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Facts, Panel, Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import type { ImportView } from './asks.ts'
import css from './import.module.css'
import { By, UndoSection } from './undo-section.tsx'
import { isTouchedByUndo } from './undo-words.ts'

/** The import as it runs, and what came of it. */
export function ResultStep({ view }: { view: ImportView }) {
  const notices = useNotices()
  const runId = view.importRunId
  const live = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal })).data?.find(
    (one) => one.runId === runId,
  )
  const run = useAsk(['runs.get', runId], (signal) =>
    runId === null ? Promise.resolve(null) : api.runs.get.query({ id: runId }, { signal }),
  ).data
  const start = useCommand(() => api.imports.start.mutate({ id: view.id, kind: 'import' }))
  const goOn = async (): Promise<void> => {
    const begun = await start.run(undefined)
    if (!begun.ok) notices.trouble(begun.fault)
  }
  const isUndone = isTouchedByUndo(view.state)
  const { created, updated, unchanged, skipped, failed } = view.done
  const all = created + updated + unchanged + skipped + failed
  return (
    <>
      {live && (
        <Panel tone="busy">
          <Progress progress={live} startedAt={run?.startedAt ?? null} />
        </Panel>
      )}
      {!live && run?.fault && run.fault.code !== 'cancelled' && <Trouble fault={run.fault} />}
      {view.state === 'begun' && (
        <div className={css.next}>
          <Button appearance="primary" disabled={start.isBusy} onClick={() => void goOn()}>
            Go on with {plural(view.counts.records - all, 'record')}
          </Button>
          <span>
            It was stopped after {count(all)} of {plural(view.counts.records, 'record')}. What is written
            stays, and nothing is written twice.
          </span>
        </div>
      )}
      <Section
        title={isUndone ? 'What was imported' : view.state === 'done' ? 'Imported' : 'So far'}
        actions={runId !== null && <Link href={`/runs/${runId}`}>Every record, field by field</Link>}
      >
        <Facts
          facts={[
            ['Created', count(created)],
            ['Updated', count(updated)],
            ['Unchanged', count(unchanged)],
            ['Left alone', count(skipped)],
            [
              'Failed',
              failed > 0 ? (
                <span key="failed" className="failed">
                  {count(failed)}
                </span>
              ) : (
                '0'
              ),
            ],
            ...(view.leftOut > 0 ? [['Left out by you', plural(view.leftOut, 'row')] as const] : []),
            ...(view.begun ? [['Begun by', <By key="by" one={view.begun} />] as const] : []),
          ]}
        />
      </Section>
      <UndoSection view={view} />
      {failed > 0 && view.state !== 'running' && (
        <Section title="What was not imported">
          <div className={css.form}>
            <p>
              A workbook with the original rows of {plural(failed, 'record')} and the reason of each. Correct
              it there, then import it: what is in Halo already is recognised.
            </p>
            <a href={`/download/import-failed.xlsx?id=${view.id}`} download>
              Save the workbook
            </a>
          </div>
        </Section>
      )}
      {view.state === 'done' && (
        <p className="quiet">
          Records without a Commerce id are in Halo alone; those with one are listed with the others of
          Commerce once a sync has met them.
        </p>
      )}
    </>
  )
}
