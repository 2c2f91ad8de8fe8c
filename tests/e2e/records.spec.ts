import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test.use({ sample: { customers: 30, products: 40, quotes: 450, orders: 20 } })

test('every kind of record has its list', async ({ page, addTenant, cli, startService, sampleApi }) => {
  // Four long lists, each looked through in three looks.
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  for (const [name, resource, path] of [
    ['Customers', 'customer', '/customers'],
    ['Quotes', 'quote', '/quotes'],
    ['Sales orders', 'salesorder', '/sales-orders'],
    ['Products', 'product', '/products'],
  ] as const) {
    await goTo(page, path)
    const rows = String(sampleApi.world.count(resource) + 1)
    await expect(page.getByRole('grid', { name })).toHaveAttribute('aria-rowcount', rows)
    await expectAccessible(page)
  }
})

test('a long list scrolls to its end, and keeps sort and search in the address', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/quotes')
  const grid = page.getByRole('grid', { name: 'Quotes' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(sampleApi.world.count('quote') + 1))
  await page.getByRole('columnheader', { name: 'Quote' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=number/)
  await expect(page.getByRole('columnheader', { name: 'Quote' })).toHaveAttribute('aria-sort', 'ascending')

  const numbers = sampleApi.world.list('quote').map((quote) => String(quote.quoteNumber))
  const last = numbers.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).at(-1) ?? ''
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.getByRole('link', { name: last, exact: true })).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type(last.toLowerCase())
  await expect(page).toHaveURL(new RegExp(`q=${last}`, 'i'))
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: last })).toBeVisible()
  await page.getByRole('link', { name: 'As sent' }).click()
  await expect(page.getByText('quoteNumber')).toBeVisible()
  await expectAccessible(page)

  await page.goBack()
  await page.goBack()
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await expect(page.getByRole('searchbox')).toHaveValue(last.toLowerCase())
})

test('filters by status, and lets columns be chosen', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/quotes?status=3')
  const won = sampleApi.world.list('quote').filter((quote) => quote.status === 3).length
  const grid = page.getByRole('grid', { name: 'Quotes' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(won + 1))
  await expect(page.getByLabel('Status in Commerce')).toHaveValue('3')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Halo id' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Halo id' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Halo id' })).toBeVisible()
})

test('the whole filtered list is saved as a file that no spreadsheet runs, and cells are copied', async ({
  page,
  context,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  sampleApi.world.addQuote({ quoteNumber: '=EVIL-1', title: '=HYPERLINK("http://x")', status: 3 })
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await enter(page, (await startService()).address)
  await goTo(page, '/quotes?status=3&sort=number')
  const won = sampleApi.world.list('quote').filter((quote) => quote.status === 3).length
  await page.getByRole('button', { name: 'Export CSV' }).click()
  await page.getByRole('radio', { name: /^All/ }).check()
  await page.getByLabel('Between cells').selectOption('Semicolon, decimal comma')
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^quotes-\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  const [head, ...rows] = text.trimEnd().split('\r\n')
  expect(head).toBe(
    '\ufeffQuote;Title;Customer;Status;One-off total;Changed (UTC);Synced (UTC);State;Commerce id;Halo id',
  )
  expect(rows).toHaveLength(won)
  expect(text).toContain(`'=EVIL-1;"'=HYPERLINK(""http://x"")"`)
  expect(text).not.toMatch(/(^|;)=/m)

  const grid = page.getByRole('grid', { name: 'Quotes' })
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Cell copied.').first()).toBeVisible()
  const title = await page.evaluate(() => navigator.clipboard.readText())
  await expect(grid.getByRole('row').nth(1)).toContainText(title)
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Copy row' }).click()
  await expect(page.getByText('Row copied.').first()).toBeVisible()
  expect((await page.evaluate(() => navigator.clipboard.readText())).split('\t').length).toBeGreaterThan(6)
})

test('a number on the overview leads to a list of as many records', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  // Sales orders that are not imported are known, and not in Halo.
  const link = page.getByRole('main').locator('a[href^="/sales-orders?"]').first()
  const there = Number(await link.textContent())
  expect(there).toBeGreaterThan(0)
  await link.click()
  const grid = page.getByRole('grid', { name: 'Sales orders' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(there + 1))
  await expect(page.getByLabel('Sync')).toHaveValue('synced')
  await page.getByLabel('Sync').selectOption('skipped')
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(there + 1))
})
