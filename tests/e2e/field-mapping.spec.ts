import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

/** An embedded Halo whose clients have two custom fields, one of them mandatory. */
function addCustomFields(dataFolder: string): void {
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.exec(`
    ALTER TABLE AREA ADD COLUMN CFregion NVARCHAR(40);
    ALTER TABLE AREA ADD COLUMN CFsince DATETIME;
    INSERT INTO FIELDINFO (FIid, FIName, FILabel, FIusage, fimandatory) VALUES
      (1, 'region', 'Sales region', 2, 1), (2, 'since', 'Customer since', 2, 0);
  `)
  halo.close()
}

test('fields are mapped by keyboard alone, with live values, and a preview before anything is saved', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  addCustomFields(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/customers')
  const { keyboard } = page
  const wants = page.getByRole('list', { name: 'Mandatory in Halo and not filled' })
  await expect(wants).toContainText('Sales region is mandatory in Halo')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Map Sales region' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Commerce' })).toBeFocused()
  await keyboard.type('billing address: city')
  await keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Halo' })).toHaveValue('Sales region')
  await expect(page.getByRole('table', { name: 'Field mappings' })).toContainText(/= \S/)
  await expect(wants).toBeHidden()

  await page.getByRole('button', { name: 'Add field' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Row 2: field in Commerce' })).toBeFocused()
  await keyboard.type('fixed')
  await keyboard.press('Enter')
  await page.getByLabel('Row 2: fixed value').fill('Reseller')
  await page.getByRole('combobox', { name: 'Row 2: field in Halo' }).focus()
  await keyboard.type('customer since')
  await keyboard.press('Enter')
  await expect(page.getByText('"Customer since" takes a date.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await expectAccessible(page)
  await page.getByRole('combobox', { name: 'Row 2: field in Halo' }).focus()
  await keyboard.type('website')
  await keyboard.press('Enter')
  await page.getByLabel('Row 2: only for new records').press('Space')
  await page.getByLabel('Row 2: only for new records').press('Alt+ArrowUp')
  await expect(page.getByLabel('Row 1: only for new records')).toBeFocused()
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Halo' })).toHaveValue('Website')

  await expect(page.getByText(/This touches \d+ customers at the next run/)).toBeVisible()
  await page.getByRole('button', { name: 'Preview changes' }).press('Enter')
  await expect(page).toHaveURL(/\/runs\/\d+/)
  await expect(page.getByText('Preview').first()).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Halo' })).toHaveValue('Website')
  await expect(page.getByText('Not saved yet.')).toBeVisible()
  await keyboard.press('Control+s')
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Row 1: only for new records')).toBeChecked()
  await expect(page.getByRole('combobox', { name: 'Row 2: field in Commerce' })).toHaveValue(
    'Billing address: city',
  )

  await page.getByRole('button', { name: 'Remove row 1' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Commerce' })).toBeFocused()
  await expect(page.getByRole('combobox', { name: 'Row 2: field in Halo' })).toBeHidden()
})

test('the mapping is tried at any customer, and what is not mapped is shown and searched', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const customers = sampleApi.world.list('customer').toSorted((a, b) => a.id - b.id)
  const [first, second] = customers
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/customers')
  const example = page.getByRole('combobox', { name: 'Example customer' })
  await expect(example).toHaveValue(new RegExp(`${customers.at(-1)?.accountNumber}`))
  await expect(page.getByRole('button', { name: 'Newer customer' })).toBeDisabled()
  await example.focus()
  await page.keyboard.type(first?.accountNumber ?? '')
  await page.getByRole('option', { name: first?.accountNumber ?? '' }).click()
  await expect(example).toHaveValue(new RegExp(first?.accountNumber ?? ''))
  await expect(page.getByRole('button', { name: 'Older customer' })).toBeDisabled()
  await page.getByRole('button', { name: 'Newer customer' }).click()
  await expect(example).toHaveValue(new RegExp(second?.accountNumber ?? ''))

  const rest = page.getByRole('list', { name: 'Not mapped' })
  await page.getByLabel('Search the mapping').fill('e-mail')
  await expect(rest.getByRole('listitem')).toHaveCount(1)
  await rest.getByRole('button', { name: /^Map / }).click()
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Halo' })).toBeFocused()
  await expect(page.getByLabel('Search the mapping')).toHaveValue('')
  await page.getByRole('button', { name: 'Undo changes' }).click()
  await expect(page.getByText('No field is mapped yet.')).toBeVisible()
})
