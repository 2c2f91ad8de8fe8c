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
  readonly act: () => void
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
        <Entries name={name} entries={entries} />
      </MenuPopover>
    </Menu>
  )
}

/** The entries of a menu, in groups. */
export function Entries({ name, entries }: { name: string; entries: readonly MenuEntry[] }) {
  return (
    <MenuList aria-label={name}>
      {entries.map(({ id, name: entry, icon, group, keys, isDisabled, act }, at) => (
        <Fragment key={id}>
          {at > 0 && group !== entries[at - 1]?.group && <MenuDivider />}
          <MenuItem
            {...(icon ? { icon: <span>{icon}</span> } : {})}
            {...(keys ? { secondaryContent: keys } : {})}
            disabled={isDisabled ?? false}
            onClick={act}
          >
            {entry}
          </MenuItem>
        </Fragment>
      ))}
    </MenuList>
  )
}

const pointAt = ({ x, y }: { readonly x: number; readonly y: number }): DOMRect => new DOMRect(x, y, 0, 0)
