import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test.use({ sample: { customers: 6, products: 10, quotes: 12, orders: 3 } })

type Quote = {
  readonly id: number
  readonly commerceId: number
  readonly number: string
  readonly area: number
}

/** A synced Halo with tickets: 101 to 125 of the first quote's client, 201 of another, 301 closed. Answers that quote. */
function arrange(dataFolder: string): Quote & { readonly client: string; readonly other: string } {
  const halo = new Database(join(dataFolder, 'halo.db'))
  const quote = halo
    .prepare(
      `SELECT QHid AS id, qhdattocommerceid AS commerceId, QHThirdPartyNumber AS number, Sarea AS area
       FROM QUOTATIONHEADER JOIN USERS ON Uid = QHUserID JOIN SITE ON Ssitenum = Usite ORDER BY QHid LIMIT 1`,
    )
    .get() as Quote
  const nameOf = halo.prepare('SELECT aareadesc FROM AREA WHERE Aarea = ?').pluck()
  const other = halo.prepare('SELECT Aarea FROM AREA WHERE Aarea <> ? LIMIT 1').pluck().get(quote.area)
  halo.exec("INSERT INTO TSTATUS (Tstatus, tstatusdesc) VALUES (1, 'New'), (9, 'Closed')")
  const add = halo.prepare(
    `INSERT INTO FAULTS (Faultid, Symptom, Areaint, Status, dateoccured, datecleared) VALUES (?, ?, ?, ?, '2026-05-01 09:00:00.000', ?)`,
  )
  for (let id = 101; id <= 125; id++) add.run(id, `Printer ${id}`, quote.area, 1, null)
  add.run(201, 'Laptops for the new office', other, 1, null)
  add.run(301, 'Laptops that came last year', quote.area, 9, '2026-05-02 09:00:00.000')
  const names = { client: String(nameOf.get(quote.area)), other: String(nameOf.get(other)) }
  halo.close()
  return { ...quote, ...names }
}

function inHalo(dataFolder: string, id: number): { readonly ticket: number; readonly status: number } {
  const halo = new Database(join(dataFolder, 'halo.db'), { readonly: true })
  const row = halo.prepare(
    'SELECT QHfaultID AS ticket, QHstatus AS status FROM QUOTATIONHEADER WHERE QHid = ?',
  )
  const found = row.get(id) as { readonly ticket: number; readonly status: number }
  halo.close()
  return found
}

test('a quote is linked to a ticket by keyboard alone, and undone; one of another client is asked about', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = arrange(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${quote.commerceId}`)
  const ticket = page.locator('dd').filter({ has: page.getByRole('button', { name: 'Change the ticket' }) })
  await expect(ticket).toContainText('None')

  const more = page.getByRole('button', { name: 'More for this quote' })
  await more.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Link to ticket…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: `Link ${quote.number} to a ticket` })
  const find = dialog.getByRole('combobox', { name: /Find a ticket/ })
  await expect(find).toBeFocused()
  await expect(dialog.getByText('Datto Commerce is not told.')).toBeVisible()
  await expect(dialog.getByRole('option')).toHaveCount(20)
  await expect(dialog.getByRole('option').first()).toContainText('125')
  await dialog.getByRole('button', { name: 'Show 20 more' }).click()
  await expect(dialog.getByRole('option')).toHaveCount(26)
  await expectAccessible(page)

  await find.fill('printer 10')
  await expect(dialog.getByRole('option')).toHaveCount(10)
  await find.press('ArrowDown')
  await expect(dialog.getByRole('option', { selected: true })).toContainText('110')
  await find.press('ArrowDown')
  await find.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(more).toBeFocused()
  await expect(ticket).toContainText('109 Printer 109')
  expect(inHalo(dataFolder, quote.id).ticket).toBe(109)
  const notes = page.getByRole('region', { name: 'Notes on what was done' })
  await notes.getByRole('button', { name: 'Undo' }).click()
  await expect(notes.getByText('It is as it was before.')).toBeVisible()
  await expect(notes.getByText('is linked to ticket')).toBeHidden()
  await expect(ticket).toContainText('None')
  expect(inHalo(dataFolder, quote.id).ticket).toBe(0)

  await page.getByRole('button', { name: 'Change the ticket' }).click()
  await find.fill('laptops')
  await expect(dialog.getByRole('option')).toHaveCount(1)
  await dialog.getByRole('checkbox', { name: 'Closed ones, too' }).check()
  await expect(dialog.getByRole('option')).toHaveCount(2)
  await dialog.getByRole('option', { name: /201/ }).click()
  await expect(dialog.getByRole('alert')).toContainText(`Ticket 201 is of ${quote.other}`)
  await dialog.getByRole('button', { name: 'Link ticket 201' }).click()
  expect(inHalo(dataFolder, quote.id).ticket).toBe(0)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Link it all the same' }).click()
  await expect(ticket).toContainText('201 Laptops for the new office')

  await page.getByRole('button', { name: 'Change the ticket' }).click()
  await dialog.getByRole('button', { name: 'Take the link away' }).click()
  await expect(ticket).toContainText('None')
  expect(inHalo(dataFolder, quote.id).ticket).toBe(0)
})

test('a status is chosen from the list, stays, and is given back to the mapping', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = arrange(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes?q=${quote.number}`)
  await expect(page.getByRole('grid', { name: 'Quotes' })).toHaveAttribute('aria-rowcount', '2')
  await expectFits(page)
  await page.getByRole('button', { name: 'More for this row' }).click()
  const menu = page.getByRole('menu', { name: 'Quotes: this row' })
  await expectAccessible(page)
  await menu.getByRole('menuitem', { name: 'Change status…' }).click()
  const dialog = page.getByRole('dialog', { name: `Status of ${quote.number} in Halo` })
  await expect(dialog.getByRole('radio', { checked: true })).toHaveAccessibleName(/\(now\)$/)
  await expect(dialog.getByText(/^Datto Commerce says/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: 'Approved' }).check()
  await dialog.getByRole('button', { name: 'Change to "Approved"' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('grid', { name: 'Quotes' })).toBeFocused()
  expect(inHalo(dataFolder, quote.id).status).toBe(5)

  await goTo(page, `/quotes/1/${quote.commerceId}`)
  await expect(page.getByText(/"Approved" was chosen by a person on .* Datto Commerce says/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: 'Let the mapping decide again' }).click()
  await expect(page.getByText('The mapping decides again, with the next sync.').first()).toBeVisible()
  await expect(page.getByText(/was chosen by a person/)).toBeHidden()
})

test('what Halo does not have any more is said in the dialog, and what was typed stays', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = arrange(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${quote.commerceId}`)
  await page.getByRole('button', { name: 'Change the ticket' }).click()
  const find = page.getByRole('combobox', { name: /Find a ticket/ })
  await find.fill('101')
  await page.getByRole('option', { name: /101/ }).click()
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.exec('UPDATE FAULTS SET FDeleted = 1 WHERE Faultid = 101')
  await page.getByRole('button', { name: 'Link ticket 101' }).click()
  await expect(page.getByText('Halo has no ticket number 101, or it was deleted there.')).toBeVisible()
  await expect(find).toHaveValue('101')
  await page.getByRole('button', { name: 'Cancel' }).click()

  halo.exec('DELETE FROM QUOTATIONHEADER')
  halo.close()
  await page.reload()
  await expect(page.getByText(`The quote "${quote.number}" is not in Halo`)).toBeVisible()
  await expectAccessible(page)
})

test('a quote that is not in Halo says so in its menu, reached by the keyboard', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = arrange(dataFolder)
  const store = new Database(join(dataFolder, 'store.db'))
  store.exec(`UPDATE record SET halo_id = NULL WHERE entity = 'quotes' AND commerce_id = ${quote.commerceId}`)
  store.close()
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes?q=${quote.number}`)
  const grid = page.getByRole('grid', { name: 'Quotes' })
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  const entry = page.getByRole('menuitem', { name: 'Link to ticket…' })
  await expect(entry).toHaveAttribute('aria-disabled', 'true')
  await expect(entry).toContainText('It is not in Halo yet: the next sync writes it')
  await page.keyboard.press('ArrowDown')
  await expect(entry).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expectAccessible(page)
})

test('a linked ticket is opened in the tenant’s own Halo, whose address is a setting', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = arrange(dataFolder)
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.prepare('UPDATE QUOTATIONHEADER SET QHfaultID = 101 WHERE QHid = ?').run(quote.id)
  halo.close()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  const form = page.getByRole('form', { name: 'Links into Commerce' })
  await form.getByLabel('Web address of Halo').fill('halo.example')
  await expect(form.getByText('The address must start with https://')).toBeVisible()
  await form.getByLabel('Web address of Halo').fill('https://halo.example/')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Not saved yet')).toBeHidden()
  await goTo(page, `/quotes/1/${quote.commerceId}`)
  const link = page.getByRole('link', { name: '101 Printer 101' })
  await expect(link).toHaveAttribute('href', 'https://halo.example/ticket?id=101')
  await expect(link).toHaveAttribute('rel', /noopener/)
})
