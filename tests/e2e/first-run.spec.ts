import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test('sample data: previewed, started, and gone with their tenant', async ({
  page,
  dataFolder,
  startService,
}) => {
  await enter(page, (await startService()).address)
  await page.getByRole('button', { name: 'Try with sample data' }).click()
  await expect(page.getByText('These records are invented.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start syncing' })).toBeHidden()
  await page.getByRole('button', { name: 'Preview the first sync' }).click()
  const counts = page
    .getByRole('table')
    .filter({ has: page.getByRole('columnheader', { name: 'Would fail' }) })
  await expect(page.getByRole('button', { name: 'Start syncing' })).toBeVisible({ timeout: 30_000 })
  await expect(counts.getByRole('row', { name: /^Quotes/ })).toContainText('90')
  await expectAccessible(page)
  await expectFits(page)

  await goTo(page, '/')
  const card = page.getByRole('article', { name: 'Sample (invented data)' })
  await expect(card.getByText('Being set up')).toBeVisible()
  await expectAccessible(page)
  await card.getByRole('button', { name: /^Finish setting up/ }).click()
  await page.getByRole('button', { name: 'Start syncing' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+$/)
  await expect(page.getByText('Done').first()).toBeVisible({ timeout: 30_000 })
  expect(existsSync(join(dataFolder, 'sample-halo.db'))).toBe(true)

  await goTo(page, '/tenants/1/details')
  await page.getByRole('button', { name: 'Remove tenant' }).click()
  await page.getByLabel(/Type the tenant's name/).fill('Sample (invented data)')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove tenant' }).click()
  await expect(page).toHaveURL(/\/tenants$/)
  await expect.poll(() => existsSync(join(dataFolder, 'sample-halo.db'))).toBe(false)
})

test('a tenant of one’s own: three steps, left and resumed, and nothing in Halo before the start', async ({
  page,
  dataFolder,
  sampleApi,
  startService,
}) => {
  // Many screens, each in three themes.
  test.slow()
  await enter(page, (await startService()).address)
  await page.getByRole('button', { name: 'Connect Commerce' }).click()
  await page.getByLabel('Name').fill('Northwind')
  await page.getByLabel('Commerce address').fill('https://northwind.mydattocommerce.com')
  await page.getByLabel('API key').fill(sampleApi.key)
  await page.getByText('More settings').click()
  await page.getByText(/^The API is not at/).click()
  await page.getByLabel('API address').fill(sampleApi.url)
  await page.getByRole('button', { name: 'Add tenant' }).click()

  await expect(page.getByRole('heading', { name: 'Set up Northwind' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByText('The Halo database (SQL Server)').click()
  await page.getByRole('button', { name: 'Save and go on' }).click()
  for (const wrong of [
    'Enter the server',
    'Enter the name of the database',
    'Enter the user name',
    'Enter the password',
  ])
    await expect(page.getByText(wrong)).toBeVisible()
  await expectAccessible(page)
  await page.getByText("Halo's API").click()
  await page.getByLabel('Web address of Halo').fill('halo')
  await expect(page.getByText('Enter the web address of Halo')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByText('Leave without saving?')).toBeVisible()
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await page.getByRole('button', { name: /^Finish setting up/ }).click()
  await expect(page.getByRole('textbox', { name: 'File' })).toHaveValue(join(dataFolder, 'halo.db'))
  await page.getByRole('button', { name: 'Test Halo' }).click()
  await expect(page.getByText('Halo tables and columns: Passed')).toBeVisible()
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.getByRole('button', { name: 'Preview the first sync' }).click()
  await expect(page.getByText('Nothing has changed in Commerce')).toBeVisible({ timeout: 30_000 })
  sampleApi.world.touchQuote(sampleApi.world.ids('quote').at(0) ?? 0, { title: 'Changed now' })
  await page.getByRole('button', { name: 'Preview again' }).click()
  await expect(page.getByRole('link', { name: /^Quotes new: 1$/ })).toBeVisible({ timeout: 30_000 })
  await goTo(page, '/quotes')
  await expect(page.getByRole('gridcell')).toHaveCount(0)

  await goTo(page, '/start/1/preview')
  await page.getByRole('button', { name: 'Start syncing' }).click()
  await expect(page.getByText('Done').first()).toBeVisible({ timeout: 30_000 })
  await goTo(page, '/quotes')
  await expect(page.getByText('Changed now')).toBeVisible()
})
