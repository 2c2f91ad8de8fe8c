import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('each tenant shows its health and last error, and is switched off and on with one switch', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  await addTenant({ name: 'Southwind', key: 'a-wrong-key' })
  await cli(['sync'])
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants')
  const table = page.getByRole('table', { name: 'Tenants' })
  const north = table.getByRole('row', { name: /Northwind/ })
  await expect(north.getByText('Up to date')).toBeVisible()
  await expect(north.getByText('None')).toBeVisible()
  await expect(table.getByRole('row', { name: /Southwind/ }).getByRole('link', { name: /key/ })).toBeVisible()
  await expect(page.getByLabel('Search tenants')).toBeHidden()
  await expectAccessible(page)

  const enabled = page.getByRole('switch', { name: 'Enabled: Northwind' })
  await enabled.press('Space')
  await expect(page.getByText('Northwind is disabled. Halo keeps its records.').first()).toBeVisible()
  await expect(enabled).not.toBeChecked()
  await expect(north.getByRole('button', { name: 'Sync now: Northwind' })).toBeDisabled()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(enabled).toBeChecked()
})

test('many tenants are filtered by name and by health, and the address keeps it', async ({
  page,
  addTenant,
  startService,
}) => {
  for (const name of ['Alder', 'Birch', 'Cedar', 'Elm', 'Fir', 'Hazel', 'Larch', 'Maple'])
    await addTenant({ name })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants')
  const rows = page.getByRole('table', { name: 'Tenants' }).getByRole('rowheader')
  await expect(rows).toHaveCount(8)
  await page.getByLabel('Search tenants').fill('ar')
  await expect(rows).toHaveCount(2)
  await expect(page).toHaveURL(/q=ar/)
  await page.reload()
  await expect(rows).toHaveCount(2)
  await page.getByLabel('Health').selectOption('Up to date')
  await expect(page.getByText('No tenant fits')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rows).toHaveCount(8)
})
