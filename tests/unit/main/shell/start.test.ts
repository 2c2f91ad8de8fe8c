import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fail, fault, ok, type Result } from '../../../../app/model/fault.ts'
import { createEngine, type Engine } from '../../../../main/engine.ts'
import { type Host, openHost } from '../../../../main/shell/host.ts'
import { type DesktopParts, startDesktop } from '../../../../main/shell/start.ts'
import { waitFor } from '../../../../main/shell/watch.ts'
import { type FakeTray, type FakeWindow, fakeElectron, fakeEvent } from '../../../fake-electron.ts'

const clock = { now: () => Date.parse('2030-05-01T08:00:00.000Z') }
const ours = 'app://commerce-integrator'
let folder = ''
let fake = fakeElectron()
let host: Result<Host> | null = null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-'))
  mkdirSync(join(folder, 'screens'))
  writeFileSync(join(folder, 'screens', 'index.html'), '<!doctype html><title>screens</title>')
  fake = fakeElectron()
  host = null
})
afterEach(async () => {
  fake.electron.app.quit()
  await until(() => fake.seen.exitCode !== null)
  rmSync(folder, { recursive: true, force: true })
})

const until = (is: () => boolean): Promise<void> =>
  vi.waitFor(() => {
    if (!is()) throw new Error('not yet')
  }, 20_000)

function open(): Result<Host> {
  host = openHost({ folder, clock, screens: join(folder, 'screens'), onTrouble: noTrouble, onBug: noTrouble })
  return host
}
function noTrouble(error: unknown, what?: string): never {
  throw new Error(`${what}: ${JSON.stringify(error)}`, { cause: error })
}
function start(change: Partial<DesktopParts> = {}): void {
  startDesktop({
    electron: fake.electron,
    argv: ['program'],
    clock,
    version: '1.2.3',
    openHost: open,
    loginItem: null,
    files: { desk: join(folder, 'window.json'), preload: '/out/preload.cjs', icons: '/icons' },
    inspectorPath: null,
    updates: null,
    onTrouble: noTrouble,
    wait: (_, signal) => waitFor(5, signal),
    ...change,
  })
  fake.becomeReady()
}
async function started(change: Partial<DesktopParts> = {}): Promise<FakeTray> {
  start(change)
  await until(() => (fake.seen.trays[0]?.template.length ?? 0) > 0)
  return fake.seen.trays[0] as FakeTray
}
const theWindow = (): FakeWindow => fake.seen.windows.at(-1) as FakeWindow
const ask = async (path: string, body?: unknown): Promise<Response> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const handler = fake.seen.handlers.get('app')
  if (!handler) throw new Error('Nothing answers app://')
  return handler(new Request(ours + path, body === undefined ? {} : init))
}
const addTenant = (name: string) =>
  ask('/api/tenants.add', {
    tenant: { name, instanceUrl: `https://${name}.mydattocommerce.com` },
    key: 'key-of-it',
  })

describe('the window', () => {
  test('shows our page, hardened as Electron advises', async () => {
    await started()
    expect([theWindow().loaded, theWindow().isShown]).toEqual([[`${ours}/`], true])
    expect(theWindow().options.webPreferences).toEqual({
      preload: '/out/preload.cjs',
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
    })
    expect(fake.seen.isSandboxed).toBe(true)
    expect(theWindow().webContents.windowOpen).not.toBeNull()
    expect(fake.seen.permissions.request).toBeDefined()
  })
  test('is answered by the engine, screens and API, with its policy', async () => {
    await started()
    const page = await ask('/runs')
    expect(await page.text()).toContain('screens')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await (await ask('/api/status.get')).json()).toMatchObject({
      result: { data: { mode: 'desktop' } },
    })
  })
  test('goes to the tray when closed, says so once, and comes back', async () => {
    const tray = await started()
    expect(theWindow().close()).toBe(false)
    tray.emit('click')
    expect(theWindow().isShown).toBe(true)
    theWindow().close()
    expect(theWindow().isShown).toBe(false)
    expect(fake.seen.notifications.map(({ words }) => words.title)).toEqual(['Commerce Integrator goes on'])
    tray.choose('Open')
    expect([fake.seen.windows.length, theWindow().isShown]).toEqual([1, true])
  })
  test('comes back where it was the next time', async () => {
    await started()
    theWindow().options.x = 100
    theWindow().maximize()
    theWindow().close()
    fake.electron.app.quit()
    await until(() => fake.seen.exitCode !== null)
    fake = fakeElectron()
    await started()
    expect([theWindow().options.x, theWindow().isBig]).toEqual([100, true])
    theWindow().close()
    expect(fake.seen.notifications).toEqual([])
  })
  test('hidden at login there is none until it is wanted', async () => {
    const tray = await started({ argv: ['program', '--hidden'] })
    expect(fake.seen.windows).toEqual([])
    tray.emit('click')
    expect(theWindow().isShown).toBe(true)
  })
  test('F12 opens the inspector where there is one, and is the page’s where not', async () => {
    const f12 = () => {
      const event = fakeEvent()
      theWindow().webContents.emit('before-input-event', event, { type: 'keyDown', key: 'F12' })
      return event.defaultPrevented
    }
    await started({ inspectorPath: '/requests' })
    expect([f12(), theWindow().loaded.at(-1)]).toEqual([true, `${ours}/requests`])
    fake.electron.app.quit()
    await until(() => fake.seen.exitCode !== null)
    fake = fakeElectron()
    await started()
    expect([f12(), theWindow().loaded]).toEqual([false, [`${ours}/`]])
  })
})

describe('one instance', () => {
  test('the second ends at once and touches nothing', () => {
    fake.seen.isFirstInstance = false
    start()
    expect([fake.seen.exitCode, fake.seen.handlers.size, host]).toEqual([0, 0, null])
  })
  test('the first shows its window, at the link that the second was given', async () => {
    await started({ argv: ['program', '--hidden'] })
    fake.app.emit('second-instance', fakeEvent(), ['program', 'commerce-integrator://run/7'])
    expect(theWindow().loaded).toEqual([`${ours}/runs/7`])
    theWindow().close()
    fake.app.emit('second-instance', fakeEvent(), ['program'])
    expect([theWindow().loaded.length, theWindow().isShown]).toEqual([1, true])
  })
  test('a link may start it', async () => {
    await started({ argv: ['program', 'commerce-integrator://tenant/2'] })
    expect(theWindow().loaded).toEqual([`${ours}/tenants/2`])
  })
})

describe('the tray', () => {
  test('follows the engine, and its menu works', async () => {
    const tray = await started()
    expect(tray.tooltip).toContain('No tenant yet.')
    await addTenant('north')
    await until(() => tray.tooltip.includes('All is in order.'))
    tray.choose('Pause', 'For 1 hour')
    await until(() => String(tray.image) === join('/icons', 'tray-paused-light.png'))
    tray.choose('Resume')
    await until(() => String(tray.image) === join('/icons', 'tray-idle-light.png'))
    fake.seen.isDark = true
    fake.nativeTheme.emit('updated')
    expect(tray.image).toBe(join('/icons', 'tray-idle-dark.png'))
    tray.choose('Log folder')
    tray.choose('About')
    expect([fake.seen.folders.length, fake.seen.isAboutShown]).toEqual([1, true])
  })
  test('a link to the portal of a tenant opens outside once the tenant is known', async () => {
    const tray = await started()
    const portal = 'https://north.mydattocommerce.com/q/1'
    theWindow().webContents.windowOpen?.({ url: portal } as never)
    await addTenant('north')
    await until(() => tray.tooltip.includes('All is in order.'))
    theWindow().webContents.windowOpen?.({ url: portal } as never)
    expect(fake.seen.opened).toEqual([portal])
  })
  test('after sleep the engine looks for what is due', async () => {
    let woken = 0
    const opened = (): Result<Host> => {
      const real = open()
      return real.ok ? ok({ ...real.value, wake: () => (woken += 1) }) : real
    }
    await started({ openHost: opened })
    fake.powerMonitor.emit('resume')
    expect(woken).toBe(1)
  })
})

describe('the end', () => {
  test('quit stops the engine first: the data folder is free when the program is gone', async () => {
    const tray = await started()
    tray.choose('Quit (syncing stops)')
    expect([theWindow().isGone, fake.seen.exitCode]).toEqual([true, null])
    await until(() => fake.seen.exitCode !== null)
    expect([fake.seen.exitCode, tray.isGone]).toEqual([0, true])
    const next = createEngine({ folder, mode: 'cli', clock, onTrouble: noTrouble })
    expect(next.ok).toBe(true)
    if (next.ok) await (next.value as Engine).stop()
  })
  test('what cannot start says why and asks; trying again helps when the reason is gone', async () => {
    const reasons = [fault('folder-unwritable', { facts: { folder } }), fault('store-newer')]
    fake.seen.answers = [0, 0]
    await started({ openHost: () => (reasons[0] ? fail(reasons.shift() ?? fault('bug')) : open()) })
    expect(fake.seen.boxes.map(({ message }) => message)).toEqual([
      expect.stringContaining(folder),
      expect.stringContaining('newer version'),
    ])
    expect(theWindow().isShown).toBe(true)
  })
  test('or the person gives up', async () => {
    start({ openHost: () => fail(fault('door-closed', { facts: { folder } })) })
    await until(() => fake.seen.exitCode !== null)
    expect([fake.seen.exitCode, fake.seen.boxes.length, fake.seen.windows.length]).toEqual([1, 1, 0])
  })
  test('at login it waits quietly for a folder in use', async () => {
    let tries = 0
    const busyTwice = (): Result<Host> => {
      tries += 1
      return tries < 3 ? fail(fault('folder-in-use')) : open()
    }
    await started({ argv: ['program', '--hidden'], openHost: busyTwice, wait: () => Promise.resolve() })
    expect([tries, fake.seen.boxes]).toEqual([3, []])
  })
})
