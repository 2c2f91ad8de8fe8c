import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('a reconcile has a weekly time of its own, says what it costs, and starts by hand', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/integrator')
  await expect(page.getByText(/It costs at least \d+ requests/)).toBeVisible()
  await page.getByLabel('Day', { exact: true }).selectOption('Saturday')
  await page.getByLabel('Time', { exact: true }).fill('22:30')
  await page.getByLabel('Zone of this time').fill('Mars/Olympus')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('There is no time zone named "Mars/Olympus".')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Zone of this time').fill('Europe/London')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('Day', { exact: true })).toHaveValue('6')
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('22:30')
  await page.getByRole('switch', { name: 'Reconcile every week' }).click()
  await expect(page.getByLabel('Zone of this time')).toBeHidden()
  await page.getByRole('button', { name: 'Undo changes' }).click()

  await page.getByRole('button', { name: 'Reconcile now' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+/)
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 20_000 })
})

test('setting the sync back asks first, with what it costs', async ({ page, addTenant, startService }) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/integrator')
  const since = page.getByLabel('Sync what changed since')
  await since.fill('2019-01-01T00:00')
  await page.keyboard.press('Control+s')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Bring older records into Halo?')
  await expect(question).toContainText(/at least \d+ requests/)
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Leave it as it was' }).click()
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  await page.keyboard.press('Control+s')
  await question.getByRole('button', { name: 'Bring them in' }).click()
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(since).toHaveValue('2019-01-01T00:00')
})

test('suppliers of products are set when asked for', async ({ page, addTenant, startService }) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/quotes')
  await page.getByRole('checkbox', { name: 'Set product supplier' }).check()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'Set product supplier' })).toBeChecked()
  await expect(page.getByRole('list', { name: 'History' })).toContainText('Product supplier')
})
