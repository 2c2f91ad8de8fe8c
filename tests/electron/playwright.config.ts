import { defineConfig } from '@playwright/test'

/** Electron itself; started by build/electron.mjs, which finds its binary and bundles the desktop first. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/electron',
  // Two Electrons of one person would fight for the one-instance lock's folder and the display's focus.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: 'list',
  use: { trace: 'retain-on-failure' },
})
