import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

const csv = (name: string, text: string, encoding: BufferEncoding = 'utf8') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text, encoding),
})

function inHalo(folder: string, sql: string): unknown[] {
  const db = new Database(join(folder, 'halo.db'), { readonly: true })
  const rows = db.prepare(sql).raw().all().flat()
  db.close()
  return rows
}

/** Drops files on the middle of the page, as a hand would. */
async function drop(page: Page, files: readonly { readonly name: string; readonly text: string }[]) {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name, { type: 'text/csv' }))
    return transfer
  }, files)
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data })
  await expect(page.getByText('Drop the spreadsheet anywhere', { exact: true })).toBeVisible()
  await page.dispatchEvent('main', 'drop', { dataTransfer: data })
  await expect(page.getByText('Drop the spreadsheet anywhere', { exact: true })).toBeHidden()
}

// Every line has as many bars as semicolons, and the names have letters that two encodings read otherwise.
const odd = [
  'Company|x;Contact;Street 1;Street 2',
  'Grün|a;Ada Lovelace;1 Harbour Road;Dock 2',
  'Weiß|b;Grace Brewster Hopper;2 Mill Lane;',
  'Blau|c;Cher;3 High Street;Flat 3',
].join('\n')

test('how a text is read can be chosen, and is known the next time', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('odd.csv', odd, 'latin1'))
  const separator = page.getByRole('combobox', { name: 'Columns are parted by' })
  const encoding = page.getByRole('combobox', { name: 'Letters are kept as' })
  await expect(separator).toHaveValue(';')
  await expect(encoding).toHaveValue('windows-1252')
  const rows = page.getByRole('region', { name: 'First rows' })
  await separator.selectOption('|')
  await expect(page.getByText('columns parted by bars. Chosen by you.')).toBeVisible()
  await expect(rows.getByRole('cell', { name: 'x;Contact;Street 1;Street 2' })).toBeVisible()
  await encoding.selectOption('utf-8')
  await expect(rows.getByRole('cell', { name: 'Gr\ufffdn', exact: true })).toBeVisible()
  await expectAccessible(page)
  await encoding.selectOption('windows-1252')
  await expect(rows.getByRole('cell', { name: 'Grün', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await expect(page.getByRole('button', { name: 'Next: values' })).toBeVisible()
  await page.getByRole('link', { name: 'Sheet and headings' }).click()
  await expect(separator).toHaveValue('|')

  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('odd again.csv', odd, 'latin1'))
  await expect(page.getByText('columns parted by bars. As the last time for such a file.')).toBeVisible()
  await expect(separator).toHaveValue('|')
})

test('a column is split, two are joined, and both are known the next time', async ({
  page,
  addTenant,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('people.csv', odd.replaceAll('|', ' ')))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('combobox', { name: 'Column for Customer name' }).selectOption({ label: 'Company x' })

  const more = page.getByRole('button', { name: 'Split or join the column for Contact last name' })
  await more.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Split Contact' })).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'The first word is' })).toHaveValue('contactFirstName')
  const rows = dialog.getByRole('region', { name: 'How rows come out' })
  await expect(rows.getByRole('cell', { name: 'Brewster Hopper', exact: true })).toBeVisible()
  await expect(dialog.getByText('1 row of the first 3 have one part only.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: /the last/ }).check()
  await expect(rows.getByRole('cell', { name: 'Hopper', exact: true })).toBeVisible()
  await dialog.getByRole('radio', { name: 'Where certain characters stand' }).check()
  await dialog.getByRole('combobox', { name: 'Into parts' }).selectOption('3')
  await expect(dialog.getByRole('combobox', { name: /^Part/ })).toHaveCount(3)
  await expectAccessible(page)
  await dialog.getByRole('radio', { name: /^The first word/ }).check()
  await dialog.getByRole('button', { name: 'Split', exact: true }).click()
  const first = page.getByRole('combobox', { name: 'Column for Contact first name' })
  await expect(first.locator('option:checked')).toHaveText('Contact, first word')
  await expect(page.getByText('Ada · Grace · Cher')).toBeVisible()

  // Taken back, and split once more.
  await more.click()
  await page.getByRole('menuitem', { name: 'Take the split back' }).click()
  await expect(first).toHaveValue('')
  await more.click()
  await page.getByRole('menuitem', { name: 'Split this column…' }).click()
  await dialog.getByRole('button', { name: 'Split', exact: true }).click()

  await page.getByRole('combobox', { name: 'Column for Street' }).selectOption({ label: 'Street 1' })
  await page.getByRole('button', { name: 'Split or join the column for Street' }).click()
  await page.getByRole('menuitem', { name: 'Join it with another…' }).click()
  await dialog.getByRole('combobox', { name: 'Followed by' }).selectOption({ label: 'Street 2' })
  await expect(rows.getByRole('cell', { name: '1 Harbour Road, Dock 2' })).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(page.getByText(/^1 Harbour Road, Dock 2 · 2 Mill Lane/)).toBeVisible()
  await expectFits(page)
  await page.getByRole('button', { name: 'Next: values' }).click()
  await page.getByRole('button', { name: 'Next: check' }).click()
  await expect(page.getByText('3 records good')).toBeVisible()

  // A made value is corrected as any other, in its row alone.
  await page.getByRole('gridcell', { name: 'Cher', exact: true }).click()
  const row = page.getByRole('region', { name: 'Row 4' })
  await row.getByRole('textbox', { name: 'Contact last name' }).fill('Sarkisian')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('gridcell', { name: 'Sarkisian' })).toBeVisible()
  await page.getByRole('button', { name: 'Next: preview' }).click()
  await page.getByRole('button', { name: 'Import 3 records' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  expect(
    inHalo(
      dataFolder,
      "SELECT uusername FROM USERS WHERE uusername LIKE 'Cher%' OR uusername LIKE 'Grace%'",
    ).sort(),
  ).toEqual(['Cher Sarkisian', 'Grace Brewster Hopper'])

  await goTo(page, '/import/new?entity=customers')
  await page.locator('input[type=file]').setInputFiles(csv('more people.csv', odd.replaceAll('|', ' ')))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await expect(first.locator('option:checked')).toHaveText('Contact, first word')
  await expect(
    page.getByRole('combobox', { name: 'Column for Street' }).locator('option:checked'),
  ).toHaveText('Street 1 + Street 2')
})

test('a file is taken wherever it is dropped, one at a time', async ({ page, addTenant, startService }) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/import')
  const people = { name: 'people.csv', text: odd }
  await drop(page, [people, { name: 'others.csv', text: odd }])
  await expect(page.getByRole('heading', { name: 'New import' })).toBeVisible()
  await expect(
    page.getByText('2 files were dropped. An import takes one file: drop one of them.'),
  ).toBeVisible()
  await expectAccessible(page)
  await drop(page, [people])
  await expect(page.getByRole('region', { name: 'First rows' })).toBeVisible()
  // Another one takes its place, there and from the list.
  await drop(page, [{ name: 'others.csv', text: 'Company;City\nNorthwind;Bristol\n' }])
  await expect(page.getByRole('cell', { name: 'Northwind' })).toBeVisible()
  await goTo(page, '/import')
  await drop(page, [people])
  await expect(page.getByRole('region', { name: 'First rows' })).toBeVisible()

  // Where nothing takes it, it leads nowhere.
  await goTo(page, '/runs')
  const stays = await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'], 'x.csv'))
    const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    return event.defaultPrevented
  })
  expect(stays).toBe(true)
})

test('the next error is brought into sight, and causes stay in reach beside a row', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=customers')
  const rows = Array.from({ length: 900 }, (_, at) => (at === 700 ? ',Leeds' : `Customer ${at} Ltd,Bristol`))
  await page.locator('input[type=file]').setInputFiles(csv('many.csv', ['Company,City', ...rows].join('\n')))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('link', { name: 'Check' }).click()
  await expect(page.getByText('899 records good')).toBeVisible()
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.keyboard.press('F8')
  await expect(page.getByRole('heading', { name: 'Row 702' })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: '702', exact: true })).toBeInViewport()
  await expect(
    page.getByRole('region', { name: 'Problems by cause' }).getByText(/mandatory and empty/),
  ).toBeInViewport()
  await page.keyboard.press('F8')
  await expect(page.getByText('No error after this row.')).toBeVisible()
  await expectAccessible(page)
})
