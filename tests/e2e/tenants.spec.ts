import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('a tenant is added by keyboard alone', async ({ page, startService, sampleApi }) => {
  await enter(page, (await startService()).address)
  const { keyboard } = page
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      await keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const { activeElement: at } = document
        if (!at) return ''
        const label = at.id ? document.querySelector(`label[for="${at.id}"]`)?.textContent : ''
        return (label || at.getAttribute('aria-label') || at.textContent) ?? ''
      })
      if (name.test(focused)) return
    }
    throw new Error(`The Tab key does not lead to ${name}`)
  }
  await tabTo(/^Connect Commerce$/)
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tenants\/new$/)
  await tabTo(/^Name/)
  await keyboard.type('Northwind')
  await tabTo(/^Commerce address/)
  await keyboard.type('https://northwind.mydattocommerce.com')
  await tabTo(/^API key/)
  await keyboard.type(sampleApi.key)
  await tabTo(/^More settings$/)
  await keyboard.press('Enter')
  await tabTo(/The API is not at/)
  await keyboard.press('Space')
  await tabTo(/^API address/)
  await keyboard.type(sampleApi.url)
  await tabTo(/^Test connection$/)
  await keyboard.press('Enter')
  await expect(page.getByText('One real record: Passed')).toBeVisible()
  await expectAccessible(page)
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Set up Northwind' })).toBeVisible()
  await expect(page).toHaveURL(/\/start\/\d+$/)
})

test('what is wrong stands at its field, before it is sent and after', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/new')
  await page.getByRole('button', { name: 'Add tenant' }).click()
  await expect(page.getByText('Give this tenant a name')).toBeVisible()
  await expect(page.getByText('Enter the address.')).toBeVisible()
  await expect(page.getByText('Enter the API key.')).toBeVisible()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expectAccessible(page)

  await page.getByLabel('Name').fill('northwind')
  await page.getByLabel('Commerce address').fill('http://northwind.mydattocommerce.com')
  await page.getByRole('main').getByLabel('API key').fill('a-key')
  await page.getByRole('button', { name: 'Add tenant' }).click()
  await expect(page.getByText('Only https:// is safe here.')).toBeVisible()

  await page.getByLabel('Commerce address').fill('https://other.mydattocommerce.com')
  await page.getByRole('button', { name: 'Add tenant' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('main').getByLabel('API key')).toHaveValue('a-key')
})

test('the ladder stops at the first rung that fails and says what to do', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant({ name: 'Northwind', key: 'a-wrong-key' })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  await page.getByRole('button', { name: 'Test connection' }).click()
  const ladder = page.getByRole('list', { name: 'Connection test' })
  await expect(ladder.getByText('API key: Failed')).toBeVisible()
  await expect(ladder.getByText('Developer API')).toBeVisible()
  await expect(ladder.getByText('One real record: Not tried')).toBeVisible()
  await expectAccessible(page)
})

test('a replaced key works; the old one is never shown', async ({
  page,
  addTenant,
  startService,
  sampleApi,
}) => {
  await addTenant({ name: 'Northwind', key: 'a-wrong-key-4321' })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  await expect(page.getByRole('main').getByText('Ends in …4321')).toBeVisible()
  await page.getByRole('button', { name: 'Replace key' }).click()
  await expectAccessible(page)
  await page.getByLabel('New API key').fill(sampleApi.key)
  await page.getByRole('button', { name: 'Store the new key' }).click()
  await expect(page.getByRole('main').getByText(`Ends in …${sampleApi.key.slice(-4)}`)).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('One real record: Passed')).toBeVisible()
  expect(await page.content()).not.toContain(sampleApi.key)
})

test('removing says what is lost, in counts, and asks for the name', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  await page.getByRole('button', { name: 'Remove tenant' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/^[1-9]\d* links between Commerce and Halo$/)).toBeVisible()
  await expect(dialog.getByText(/^[1-9]\d* runs? with their outcomes$/)).toBeVisible()
  const remove = dialog.getByRole('button', { name: 'Remove tenant' })
  await expect(remove).toBeDisabled()
  await expectAccessible(page)
  await dialog.getByLabel(/Type the tenant's name/).fill('Northwind')
  await remove.click()
  await expect(page).toHaveURL(/\/tenants$/)
  await expect(page.getByText('No tenant yet')).toBeVisible()
})

test('settings of the integrator are checked, saved and kept', async ({ page, addTenant, startService }) => {
  await addTenant({ name: 'Northwind' })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/integrator')
  await expect(page.getByRole('switch', { name: 'Enabled' })).toBeChecked()
  await page.getByLabel('Minutes').fill('0')
  await expect(page.getByText('From 1 to 1440.')).toBeVisible()
  await page.getByLabel('Minutes').fill('30')
  await page.getByRole('checkbox', { name: 'Products' }).uncheck()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.').first()).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Minutes')).toHaveValue('30')
  await expect(page.getByRole('checkbox', { name: 'Products' })).not.toBeChecked()
  await page.getByRole('switch', { name: 'Enabled' }).click()
  await expect(page.getByText('Disabled', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeDisabled()
})
