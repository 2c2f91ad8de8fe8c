import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { api, useAsk, useCommand } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { type ImportFix, type ProblemKind, useOnce } from './asks.ts'
import { BusyLine, useRowsAtWork } from './busy-line.tsx'
import type { Decided } from './columns-step.tsx'
import { HaloLine } from './halo-line.tsx'
import css from './import.module.css'
import { ProblemGroups } from './problem-groups.tsx'
import { RowGrid } from './row-grid.tsx'
import { RowPane } from './row-pane.tsx'

/** Corrects rows, and says what came of it. */
export function useFixes(id: string) {
  const notices = useNotices()
  const fix = useCommand((change: ImportFix) => api.imports.fix.mutate({ id, change }))
  const undo = useCommand(() => api.imports.undo.mutate({ id }))
  return {
    isBusy: fix.isBusy || undo.isBusy,
    fix: async (change: ImportFix): Promise<void> => {
      const done = await fix.run(change)
      if (!done.ok && done.fault.code === 'cancelled') notices.done('Cancelled: no row was changed.')
      else if (!done.ok) notices.trouble(done.fault)
      else if (!('row' in change)) notices.done(`${plural(done.value.rows, 'row')} changed.`)
    },
    undo: async (): Promise<void> => {
      const done = await undo.run(undefined)
      if (!done.ok) notices.trouble(done.fault)
      else notices.done(done.value.what === null ? 'Nothing to undo.' : `Undone: ${done.value.what}`)
    },
  }
}
export type Fixes = ReturnType<typeof useFixes>

/** What is wrong, grouped by cause, beside the rows themselves. */
export function CheckStep({ view }: { view: Decided }) {
  const [, go] = useLocation()
  const notices = useNotices()
  const fixes = useFixes(view.id)
  const [only, setOnly] = useState<ProblemKind | null>(null)
  const [row, setRow] = useState<number | null>(null)
  const working = useRowsAtWork(view.id)
  const check = useCommand(() => api.imports.check.mutate({ id: view.id }))
  const groups = useAsk(['imports.problems', view.id], (signal) =>
    api.imports.problems.query({ id: view.id }, { signal }),
  ).data
  const begin = async (): Promise<void> => {
    const checked = await check.run(undefined)
    if (!checked.ok && checked.fault.code !== 'cancelled') notices.trouble(checked.fault)
  }
  useOnce(!view.isChecked, () => void begin())
  const { jump, words } = useJump(view.id, row, setRow, fixes)
  const { good, withErrors, withWarnings } = view.counts
  return (
    <>
      <div className={css.next}>
        <Button
          appearance="primary"
          disabled={!view.isChecked || good === 0}
          onClick={() => go(`/import/${view.id}/preview`)}
        >
          Next: preview
        </Button>
        <Button
          icon={<ArrowUndo16Regular />}
          disabled={view.lastEdit === null || fixes.isBusy}
          title={view.lastEdit ? `Undo: ${view.lastEdit} (Ctrl+Z)` : undefined}
          onClick={() => void fixes.undo()}
        >
          Undo
        </Button>
        <Button disabled={withErrors === 0} onClick={() => void jump(false)} title="F8; back: Shift+F8">
          Next error
        </Button>
        <span role="status">
          {working ? (
            <BusyLine id={view.id} rows={view.rows} />
          ) : (
            view.isChecked &&
            `${plural(good, 'record')} good, ${count(withErrors)} with errors, ${count(withWarnings)} with warnings.${leftWords(view)}${words ? ` ${words}` : ''}`
          )}
        </span>
        {!view.isChecked && !working && (
          <Button disabled={check.isBusy} onClick={() => void begin()}>
            Check all rows
          </Button>
        )}
      </div>
      <HaloLine view={view} />
      <div className={css.check} data-pane={row !== null || undefined}>
        <ProblemGroups view={view} groups={groups ?? null} only={only} onOnly={setOnly} fixes={fixes} />
        <RowGrid view={view} only={only} onOnly={setOnly} row={row} onRow={setRow} fixes={fixes} />
        {row !== null && (
          <RowPane
            key={row}
            view={view}
            number={row}
            fixes={fixes}
            onNext={(isBack) => void jump(isBack)}
            onClose={() => setRow(null)}
          />
        )}
      </div>
    </>
  )
}

/** What is not imported. */
function leftWords({ counts, leftOut }: Decided): string {
  const out = leftOut > 0 ? ` ${plural(leftOut, 'row')} left out by you.` : ''
  return counts.withErrors > 0 ? ` Those with errors are left out.${out}` : out
}

/** F8 and Shift+F8 go from error to error; Ctrl+Z takes a change back, unless somebody is typing. */
function useJump(id: string, row: number | null, onRow: (row: number) => void, { undo }: Fixes) {
  const [end, setEnd] = useState<{ readonly row: number | null; readonly isBack: boolean } | null>(null)
  const jump = async (isBack: boolean): Promise<void> => {
    const from = row ?? 0
    const next = await api.imports.nextError.query({ id, row: from, isBack })
    setEnd(next === null ? { row, isBack } : null)
    if (next !== null) onRow(next)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
      if (event.key === 'F8') {
        event.preventDefault()
        void jump(event.shiftKey)
      } else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !isTyping) {
        event.preventDefault()
        void undo()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  const words =
    end === null || end.row !== row
      ? null
      : end.isBack
        ? 'No error before this row.'
        : 'No error after this row.'
  return { jump, words }
}
