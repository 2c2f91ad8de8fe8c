import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular, Save16Regular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import css from './mapping.module.css'

type DraftFormProps = {
  readonly label: string
  readonly isDirty: boolean
  readonly isBusy: boolean
  /** What saving would lead to, in a few words; shown while there is something to save. */
  readonly effect?: ReactNode
  readonly onSave: () => void
  readonly onUndo: () => void
  readonly children: ReactNode
}

/** A form that says when it is not saved, saves with Ctrl+S too, and warns before the window closes over what was typed. */
export function DraftForm({ label, isDirty, isBusy, effect, onSave, onUndo, children }: DraftFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      if (isDirty && !isBusy) form.current?.requestSubmit()
    }
    const onLeave = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('keydown', onKey)
    if (isDirty) window.addEventListener('beforeunload', onLeave)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('beforeunload', onLeave)
    }
  }, [isDirty, isBusy])
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
        <Button
          type="submit"
          appearance="primary"
          size="small"
          icon={<Save16Regular />}
          disabled={!isDirty || isBusy}
        >
          Save
        </Button>
        <Button size="small" icon={<ArrowUndo16Regular />} disabled={!isDirty || isBusy} onClick={onUndo}>
          Undo changes
        </Button>
        <span role="status">
          {isDirty && (
            <>
              <strong>Not saved yet.</strong> {effect}
            </>
          )}
        </span>
      </div>
    </form>
  )
}
