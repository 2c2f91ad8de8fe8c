import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  ProgressBar,
} from '@fluentui/react-components'
import { count, plural } from '../../ui/format.ts'
import css from './matches.module.css'

type ConfirmProps = {
  readonly customers: number
  /** How many of them the program was sure about. */
  readonly sure: number
  readonly isBusy: boolean
  readonly done: number
  readonly onLink: () => void
  readonly onClose: () => void
}

/** What linking means, with its count, before it is done. */
export function ConfirmDialog({ customers, sure, isBusy, done, onLink, onClose }: ConfirmProps) {
  const own = customers - sure
  return (
    <Dialog open modalType="alert" onOpenChange={() => isBusy || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Link {plural(customers, 'customer')} to the clients beside them?</DialogTitle>
          <DialogContent className={css.dialog}>
            <p>
              {own === 0
                ? `All of them are sure.`
                : `${count(sure)} of them ${sure === 1 ? 'is' : 'are'} sure, ${count(own)} selected by you.`}{' '}
              Commerce's id is written into each client now. The next sync then brings that client up to date
              with Commerce, and its quotes and orders go there; no second client is made.
            </p>
            <p>Until a sync has run, the links can be taken back.</p>
            {isBusy && <ProgressBar value={done} max={customers} aria-label="Linking" />}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={isBusy} onClick={onLink}>
              Link {plural(customers, 'customer')}
            </Button>
            <Button disabled={isBusy} onClick={onClose}>
              Cancel
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
