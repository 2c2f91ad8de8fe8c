import { Button } from '@fluentui/react-components'
import { ArrowSync16Regular, Eye16Regular } from '@fluentui/react-icons'
import { useLocation } from 'wouter'
import { api, useAsk, useCommand } from '../api.ts'
import { useAlikeQuestion } from './alike.tsx'
import { useNotices } from './notices.tsx'

/** The run that goes on for this tenant now, or null. */
export function useLiveRun(tenantId: number) {
  const { data } = useAsk(['runs.live'], (signal) => api.runs.live.query(undefined, { signal }))
  return data?.find((progress) => progress.tenantId === tenantId) ?? null
}

/** Sync now and Preview. While a run goes on they give way to a link that leads to it. */
export function RunButtons({ tenantId, isEnabled, name, isShort = false }: RunButtonsProps) {
  const [, go] = useLocation()
  const notices = useNotices()
  const live = useLiveRun(tenantId)
  const alike = useAlikeQuestion(tenantId)
  const start = useCommand((kind: 'sync' | 'preview') => api.runs.start.mutate({ tenantId, kind }))
  const begin = async (kind: 'sync' | 'preview'): Promise<void> => {
    const begun = await start.run(kind)
    if (begun.ok) go(`/runs/${begun.value.runId}`)
    else notices.trouble(begun.fault)
  }
  if (live) {
    return (
      <Button
        size="small"
        appearance="primary"
        icon={<ArrowSync16Regular />}
        onClick={() => go(`/runs/${live.runId}`)}
      >
        Follow the run
      </Button>
    )
  }
  const isOff = !isEnabled || start.isBusy || alike.isAsking
  const hint = isEnabled ? undefined : 'This tenant is disabled.'
  return (
    <>
      <Button
        size="small"
        appearance="primary"
        icon={<ArrowSync16Regular />}
        disabled={isOff}
        title={hint}
        aria-label={name ? `Sync now: ${name}` : undefined}
        onClick={() => alike.ask(() => begin('sync'))}
      >
        Sync now
      </Button>
      {!isShort && (
        <Button
          size="small"
          icon={<Eye16Regular />}
          disabled={start.isBusy}
          title="Shows what a sync would write; writes nothing."
          aria-label={name ? `Preview: ${name}` : undefined}
          onClick={() => begin('preview')}
        >
          Preview
        </Button>
      )}
      {alike.question}
    </>
  )
}
type RunButtonsProps = {
  readonly tenantId: number
  readonly isEnabled: boolean
  /** Said to screen readers where several tenants stand in one list. */
  readonly name?: string
  /** Sync now alone, for a table's row. */
  readonly isShort?: boolean
}
