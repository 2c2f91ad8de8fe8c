import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components'
import { Fragment, type ReactNode, useState } from 'react'

/** One thing that can be done. Entries of another group stand under a line. */
export type MenuEntry = {
  readonly id: string
  readonly name: string
  readonly icon?: ReactNode
  readonly group?: string
  readonly keys?: string
  readonly isDisabled?: boolean
  /** Why it cannot be used; shown under its name, and reached by the keyboard as it is. */
  readonly reason?: string
  /** `returnTo`: what had the focus before the menu opened. */
  readonly act: (returnTo: HTMLElement | null) => void
}

type Place = { readonly x: number; readonly y: number } | Element
type Shown = {
  readonly place: Place
  readonly entries: readonly MenuEntry[]
  /** What has the focus again when the menu closes. */
  readonly returnTo: HTMLElement | null
}

/** A menu that opens where the pointer is, or at the element that has the focus; it goes with `menu` into the page. */
export function useContextMenu(name: string): {
  readonly show: (place: Place, entries: readonly MenuEntry[], returnTo: HTMLElement | null) => void
  readonly menu: ReactNode
} {
  const [shown, setShown] = useState<Shown | null>(null)
  return {
    show: (place, entries, returnTo) => setShown({ place, entries, returnTo }),
    menu: shown && <Opened name={name} {...shown} onClose={() => setShown(null)} />,
  }
}

function Opened({ name, place, entries, returnTo, onClose }: Shown & { name: string; onClose: () => void }) {
  const target = place instanceof Element ? place : { getBoundingClientRect: () => pointAt(place) }
  return (
    // Inside the page, so that it belongs to a landmark; fixed, so that nothing that scrolls cuts it off.
    <Menu
      open
      inline
      onOpenChange={(_, { open }) => {
        if (open) return
        onClose()
        returnTo?.focus({ preventScroll: true })
      }}
      positioning={{ target, position: 'below', align: 'start', strategy: 'fixed' }}
    >
      <MenuPopover style={{ zIndex: 10 }}>
        <Entries name={name} entries={entries} returnTo={() => returnTo} />
      </MenuPopover>
    </Menu>
  )
}

type ReturnTo = () => HTMLElement | null
const nowhere: ReturnTo = () => null
type EntriesProps = {
  readonly name: string
  readonly entries: readonly MenuEntry[]
  readonly returnTo?: ReturnTo
}

/** The entries of a menu, in groups. */
export function Entries({ name, entries, returnTo = nowhere }: EntriesProps) {
  return (
    <MenuList aria-label={name}>
      {entries.map((entry, at) => (
        <Fragment key={entry.id}>
          {at > 0 && entry.group !== entries[at - 1]?.group && <MenuDivider />}
          <EntryItem entry={entry} returnTo={returnTo} />
        </Fragment>
      ))}
    </MenuList>
  )
}

/** One entry; inside a menu. */
export function EntryItem({ entry, returnTo }: { entry: MenuEntry; returnTo: ReturnTo }) {
  const { name, icon, keys, reason, isDisabled, act } = entry
  return (
    <MenuItem
      {...(icon ? { icon: <span>{icon}</span> } : {})}
      {...(keys ? { secondaryContent: keys } : {})}
      {...(reason ? { subText: reason } : {})}
      disabled={isDisabled ?? false}
      onClick={() => act(returnTo())}
    >
      {name}
    </MenuItem>
  )
}

const pointAt = ({ x, y }: { readonly x: number; readonly y: number }): DOMRect => new DOMRect(x, y, 0, 0)
