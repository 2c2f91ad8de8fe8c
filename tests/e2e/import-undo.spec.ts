import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test.use({ sample: { customers: 2, products: 2, quotes: 1, orders: 1 } })

const customers = [
  'Customer name,Account number,Contact e-mail,City',
  'Old Friends Ltd,A1,ada@old.example,Bristol',
  'Older Friends Ltd,A2,bob@older.example,Bath',
  'Oldest Friends Ltd,A3,cy@oldest.example,York',
].join('\n')

test('an import is undone: what it created goes, what somebody has worked on stays', async ({
  page,
  addTenant,
  dataFolder,
  startService,
}) => {
  test.slow()
  const inHalo = (sql: string): unknown[] => {
    const halo = new Database(join(dataFolder, 'halo.db'))
    const statement = halo.prepare(sql)
    const rows = statement.reader ? statement.pluck().all() : [statement.run().changes]
    halo.close()
    return rows
  }
  const names = () => inHalo("SELECT aareadesc FROM AREA WHERE aareadesc LIKE '%Friends%' ORDER BY Aarea")
  await addTenant()
  await enter(page, (await startService()).address)
  const bring = async (name: string): Promise<void> => {
    await goTo(page, '/import/new?entity=customers')
    const file = { name, mimeType: 'text/csv', buffer: Buffer.from(customers) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Read all rows' }).click()
    await page.getByRole('link', { name: 'Preview' }).click()
    await page.getByRole('button', { name: /^Import/ }).click()
    await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible()
  }
  await bring('friends.csv')
  expect(names()).toEqual(['Old Friends Ltd', 'Older Friends Ltd', 'Oldest Friends Ltd'])
  await expect(page.getByText('3 records that this import created can be removed')).toBeVisible()
  await expect(page.getByText(/^a person \(/)).toHaveCount(0)

  // Somebody at Halo enters another account number, and a ticket for the third client.
  inHalo("UPDATE AREA SET Aarearef = 'A2-new' WHERE aareadesc = 'Older Friends Ltd'")
  inHalo(
    "INSERT INTO FAULTS (Faultid, Symptom, Areaint) SELECT 9001, 'Printer', Aarea FROM AREA WHERE aareadesc = 'Oldest Friends Ltd'",
  )

  await page.getByRole('button', { name: 'Undo this import…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo the import of friends.csv?' })
  await expect(dialog.getByText('Up to 3 records that it created are removed from Halo')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(names()).toHaveLength(3)

  await page.getByRole('button', { name: 'Undo this import…' }).click()
  await dialog.getByRole('button', { name: 'Remove up to 3' }).click()
  await expect(page.getByRole('heading', { name: 'Undone', exact: true })).toBeVisible()
  expect(names()).toEqual(['Older Friends Ltd', 'Oldest Friends Ltd'])
  expect(inHalo("SELECT count(*) FROM USERS WHERE uemail = 'ada@old.example'")).toEqual([0])
  const reasons = page.getByRole('list', { name: 'Why records were left alone' })
  await expect(
    reasons.getByText(/Older Friends Ltd" was changed since it was imported \(Reference\)/),
  ).toBeVisible()
  await expect(reasons.getByText(/A ticket in Halo refers to "Oldest Friends Ltd"/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try those that were left again…' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  await page.getByRole('link', { name: 'Every record', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Undo of an import/ })).toBeVisible()
  await expect(page.getByText('Removed', { exact: true }).first()).toBeVisible()
  await expect(page.getByText(/was changed since it was imported/).first()).toBeVisible()

  await goTo(page, '/import')
  const row = page.getByRole('row', { name: /friends\.csv/ })
  await expect(row.getByText('Undone', { exact: true })).toBeVisible()
  await expect(row.getByText('1 removed, 2 left alone')).toBeVisible()
  await expect(row.getByText('begun by a person')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  // The ticket goes; from the list, those that were left get another turn.
  inHalo('DELETE FROM FAULTS WHERE Faultid = 9001')
  await row.getByRole('button', { name: 'Undo this import: friends.csv…' }).click()
  await dialog.getByRole('button', { name: 'Remove up to 2' }).click()
  await expect(page.getByRole('heading', { name: 'Undone', exact: true })).toBeVisible()
  await expect.poll(names).toEqual(['Older Friends Ltd'])

  await bring('friends again.csv')
  expect(names()).toEqual(['Older Friends Ltd', 'Old Friends Ltd', 'Oldest Friends Ltd'])
})
