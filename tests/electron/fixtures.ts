import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  expect,
  type Page,
} from '@playwright/test'
import { checkout } from '../../build/program.ts'

export { expect }

export type Desktop = { readonly app: ElectronApplication; readonly page: Page }

type Fixtures = {
  /** Data folder and the person's own folder, both new. */
  folder: string
  /** Starts the desktop on them; with its first window unless it is hidden. */
  start: (...args: readonly string[]) => Promise<ElectronApplication>
  desktop: Desktop
}

/** Each test gets a program, a data folder and a person's folder of its own. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'desktop-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  },

  start: async ({ folder }, use) => {
    const started: ElectronApplication[] = []
    await use(async (...args) => {
      const app = await electron.launch(launchOptions(folder, args))
      started.push(app)
      return app
    })
    // One that has ended is closed already, which is no trouble.
    for (const app of started) await app.close().catch(() => undefined)
  },

  desktop: async ({ start }, use) => {
    const app = await start()
    await use({ app, page: await app.firstWindow() })
  },
})

/** How Electron is started; ELECTRON_PATH is set by build/electron.mjs. */
export function launchOptions(folder: string, args: readonly string[]) {
  const { ELECTRON_PATH: executablePath } = process.env
  // Chromium's sandbox refuses to run as root.
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const own = [`--user-data-dir=${join(folder, 'person')}`, '--data', join(folder, 'data')]
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...noSandbox, checkout, ...own, ...args],
    cwd: checkout,
  }
}
