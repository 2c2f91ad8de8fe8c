import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { exactTime } from '../../ui/format.ts'
import { useWholeCost } from './reconcile-section.tsx'

type EarlierQuestionProps = {
  readonly tenantId: number
  /** UTC ISO, as it is and as it would be. */
  readonly from: string
  readonly to: string
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Asked before the sync is set back: old records come into Halo then, and reading them costs requests. */
export function EarlierQuestion({ tenantId, from, to, onYes, onNo }: EarlierQuestionProps) {
  const cost = useWholeCost(tenantId)
  return (
    <Dialog open modalType="alert" onOpenChange={onNo}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Bring older records into Halo?</DialogTitle>
          <DialogContent>
            <p>
              Until now, what changed since {exactTime(from)} is synced. Set back to {exactTime(to)}, the next
              run reads every list from there on and writes all records that changed since then into Halo,
              also those that were finished long ago.
            </p>
            <p>
              At most that costs {cost || 'one request for every hundred records'}. It cannot be undone here:
              what is in Halo stays there.
            </p>
          </DialogContent>
          <DialogActions>
            <Button onClick={onYes}>Bring them in</Button>
            <Button appearance="primary" onClick={onNo}>
              Leave it as it was
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
