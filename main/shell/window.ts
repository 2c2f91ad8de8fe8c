import { type Desk, leastSize, placeWindow, readDesk, writeDesk } from './desk.ts'
import type { ElectronParts, WindowPart } from './electron.ts'
import { pageOrigin } from './links.ts'

type WindowParts = {
  readonly electron: Pick<ElectronParts, 'BrowserWindow' | 'screen'>
  /** Where this person's window state is kept. */
  readonly deskFile: string
  readonly preload: string
  readonly icon: string
  /** False while the program really ends: closing then closes. */
  readonly staysInTray: () => boolean
  /** The first time a person closes the window. */
  readonly onFirstClose: () => void
  /** F12 is the page's own as long as there is no inspector to open. */
  readonly hasInspector: boolean
  readonly onInspector: () => void
  readonly onTrouble: (error: unknown, what: string) => void
}

export type MainWindow = {
  /** Shows the window, makes it when there is none; at this path of the page, where one is given. */
  show(path: string | null): void
  /** Keeps its place and destroys it. */
  end(): void
}

/** The one window: made when first shown, hidden when closed, remembered where it was. */
export function mainWindow(parts: WindowParts): MainWindow {
  let desk = readDesk(parts.deskFile)
  let window: WindowPart | null = null
  const keep = (change: Partial<Desk>): void => {
    desk = { ...desk, ...change }
    writeDesk(parts.deskFile, desk)
  }
  const keepPlace = (of: WindowPart): void =>
    keep({ bounds: of.getNormalBounds(), isMaximized: of.isMaximized() })
  const make = (): WindowPart => {
    const made = new parts.electron.BrowserWindow(optionsFor(parts, desk))
    made.removeMenu()
    if (desk.isMaximized) made.maximize()
    made.on('close', (event) => {
      keepPlace(made)
      if (!parts.staysInTray()) return
      event.preventDefault()
      made.hide()
      if (desk.knowsTray) return
      keep({ knowsTray: true })
      parts.onFirstClose()
    })
    made.on('closed', () => {
      window = null
    })
    made.webContents.on('before-input-event', (event, input) => {
      if (!parts.hasInspector || input.type !== 'keyDown' || input.key !== 'F12') return
      event.preventDefault()
      parts.onInspector()
    })
    return made
  }
  const load = (into: WindowPart, path: string): void => {
    into.loadURL(pageOrigin + path).catch((error: unknown) => parts.onTrouble(error, 'loading the page'))
  }
  return {
    show: (path) => {
      const isNew = window === null
      window ??= make()
      if (isNew || path !== null) load(window, path ?? '/')
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    end: () => {
      if (window === null || window.isDestroyed()) return
      keepPlace(window)
      window.destroy()
      window = null
    },
  }
}

function optionsFor(
  parts: WindowParts,
  desk: Desk,
): ConstructorParameters<ElectronParts['BrowserWindow']>[0] {
  const { screen } = parts.electron
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  return {
    ...placeWindow(desk.bounds, areas, screen.getPrimaryDisplay().workArea),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: 'Commerce Integrator',
    icon: parts.icon,
    show: false,
    autoHideMenuBar: true,
    // Electron's own defaults, most of them: said all the same, so that a test can hold them (docs/security.md).
    webPreferences: {
      preload: parts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  }
}
