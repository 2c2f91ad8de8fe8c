import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular, Eye16Regular, Save16Regular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import { useUnsaved } from '../../ui/unsaved.ts'
import css from './mapping.module.css'

type DraftFormProps = {
  readonly label: string
  readonly isDirty: boolean
  readonly isBusy: boolean
  /** What saving would lead to, in a few words; shown while there is something to save. */
  readonly effect?: ReactNode
  /** Why it cannot be saved as it is. */
  readonly problem?: string | undefined
  readonly onSave: () => void
  /** Shows what saving would change, record by record; absent where no run would tell. `letGo`: to be called before leaving for it. */
  readonly onPreview?: (letGo: () => void) => void
  readonly onUndo: () => void
  readonly children: ReactNode
}

/** A form that says when it is not saved, saves with Ctrl+S too, and asks before it is left with what was typed. */
export function DraftForm(props: DraftFormProps) {
  const { label, isDirty, isBusy, effect, problem, onSave, onPreview, onUndo, children } = props
  const cannot = !isDirty || isBusy || problem !== undefined
  const form = useRef<HTMLFormElement>(null)
  const { release } = useUnsaved(isDirty)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      if (!cannot) form.current?.requestSubmit()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [cannot])
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      {children}
      <div className={css.bar} data-dirty={isDirty}>
        <Button type="submit" appearance="primary" size="small" icon={<Save16Regular />} disabled={cannot}>
          Save
        </Button>
        {onPreview && (
          <Button
            size="small"
            icon={<Eye16Regular />}
            disabled={cannot}
            title="Shows what this would change in Halo; saves and writes nothing."
            onClick={() => onPreview(release)}
          >
            Preview changes
          </Button>
        )}
        <Button size="small" icon={<ArrowUndo16Regular />} disabled={!isDirty || isBusy} onClick={onUndo}>
          Undo changes
        </Button>
        <span role="status">
          {isDirty && (
            <>
              <strong>Not saved yet.</strong> {problem ?? effect}
            </>
          )}
        </span>
      </div>
    </form>
  )
}
