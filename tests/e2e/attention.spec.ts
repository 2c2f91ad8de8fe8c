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

test('a failed record is explained, leads to its record, and heals by a retry', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  await addTenant({ name: 'Northwind' })
  expect((await cli(['sync'])).status).toBe(2)
  await enter(page, (await startService()).address)
  await goTo(page, '/attention')
  const cause = page.getByRole('region', { name: 'Cause and records' })
  await expect(cause.getByText('1 quote, first')).toBeVisible()
  await expect(cause.getByRole('button', { name: 'Retry this one' })).toBeVisible()
  await expectAccessible(page)

  const link = cause.getByRole('grid').getByRole('link').first()
  await link.click()
  await expect(page.getByText('Failing', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.goBack()

  // No record has this id: all of them are whole again.
  sampleApi.quirks.brokenRecord = { resource: 'quote', id: -1 }
  await cause.getByRole('button', { name: 'Retry this one' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing needs attention' })).toBeVisible({
    timeout: 30_000,
  })
})
