import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components'
import { useLocation } from 'wouter'
import { api, useCommand } from '../../api.ts'
import { count, plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import type { ImportBrief } from './asks.ts'
import css from './import.module.css'
import { mostToRemove, withThem } from './undo-words.ts'

type UndoDialogProps = { readonly one: ImportBrief; readonly onClose: () => void }

/** Says in counts what an undo does, and does it when a person agrees. */
export function UndoDialog({ one, onClose }: UndoDialogProps) {
  const notices = useNotices()
  const [, go] = useLocation()
  const takeBack = useCommand(() => api.imports.takeBack.mutate({ id: one.id }))
  const most = mostToRemove(one)
  const begin = async (): Promise<void> => {
    const begun = await takeBack.run(undefined)
    if (!begun.ok) return void notices.trouble(begun.fault)
    onClose()
    go(`/import/${one.id}/result`)
  }
  return (
    <Dialog open onOpenChange={(_, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Undo the import of {one.fileName}?</DialogTitle>
          <DialogContent>
            <ul className={css.points}>
              <li>
                Up to {plural(most, 'record')} that it created {most === 1 ? 'is' : 'are'} removed from Halo
                {withThem[one.entity]}.
              </li>
              <li>
                A record that somebody has changed since, or that something else in Halo refers to, is left
                alone and listed with the reason.
              </li>
              {one.done.updated > 0 && (
                <li>
                  {plural(one.done.updated, 'record')} that {one.done.updated === 1 ? 'was' : 'were'} in Halo
                  before and changed by it {one.done.updated === 1 ? 'stays' : 'stay'} as{' '}
                  {one.done.updated === 1 ? 'it is' : 'they are'} now.
                </li>
              )}
            </ul>
            <p>What is removed comes back only by importing the file again.</p>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={takeBack.isBusy} onClick={() => void begin()}>
              Remove up to {count(most)}
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
