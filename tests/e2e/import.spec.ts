import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, serviceGone, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

// The service is killed in the middle of one of them.
test.use({
  sample: { customers: 2, products: 2, quotes: 1, orders: 1 },
  expectedConsole: serviceGone,
})

const quotes = [
  'Historic quotes;;;;;;;',
  'Quote number;Client;Quote date;Quote status;Title;Item;Quantity;Price',
  'H-1;Old Friends Ltd;01/02/2019;Won deal;Laptops;Laptop 14;2;900,50',
  'H-1;Old Friends Ltd;01/02/2019;Won deal;Laptops;Dock;2;1.100,00',
  'H-2;;03/04/2019;Lost;Screens;Screen 27;1;210,00',
  'H-3;Old Friends Ltd;05/06/2019;Lost;Mice;Mouse;three;15,00',
  'H-4;Nobody knows;07/08/2019;Lost;Bags;Bag;1;40,00',
].join('\r\n')
const customers = 'Customer name,Contact e-mail,City\nOld Friends Ltd,ada@old.example,Bristol\n'

function inHalo(dataFolder: string, sql: string): unknown[] {
  const halo = new Database(join(dataFolder, 'halo.db'), { readonly: true })
  const rows = halo.prepare(sql).pluck().all()
  halo.close()
  return rows
}
const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

test('customers by the shortest way, and the same file twice', async ({
  page,
  addTenant,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  await enter(page, (await startService()).address)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Import' }).click()
  await expect(page.getByText('Nothing was imported yet')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'New import' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Customers' }).last().click()
  expect((await saving).suggestedFilename()).toBe('customers-template.xlsx')
  await expectAccessible(page)
  await expectFits(page)

  await page.locator('input[type=file]').setInputFiles(csv('customers.csv', customers))
  await expect(page.getByText('Text, UTF-8, columns parted by commas.')).toBeVisible()
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await expect(page.getByRole('combobox', { name: 'Column for Customer name' })).toHaveValue('0')
  await expectFits(page)
  await page.getByRole('button', { name: 'Next: values' }).click()
  await page.getByRole('button', { name: 'Next: check' }).click()
  await expect(page.getByText('1 record good')).toBeVisible()
  await page.getByRole('button', { name: 'Next: preview' }).click()
  await page.getByRole('button', { name: 'Import 1 record' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  expect(inHalo(dataFolder, "SELECT count(*) FROM AREA WHERE Aareadesc = 'Old Friends Ltd'")).toEqual([1])
  await expectAccessible(page)

  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('again.csv', customers))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await expect(page.getByText('This very file was read before')).toBeVisible()
  await expect(page.getByText(/as the last time/)).toHaveCount(3)
  await page.getByRole('link', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('heading', { name: 'What the import would do' })).toBeVisible()
  await page.getByRole('button', { name: 'Import 1 record' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  expect(inHalo(dataFolder, "SELECT count(*) FROM AREA WHERE Aareadesc = 'Old Friends Ltd'")).toEqual([1])
})

test('quotes with all sorts of mistakes, corrected on the way', async ({
  page,
  addTenant,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  const service = await startService()
  await enter(page, service.address)
  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('customers.csv', customers))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('link', { name: 'Preview' }).click()
  await page.getByRole('button', { name: /^Import/ }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()

  await goTo(page, '/import/new?entity=quotes')
  await page.locator('input[type=file]').setInputFiles(csv('old quotes.csv', quotes))
  const first = page.getByRole('region', { name: 'First rows' })
  await expect(first.getByRole('radio', { name: 'Row 2' })).toBeChecked()
  await first.getByRole('radio', { name: 'Row 2' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(first.getByRole('radio', { name: 'Row 1' })).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await expect(first.getByRole('radio', { name: 'Row 2' })).toBeChecked()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Read all rows' }).click()

  await expect(page.getByText('Say below how the dates and numbers are to be read.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next: values' })).toBeDisabled()
  await expectAccessible(page)
  await page
    .getByRole('radio', { name: /day first/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Next: values' }).click()

  await expect(page.getByRole('combobox', { name: 'Won deal means' })).toHaveValue('?')
  await page.getByRole('combobox', { name: 'Won deal means' }).selectOption({ label: 'Won' })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next: check' }).click()

  const problems = page.getByRole('region', { name: 'Problems by cause' })
  await expect(problems.getByText('"Customer" is mandatory and empty.')).toBeVisible()
  await expect(problems.getByText(/"Quantity" has to be a number; "three" is none/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await problems.getByRole('textbox', { name: 'Customer for all of them' }).fill('Old Friends Ltd')
  await page.keyboard.press('Enter')
  await expect(problems.getByText('"Customer" is mandatory and empty.')).toBeHidden()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(problems.getByText('"Customer" is mandatory and empty.')).toBeVisible()

  await page.keyboard.press('F8')
  const row = page.getByRole('region', { name: /^Row / })
  await expect(row.getByRole('heading', { name: 'Row 5' })).toBeVisible()
  await row.getByRole('textbox', { name: 'Customer', exact: true }).fill('Old Friends Ltd')
  await page.keyboard.press('Enter')
  await expect(problems.getByText('"Customer" is mandatory and empty.')).toBeHidden()
  await page.keyboard.press('F8')
  await expect(row.getByRole('heading', { name: 'Row 6' })).toBeVisible()
  await expectAccessible(page)
  await expect(row.getByRole('textbox', { name: 'Quantity' })).toBeFocused()
  await row.getByRole('textbox', { name: 'Quantity' }).fill('3')
  await page.keyboard.press('Enter')
  // One is left: only Halo knows that it has no such customer. It goes into the workbook of what failed.
  await expect(problems.getByText(/"Quantity" has to be a number/)).toBeHidden()
  await expect(problems.getByText('Halo has no customer "Nobody knows".')).toBeVisible()

  // The draft is kept: the service dies, and the list leads back to it.
  await service.restart('by-force')
  await goTo(page, '/import')
  await page.getByRole('link', { name: 'old quotes.csv' }).click()
  await page.getByRole('link', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('heading', { name: 'What the import would do' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import 3 records' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What was not imported' })).toBeVisible()
  expect(
    inHalo(
      dataFolder,
      "SELECT count(*) FROM QUOTATIONHEADER WHERE QHtitle IN ('Laptops', 'Screens', 'Mice', 'Bags')",
    ),
  ).toEqual([3])
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save the workbook' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('old quotes - not imported.xlsx')
  const workbook = await saved.path()
  expect(readFileSync(workbook).subarray(0, 2).toString()).toBe('PK')

  // Corrected here by way of the values: the workbook is read as any other.
  await goTo(page, '/import/new?entity=quotes')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'corrected.xlsx', mimeType: 'application/zip', buffer: readFileSync(workbook) })
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('link', { name: 'Check' }).click()
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('Nobody knows')
  await page.getByRole('textbox', { name: 'Replace by' }).fill('Old Friends Ltd')
  await page.getByRole('combobox', { name: 'Find in' }).selectOption({ label: 'Customer' })
  await page.getByRole('button', { name: 'Replace in all rows' }).click()
  await expect(page.getByRole('gridcell', { name: 'Old Friends Ltd' })).toBeVisible()
  await goTo(page, '/import')
  await expect(
    page.getByRole('region', { name: 'Imports' }).getByRole('link', { name: 'corrected.xlsx' }),
  ).toBeVisible()
  await expectAccessible(page)
})

test('what is no spreadsheet gets a friendly no', async ({ page, addTenant, startService }) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new')
  await page.locator('input[type=file]').setInputFiles({
    name: 'photo.xlsx',
    mimeType: 'image/png',
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]),
  })
  await expect(page.getByRole('button', { name: 'Read all rows' })).toBeDisabled()
  await expect(page.getByText(/photo\.xlsx/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Another file' }).click()
  await page.getByRole('textbox', { name: /whole path/ }).fill('customers.csv')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/whole path, from the drive/)).toBeVisible()
})
