import { Button, Menu, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontal16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { SheetField } from '../../../app/model/sheet/field-type.ts'
import { withoutMade } from '../../../app/model/sheet/made-decision.ts'
import { Entries, type MenuEntry } from '../../ui/context-menu.tsx'
import type { Decide } from './asks.ts'
import type { Decided } from './columns-step.tsx'
import { JoinDialog } from './join-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'

type MadeMenuProps = {
  readonly view: Decided
  readonly decide: Decide
  readonly field: SheetField
  /** The column that the field has. */
  readonly column: number
}

/** What can be done with the column of a field: split it, join it with others, or take that back. */
export function MadeMenu({ view, decide, field, column }: MadeMenuProps) {
  const [open, setOpen] = useState<'split' | 'join' | null>(null)
  const made = decide.decision.made?.find((one) => one.into.some((place) => place === column))
  const entries: MenuEntry[] = made
    ? [
        {
          id: 'back',
          name: made.do === 'split' ? 'Take the split back' : 'Take the join back',
          act: () => void decide.change(withoutMade(decide.decision, field.key)),
        },
      ]
    : [
        { id: 'split', name: 'Split this column…', act: () => setOpen('split') },
        { id: 'join', name: 'Join it with another…', act: () => setOpen('join') },
      ]
  const dialog = { view, decide, field, column, onClose: () => setOpen(null) }
  return (
    <>
      <Menu inline positioning={{ position: 'below', align: 'end', strategy: 'fixed' }}>
        <MenuTrigger disableButtonEnhancement>
          <Button
            size="small"
            appearance="subtle"
            icon={<MoreHorizontal16Regular />}
            aria-label={`Split or join the column for ${field.label}`}
            title="Split or join"
          />
        </MenuTrigger>
        <MenuPopover style={{ zIndex: 10 }}>
          <Entries name={`The column for ${field.label}`} entries={entries} />
        </MenuPopover>
      </Menu>
      {open === 'split' && <SplitDialog {...dialog} />}
      {open === 'join' && <JoinDialog {...dialog} />}
    </>
  )
}

export type MadeDialogProps = MadeMenuProps & { readonly onClose: () => void }
