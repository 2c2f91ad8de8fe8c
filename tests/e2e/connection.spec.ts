import { expect, serviceGone, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test.use({ expectedConsole: serviceGone })

test('losing the engine shows a banner, keeps what was typed, and recovers by itself', async ({
  page,
  startService,
}) => {
  const service = await startService()
  await enter(page, service.address)
  await goTo(page, '/tenants/new')
  await page.getByLabel('Name').fill('Half typed')
  await service.stop('by-force')
  await expect(page.getByText('The engine does not answer.')).toBeVisible()
  await expect(page.getByText('Not connected')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Commerce address').fill('https://northwind.mydattocommerce.com')

  await service.start()
  await expect(page.getByText('The engine does not answer.')).toBeHidden({ timeout: 20_000 })
  await expect(page.getByText('Engine running')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Half typed')
  await expect(page.getByLabel('Commerce address')).toHaveValue('https://northwind.mydattocommerce.com')
})

test('nobody gets in without the token', async ({ page, startService }) => {
  const { address } = await startService()
  const answer = await page.goto(new URL('/', address).href)
  expect(answer?.status()).toBe(401)
  await expect(page.getByText('Please open the address')).toBeVisible()
})
