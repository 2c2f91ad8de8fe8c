import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test.use({
  sample: {
    customers: 6,
    products: 8,
    quotes: 5,
    orders: 3,
    quirks: { brokenRecord: { resource: 'quote' } },
  },
})

test('a failed record is explained, ignored and taken back, leads to its record, and heals by a retry', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  test.setTimeout(240_000)
  await addTenant({ name: 'Northwind' })
  expect((await cli(['sync'])).status).toBe(2)
  await enter(page, (await startService()).address)
  await goTo(page, '/attention')
  const cause = page.getByRole('region', { name: 'Cause and records' })
  await expect(cause.getByText('1 quote, first')).toBeVisible()
  await expect(cause.getByRole('button', { name: 'Retry this one' })).toBeVisible()
  await expectAccessible(page)

  // By keys alone: the record is picked by Space, and opened by Enter.
  const records = cause.getByRole('grid', { name: 'Records with this cause' })
  await records.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press(' ')
  await cause.getByRole('button', { name: 'Ignore 1 selected' }).press('Enter')
  await page.getByRole('textbox', { name: 'Reason' }).fill('A test quote of the sales team')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing needs attention' })).toBeVisible()
  await page.getByLabel('State').selectOption('ignored')
  await expect(records.getByText('A test quote of the sales team')).toBeVisible()
  await expectAccessible(page)
  await cause.getByRole('button', { name: 'Take back this one' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing is ignored' })).toBeVisible()
  await page.getByRole('link', { name: 'Show what is open' }).click()

  await records.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/attention\/\d+/)
  await expect(page.getByText('Will be tried again', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'As Commerce sent it: quotes' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'What became of it' }).getByRole('link')).toHaveText('Run 1')
  await expectAccessible(page)
  const failure = page.url()

  // No record has this id: all of them are whole again.
  sampleApi.quirks.brokenRecord = { resource: 'quote', id: -1 }
  await page.getByRole('button', { name: 'Retry this', exact: true }).click()
  await expect(page.getByText('Healed', { exact: true })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'Open this quote' }).click()
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await expect(page.getByText(/Closed by itself/)).toBeVisible()
  await expectAccessible(page)

  await goTo(page, '/attention')
  await expect(page.getByRole('heading', { name: 'Nothing needs attention' })).toBeVisible()
  await page.getByLabel('State').selectOption('closed')
  await expect(records.getByRole('row')).toHaveCount(2)
  await page.goto(failure)
  await expect(page.getByText(/the record went through/)).toBeVisible()
})
