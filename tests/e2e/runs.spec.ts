import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('runs: list, one run with its records and requests, down to a single request', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  // Four screens, each looked through in three looks.
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/runs')
  const runs = page.getByRole('grid', { name: 'Runs' })
  await expect(runs.getByText('from the command line')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Kind').selectOption('preview')
  await expect(page.getByText('No run matches these filters')).toBeVisible()
  await page.getByLabel('Kind').selectOption('')
  await runs.getByRole('link', { name: 'Sync 1' }).click()

  const records = page.getByRole('grid', { name: 'Records of this run' })
  await records.getByRole('row').nth(1).click()
  await expect(page).toHaveURL(/record=\d+/)
  await expect(page.getByRole('region', { name: /^Details of/ })).toBeVisible()
  await page.reload()
  const details = page.getByRole('region', { name: /^Details of/ })
  await expect(details).toBeVisible()
  await expectAccessible(page)
  await details.getByRole('button', { name: 'Close details' }).press('Escape')
  await expect(details).toBeHidden()

  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  const requests = page.getByRole('grid', { name: 'Requests of this run' })
  await expect(requests.getByText('200 OK').first()).toBeVisible()
  await expectAccessible(page)
  await requests.getByRole('link').first().click()
  await expect(page.getByRole('region', { name: /^Request \d+$/ })).toBeVisible()
  await expect(page).toHaveURL(/\/inspector\?q=run%3A1&id=\d+/)
})

test.describe('a long run', () => {
  test.use({
    sample: { customers: 200, products: 200, quotes: 400, orders: 100, quirks: { delayMs: 1_500 } },
  })

  test('shows what it does and stops when asked', async ({ page, addTenant, startService }) => {
    await addTenant({ name: 'Northwind' })
    await enter(page, (await startService()).address)
    await goTo(page, '/tenants/1')
    await page.getByRole('button', { name: /^(Sync now|Follow the run)$/ }).click()
    await expect(page).toHaveURL(/\/runs\/\d+/)
    await expect(page.getByRole('progressbar')).toBeVisible()
    await expect(page.getByText(/^\d+ of about \d+ requests|^\d+ requests?/).first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'Sync now' })).toBeEnabled()
  })
})

test('a preview says what a sync would do and writes nothing', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  expect((await cli(['sync', '--preview'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/runs/1')
  await expect(page.getByRole('heading', { name: 'Preview 1' })).toBeVisible()
  await expect(page.getByText('Nothing was written to Halo.')).toBeVisible()
  await expectAccessible(page)
})
