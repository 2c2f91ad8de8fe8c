import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { ElectronParts } from './electron.ts'
import type { MenuEntry, TrayAction, TrayView } from './tray-view.ts'

export type TrayHandle = {
  show(view: TrayView): void
  destroy(): void
}

/** The icon in the tray: draws a TrayView, and tells which of its entries was chosen. Redraws only what differs, so an open menu stays. */
export function createTray(
  electron: Pick<ElectronParts, 'Tray' | 'Menu' | 'nativeTheme'>,
  icons: string,
  onAction: (action: TrayAction) => void,
): TrayHandle {
  let shown: TrayView | null = null
  const picture = (view: TrayView | null): string => {
    const theme = electron.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? 'dark' : 'light'
    return join(icons, `tray-${view?.icon ?? 'idle'}-${theme}.png`)
  }
  const tray = new electron.Tray(picture(null))
  const open = (): void => onAction({ do: 'open', path: null })
  tray.on('click', open)
  tray.on('double-click', open)
  let isGone = false
  electron.nativeTheme.on('updated', () => {
    if (!isGone) tray.setImage(picture(shown))
  })
  return {
    show: (view) => {
      if (view.icon !== shown?.icon) tray.setImage(picture(view))
      if (view.tooltip !== shown?.tooltip) tray.setToolTip(view.tooltip)
      if (JSON.stringify(view.menu) !== JSON.stringify(shown?.menu))
        tray.setContextMenu(electron.Menu.buildFromTemplate(view.menu.map((entry) => item(entry, onAction))))
      shown = view
    },
    destroy: () => {
      isGone = true
      tray.destroy()
    },
  }
}

function item(entry: MenuEntry, onAction: (action: TrayAction) => void): MenuItemConstructorOptions {
  if (entry === 'line') return { type: 'separator' }
  if ('entries' in entry) {
    return { label: entry.label, submenu: entry.entries.map((one) => item(one, onAction)) }
  }
  const { label, isEnabled, isChecked, action } = entry
  return {
    label,
    enabled: isEnabled,
    ...(isChecked === undefined ? {} : { type: 'checkbox' as const, checked: isChecked }),
    click: () => onAction(action),
  }
}
