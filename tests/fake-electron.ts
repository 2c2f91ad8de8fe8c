import { EventEmitter } from 'node:events'
import type {
  BrowserWindowConstructorOptions,
  Event,
  HandlerDetails,
  Menu,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  Rectangle,
  WindowOpenHandlerResponse,
} from 'electron'
import type { ElectronParts, SessionPart } from '../main/shell/electron.ts'

/**
 * Stands in for Electron: notes what it was told, and lets a test play the person (`emit`, `choose`). Its shape is checked against
 * main/shell/electron.ts, whose types are Electron's own.
 */
export class FakeContents extends EventEmitter {
  url = ''
  windowOpen: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null
  getURL(): string {
    return this.url
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
  }
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.windowOpen = handler
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: BrowserWindowConstructorOptions
  isShown = false
  isBig = false
  isSmall = false
  isGone = false
  loaded: string[] = []
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
  }
  destroy(): void {
    this.isGone = true
    this.emit('closed')
  }
  focus(): void {}
  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 0, height = 0 } = this.options
    return { x, y, width, height }
  }
  hide(): void {
    this.isShown = false
  }
  isDestroyed = (): boolean => this.isGone
  isMaximized = (): boolean => this.isBig
  isMinimized = (): boolean => this.isSmall
  isVisible = (): boolean => this.isShown
  maximize(): void {
    this.isBig = true
  }
  removeMenu(): void {}
  restore(): void {
    this.isSmall = false
  }
  show(): void {
    this.isShown = true
  }
  /** The person closes it; true when it really closed. */
  close(): boolean {
    const event = fakeEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
    return !event.defaultPrevented
  }
}

export class FakeTray extends EventEmitter {
  image: unknown
  tooltip = ''
  template: MenuItemConstructorOptions[] = []
  isGone = false
  constructor(image: unknown) {
    super()
    this.image = image
  }
  setImage(image: unknown): void {
    this.image = image
  }
  setToolTip(text: string): void {
    this.tooltip = text
  }
  setContextMenu(menu: Menu | null): void {
    this.template = templates.get(menu) ?? []
  }
  destroy(): void {
    this.isGone = true
  }
  /** Chooses an entry by its labels, from the outermost. */
  choose(...labels: string[]): void {
    let entries = this.template
    let found: MenuItemConstructorOptions | undefined
    for (const label of labels) {
      found = entries.find((entry) => entry.label === label)
      if (!found) throw new Error(`The menu has no "${label}": ${entries.map((entry) => entry.label)}`)
      entries = Array.isArray(found.submenu) ? found.submenu : []
    }
    if (found?.enabled === false) throw new Error(`"${labels}" cannot be chosen.`)
    // Electron passes the item, the window and the key event; this program looks at none of them.
    const click = found?.click as (() => void) | undefined
    click?.()
  }
}

const templates = new WeakMap<object, MenuItemConstructorOptions[]>() as {
  get(menu: Menu | null): MenuItemConstructorOptions[] | undefined
  set(menu: object, template: MenuItemConstructorOptions[]): void
}

export const fakeEvent = () => {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event as Event<{ defaultPrevented: boolean }>
}

export type FakeNotification = EventEmitter & { readonly words: NotificationConstructorOptions }

/** A computer with one display of 1920 x 1040 and a light taskbar, on which nobody started the program yet. */
export function fakeElectron() {
  const seen = {
    windows: [] as FakeWindow[],
    trays: [] as FakeTray[],
    notifications: [] as FakeNotification[],
    boxes: [] as MessageBoxOptions[],
    opened: [] as string[],
    folders: [] as string[],
    schemes: [] as Parameters<ElectronParts['protocol']['registerSchemesAsPrivileged']>[0],
    handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
    permissions: {} as {
      request?: Parameters<SessionPart['setPermissionRequestHandler']>[0]
      check?: Parameters<SessionPart['setPermissionCheckHandler']>[0]
      device?: Parameters<SessionPart['setDevicePermissionHandler']>[0]
    },
    exitCode: null as number | null,
    isSandboxed: false,
    isAboutShown: false,
    loginItem: { openAtLogin: false },
    /** What the person answers to the next message boxes; "Quit" when none is left. */
    answers: [] as number[],
    isFirstInstance: true,
    displays: [{ x: 0, y: 0, width: 1920, height: 1040 }] as Rectangle[],
    isDark: false,
  }
  const ready = Promise.withResolvers<void>()
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    enableSandbox: () => {
      seen.isSandboxed = true
    },
    exit: (code = 0) => {
      seen.exitCode ??= code
    },
    getLoginItemSettings: () => ({
      openAtLogin: seen.loginItem.openAtLogin,
      executableWillLaunchAtLogin: seen.loginItem.openAtLogin,
      wasOpenedAtLogin: false,
      status: 'not-found' as const,
      launchItems: [],
    }),
    getPath: () => '/nowhere',
    quit: () => {
      app.emit('before-quit', fakeEvent())
    },
    requestSingleInstanceLock: () => seen.isFirstInstance,
    setAboutPanelOptions: () => undefined,
    setAppUserModelId: () => undefined,
    setAsDefaultProtocolClient: () => true,
    setLoginItemSettings: ({ openAtLogin = false }: { openAtLogin?: boolean }) => {
      seen.loginItem = { openAtLogin }
    },
    showAboutPanel: () => {
      seen.isAboutShown = true
    },
    whenReady: () => ready.promise,
  })
  class FakeTheme extends EventEmitter {
    get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
      return seen.isDark
    }
  }
  const nativeTheme = new FakeTheme()
  const powerMonitor = new EventEmitter()
  const electron: ElectronParts = {
    app,
    nativeTheme,
    powerMonitor,
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options)
        seen.windows.push(this)
        app.emit('web-contents-created', fakeEvent(), this.webContents)
      }
    },
    Tray: class extends FakeTray {
      constructor(image: unknown) {
        super(image)
        seen.trays.push(this)
      }
    },
    Menu: {
      buildFromTemplate: (template) => {
        const menu = {}
        templates.set(menu, template)
        return menu as Menu
      },
      setApplicationMenu: () => undefined,
    },
    Notification: class extends EventEmitter {
      static isSupported = (): boolean => true
      readonly words: NotificationConstructorOptions
      constructor(words: NotificationConstructorOptions) {
        super()
        this.words = words
      }
      show(): void {
        seen.notifications.push(this)
      }
    },
    dialog: {
      showMessageBox: async (...args: unknown[]) => {
        seen.boxes.push(args.at(-1) as MessageBoxOptions)
        return { response: seen.answers.shift() ?? 1, checkboxChecked: false }
      },
    },
    protocol: {
      handle: (scheme, handler) => {
        seen.handlers.set(scheme, handler)
      },
      registerSchemesAsPrivileged: (schemes) => {
        seen.schemes.push(...schemes)
      },
    },
    screen: {
      getAllDisplays: () => seen.displays.map((workArea) => ({ workArea })),
      getPrimaryDisplay: () => ({ workArea: seen.displays[0] ?? { x: 0, y: 0, width: 0, height: 0 } }),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler) => {
          seen.permissions.request = handler
        },
        setPermissionCheckHandler: (handler) => {
          seen.permissions.check = handler
        },
        setDevicePermissionHandler: (handler) => {
          seen.permissions.device = handler
        },
      },
    },
    shell: {
      openExternal: async (url) => {
        seen.opened.push(url)
      },
      openPath: async (path) => {
        seen.folders.push(path)
        return ''
      },
    },
  }
  return { electron, seen, app, nativeTheme, powerMonitor, becomeReady: () => ready.resolve() }
}
