import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './build/browser.mjs'

const browser = findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test starts a whole service and a browser; two at a time fill two cores, one leaves half of them idle while it waits.
  workers: availableParallelism() > 1 ? 2 : 1,
  fullyParallel: true,
  // A test that needs a second try is a wrong test.
  retries: 0,
  forbidOnly: true,
  // Some go through a whole wizard in three looks; this ends what hangs, not what is slow.
  timeout: 150_000,
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
