import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test.use({ sample: { customers: 10, products: 40, quotes: 5, orders: 3 } })

const groups = ['Laptops', 'Services']

/** A synced Halo in which somebody made two groups and put the first ten products into Laptops. */
async function arrange(dataFolder: string): Promise<void> {
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.exec("INSERT INTO GENERIC (Ggeneric, gdesc) VALUES (50, 'Laptops'), (51, 'Services')")
  halo.exec('UPDATE ITEM SET Igeneric = 50 WHERE Iid IN (SELECT Iid FROM ITEM ORDER BY Iid LIMIT 10)')
  halo.close()
}

function inGroup(dataFolder: string, group: number): number {
  const halo = new Database(join(dataFolder, 'halo.db'), { readonly: true })
  const found = halo.prepare('SELECT count(*) FROM ITEM WHERE Igeneric = ?').pluck().get(group)
  halo.close()
  return Number(found)
}

test('groups with their counts, and their products with every synced field and no cost', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  sampleApi,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await arrange(dataFolder)
  await enter(page, (await startService()).address)
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Products by group' })
    .click()
  const side = page.getByRole('region', { name: 'Product groups' })
  const all = sampleApi.world.count('product')
  await expect(side.getByRole('link', { name: 'All products' })).toHaveText(`All products${all}`)
  for (const name of groups) await expect(side.getByRole('link', { name })).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Products' })
  await expect(grid).toHaveAttribute('aria-rowcount', String(all + 1))
  const headers = await grid.getByRole('columnheader').allTextContents()
  expect(headers.filter((text) => text !== '')).toEqual([
    'Name',
    'SKU',
    'Group',
    'Price',
    'Billing',
    'Tax',
    'Consignable',
    'Created',
    'Changed',
  ])
  await expect(page.getByText(/cost/i)).toHaveCount(1)
  await expectAccessible(page)

  await side.getByRole('link', { name: 'Laptops' }).click()
  await expect(page).toHaveURL(/group=50/)
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  await page.reload()
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  await page.getByRole('link', { name: 'All products as one list' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Products', exact: true })).toBeVisible()
})

test('a group is made, renamed and mapped, by mouse and by keyboard', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await arrange(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/products-by-group')
  const side = page.getByRole('region', { name: 'Product groups' })
  await side.getByRole('link', { name: 'Services' }).focus()
  await page.keyboard.press('Shift+F10')
  const menu = page.getByRole('menu', { name: 'Product group' })
  await expect(menu.getByRole('menuitem', { name: 'New group…' })).toBeFocused()
  await expectAccessible(page)
  await menu.getByRole('menuitem', { name: 'New group…' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('laptops')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The name "Laptops" is already in use.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Name' }).fill('Phones')
  await page.keyboard.press('Enter')
  await expect(side.getByRole('link', { name: 'Phones' })).toBeVisible()

  await side.getByRole('link', { name: 'Phones' }).focus()
  await page.keyboard.press('Shift+F10')
  await expect(menu.getByRole('menuitem', { name: 'New group…' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(side.getByRole('link', { name: 'Phones' })).toBeFocused()
  await page.keyboard.press('ContextMenu')
  await menu.getByRole('menuitem', { name: 'Rename…' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name' }).fill('Telephones')
  await page.keyboard.press('Enter')
  await expect(side.getByRole('link', { name: 'Telephones' })).toBeVisible()
  const halo = new Database(join(dataFolder, 'halo.db'), { readonly: true })
  expect(halo.prepare("SELECT count(*) FROM GENERIC WHERE gdesc = 'Telephones'").pluck().get()).toBe(1)
  halo.close()

  await side.getByRole('link', { name: 'Laptops' }).click({ button: 'right' })
  await expect(menu.getByRole('menuitem', { name: 'Move all its products…' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await side.getByRole('button', { name: 'More for Laptops' }).click()
  await menu.getByRole('menuitem', { name: 'Edit category mapping' }).click()
  await expect(page).toHaveURL(/\/tenants\/1\/quotes\?group=50/)
})

test('products are picked and moved by keyboard alone, the move is undone, and a sync leaves it alone', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await arrange(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/products-by-group?tenant=1&group=50')
  const grid = page.getByRole('grid', { name: 'Products' })
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText('2 selected')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Move…' }).press('Enter')
  await page.getByLabel('To the group').selectOption('Services')
  await page.getByRole('button', { name: 'Move 2 products' }).press('Enter')
  await expect(page.getByText('2 products moved to "Services".')).toBeVisible()
  await expect(grid).toHaveAttribute('aria-rowcount', '9')
  expect(inGroup(dataFolder, 51)).toBe(2)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  expect(inGroup(dataFolder, 51)).toBe(0)

  const side = page.getByRole('region', { name: 'Product groups' })
  await side.getByRole('button', { name: 'More for Laptops' }).click()
  await page.getByRole('menuitem', { name: 'Move all its products…' }).click()
  await page.getByLabel('To the group').selectOption('Services')
  await page.getByRole('button', { name: 'Move 10 products' }).click()
  await expect(page.getByText('10 products moved to "Services".')).toBeVisible()
  await expect(page.getByText('No products in this group')).toBeVisible()
  await goTo(page, '/tenants/1')
  const started = page.waitForResponse(/runs\.start/)
  await page.getByRole('button', { name: 'Sync now' }).click()
  await started
  await goTo(page, '/runs/2')
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible()
  await goTo(page, '/products-by-group?tenant=1&group=51')
  await expect(grid).toHaveAttribute('aria-rowcount', '11')
  expect(inGroup(dataFolder, 51)).toBe(10)
})

test('a Halo that is not there is said, and asked again', async ({ page, addTenant, startService }) => {
  await addTenant({ extra: ['--halo', 'sqlite:/nowhere/at/all/halo.db'] })
  await enter(page, (await startService()).address)
  await goTo(page, '/products-by-group')
  await expect(page.getByText('Halo could not be reached').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expectAccessible(page)
})

test('without a tenant it says what to do', async ({ page, startService }) => {
  await page.goto((await startService()).address)
  await goTo(page, '/products-by-group')
  await expect(page.getByRole('link', { name: 'Connect a tenant' })).toBeVisible()
})
