import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { ArrowDownload16Regular, ArrowRepeatAll16Regular, Link16Regular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { csvFormatOf } from '../../../app/model/csv.ts'
import type { Run } from '../../../app/model/outcome.ts'
import { api, faultOf, useCommand } from '../../api.ts'
import { useCopy } from '../../ui/copy.ts'
import { linkTo } from '../../ui/deep-link.ts'
import { count } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useLiveRun } from '../../ui/run-buttons.tsx'
import { save } from '../../ui/table/export-file.ts'
import { csvReport, jsonReport } from './run-report.ts'

const startable = ['sync', 'preview', 'retry', 'reconcile'] as const
type Startable = (typeof startable)[number]

/** The same kind of run for the same tenant, once more; nothing for an import, which begins with its file. */
export function RunAgain({ run, isPrimary }: { run: Run; isPrimary: boolean }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const live = useLiveRun(run.tenantId)
  const start = useCommand((kind: Startable) => api.runs.start.mutate({ tenantId: run.tenantId, kind }))
  const kind = startable.find((each) => each === run.kind)
  if (!kind) return null
  return (
    <Button
      size="small"
      appearance={isPrimary ? 'primary' : 'secondary'}
      icon={<ArrowRepeatAll16Regular />}
      disabled={start.isBusy || live !== null}
      title={live === null ? undefined : 'A run of this tenant is under way.'}
      onClick={async () => {
        const begun = await start.run(kind)
        if (begun.ok) go(`/runs/${begun.value.runId}`)
        else notices.trouble(begun.fault)
      }}
    >
      {run.kind === 'preview' ? 'Preview again' : 'Run again'}
    </Button>
  )
}

export function CopyLink({ runId }: { runId: number }) {
  const copy = useCopy()
  return (
    <Button
      size="small"
      icon={<Link16Regular />}
      onClick={() => copy(linkTo('run', runId, window.location), 'The link to this run is copied.')}
    >
      Copy link
    </Button>
  )
}

/** All records of the run as a file. It says how far it is; a second click stops it. */
export function ExportReport({ run }: { run: Run }) {
  const notices = useNotices()
  const stop = useRef<AbortController | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const write = async (kind: 'csv' | 'json'): Promise<void> => {
    const stopping = new AbortController()
    stop.current = stopping
    const parts = { signal: stopping.signal, onProgress: setDone }
    setDone(0)
    try {
      const file =
        kind === 'csv'
          ? await csvReport(run.id, csvFormatOf(navigator.language), parts)
          : await jsonReport(run, await api.runPage.story.query({ runId: run.id }), parts)
      if (file) save(file, `run-${run.id}.${kind}`)
    } catch (error) {
      if (!stopping.signal.aborted) notices.trouble(faultOf(error))
    } finally {
      setDone(null)
    }
  }
  if (done !== null) {
    return (
      <Button size="small" onClick={() => stop.current?.abort()}>
        Stop exporting ({count(done)})
      </Button>
    )
  }
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" icon={<ArrowDownload16Regular />}>
          Export report
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void write('csv')}>As CSV, for a spreadsheet</MenuItem>
          <MenuItem onClick={() => void write('json')}>As JSON, with the plan</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
