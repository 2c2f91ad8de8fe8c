import { expect, test } from './fixtures.ts'
import { countOf, enter, expectAccessible, goTo, watchPolicy } from './screens.ts'

test('a first start says what to do next', async ({ page, startService }) => {
  const broken = await watchPolicy(page)
  await enter(page, (await startService()).address)
  expect(new URL(page.url()).search, 'the token is out of the address').toBe('')
  await expect(page.getByRole('heading', { name: 'Connect the first tenant' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible()
  await expectAccessible(page)
  for (const path of ['/tenants', '/quotes', '/runs', '/attention', '/nowhere']) {
    await goTo(page, path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
  }
  expect(await broken()).toEqual([])
})

test('sync now: live until it is done, the numbers add up and lead to their records', async ({
  page,
  addTenant,
  startService,
  sampleApi,
}) => {
  await addTenant({ name: 'Northwind' })
  const broken = await watchPolicy(page)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1')
  const follow = page.getByRole('button', { name: 'Follow the run' })
  await page.getByRole('button', { name: 'Sync now' }).or(follow).click()
  await expect(page).toHaveURL(/\/runs\/\d+/)
  await expect(page.getByText(/^(Done|Some failed)$/).first()).toBeVisible({ timeout: 30_000 })

  for (const row of ['Customers', 'Quotes', 'Sales orders', 'Products', 'All']) {
    const [read = 0, ...parts] = await Promise.all(
      ['Read', 'Created', 'Updated', 'Unchanged', 'Skipped', 'Failed'].map((column) =>
        countOf(page, row, column),
      ),
    )
    expect(
      parts.reduce((sum, part) => sum + part, 0),
      row,
    ).toBe(read)
  }
  expect(await countOf(page, 'Quotes', 'Read')).toBe(sampleApi.world.count('quote'))

  const created = await countOf(page, 'Quotes', 'Created')
  await page.getByRole('link', { name: /^Quotes created/ }).click()
  await expect(page.getByRole('grid', { name: 'Records of this run' })).toHaveAttribute(
    'aria-rowcount',
    String(created + 1),
  )
  await expectAccessible(page)

  await goTo(page, '/')
  await expect(page.getByRole('article', { name: 'Northwind' }).getByText('Up to date')).toBeVisible()
  await expectAccessible(page)
  await page
    .getByRole('article', { name: 'Northwind' })
    .getByRole('link', { name: '15', exact: true })
    .click()
  await expect(page.getByRole('heading', { name: 'Quotes' })).toBeVisible()
  expect(await broken()).toEqual([])
})
