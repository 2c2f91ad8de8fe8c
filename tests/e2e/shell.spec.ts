import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

const paths = [
  ...[
    '/',
    '/tenants',
    '/tenants/1',
    '/customers',
    '/quotes',
    '/sales-orders',
    '/products',
    '/products-by-group',
  ],
  ...['/runs', '/runs/1', '/attention', '/inspector', '/settings', '/settings/about'],
]

/** Opens each screen of a tenant that has synced, and waits until it has its data. */
async function openEach(page: Page, look: () => Promise<void>): Promise<void> {
  for (const path of paths) {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0)
    await look()
  }
}

test('every screen fits at 1024 x 768 and at 200 % zoom', async ({ page, addTenant, cli, startService }) => {
  test.slow()
  await addTenant({ name: 'Northwind' })
  await cli(['sync'])
  await enter(page, (await startService()).address)
  await openEach(page, () => expectFits(page))
})

test('every screen is accessible in the high contrast of our own', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  test.slow()
  await addTenant({ name: 'Northwind' })
  await cli(['sync'])
  await enter(page, (await startService()).address)
  await goTo(page, '/settings/appearance')
  await page.getByLabel(/^High contrast/).check()
  await openEach(page, () => expectAccessible(page, [{ colorScheme: 'light', forcedColors: 'none' }]))
})

test('a narrow window folds the navigation; its names stay for screen readers, and content is one key away', async ({
  page,
  startService,
}) => {
  await enter(page, (await startService()).address)
  await page.setViewportSize({ width: 512, height: 384 })
  const runs = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' })
  expect((await runs.boundingBox())?.width).toBeLessThan(50)
  await expectAccessible(page)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('#content')).toBeFocused()
  await runs.click()
  await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible()
})

test('the bar tells what runs and what each key has used', async ({
  page,
  addTenant,
  sampleApi,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  sampleApi.quirks.delayMs = 150
  await enter(page, (await startService()).address)
  const bar = page.getByRole('contentinfo')
  await expect(bar).toContainText('Engine running (service)')
  const follow = page.getByRole('button', { name: 'Follow the run' })
  await page.getByRole('button', { name: 'Sync now: Northwind' }).or(follow).click()
  const running = bar.getByRole('link', { name: /^Northwind/ })
  await expect(running).toBeVisible()
  await goTo(page, '/')
  await expect(
    page.getByRole('list', { name: 'The engine' }).getByText('Running now: Northwind'),
  ).toBeVisible()
  sampleApi.quirks.delayMs = 0
  await expect(running).toBeHidden({ timeout: 30_000 })
  await page.getByRole('button', { name: /^Requests to Commerce/ }).click()
  const keys = page.getByRole('region', { name: 'What each key has used' })
  await expect(keys.getByRole('heading', { name: 'Northwind' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
})
