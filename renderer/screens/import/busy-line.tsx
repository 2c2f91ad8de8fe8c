import { Button, ProgressBar } from '@fluentui/react-components'
import { api } from '../../api.ts'
import { count } from '../../ui/format.ts'
import { useBusy } from './asks.ts'
import css from './import.module.css'

const busyWords = {
  checking: 'Checking',
  changing: 'Changing',
  undoing: 'Taking the change back',
  counting: 'Counting values',
} as const
type RowsAtWork = 'checking' | 'changing' | 'undoing'

/** A check or a change of many rows, as it goes on; null when there is none. What is taken back is taken back whole. */
export function useRowsAtWork(id: string): RowsAtWork | null {
  const what = useBusy(id)?.what
  return what === 'checking' || what === 'changing' || what === 'undoing' ? what : null
}

/** How far it is, with the way out. */
export function BusyLine({ id, rows }: { id: string; rows: number }) {
  const busy = useBusy(id)
  const what = busy?.what
  if (!busy || what === undefined || what === 'reading' || what === 'asking') return null
  return (
    <span className={css.busy}>
      <span>
        {busyWords[what]}: {count(busy.rows)} of {count(rows)} rows
      </span>
      <ProgressBar aria-hidden="true" style={{ width: 160 }} value={Math.min(busy.rows, rows)} max={rows} />
      {(what === 'checking' || what === 'changing') && (
        <Button size="small" onClick={() => void api.imports.cancel.mutate({ id })}>
          Cancel
        </Button>
      )}
    </span>
  )
}
