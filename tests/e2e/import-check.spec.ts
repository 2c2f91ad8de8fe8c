import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test.use({ sample: { customers: 2, products: 2, quotes: 1, orders: 1 } })

const quotes = [
  'Quote number,Customer,Line title,Quantity,Unit price,SKU,Status',
  'H-1,Northwnd,Laptop,1,900,LAP-15,Won',
  'H-1,Northwnd,Dock,1,100,,',
  'H-2,Northwind Ltd,Screen,1,200,LAP-51,Sent',
  'H-3,Nobody at all,Mouse,1,15,,Sent',
  'H-4,#7001,Bag,1,40,,',
  'H-9,Northwind Ltd,Chair,1,40,,',
].join('\n')
const customers = [
  'Customer name,Territory,Tier,Currency',
  'Fresh Ltd,North,Gold,GBP',
  'Fresher Ltd,Northernmost,Bronze,',
].join('\n')

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

function halo<T>(dataFolder: string, work: (sql: Database.Database) => T): T {
  const sql = new Database(join(dataFolder, 'halo.db'))
  try {
    return work(sql)
  } finally {
    sql.close()
  }
}
const seed = (dataFolder: string): void =>
  halo(dataFolder, (sql) => {
    sql.exec(`
      INSERT INTO AREA (Aarea, aareadesc, Aarearef) VALUES (7001, 'Northwind Ltd', 'N-1'), (7002, 'Contoso', 'C-1');
      INSERT INTO ITEM (Iid, idesc, IExternalReference, Igeneric) VALUES (7001, 'Laptop 15', 'LAP-15', 1);
      INSERT INTO QUOTATIONHEADER (QHid, QHtitle, QHThirdPartyNumber) VALUES (7001, 'Chairs', 'H-9');
      ALTER TABLE AREA ADD COLUMN CFregion nvarchar(6);
      ALTER TABLE AREA ADD COLUMN CFtier int;
      INSERT INTO FIELDINFO (FIid, FIName, FILabel, FIusage, FILookup) VALUES
        (7001, 'region', 'Territory', 2, 0), (7002, 'tier', 'Tier', 2, 501);
      INSERT INTO LOOKUP (fid, fcode, fvalue) VALUES (501, 1, 'Gold'), (501, 2, 'Silver');
      INSERT INTO CURRENCY (Cid, Cdesc, Ccode) VALUES (1, '£', 'GBP');
    `)
  })

test('the check tells what Halo does not have and what is there, and all of it is put right on the spot', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  seed(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=quotes')
  await page.locator('input[type=file]').setInputFiles(csv('quotes.csv', quotes))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('link', { name: 'Check' }).click()
  const problems = page.getByRole('region', { name: 'Problems by cause' })
  await expect(
    problems.getByText('Halo has no customer "Northwnd". One more value is like that.'),
  ).toBeVisible()
  await expect(page.getByText('Halo was asked')).toBeVisible()
  await expect(problems.getByText(/Halo has no product "LAP-51"/)).toBeVisible()
  await expect(problems.getByText(/gives no Halo status for "Sent"/)).toBeVisible()
  await expect(problems.getByText('The record is in Halo already: it will be left as it is.')).toBeVisible()
  await expect(page.getByText('3 records good, 2 with errors')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  // What may be meant is offered, and told in the row, too.
  await page.keyboard.press('F8')
  const row = page.getByRole('region', { name: /^Row / })
  await expect(row.getByText('Did you mean "Northwind Ltd"?')).toBeVisible()
  await expectAccessible(page)
  await row.getByRole('button', { name: 'Close the row' }).click()
  await problems.getByRole('button', { name: 'Northwnd means Northwind Ltd' }).click()
  await expect(problems.getByText('Halo has no customer "Nobody at all".')).toBeVisible()
  await expect(page.getByText('4 records good, 1 with errors')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('3 records good, 2 with errors')).toBeVisible()
  await problems.getByRole('textbox', { name: 'Northwnd means' }).fill('#7001')
  await page.keyboard.press('Enter')
  await expect(page.getByText('4 records good, 1 with errors')).toBeVisible()

  // Nothing is imported unless every row is good, where that is wanted.
  await page.getByRole('button', { name: 'Next: preview' }).click()
  await page.getByRole('checkbox', { name: 'Import nothing unless every row is good' }).check()
  await expect(page.getByText(/1 record with errors holds the import up/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import/ })).toBeDisabled()
  await expectAccessible(page)

  // A row is left out, taken back and left out again.
  await page.getByRole('link', { name: 'Check' }).click()
  const unknown = problems.getByRole('article').filter({ hasText: 'Nobody at all' })
  await unknown.getByRole('button', { name: 'Leave these quotes out' }).click()
  await expect(problems.getByText('Left out by you: the row is not imported.')).toBeVisible()
  await expect(page.getByText('1 row left out by you.')).toBeVisible()
  await problems.getByRole('button', { name: 'Take back 1 row' }).click()
  await expect(page.getByText('4 records good, 1 with errors')).toBeVisible()
  await page.keyboard.press('F8')
  await row.getByRole('button', { name: 'Leave the row out' }).click()
  await expect(row.getByRole('button', { name: 'Take the row back' })).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByText('4 records good, 0 with errors')).toBeVisible()
  await page.getByRole('button', { name: 'Next: preview' }).click()
  await expect(page.getByText(/1 row left out by you/)).toBeVisible()
  await page.getByRole('button', { name: 'Import 4 records' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  await expect(page.getByText('Left out by you')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What was not imported' })).toBeHidden()
  const made = halo(dataFolder, (sql) =>
    sql
      .prepare(
        `SELECT QHThirdPartyNumber FROM QUOTATIONHEADER JOIN USERS ON Uid = QHUserID JOIN SITE ON Ssitenum = Usite
         WHERE Sarea = 7001 ORDER BY 1`,
      )
      .pluck()
      .all(),
  )
  expect(made).toEqual(['H-1', 'H-2', 'H-4'])
})

test('a Halo that does not answer is said, and the rest of the check stands', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  seed(dataFolder)
  const file = join(dataFolder, 'halo.db')
  copyFileSync(file, `${file}.kept`)
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
  writeFileSync(file, 'This is no database, however long one looks at it. '.repeat(100))
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=quotes')
  await page.locator('input[type=file]').setInputFiles(csv('quotes.csv', quotes))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await page.getByRole('link', { name: 'Check' }).click()
  await expect(page.getByText('Halo could not be asked')).toBeVisible()
  await expect(page.getByText('5 records good, 0 with errors')).toBeVisible()
  await expectAccessible(page)
  copyFileSync(`${file}.kept`, file)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('3 records good, 2 with errors')).toBeVisible()
  await expect(page.getByText('Halo was asked')).toBeVisible()
})

test('customers bring the custom fields of the Halo with them', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  seed(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/import/new?entity=customers')
  await expect(page.getByRole('link', { name: 'Customers' }).last()).toHaveAttribute('href', /tenant=1/)
  await page.locator('input[type=file]').setInputFiles(csv('customers.csv', customers))
  await page.getByRole('button', { name: 'Read all rows' }).click()
  await expect(page.getByRole('combobox', { name: 'Column for Territory' })).toHaveValue('1')
  await expect(page.getByRole('combobox', { name: 'Column for Tier' })).toHaveValue('2')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next: values' }).click()
  await expect(page.getByRole('combobox', { name: 'Bronze means' })).toHaveValue('?')
  await page.getByRole('combobox', { name: 'Bronze means' }).selectOption({ label: 'Silver' })
  await page.getByRole('button', { name: 'Next: check' }).click()
  const problems = page.getByRole('region', { name: 'Problems by cause' })
  await expect(problems.getByText(/"Territory" is too long: Halo has room for 6 characters/)).toBeVisible()
  await problems.getByRole('button', { name: 'Cut in 1 row' }).click()
  await expect(problems.getByText('Nothing is wrong with these rows.')).toBeVisible()
  await page.getByRole('button', { name: 'Next: preview' }).click()
  await page.getByRole('button', { name: 'Import 2 records' }).click()
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  const rows = halo(dataFolder, (sql) =>
    sql
      .prepare(
        "SELECT aareadesc, CFregion, CFtier, ifnull(acurrencyisocode, '') FROM AREA WHERE aareadesc LIKE 'Fresh%' ORDER BY 1",
      )
      .raw()
      .all(),
  )
  expect(rows).toEqual([
    ['Fresh Ltd', 'North', 1, 'GBP'],
    ['Fresher Ltd', 'Northe', 2, ''],
  ])
})
