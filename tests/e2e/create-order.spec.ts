import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test.use({ sample: { customers: 6, products: 10, quotes: 12, orders: 3 } })

type Quote = { readonly id: number; readonly commerceId: number; readonly number: string }

const inHalo = <T>(dataFolder: string, work: (halo: Database.Database) => T): T => {
  const halo = new Database(join(dataFolder, 'halo.db'))
  try {
    return work(halo)
  } finally {
    halo.close()
  }
}

/** A quote without an order of Commerce's, to three lines of which something happens: a laptop counts, a bag and a dock are optional. */
function arrange(dataFolder: string, taken: readonly number[]): Quote {
  return inHalo(dataFolder, (halo) => {
    const quote = halo
      .prepare(
        `SELECT QHid AS id, qhdattocommerceid AS commerceId, QHThirdPartyNumber AS number FROM QUOTATIONHEADER
         WHERE qhdattocommerceid NOT IN (SELECT value FROM json_each(?)) ORDER BY QHid LIMIT 1`,
      )
      .get(JSON.stringify(taken)) as Quote
    halo.prepare('DELETE FROM QUOTATIONDETAIL WHERE QDQHid = ?').run(quote.id)
    halo.prepare('UPDATE QUOTATIONHEADER SET QHCarriagePrice = 0 WHERE QHid = ?').run(quote.id)
    const add = halo.prepare(
      `INSERT INTO QUOTATIONDETAIL (QDQHid, QDDesc, QDPrice, QDQuantity, QDTax, qdtax_rate, qdOptional, QDIsGroupDesc, QDGroupID, QDsortseq, QDBillingPeriod)
       VALUES (?, ?, ?, ?, ?, 20, ?, ?, 1, ?, ?)`,
    )
    const line = (
      at: number,
      name: string,
      price: number,
      count: number,
      tax: number,
      isOptional = 0,
    ): void => void add.run(quote.id, name, price, count, tax, isOptional, 0, at, 0)
    add.run(quote.id, 'Hardware', 0, 0, 0, 0, 1, 1, 0)
    line(2, 'Laptop', 900.5, 3, 540.3)
    line(3, 'Bag', 40, 2, 16, 1)
    line(4, 'Dock', 150, 1, 30, 1)
    return quote
  })
}

/** Orders of a quote with their lines, as Halo has them. */
const ordersOf = (dataFolder: string, { id }: Quote): unknown =>
  inHalo(dataFolder, (halo) =>
    halo
      .prepare(
        `SELECT OHtitle AS title, OHponumber AS reference, group_concat(OLdesc || ' x' || CAST(OLorderqty AS INTEGER), ', ') AS lines
         FROM ORDERHEAD JOIN (SELECT * FROM ORDERLINE ORDER BY OLseq) ON OLid = OHid WHERE OHQHID = ? GROUP BY OHid ORDER BY OHid`,
      )
      .all(id),
  )

test('a sales order is made of a quote: lines chosen, optional ones asked, twice only when wanted', async ({
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
  const won = sampleApi.world.list('quote').filter(({ salesOrderId }) => salesOrderId !== null)
  const quote = arrange(
    dataFolder,
    won.map(({ id }) => id),
  )
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${quote.commerceId}`)
  const more = page.getByRole('button', { name: 'More for this quote' })
  await expect(more).toBeVisible()

  const open = async () => {
    await more.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Create sales order…' }).press('Enter')
  }
  await open()
  const dialog = page.getByRole('dialog', { name: `Create sales order from ${quote.number}` })
  const create = dialog.getByRole('button', { name: 'Create sales order' })
  await expect(dialog.getByText('Datto Commerce is not told.')).toBeVisible()
  await expect(dialog.getByText('2 optional lines are not decided yet.')).toBeVisible()
  await expect(create).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  await expectFits(page)

  // By keys alone: the undecided one by one, then how many, then the number of the customer's own order.
  await dialog.getByRole('button', { name: 'Next undecided' }).press('Enter')
  await page.keyboard.press('Space')
  await expect(dialog.getByText('One optional line is not decided yet.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Leave them out' }).press('Enter')
  await dialog.getByRole('spinbutton', { name: 'Quantity of Laptop' }).fill('4')
  await expect(dialog.getByText('A quantity is not one that the quote offers.')).toBeVisible()
  await dialog.getByRole('spinbutton', { name: 'Quantity of Laptop' }).fill('2')
  await dialog.getByRole('textbox', { name: 'Purchase order number' }).fill('PO 77')
  await expect(dialog.getByLabel('What the order comes to')).toContainText('2,257.20')
  await create.press('Enter')
  await expect(dialog.getByText(/^The sales order is number \d+ in Halo/)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  const made = { title: expect.any(String), reference: 'PO 77', lines: 'Hardware x0, Laptop x2, Bag x2' }
  expect(ordersOf(dataFolder, quote)).toEqual([made])
  await expect(page.getByText(/Made here by/)).toBeVisible()

  await open()
  await expect(dialog.getByText('This quote has an order in Halo already.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Leave them out' }).press('Enter')
  const again = dialog.getByRole('button', { name: 'Create another order' })
  await expect(again).toBeHidden()
  await dialog.getByRole('checkbox', { name: 'Make another order of this quote all the same' }).check()
  await expectAccessible(page)
  await again.press('Enter')
  await expect(dialog.getByText(/^The sales order is number \d+ in Halo/)).toBeVisible()
  expect(ordersOf(dataFolder, quote)).toHaveLength(2)
})

test('a quote of which Commerce made an order itself gets no second one', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const won = sampleApi.world.list('quote').find(({ salesOrderId }) => salesOrderId !== null)
  const before = inHalo(dataFolder, (halo) => halo.prepare('SELECT count(*) FROM ORDERHEAD').pluck().get())
  await enter(page, (await startService()).address)
  await goTo(page, `/quotes/1/${won?.id}`)
  await page.getByRole('button', { name: 'More for this quote' }).click()
  await page.getByRole('menuitem', { name: 'Create sales order…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Create sales order from/ })
  await expect(dialog.getByText(/^Datto Commerce has made an order of this quote itself/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  expect(inHalo(dataFolder, (halo) => halo.prepare('SELECT count(*) FROM ORDERHEAD').pluck().get())).toBe(
    before,
  )
})
