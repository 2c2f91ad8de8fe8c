import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import css from './quote-actions.module.css'

type ActDialogProps = {
  readonly title: string
  /** What the button says; null: there is nothing to do yet. */
  readonly doIt: string | null
  readonly isBusy: boolean
  readonly isReady: boolean
  readonly onSend: () => void
  readonly onClose: () => void
  /** Another button, before the others. */
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** A dialog that changes one thing of a quote in Halo. Enter sends, Escape leaves; it always says who is told. */
export function ActDialog(props: ActDialogProps) {
  const { title, doIt, isBusy, isReady, onSend, onClose, beside, children } = props
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && !isBusy && onClose()}>
      <DialogSurface className={css.surface}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady && !isBusy) onSend()
          }}
        >
          <DialogBody className={css.body}>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={css.content}>
              {children}
              <p className={css.foot}>Halo has it at once. Datto Commerce is not told.</p>
            </DialogContent>
            <DialogActions fluid>
              {beside}
              {doIt && (
                <Button type="submit" appearance="primary" disabled={!isReady || isBusy}>
                  {doIt}
                </Button>
              )}
              <Button onClick={onClose}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
