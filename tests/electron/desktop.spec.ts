import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, launchOptions, test } from './fixtures.ts'

const visibleWindows = 'windows that a person sees'

test('the window shows the screens from app://, isolated', async ({ desktop: { page } }) => {
  await expect(page).toHaveURL('app://commerce-integrator/')
  await expect(page.getByRole('main')).toBeVisible()
  const seen = await page.evaluate(() => ({
    hasRequire: 'require' in globalThis,
    hasProcess: 'process' in globalThis,
    isSecure: globalThis.isSecureContext,
    bridge: Object.keys((globalThis as unknown as { desktop: object }).desktop).sort(),
  }))
  expect(seen).toEqual({
    ...{ hasRequire: false, hasProcess: false, isSecure: true },
    bridge: ['pathOfFile', 'platform'],
  })
})

test('the API answers the page, with its policy', async ({ desktop: { page } }) => {
  const status = await page.evaluate(async () => {
    const answer = await fetch('/api/status.get')
    return {
      mode: (await answer.json()).result.data.mode,
      policy: answer.headers.get('content-security-policy'),
    }
  })
  expect(status.mode).toBe('desktop')
  expect(status.policy).toContain("default-src 'none'")
  const posted = await page.evaluate(async () => {
    const body = JSON.stringify({ tenantId: 99, kind: 'sync' })
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/runs.start', { method: 'POST', headers, body })).json()
  })
  expect(posted).toMatchObject({ result: { data: { ok: false, fault: { code: 'tenant-unknown' } } } })
})

test('the page goes nowhere, opens nothing and may nothing', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => {
    location.href = 'https://example.com/'
    window.open('https://example.com/')
  })
  await expect(page).toHaveURL('app://commerce-integrator/')
  expect(app.windows()).toHaveLength(1)
  const permission = await page.evaluate(() => Notification.requestPermission())
  expect(permission).toBe('denied')
})

test('closing leaves it in the tray, a second start shows it again, quitting ends it', async ({
  desktop: { app, page },
  folder,
}) => {
  const shown = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.isVisible()).length)
  await expect.poll(shown, visibleWindows).toBe(1)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(shown, visibleWindows).toBe(0)
  const { executablePath, args } = launchOptions(folder, ['commerce-integrator://run/7'])
  const second = spawn(executablePath ?? 'electron', args, { stdio: 'ignore' })
  const [status] = await once(second, 'exit')
  expect(status).toBe(0)
  await expect.poll(shown, visibleWindows).toBe(1)
  await expect(page).toHaveURL('app://commerce-integrator/runs/7')
  const ended = app.waitForEvent('close')
  await app.evaluate(({ app: itself }) => itself.quit())
  await ended
})

test('hidden at login, there is no window', async ({ start }) => {
  const app = await start('--hidden')
  await app.evaluate(({ app: itself }) => itself.whenReady())
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
})

test('F12 is left to the page as long as there is no inspector', async ({ desktop: { app, page } }) => {
  await page.keyboard.press('F12')
  await expect(page).toHaveURL('app://commerce-integrator/')
  expect(
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.isDevToolsOpened(),
    ),
  ).toBe(false)
})
