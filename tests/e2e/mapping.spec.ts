import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('quote statuses: those in use come first, are saved by keyboard, and can be put back', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/quotes')
  const table = page.getByRole('table', { name: 'Quotes: statuses' })
  await expect(table.getByRole('rowheader')).toHaveCount(7)
  await expect(table.getByRole('rowheader').first()).toContainText('in use, not mapped')
  await expectAccessible(page)

  await page.getByLabel('Won becomes').selectOption('Accepted')
  await page.getByLabel('Draft becomes').selectOption("Leave Halo's status alone")
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('Won becomes')).toHaveValue('3')
  await expect(page.getByLabel('Draft becomes')).toHaveValue('null')
  await expect(table.getByRole('row', { name: /^Won/ })).not.toContainText('not mapped')

  await page.getByRole('checkbox', { name: 'Create items' }).uncheck()
  await page.getByRole('button', { name: 'Undo changes' }).click()
  await expect(page.getByRole('checkbox', { name: 'Create items' })).toBeChecked()

  const history = page.getByRole('list', { name: 'History' })
  await expect(history.getByText('Quote statuses')).toBeVisible()
  await history.getByRole('button', { name: 'Put back to before this' }).click()
  await expect(page.getByLabel('Won becomes')).toHaveValue('')
  await expect(history.getByRole('listitem')).toHaveCount(2)
})

test('sales orders: only chosen statuses are imported, and their status is mapped', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/orders')
  await expect(page.getByRole('checkbox', { name: /^Approved/ })).toBeChecked()
  await page.getByRole('checkbox', { name: /^Approved/ }).uncheck()
  await page.getByRole('checkbox', { name: /^Processed/ }).uncheck()
  await expect(page.getByText('No status is chosen')).toBeVisible()
  await page.getByLabel('Processed becomes').selectOption('Completed')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Sync now' }).click()
  await goTo(page, '/sales-orders?tenant=1')
  await expect(page.getByText('Skipped', { exact: true }).filter({ visible: true }).first()).toBeVisible({
    timeout: 20_000,
  })
  await goTo(page, '/tenants/1/orders')
  await expect(page.getByLabel('Processed becomes')).toHaveValue('3')
  await expect(page.getByRole('checkbox', { name: /^Approved \([1-9]/ })).not.toBeChecked()
})

test('product groups: the tree of categories, suggestions by name, and a group that is handed down', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.exec("INSERT INTO GENERIC (Ggeneric, gdesc) VALUES (50, 'laptop'), (51, 'Everything else')")
  halo.close()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/quotes')
  const table = page.getByRole('table', { name: 'Product groups' })
  await expect(table.getByRole('row')).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Choose those of the same name' }).click()
  await expect(page.getByLabel('Laptops goes to')).toHaveValue('50')
  await page.getByLabel('Hardware goes to').selectOption('Everything else')
  await expect(page.getByLabel('Servers goes to').locator('option:checked')).toHaveText(
    'As above: Everything else',
  )
  await page.getByLabel('Default product group').selectOption('Everything else')
  await expectAccessible(page)
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('Laptops goes to')).toHaveValue('50')
  await expect(page.getByLabel('Default product group')).toHaveValue('51')
})

test('what was chosen stays when it could not be saved', async ({ page, addTenant, startService }) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/quotes')
  await page.getByLabel('Won becomes').selectOption('Accepted')
  await page.route('**/api/mapping.save*', (route) => route.abort())
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  await expect(page.getByLabel('Won becomes')).toHaveValue('3')
  await page.unroute('**/api/mapping.save*')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved yet.')).toBeHidden()
})
test('the schedule: hours, a zone that there is none of, and a pause', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/integrator')
  await page.getByRole('checkbox', { name: 'Only between two times of day' }).check()
  await page.getByLabel('From', { exact: true }).fill('08:30')
  await page.getByLabel('Time zone').fill('Mars/Olympus')
  await page.getByLabel('Kept free for people').fill('20')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('There is no time zone named "Mars/Olympus".')).toBeVisible()
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Time zone').fill('Europe/London')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('08:30')
  await expect(page.getByLabel('Kept free for people')).toHaveValue('20')
  await page.getByRole('button', { name: 'Pause for 1 hour' }).click()
  await expect(page.getByText('Scheduled syncs are paused')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Scheduled syncs are paused')).toBeHidden()
})
test.use({ expectedConsole: /net::ERR_FAILED/ })
