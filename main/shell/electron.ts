import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  Display,
  Event,
  HandlerDetails,
  Input,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  Notification,
  NotificationConstructorOptions,
  Protocol,
  Rectangle,
  Session,
  Shell,
  Tray,
  WebContents,
  WindowOpenHandlerResponse,
} from 'electron'

/**
 * The few functions of Electron that this program uses, in Electron's own types. The shell is written against these, main/desktop.ts
 * passes in the real ones (so a signature that Electron changes does not compile), tests/fake-electron.ts others.
 */
export type AppPart = Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getLoginItemSettings'
  | 'getPath'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'showAboutPanel'
  | 'whenReady'
> & {
  readonly isPackaged: boolean
  on(event: 'second-instance', listener: (event: Event, argv: string[]) => void): unknown
  on(event: 'open-url', listener: (event: Event, url: string) => void): unknown
  on(event: 'activate', listener: () => void): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: Event) => void): unknown
  on(event: 'web-contents-created', listener: (event: Event, contents: WebContents) => void): unknown
}

export type ContentsPart = Pick<WebContents, 'getURL' | 'loadURL'> & {
  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void
  on(event: 'will-navigate', listener: (event: Navigation) => void): unknown
  on(event: 'will-frame-navigate', listener: (event: Navigation) => void): unknown
  on(event: 'will-redirect', listener: (event: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Event) => void): unknown
  on(event: 'before-input-event', listener: (event: Event, input: Input) => void): unknown
}
export type Navigation = { readonly url: string; preventDefault(): void }

export type WindowPart = Pick<
  BrowserWindow,
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'removeMenu'
  | 'restore'
  | 'show'
> & {
  readonly webContents: ContentsPart
  on(event: 'close', listener: (event: Event) => void): unknown
  on(
    event: 'closed' | 'ready-to-show' | 'resized' | 'moved' | 'maximize' | 'unmaximize',
    listener: () => void,
  ): unknown
}

type TrayPart = Pick<Tray, 'destroy' | 'setContextMenu' | 'setImage' | 'setToolTip'> & {
  on(event: 'click' | 'double-click', listener: () => void): unknown
}

type NotificationPart = Pick<Notification, 'show'> & {
  on(event: 'click', listener: () => void): unknown
}

export type SessionPart = Pick<
  Session,
  'setDevicePermissionHandler' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler'
>

export type ElectronParts = {
  readonly app: AppPart
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => WindowPart
  readonly Tray: new (image: string | NativeImage) => TrayPart
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu
    setApplicationMenu(menu: Menu | null): void
  }
  readonly Notification: {
    new (options: NotificationConstructorOptions): NotificationPart
    isSupported(): boolean
  }
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly nativeTheme: {
    readonly shouldUseDarkColorsForSystemIntegratedUI: boolean
    on(event: 'updated', listener: () => void): unknown
  }
  readonly powerMonitor: { on(event: 'resume' | 'unlock-screen', listener: () => void): unknown }
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>
  readonly screen: {
    getAllDisplays(): Pick<Display, 'workArea'>[]
    getPrimaryDisplay(): { workArea: Rectangle }
  }
  readonly session: { readonly defaultSession: SessionPart }
  readonly shell: Pick<Shell, 'openExternal' | 'openPath'>
}
