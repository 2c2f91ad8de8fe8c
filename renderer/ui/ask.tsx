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
import type { ReactElement, ReactNode } from 'react'
import css from './ask.module.css'

type AskProps = {
  readonly title: string
  /** The button that does it. */
  readonly doIt: string
  readonly cancel?: string
  readonly isBusy: boolean
  /** Whether enough was entered. */
  readonly isReady: boolean
  readonly onSend: () => void
  /** Absent: it is open for as long as it is there. */
  readonly isOpen?: boolean
  readonly onOpen?: () => void
  readonly onClose: () => void
  /** What opens it, and has the focus again when it is closed. */
  readonly trigger?: ReactElement
  readonly children: ReactNode
}

/** A dialog with one question and one answer; Enter sends, Escape leaves. */
export function Ask(props: AskProps) {
  const { title, doIt, cancel = 'Cancel', isBusy, isReady, onSend, onClose, children } = props
  const surface = (
    <DialogSurface>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isBusy) onSend()
        }}
      >
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={css.content}>{children}</DialogContent>
          <DialogActions>
            <Button type="submit" appearance="primary" disabled={!isReady || isBusy}>
              {doIt}
            </Button>
            <Button onClick={onClose}>{cancel}</Button>
          </DialogActions>
        </DialogBody>
      </form>
    </DialogSurface>
  )
  const dialog = {
    open: props.isOpen ?? true,
    onOpenChange: (_: unknown, { open }: { readonly open: boolean }) => (open ? props.onOpen?.() : onClose()),
  }
  if (!props.trigger) return <Dialog {...dialog}>{surface}</Dialog>
  return (
    <Dialog {...dialog}>
      <DialogTrigger disableButtonEnhancement>{props.trigger}</DialogTrigger>
      {surface}
    </Dialog>
  )
}
