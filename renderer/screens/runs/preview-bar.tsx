import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import { ArrowSync16Regular, Info16Regular, Warning16Filled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Run } from '../../../app/model/outcome.ts'
import { type Answers, api, useAsk, useCommand } from '../../api.ts'
import { duration } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useNow } from '../../ui/now.ts'
import { useLiveRun } from '../../ui/run-buttons.tsx'
import { Time } from '../../ui/time.tsx'
import { runKindWords } from '../../words.ts'
import css from './run-page.module.css'

export type Since = NonNullable<Answers['runPage']['since']>

/** What happened since a preview; null while that is not known. */
export function useSince(run: Run): Since | null {
  const isWanted = run.kind === 'preview' && run.outcome !== null
  const { data } = useAsk(['runPage.since', run.id, isWanted], (signal) =>
    isWanted ? api.runPage.since.query({ runId: run.id }, { signal }) : Promise.resolve(null),
  )
  return data ?? null
}

/** After an hour Commerce is likely to have gone on. */
const oldMs = 3_600_000

/** Why a preview may not be what a sync does now; empty when nothing is known to differ. */
function reasonsOf(run: Run, { nextRun, settingsChangedAt }: Since, nowMs: number): readonly ReactNode[] {
  const ageMs = run.endedAt === null ? 0 : nowMs - Date.parse(run.endedAt)
  return [
    ...(nextRun
      ? [
          <span key="run">
            <Link href={`/runs/${nextRun.id}`}>
              {runKindWords[nextRun.kind]} {nextRun.id}
            </Link>{' '}
            has run since.
          </span>,
        ]
      : []),
    ...(settingsChangedAt
      ? [
          <span key="settings">
            The tenant's settings were changed <Time at={settingsChangedAt} />.
          </span>,
        ]
      : []),
    ...(ageMs > oldMs
      ? [<span key="age">It is {duration(ageMs)} old; Commerce may have changed since.</span>]
      : []),
  ]
}

/** Says that nothing was written, and whether the preview still holds. */
export function PreviewBar({ run, since }: { run: Run; since: Since | null }) {
  const now = useNow()
  const reasons = since ? reasonsOf(run, since, now) : []
  return (
    <div className={css.previewBar} data-tone={reasons.length > 0 ? 'heals' : 'busy'}>
      <span aria-hidden="true">{reasons.length > 0 ? <Warning16Filled /> : <Info16Regular />}</span>
      <p>
        This is what a sync would do. Nothing was written to Halo.{' '}
        {reasons.length > 0 && <strong>This preview may be out of date.</strong>}{' '}
        {reasons.map((reason, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order, and each has its own key within
          <span key={at}>{reason} </span>
        ))}
      </p>
    </div>
  )
}

/** Does what the preview showed. Asks first when the preview is older than what it is about. */
export function SyncFromPreview({ run, since }: { run: Run; since: Since | null }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const now = useNow()
  const live = useLiveRun(run.tenantId)
  const start = useCommand((kind: 'sync' | 'preview') =>
    api.runs.start.mutate({ tenantId: run.tenantId, kind }),
  )
  const begin = async (kind: 'sync' | 'preview'): Promise<void> => {
    const begun = await start.run(kind)
    if (begun.ok) go(`/runs/${begun.value.runId}`)
    else notices.trouble(begun.fault)
  }
  const reasons = since ? reasonsOf(run, since, now) : []
  const isOff = start.isBusy || live !== null
  const plain = {
    size: 'small',
    appearance: 'primary',
    icon: <ArrowSync16Regular />,
    disabled: isOff,
  } as const
  if (reasons.length === 0) {
    return (
      <Button {...plain} onClick={() => begin('sync')}>
        Sync now
      </Button>
    )
  }
  return (
    <Dialog>
      <DialogTrigger disableButtonEnhancement>
        <Button {...plain}>Sync now</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Sync on an older preview?</DialogTitle>
          <DialogContent>
            <p>A sync writes what it finds now, which may differ from this preview:</p>
            <ul className={css.reasons}>
              {reasons.map((reason, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order, and each has its own key within
                <li key={at}>{reason}</li>
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={isOff} onClick={() => begin('preview')}>
              Preview again
            </Button>
            <Button disabled={isOff} onClick={() => begin('sync')}>
              Sync now anyway
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
