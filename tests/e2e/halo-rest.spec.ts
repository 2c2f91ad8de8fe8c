import { type FakeHalo, startFakeHalo } from '../fake-halo/index.ts'
import { test as base, expect } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

const test = base.extend<{ halo: FakeHalo }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
  halo: async ({}, use) => {
    const fake = await startFakeHalo()
    await use(fake)
    await fake.close()
  },
})

test('a Halo behind its API is entered, tried, saved and fed', async ({
  page,
  addTenant,
  startService,
  cli,
  halo,
}) => {
  await addTenant({ name: 'Northwind' })
  const service = await startService()
  await enter(page, service.address)
  await goTo(page, '/tenants/1/details')
  const form = page.getByRole('form', { name: 'Halo' })
  await form.getByRole('radio', { name: /^Halo's API/ }).click()
  await form.getByLabel('Web address of Halo').fill(halo.url)
  await form.getByLabel('Client id').fill(halo.clientId)
  await form.getByLabel('Client secret').fill('not-the-secret')
  const ladder = page.getByRole('list', { name: 'Test of Halo' })
  await page.getByRole('button', { name: 'Test Halo' }).click()
  await expect(ladder.getByText('Failed').first()).toBeAttached()
  await expect(ladder.getByText('Halo refused the login')).toBeVisible()
  await form.getByLabel('Client secret').fill(halo.secret)
  await page.getByRole('button', { name: 'Test Halo' }).click()
  await expect(ladder.getByText('Halo has no clients yet')).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. The next run writes there.').first()).toBeVisible()
  expect(await page.content()).not.toContain(halo.secret)

  // The page would go on asking a service that is away.
  await page.goto('about:blank')
  await service.stop()
  const synced = await cli(['sync', '--tenant', 'Northwind', '--json'])
  expect(synced.status, synced.stderr).toBe(0)
  expect(halo.tables.rows.Quotation.size).toBe(15)
  expect(halo.violations).toEqual([])

  await enter(page, await service.start())
  await goTo(page, '/inspector')
  await expect(page.getByText('/api/Quotation').first()).toBeVisible()
  expect(await page.content()).not.toContain(halo.secret)
})
