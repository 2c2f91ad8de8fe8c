import { Button } from '@fluentui/react-components'
import { ArrowUpload24Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import type { ImportDecision } from '../../../app/model/sheet/choices.ts'
import { answered, api, useAskOnce } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import { type ImportView, useImport } from './asks.ts'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import css from './import.module.css'
import { PreviewStep } from './preview-step.tsx'
import { ResultStep } from './result-step.tsx'
import { SheetStep } from './sheet-step.tsx'
import { StateMark } from './state-mark.tsx'
import { type ImportStep, importSteps, Steps } from './steps.tsx'
import { isTouchedByUndo } from './undo-words.ts'
import { ValuesStep } from './values-step.tsx'

/** One import, at one of its steps. What has begun to be written can only be followed. */
export function ImportPage({ id, step }: { id: string; step: string | undefined }) {
  const { data: view, error, refetch } = useImport(id)
  const tenants = useTenants()
  if (error || view === null || view === undefined) {
    return (
      <Page title="Import">
        {error ? (
          <Unanswered error={error} again={() => void refetch()} />
        ) : view === null ? (
          <Empty icon={<ArrowUpload24Regular />} title="There is no such import">
            It may have been removed.{' '}
            <Link className={css.inText} href="/import">
              All imports
            </Link>
          </Empty>
        ) : (
          <Skeleton />
        )}
      </Page>
    )
  }
  const isDraft = view.state === 'draft' && view.decision !== null
  const at = placeOf(view, step)
  if (at !== step) return <Redirect to={`/import/${id}/${at}`} replace />
  return (
    <Page
      title={view.fileName}
      beside={<StateMark state={view.state} />}
      body={at === 'check' ? 'table' : 'text'}
      sub={
        <>
          <span>
            {entityWords[view.entity].many} for {tenants.find((one) => one.id === view.tenantId)?.name}
          </span>
          <span>{plural(view.rows, 'row')}</span>
          {view.sheet && <span>Sheet {view.sheet}</span>}
          <span>
            Read <Time at={view.readAt} />
          </span>
        </>
      }
      actions={<Link href="/import">All imports</Link>}
    >
      <Steps at={at} hrefOf={(to) => hrefOf(view, isDraft, to)} />
      <SameFile view={view} />
      <Step view={view} at={at} />
    </Page>
  )
}

/** Where this import can be: at any step while nothing is written, then only at its end. */
function placeOf({ state, decision, importRunId }: ImportView, step: string | undefined): ImportStep {
  if (decision === null) return 'result'
  if (state === 'running' && importRunId === null) return 'preview'
  if (state !== 'draft') return 'result'
  const wanted = importSteps.find((one) => one.id === step)?.id
  return wanted === undefined || wanted === 'result' ? 'columns' : wanted
}

function hrefOf({ id }: ImportView, isDraft: boolean, step: ImportStep): string | null {
  if (!isDraft || step === 'result') return null
  return step === 'file' ? '/import/new' : `/import/${id}/${step}`
}

function Step({ view, at }: { view: ImportView; at: ImportStep }): ReactNode {
  const { decision } = view
  if (at === 'result' || decision === null) return <ResultStep view={view} />
  const known: ImportView & { readonly decision: ImportDecision } = { ...view, decision }
  if (at === 'sheet' || at === 'file') return <SheetAgain view={view} />
  if (at === 'columns') return <ColumnsStep view={known} />
  if (at === 'values') return <ValuesStep view={known} />
  return at === 'check' ? <CheckStep view={known} /> : <PreviewStep view={known} />
}

/** The same file once more: another sheet or heading row makes another import, and this one goes. */
function SheetAgain({ view }: { view: ImportView }) {
  const [, go] = useLocation()
  const { data, error, refetch } = useAskOnce(['imports.again', view.id], async (signal) => {
    const request = await api.imports.again.query({ id: view.id }, { signal })
    if (request === null) return null
    answered(await api.imports.look.query(request, { signal }))
    return request
  })
  if (error) {
    return (
      <>
        <Unanswered error={error} again={() => void refetch()} />
        <div className={css.buttons}>
          <Button onClick={() => go('/import/new')}>Choose the file again</Button>
        </div>
      </>
    )
  }
  if (!data) return <Skeleton />
  return (
    <>
      <p className="quiet">
        Reading again begins anew: what was corrected in these {plural(view.rows, 'row')} is lost.
      </p>
      <SheetStep
        first={data}
        onBack={() => go('/import/new')}
        onStaged={async (id) => {
          await api.imports.remove.mutate({ id: view.id })
          go(`/import/${id}/columns`)
        }}
      />
    </>
  )
}

function SameFile({ view }: { view: ImportView }) {
  const [other] = view.sameFile
  if (!other || view.state === 'done' || isTouchedByUndo(view.state)) return null
  return (
    <p role="note">
      <StateMark state="begun" /> This very file was read before (<Time at={other.readAt} />,{' '}
      <Link className={css.inText} href={`/import/${other.id}`}>
        {entityWords[other.entity].many.toLowerCase()}
      </Link>
      ). Importing it twice changes nothing as long as existing records are left as they are.
    </p>
  )
}
