import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron'
import electronUpdater from 'electron-updater'
import { dataFolder } from './folders.ts'
import type { ElectronParts } from './shell/electron.ts'
import { openHost } from './shell/host.ts'
import { loginItem } from './shell/login.ts'
import { startDesktop } from './shell/start.ts'
import { proxyOf } from './shell/system-proxy.ts'
import { canReplace, packedUpdates, type ShellUpdates } from './shell/updates.ts'
import { programFolder, programVersion } from './version.ts'

/**
 * The desktop program: `commerce-integrator-desktop [--hidden] [--data DIR] [LINK]`. Only this file has Electron's real functions.
 * No await at the top: the scheme must be registered before Electron is ready.
 */
const electron: ElectronParts = {
  app,
  BrowserWindow,
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
}
const clock = { now: (): number => Date.now() }
const out = join(programFolder(), 'out')

const tell = (error: unknown, what: string): void => {
  process.stderr.write(
    `${what}: ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}\n`,
  )
}

function named(option: string): string | undefined {
  const at = process.argv.indexOf(option)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** An AppImage is one file that is replaced; elsewhere it is the folder of the program. Unsigned for Windows: never by itself. */
function updates(): ShellUpdates | null {
  const packed = app.isPackaged ? packedUpdates(process.resourcesPath) : null
  if (packed === null) return null
  const replaced = dirname(process.env.APPIMAGE ?? process.execPath)
  const isTrusted = process.platform === 'win32' ? packed.isSigned : process.env.APPIMAGE !== undefined
  return { part: electronUpdater.autoUpdater, packed, canInstall: () => isTrusted && canReplace(replaced) }
}

startDesktop({
  electron,
  argv: process.argv,
  clock,
  version: programVersion(),
  openHost: () =>
    openHost({
      folder: dataFolder(named('--data')),
      clock,
      secretBox: safeStorage,
      resolveProxy: async (url) => proxyOf(await session.defaultSession.resolveProxy(url)),
      screens: join(out, 'renderer'),
      onTrouble: tell,
      onBug: tell,
    }),
  loginItem: app.isPackaged
    ? loginItem(
        app,
        process.platform,
        process.env.APPIMAGE ?? process.execPath,
        process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
      )
    : null,
  files: {
    desk: join(app.getPath('userData'), 'window.json'),
    preload: join(out, 'main', 'preload.cjs'),
    icons: join(out, 'main', 'icons'),
  },
  inspectorPath: '/inspector',
  updates: updates(),
  onTrouble: tell,
})
