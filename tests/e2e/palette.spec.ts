import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

const input = (page: Page) =>
  page.getByRole('combobox', { name: 'Search for a screen, an action or a record' })
const marked = (page: Page) => page.locator('[role="option"][aria-selected="true"]')

test('Ctrl+K leads to every screen by keyboard alone, and Esc back to where one was', async ({
  page,
  startService,
}) => {
  await enter(page, (await startService()).address)
  await page.getByRole('link', { name: 'Tenants' }).focus()
  await page.keyboard.press('Control+k')
  await expect(input(page)).toBeFocused()
  await expect(marked(page)).toHaveText(/^Overview/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(input(page)).toBeHidden()
  await expect(page.getByRole('link', { name: 'Tenants' })).toBeFocused()

  for (const [words, path] of [
    ['attent', '/attention'],
    ['proxy', '/settings'],
    ['quotations', '/quotes'],
    ['add ten', '/tenants/new'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL((url) => url.pathname === path)
    await expect(input(page)).toBeHidden()
  }
  await page.getByRole('button', { name: 'Search', exact: false }).first().click()
  await page.keyboard.press('ArrowDown')
  await expect(marked(page)).toHaveText('Tenants')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(marked(page), 'from the first to the last').toHaveText('Settings')
  await expect(input(page)).toHaveAttribute(
    'aria-activedescendant',
    (await marked(page).getAttribute('id')) ?? '',
  )
})

test('finds any record by number, name, SKU or id, and syncs a tenant', async ({
  page,
  addTenant,
  cli,
  sampleApi,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  await cli(['sync'])
  await enter(page, (await startService()).address)
  const quote = sampleApi.world.get('quote', sampleApi.world.ids('quote').at(-1) ?? 0)
  const product = sampleApi.world.get('product', sampleApi.world.ids('product').at(0) ?? 0)
  if (!quote || !product) throw new Error('The sample API has neither quote nor product.')

  await page.keyboard.press('Control+k')
  await page.keyboard.type(quote.quoteNumber)
  const records = page.getByRole('group', { name: 'Was this synced?' })
  await expect(records.getByRole('option').first()).toContainText(quote.quoteNumber)
  await expect(records.getByRole('option').first()).toContainText('In Halo')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL((url) => url.pathname === `/quotes/1/${quote.id}`)

  await goTo(page, '/')
  const search = page.getByRole('combobox', { name: 'Was this synced?' })
  await search.fill(product.productNumber ?? '')
  await expect(page.getByRole('group', { name: 'Records' }).getByRole('option').first()).toContainText(
    'product',
  )
  await expectAccessible(page)
  await search.fill('there is no such record')
  await expect(page.getByText('No synced record has this number')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('sync now north')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/runs\/\d+$/)
})

test('the keys are explained at F1 and ?, and colours chosen from the palette stay', async ({
  page,
  startService,
}) => {
  await enter(page, (await startService()).address)
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: 'Keyboard help' })
  await expect(help).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('?')
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('appearance dark')
  await page.keyboard.press('Enter')
  const look = page.locator('html')
  await expect(look).toHaveAttribute('data-look', 'dark')
  await page.reload()
  await expect(look).toHaveAttribute('data-look', 'dark')
})
