import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('runs: timeline, one run with its records, plan, log and requests, down to a single request', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  // Many screens, each looked through in three looks.
  test.setTimeout(400_000)
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await stopSchedule(page)
  await goTo(page, '/runs')
  const runs = page.getByRole('grid', { name: 'Runs' })
  await expect(runs.getByText('Tenant added')).toBeVisible()
  await expect(runs.getByText('from the command line').first()).toBeVisible()
  await expectAccessible(page)

  // The chart: its last bar is today; a click shows that day alone, and the table says the same.
  const chart = page.getByRole('region', { name: 'The last 30 days' })
  await chart.getByRole('link', { name: /1 run \(1 done\)/ }).click()
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/)
  await expect(runs.getByRole('link', { name: 'Sync 1' })).toBeVisible()
  await chart.getByText('As a table').click()
  await expect(chart.getByRole('table').getByRole('row')).toHaveCount(31)
  await page.getByRole('textbox', { name: 'Day', exact: true }).fill('2020-01-01')
  await expect(page.getByText('No run matches these filters')).toBeVisible()
  await page.getByRole('button', { name: 'Clear' }).click()

  await page.getByLabel('Kind').selectOption('settings')
  await runs.getByText('Tenant added').click()
  const change = page.getByRole('region', { name: 'Details of the change' })
  await expect(change.getByText('Instance address')).toBeVisible()
  await expectAccessible(page)
  await change.getByRole('button', { name: 'Close details' }).press('Escape')
  await page.getByLabel('Kind').selectOption('sync')
  await expect(runs.getByRole('link', { name: 'Sync 1' })).toBeVisible()

  // By keys alone: the first row is the newest, Enter opens it.
  await runs.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Sync 1' })).toBeVisible()
  const records = page.getByRole('grid', { name: 'Records of this run' })
  await records.getByRole('row').nth(1).click()
  await expect(page).toHaveURL(/record=\d+/)
  await expect(page.getByRole('region', { name: /^Details of/ })).toBeVisible()
  await page.reload()
  const details = page.getByRole('region', { name: /^Details of/ })
  await expect(details).toBeVisible()
  await expectAccessible(page)
  await details.getByRole('button', { name: 'Close details' }).press('Escape')
  await expect(details).toBeHidden()

  await page.getByRole('link', { name: 'Plan and phases', exact: true }).click()
  await expect(page.getByRole('rowheader', { name: 'Quote sections' })).toBeVisible()
  await expectRequestsToAddUp(page)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Log', exact: true }).click()
  const log = page.getByRole('grid', { name: 'Log of this run' })
  const find = page.getByRole('searchbox', { name: 'Find in the log' })
  await find.fill('run ended')
  await expect(log.getByText(/^The run ended: done/)).toBeVisible()
  await find.fill('')
  await page.getByLabel('Level').selectOption('error')
  await expect(page.getByText('No line matches these filters')).toBeVisible()
  await page.getByLabel('Level').selectOption('info')
  await find.fill('quoteline')
  await expect(log.getByText(/^Read quote lines: \d+ rows? in \d+ requests?\.$/)).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  const requests = page.getByRole('grid', { name: 'Requests of this run' })
  await expect(requests.getByText('200 OK').first()).toBeVisible()
  await expectAccessible(page)
  await requests.getByRole('link').first().click()
  await expect(page.getByRole('region', { name: /^Request \d+$/ })).toBeVisible()
  await expect(page).toHaveURL(/\/inspector\?q=run%3A1&id=\d+/)
})

/** No run begins by itself from now on, however late the clock is. */
async function stopSchedule(page: Page): Promise<void> {
  const status = await page.evaluate(async () => {
    const body = JSON.stringify({ id: 1, patch: { schedule: { kind: 'off' } } })
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/api/tenants.update', { method: 'POST', headers, body })).status
  })
  expect(status).toBe(200)
}

/** What the lists took, row by row, is what the run took in all. */
async function expectRequestsToAddUp(page: Page): Promise<void> {
  const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Planned' }) })
  const column = async (rows: Locator): Promise<number> => {
    const texts = await rows.locator('td:nth-child(4)').allTextContents()
    return texts.reduce((sum, text) => sum + Number(text.replaceAll(/\D/g, '')), 0)
  }
  const sum = await column(table.locator('tbody tr'))
  expect(sum).toBeGreaterThan(5)
  expect(await column(table.locator('tfoot tr'))).toBe(sum)
}

test('a report has every record, as a spreadsheet and as JSON', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/runs/1')
  const saved = async (item: RegExp): Promise<string> => {
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export report' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    return readFile(await (await coming).path(), 'utf8')
  }
  const csv = await saved(/CSV/)
  expect(csv.split('\r\n')[0]).toContain('Number,Outcome,Record,Name')
  const report = JSON.parse(await saved(/JSON/)) as { outcomes: unknown[]; story: { lists: unknown[] } }
  expect(csv.trimEnd().split('\r\n')).toHaveLength(report.outcomes.length + 1)
  expect(report.story.lists.length).toBeGreaterThan(5)
})

test.describe('a long run', () => {
  test.use({
    sample: { customers: 200, products: 200, quotes: 400, orders: 100, quirks: { delayMs: 4_000 } },
  })

  test('shows what it does and stops when asked', async ({ page, addTenant, startService }) => {
    test.setTimeout(180_000)
    await addTenant({ name: 'Northwind' })
    await enter(page, (await startService()).address)
    await goTo(page, '/tenants/1')
    await page.getByRole('button', { name: /^(Sync now|Follow the run)$/ }).click()
    await expect(page).toHaveURL(/\/runs\/\d+/)
    await expect(page.getByRole('progressbar')).toBeVisible()
    await expect(page.getByText(/^\d+ of about \d+ requests|^\d+ requests?/).first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Run again' }).click()
    await expect(page.getByRole('heading', { name: 'Sync 2' })).toBeVisible()
  })
})

test('a preview is a diff in words, can be synced from, and is compared with what came of it', async ({
  page,
  addTenant,
  startService,
}) => {
  test.setTimeout(300_000)
  await addTenant({ name: 'Northwind' })
  await enter(page, (await startService()).address)
  await stopSchedule(page)
  await goTo(page, '/tenants/1')
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Preview 1' })).toBeVisible()
  await expect(page.getByText('Nothing was written to Halo.', { exact: false })).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.getByRole('columnheader', { name: 'Would fail' })).toBeVisible()
  await page.getByLabel('Records', { exact: true }).selectOption('quotes')
  const records = page.getByRole('grid', { name: 'Records of this run' })
  await records.getByRole('row').nth(1).click()
  const details = page.getByRole('region', { name: /^Details of/ })
  // Fields and values as people call them, keys only on demand.
  await expect(details.getByText('Quote number')).toBeVisible()
  await expect(details.getByText('Unit price').first()).toBeVisible()
  await expect(details.getByText('qhdattocommerceid')).toBeHidden()
  await details.getByRole('button', { name: /^Show keys and links as well/ }).click()
  await expect(details.getByText('qhdattocommerceid')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  // A preview just made is believed; once a sync has run, it is asked first.
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(page.getByRole('heading', { name: 'Sync 2' })).toBeVisible()
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  await goTo(page, '/runs/1')
  await expect(page.getByText('This preview may be out of date.')).toBeVisible()
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(page.getByRole('dialog').getByText('has run since')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'What came of it' }).click()
  await expect(page.getByText('Every record came out as the preview said')).toBeVisible()
  await expectAccessible(page)
})
