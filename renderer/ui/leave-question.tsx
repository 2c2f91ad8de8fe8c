import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { useLeaving } from './unsaved.ts'

/** Asked when somebody leaves a form that holds something unsaved. Esc stays. */
export function LeaveQuestion() {
  const { isAsked, stay, leave } = useLeaving()
  return (
    <Dialog open={isAsked} modalType="alert" onOpenChange={stay}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>
            What was changed on this page is not saved yet, and is lost when you leave.
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={stay}>
              Stay here
            </Button>
            <Button onClick={leave}>Leave without saving</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
