import { existsSync } from 'node:fs'
import type { Fault, Result } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'
import type { Clock } from '../../app/model/ports.ts'
import { logFolder } from '../log.ts'
import { act } from './actions.ts'
import type { ElectronParts } from './electron.ts'
import type { ShellFacts } from './facts.ts'
import { guardContents, guardSession } from './guards.ts'
import type { Host } from './host.ts'
import { hostApi } from './host-api.ts'
import { hostsOf, linkScheme, pathInArguments, pathOfLink } from './links.ts'
import type { LoginItem } from './login.ts'
import { nobodyTold, noticesFor } from './notices.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { createTray, type TrayHandle } from './tray.ts'
import { trayView } from './tray-view.ts'
import { desktopUpdates, type ShellUpdates } from './updates.ts'
import { type Watch, waitFor, watchHost } from './watch.ts'
import { type MainWindow, mainWindow } from './window.ts'

export type DesktopParts = {
  readonly electron: ElectronParts
  readonly argv: readonly string[]
  readonly clock: Clock
  readonly version: string
  readonly openHost: () => Result<Host>
  readonly loginItem: LoginItem | null
  readonly files: { readonly desk: string; readonly preload: string; readonly icons: string }
  /** Path of the inspector's screen; null as long as there is none: F12 and the tray's entry are then absent. */
  readonly inspectorPath: string | null
  /** Null where nothing can be updated: a checkout, a program packed without it. */
  readonly updates: ShellUpdates | null
  readonly onTrouble: (error: unknown, what: string) => void
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The tooltip's times grow old. */
const redrawMs = 30_000
const retryMs = 10_000

/**
 * The desktop: one instance, one window, one tray, and behind them the engine or a service. Must be called before Electron is ready.
 * Ends by itself when another instance is there already (which then shows its window).
 */
export function startDesktop(parts: DesktopParts): void {
  const { app, Menu, protocol } = parts.electron
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  app.enableSandbox()
  registerScheme(protocol)
  Menu.setApplicationMenu(null)
  // Windows shows notifications only of programs that have this name, the installer's.
  app.setAppUserModelId('com.commerceintegrator.desktop')
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
  app.setAboutPanelOptions({ applicationName: 'Commerce Integrator', applicationVersion: parts.version })

  const desktop = createDesktop(parts)
  app.on('second-instance', (_, argv) => desktop.show(pathInArguments(argv)))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    desktop.show(pathOfLink(url))
  })
  app.on('activate', () => desktop.show(null))
  // Without a listener Electron would end the program with its last window.
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    event.preventDefault()
    desktop.end()
  })
  app.on('web-contents-created', (_, contents) =>
    guardContents(contents, {
      shell: parts.electron.shell,
      hosts: () => {
        const { tenants } = desktop.facts()
        return [
          ...hostsOf(tenants.map(({ instanceUrl }) => instanceUrl)),
          ...tenants.flatMap(({ linkHosts }) => linkHosts.map((host) => host.toLowerCase())),
        ]
      },
      onTrouble: parts.onTrouble,
    }),
  )
  app
    .whenReady()
    .then(() => desktop.begin())
    .catch((error: unknown) => {
      parts.onTrouble(error, 'starting the desktop')
      app.exit(1)
    })
}

type Running = {
  readonly host: Host
  readonly tray: TrayHandle
  readonly watch: Watch
  readonly timer: NodeJS.Timeout
}

function createDesktop(parts: DesktopParts) {
  const { electron } = parts
  const isHidden = parts.argv.includes('--hidden')
  const wait = parts.wait ?? waitFor
  let wanted = { isShown: !isHidden, path: pathInArguments(parts.argv) }
  let isEnding = false
  let running: Running | null = null
  const inspect = (): void => {
    if (parts.inspectorPath !== null) show(parts.inspectorPath)
  }
  const window = makeWindow(parts, () => !isEnding, inspect)
  const show = (path: string | null): void => {
    if (isEnding) return
    if (running) window.show(path)
    else wanted = { isShown: true, path: path ?? wanted.path }
  }
  const begin = async (): Promise<void> => {
    guardSession(electron.session.defaultSession)
    const host = await findHost(parts, () => wanted.isShown, wait)
    if (host === null) return
    serveScheme(electron.protocol, host.handler)
    running = run(parts, host, { show, wait })
    if (wanted.isShown) window.show(wanted.path)
  }
  const end = (): void => {
    if (isEnding) return
    isEnding = true
    window.end()
    const ending = running
    running = null
    if (ending) clearInterval(ending.timer)
    ending?.watch.stop()
    const stopped = ending ? ending.host.stop() : Promise.resolve()
    stopped
      .catch((error: unknown) => parts.onTrouble(error, 'stopping the engine'))
      .finally(() => {
        ending?.tray.destroy()
        electron.app.exit(0)
      })
  }
  const facts = (): ShellFacts => running?.watch.facts() ?? { isReachable: true, tenants: [] }
  return { show, begin, end, facts }
}

/** Opens the engine or the service; asks the person what to do when neither can be had. A hidden start waits for a folder in use. Null: the person gave up. */
async function findHost(
  { electron, openHost }: DesktopParts,
  isShown: () => boolean,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<Host | null> {
  for (;;) {
    const host = openHost()
    if (host.ok) return host.value
    if (host.fault.code === 'folder-in-use' && !isShown()) {
      await wait(retryMs, new AbortController().signal)
      continue
    }
    if (!(await wantsAnotherTry(electron, host.fault))) {
      electron.app.exit(1)
      return null
    }
  }
}

async function wantsAnotherTry({ dialog }: ElectronParts, trouble: Fault): Promise<boolean> {
  const { what, doNow } = explain(trouble)
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Commerce Integrator',
    message: what,
    detail: doNow ?? '',
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

function makeWindow(parts: DesktopParts, staysInTray: () => boolean, onInspector: () => void): MainWindow {
  const { electron, files, onTrouble } = parts
  return mainWindow({
    electron,
    deskFile: files.desk,
    preload: files.preload,
    icon: `${files.icons}/app-256.png`,
    staysInTray,
    hasInspector: parts.inspectorPath !== null,
    onInspector,
    onTrouble,
    onFirstClose: () =>
      tell(electron, {
        title: 'Commerce Integrator goes on',
        body: 'It keeps syncing; its icon is in the tray. Quit it from there.',
      }),
  })
}

/** Tray, notifications and what follows the engine. */
function run(
  parts: DesktopParts,
  host: Host,
  { show, wait }: { show: (path: string | null) => void; wait: NonNullable<DesktopParts['wait']> },
): Running {
  const { electron, clock, loginItem } = parts
  const api = hostApi(host.handler)
  let told = nobodyTold
  const folder = (): string => (existsSync(logFolder(host.folder)) ? logFolder(host.folder) : host.folder)
  const tray = createTray(electron, parts.files.icons, (action) => {
    act(action, { electron, api, clock, loginItem, show, folder, onTrouble: parts.onTrouble })
      .then((refused) => {
        if (refused) tell(electron, { title: 'That did not work', body: explain(refused).what })
        draw()
      })
      .catch((error: unknown) => parts.onTrouble(error, 'a choice in the tray'))
  })
  const draw = (): void => {
    const around = { nowMs: clock.now(), kind: host.kind, inspectorPath: parts.inspectorPath }
    tray.show(trayView(watch.facts(), { ...around, startsAtLogin: loginItem?.isOn() ?? null }))
  }
  const watch = watchHost(
    api,
    (facts) => {
      draw()
      const { told: next, notices } = noticesFor(told, facts)
      told = next
      for (const { title, body, tenantId } of notices)
        tell(electron, { title, body }, () => show(`/tenants/${tenantId}`))
    },
    wait,
  )
  draw()
  const around = { clock, host, api, facts: () => watch.facts(), onTrouble: parts.onTrouble }
  const updates =
    parts.updates && desktopUpdates(parts.updates, { ...around, tell: (words) => tell(electron, words) })
  const pulse = (): void => {
    draw()
    void updates?.tick()
  }
  electron.powerMonitor.on('resume', () => host.wake())
  electron.powerMonitor.on('unlock-screen', () => host.wake())
  return { host, tray, watch, timer: setInterval(pulse, redrawMs) }
}

function tell(
  { Notification }: ElectronParts,
  words: { readonly title: string; readonly body: string },
  onClick?: () => void,
): void {
  if (!Notification.isSupported()) return
  const notice = new Notification(words)
  if (onClick) notice.on('click', onClick)
  notice.show()
}
