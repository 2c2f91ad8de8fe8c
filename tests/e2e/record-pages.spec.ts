import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test.use({ sample: { customers: 6, products: 12, quotes: 8, orders: 6 } })

/** A quote of the sample with an optional line that was not taken. */
function quoteWithUnchosen(dataFolder: string): { id: number; haloId: number } {
  const store = new Database(join(dataFolder, 'store.db'), { readonly: true })
  const found = store
    .prepare(
      `SELECT r.commerce_id AS id, r.halo_id AS haloId FROM record r
       JOIN source s ON s.resource = 'quotesection' AND s.parent_id = r.commerce_id AND s.tenant_id = r.tenant_id
       JOIN source l ON l.resource = 'quoteline' AND l.parent_id = s.id AND l.tenant_id = r.tenant_id
       WHERE r.entity = 'quotes' AND json_extract(l.body, '$.isOptional') = 1 AND json_extract(l.body, '$.isSelected') = 0
       LIMIT 1`,
    )
    .get() as { id: number; haloId: number }
  store.close()
  return found
}

test('a quote: lines that do not count, totals that add up, why it cannot be changed, and where else it is', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const { id } = quoteWithUnchosen(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${id}`)
  const lines = page.getByRole('table', { name: 'Lines' })
  await expect(
    lines.getByText('Optional, not taken').or(lines.getByText('Another choice was taken')).first(),
  ).toBeVisible()
  await expect(page.getByText(/not chosen in Commerce/)).toBeVisible()
  await expectAccessible(page)

  const totals = page.getByRole('table', { name: 'Totals' })
  const once = totals.getByRole('row', { name: /^Once/ }).getByRole('cell')
  const [gross, discount, beforeTax, tax, total] = await Promise.all(
    [1, 2, 3, 4, 5].map(async (at) => Number(await once.nth(at).locator('span').getAttribute('title'))),
  )
  expect(Number(gross) - Number(discount)).toBeCloseTo(Number(beforeTax), 2)
  expect(Number(beforeTax) + Number(tax)).toBeCloseTo(Number(total), 2)

  const edit = page.getByRole('button', { name: 'Edit' })
  await expect(edit).toHaveAttribute('aria-disabled', 'true')
  await edit.focus()
  await expect(page.getByText('belongs to Datto Commerce').filter({ visible: true }).first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const raise = page.getByRole('menuitem', { name: 'Raise quote in Datto Commerce' })
  await expect(raise).toHaveAttribute('href', /^https:\/\/sample\.mydattocommerce\.com/)
  await expect(raise).toHaveAttribute('rel', /noopener/)
  await expect(raise).toHaveAttribute('target', '_blank')
  await expect(page.getByRole('menuitem', { name: / in Datto Commerce$/ })).toHaveCount(2)
})

test('source and Halo side by side: what somebody changed in Halo is shown, header and line', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const { id, haloId } = quoteWithUnchosen(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${id}`)
  await page.getByRole('link', { name: 'Compare with Halo' }).click()
  await expect(page).toHaveURL(/part=halo/)
  await expect(page.getByText('Halo has it as Commerce has it')).toBeVisible()
  await expectAccessible(page)

  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.prepare("UPDATE QUOTATIONHEADER SET QHtitle = 'By hand', QHfaultID = 4711 WHERE QHid = ?").run(haloId)
  halo
    .prepare('UPDATE QUOTATIONDETAIL SET QDPrice = QDPrice + 1 WHERE QDQHid = ? AND QDIsGroupDesc = 0')
    .run(haloId)
  halo.close()
  await page.getByRole('button', { name: 'Compare again' }).click()
  await expect(page.getByText(/the next sync that touches it writes them/)).toBeVisible()
  await expect(page.getByRole('row', { name: /^Title/ })).toContainText('By hand')
  await expect(page.getByRole('row', { name: /^Unit price/ }).first()).toBeVisible()
  await expect(page.getByText('Linked to ticket 4711 in Halo.')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'History', exact: true }).click()
  await expect(page.getByRole('table', { name: 'What became of it' })).toContainText('Created')
  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  const request = page.getByRole('table', { name: 'Requests' }).getByRole('link', { name: /\/v1\/quote/ })
  await expect(request.first()).toBeVisible()
  await expectAccessible(page)
})

test('customer, sales order and product have their pages, and lead to each other', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const store = new Database(join(dataFolder, 'store.db'), { readonly: true })
  const { id, customer } = store
    .prepare(
      "SELECT commerce_id AS id, customer_id AS customer FROM record WHERE entity = 'salesOrders' AND last_kind = 'created' LIMIT 1",
    )
    .get() as { id: number; customer: number }
  store.close()
  await enter(page, (await startService()).address)
  await goTo(page, `/sales-orders/1/${id}`)
  await expect(page.getByRole('table', { name: 'Totals' })).toBeVisible()
  await expectAccessible(page)
  await goTo(page, `/customers/1/${customer}?part=orders`)
  await expect(page.getByRole('table', { name: 'Sales orders' }).getByRole('row')).not.toHaveCount(0)
  await page.getByRole('link', { name: /in the list$/ }).click()
  await expect(page).toHaveURL(new RegExp(`customer=${customer}`))
  const rows = Number(await page.getByRole('grid', { name: 'Sales orders' }).getAttribute('aria-rowcount'))
  expect(rows).toBeGreaterThan(1)
  await page.getByRole('button', { name: /^Only of/ }).click()
  await expect(page).not.toHaveURL(/customer=/)
  await goTo(page, `/customers/1/${customer}`)
  await expect(page.getByRole('heading', { name: 'Contacts' })).toBeVisible()
  await expectAccessible(page)

  await goTo(page, '/products')
  await page.getByRole('grid', { name: 'Products' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Consignable')).toBeVisible()
  await expect(page.getByText('Halo has it as Commerce has it')).toBeVisible()
  await expectAccessible(page)
})
