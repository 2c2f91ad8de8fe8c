import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './build/browser.mjs'

const browser = findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test starts a whole service and a browser: on a small machine one at a time is quicker than two in each other's way.
  workers: availableParallelism() > 4 ? 2 : 1,
  fullyParallel: true,
  // A test that needs a second try is a wrong test.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    // What fades is in between two states, and no test is about that.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      // Chromium's sandbox refuses to run as root; the others keep the browser from calling home on closed networks.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
