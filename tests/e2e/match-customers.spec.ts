import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openStore } from '../../app/store/open.ts'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

test.use({ sample: { customers: 12, products: 5, quotes: 4, orders: 2 } })

const customerSchema = z.object({ id: z.int(), name: z.string(), accountNumber: z.string() })
type Customer = z.infer<typeof customerSchema>

const byId = ({ id }: Customer, other: Customer): number => id - other.id
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Customers without a link' })
const rowOf = (page: Page, name: string): Locator => grid(page).getByRole('row').filter({ hasText: name })

function inHalo<T>(dataFolder: string, work: (halo: Database.Database) => T): T {
  const halo = new Database(join(dataFolder, 'halo.db'))
  try {
    return work(halo)
  } finally {
    halo.close()
  }
}

const areas = (dataFolder: string): number =>
  inHalo(dataFolder, (halo) => Number(halo.prepare('SELECT count(*) FROM AREA').pluck().get()))
const linkOf = (dataFolder: string, area: number): number =>
  inHalo(dataFolder, (halo) =>
    Number(halo.prepare('SELECT adattocommerceid FROM AREA WHERE Aarea = ?').pluck().get(area)),
  )

/** Its schedule would begin the first sync by itself. */
function pause(dataFolder: string): void {
  const store = openStore(dataFolder, { clock: { now: () => Date.UTC(2026, 4, 10) }, role: 'owner' })
  if (!store.ok) throw new Error(store.fault.code)
  store.value.tenants.update(1, { pausedUntil: '2999-01-01T00:00:00.000Z' })
  store.value.close()
}

/** Clients that somebody typed: one that is surely a customer's, two of another's name, one of nobody's. Answers the customers meant. */
function typeClients(
  dataFolder: string,
  customers: readonly Customer[],
): readonly [Customer, Customer, Customer] {
  const names = customers.map(({ name }) => name)
  const [sure, unsure, other] = customers
    .filter(({ name }) => names.filter((one) => one === name).length === 1)
    .toSorted(byId)
  if (!sure || !unsure || !other) throw new Error('The sample has too few customers with names of their own.')
  inHalo(dataFolder, (halo) => {
    const insert = halo.prepare('INSERT INTO AREA (Aarea, aareadesc, Aarearef) VALUES (?, ?, ?)')
    insert.run(901, `${sure.name} Limited`, sure.accountNumber)
    insert.run(902, unsure.name, '')
    insert.run(903, unsure.name, '')
    insert.run(904, 'Typed by Hand', 'T-1')
  })
  return [sure, unsure, other]
}

test('asked before the first sync: matched by keyboard, linked, taken back, linked again, and nothing is made twice', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  sampleApi,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync', '--preview'])).status).toBe(0)
  const customers = z.array(customerSchema).parse(sampleApi.world.list('customer'))
  const [sure, unsure, other] = typeClients(dataFolder, customers)
  pause(dataFolder)
  await enter(page, (await startService()).address)

  await goTo(page, '/runs/1')
  await expect(page.getByText('2 customers look like clients that Halo has already.')).toBeVisible()
  await expectAccessible(page)
  await goTo(page, '/tenants/1')
  await page.getByRole('button', { name: 'Sync now' }).click()
  const question = page.getByRole('alertdialog', { name: 'Match customers first?' })
  await expect(question).toContainText('they will be made twice')
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Match them' }).click()
  await expect(page).toHaveURL(/\/tenants\/1\/match$/)

  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3')
  await expect(page.getByText('1 selected')).toBeVisible()
  await expect(rowOf(page, sure.name).getByRole('checkbox')).toBeChecked()
  await expect(rowOf(page, sure.name)).toContainText('Same number and name')
  await expect(rowOf(page, unsure.name).getByRole('checkbox')).not.toBeChecked()
  await expect(rowOf(page, unsure.name)).toContainText('or 1 other')
  await expectAccessible(page)
  await expectFits(page)

  await test.step('another client is found and chosen by keyboard', async () => {
    await rowOf(page, unsure.name).click()
    const choose = page.getByRole('dialog', { name: `Which client is ${unsure.name}?` })
    const box = choose.getByRole('combobox')
    await expect(box).toBeFocused()
    await box.fill('typed')
    await expect(choose.getByRole('option', { name: 'Typed by Hand (T-1)' })).toBeVisible()
    await expectAccessible(page)
    await box.press('ArrowUp')
    await box.press('Enter')
    await expect(choose).toBeHidden()
    await expect(rowOf(page, unsure.name)).toContainText('Typed by Hand')
    await expect(page.getByText('2 selected')).toBeVisible()
  })

  await test.step('linked after a count, and taken back', async () => {
    await page.getByRole('button', { name: 'Link to their clients…' }).click()
    const confirm = page.getByRole('alertdialog')
    await expect(confirm).toContainText('1 of them is sure, 1 selected by you.')
    await expectAccessible(page)
    await confirm.getByRole('button', { name: 'Link 2 customers' }).click()
    await expect(page.getByText('2 customers were linked, and no sync has run since.')).toBeVisible()
    expect([linkOf(dataFolder, 901), linkOf(dataFolder, 904)]).toEqual([sure.id, unsure.id])
    await expect(page.getByText('No customer looks like a client that Halo has')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take the links back' }).click()
    await expect(page.getByText('The links were taken back.').first()).toBeVisible()
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '3')
    expect([linkOf(dataFolder, 901), linkOf(dataFolder, 904)]).toEqual([-1, -1])
  })

  await test.step('one is linked, one is new, one is linked by hand', async () => {
    await rowOf(page, unsure.name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'It is new: make it' }).click()
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '2')
    await page.getByLabel('Which customers').selectOption('all')
    await rowOf(page, other.name).getByRole('checkbox').click()
    const choose = page.getByRole('dialog', { name: `Which client is ${other.name}?` })
    await choose.getByRole('combobox').fill('T-1')
    await choose.getByRole('option', { name: 'Typed by Hand (T-1)' }).click()
    await rowOf(page, sure.name).getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Link to their clients…' }).click()
    await page.getByRole('button', { name: 'Link 2 customers' }).click()
    await expect(page.getByText('2 customers were linked, and no sync has run since.')).toBeVisible()
  })

  await test.step('nobody is asked any more, and no client is made twice', async () => {
    const before = areas(dataFolder)
    const started = page.waitForResponse(/runs\.start/)
    await page.getByRole('button', { name: 'Sync now' }).click()
    await started
    await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
    expect(areas(dataFolder)).toBe(before + customers.length - 2)
    expect([linkOf(dataFolder, 901), linkOf(dataFolder, 904)]).toEqual([sure.id, other.id])
    await goTo(page, '/tenants/1/match')
    await expect(page.getByText('Every customer has its client')).toBeVisible()
    await expectAccessible(page)
  })
})

test('a link that somebody else made meanwhile is said by name, and the others are made', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync', '--preview'])).status).toBe(0)
  const customers = z.array(customerSchema).parse(sampleApi.world.list('customer'))
  const [sure, unsure] = typeClients(dataFolder, customers)
  pause(dataFolder)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/match')
  await rowOf(page, unsure.name).getByRole('checkbox').check()
  inHalo(dataFolder, (halo) => halo.exec('UPDATE AREA SET adattocommerceid = 7777 WHERE Aarea = 901'))
  await page.getByRole('button', { name: 'Link to their clients…' }).click()
  await page.getByRole('button', { name: 'Link 2 customers' }).click()
  await expect(page.getByText('1 customer linked. 1 could not be linked:')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: sure.name })).toContainText('is linked already')
  await expectAccessible(page)
})

test('before anything was read, and where Halo is not there, it says so', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant()
  await addTenant({ name: 'Lost', extra: ['--halo', 'sqlite:/nowhere/at/all/halo.db'] })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/match')
  await expect(page.getByText('No customers to compare yet')).toBeVisible()
  await expectAccessible(page)
  await goTo(page, '/tenants/2/match')
  await expect(page.getByText('Halo could not be reached').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Compare again' })).toBeVisible()
})
