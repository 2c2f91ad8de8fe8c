import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { textOfPdf } from '../pdf-text.ts'
import { type Received, type SmtpRules, type SmtpServer, serveSmtp } from '../smtp/server.ts'
import { test as base, expect } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo, watchPolicy } from './screens.ts'

/** A mail server of the test's own; it goes when the test ends. */
const test = base.extend<{ mailServer: (rules?: Partial<SmtpRules>) => Promise<SmtpServer> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
  mailServer: async ({}, use) => {
    const servers: SmtpServer[] = []
    await use(async (rules = {}) => {
      const server = await serveSmtp({ tls: 'never', ...rules })
      servers.push(server)
      return server
    })
    for (const server of servers) await server.close()
  },
})
test.use({ sample: { customers: 6, products: 10, quotes: 8, orders: 2 } })

type Quote = { readonly commerceId: number; readonly number: string; readonly title: string }

function aQuoteIn(dataFolder: string): Quote {
  const store = new Database(join(dataFolder, 'store.db'), { readonly: true })
  const quote = store
    .prepare(
      `SELECT commerce_id AS commerceId, number, name AS title FROM record WHERE entity = 'quotes' AND halo_id IS NOT NULL ORDER BY commerce_id LIMIT 1`,
    )
    .get() as Quote
  store.close()
  return quote
}

/** The first page can be seen: the engine makes the document, and the browser fetches what draws it. */
const expectDrawn = (around: Locator): Promise<void> =>
  expect(around.getByRole('img', { name: /^Page 1 of / })).toHaveAttribute('data-drawn', 'true', {
    timeout: 40_000,
  })

/** The note on what was done; a screen reader's copy of it stands beside. */
const expectNote = (page: Page, text: string): Promise<void> =>
  expect(page.getByRole('region', { name: 'Notes on what was done' }).getByText(text)).toBeVisible()

/** Types a mail server into the settings and saves it. */
async function setUp(page: Page, { port }: SmtpServer): Promise<void> {
  await goTo(page, '/settings/mail')
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1')
  await page.getByRole('radio', { name: /^None/ }).click()
  await page.getByRole('checkbox', { name: /may be readable/ }).click()
  await page.getByRole('textbox', { name: 'Port' }).fill(String(port))
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Brightwater IT')
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('sales@brightwater.example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expectNote(page, 'Saved. The next mail goes out through it.')
}

async function openDialog(page: Page, { commerceId }: Quote) {
  await goTo(page, `/quotes/1/${commerceId}`)
  await page.getByRole('button', { name: 'More for this quote' }).click()
  await page.getByRole('menuitem', { name: 'Send by mail…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Send / })
  await expectDrawn(dialog)
  return dialog
}

/** The document in a mail as it came over the line. */
function pdfIn({ mail }: Received): Uint8Array {
  const [, base64 = ''] = /application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(mail) ?? []
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

test('the mail server is set up, tried and kept; what is wrong is said at its field', async ({
  page,
  mailServer,
  startService,
}) => {
  const server = await mailServer({ answers: { 'RCPT TO:<nobody@': '550 5.1.1 no such user' } })
  await enter(page, (await startService()).address)
  await goTo(page, '/settings/mail')
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('mail example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('A server is written as mail.example.com')).toBeVisible()
  await page.getByRole('radio', { name: /^None/ }).click()
  await expect(page.getByRole('textbox', { name: 'Port' })).toHaveValue('25')
  await expect(page.getByText('Tick that mail may be readable on the way.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'User name' })).toHaveCount(0)
  await expectAccessible(page)

  await setUp(page, server)
  const to = page.getByRole('textbox', { name: 'A test mail to' })
  await to.fill('nobody@northwind.example')
  await page.getByRole('button', { name: 'Send a test mail' }).click()
  await expect(page.getByText(/does not take mail to nobody@northwind.example/)).toBeVisible()
  await to.fill('ana@northwind.example')
  await page.getByRole('button', { name: 'Send a test mail' }).click()
  await expect(page.getByText(/The server took it for ana@northwind.example\./)).toBeVisible()
  expect(server.received.map(({ to: receivers }) => receivers)).toEqual([['ana@northwind.example']])
  await expectAccessible(page)
  await expectFits(page)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Server', exact: true })).toHaveValue('127.0.0.1')
})

test('a template is made on a real quote, and a name that stands for nothing is said', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const brokenPolicies = await watchPolicy(page)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/sending')
  const preview = page.getByRole('region', { name: /^Preview of the document, / })
  await expectDrawn(preview)
  await page.getByRole('textbox', { name: 'Subject of the mail' }).fill('Quote {quote nmber}')
  await expect(page.getByText('There is no {quote nmber}.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await page.getByRole('textbox', { name: 'Subject of the mail' }).fill('Your quote {quote number}')
  await page.getByRole('textbox', { name: 'Name of your company' }).fill('Brightwater IT Ltd')
  await page.getByLabel('Picture of the logo').setInputFiles({
    ...{ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('GIF89a, whatever it is called') },
  })
  await expect(page.getByText(/it is no PNG or JPEG picture/)).toBeVisible()
  await page.getByLabel('Picture of the logo').setInputFiles('build/icons/made/app-128.png')
  await expect(page.getByRole('img', { name: 'The logo' })).toBeVisible()
  await expectDrawn(preview)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expectNote(page, 'Saved. The next quote goes out with it.')
  await expectAccessible(page)
  await expectFits(page)
  expect(await brokenPolicies()).toEqual([])
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Name of your company' })).toHaveValue('Brightwater IT Ltd')
})

test('a quote goes out once, as it was seen; what was typed stays when the server refuses', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  mailServer,
}) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = aQuoteIn(dataFolder)
  const server = await mailServer({ answers: { 'RCPT TO:<bo@': '550 5.1.1 no such user' } })
  await enter(page, (await startService()).address)
  const unset = await openDialog(page, quote)
  await expect(unset.getByText('No mail server is set up yet')).toBeVisible()
  await expect(unset.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await unset.getByRole('link', { name: 'Set up the mail server' }).click()
  await setUp(page, server)

  const dialog = await openDialog(page, quote)
  await expect(dialog.getByText('Datto Commerce is not told, and nothing changes in Halo.')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Subject' })).toHaveValue(
    `Quote ${quote.number}: ${quote.title}`,
  )
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'To', exact: true }).fill('bo@northwind.example')
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Dear Bo, as agreed.')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(dialog.getByText(/does not take mail to bo@northwind.example/)).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveValue('Dear Bo, as agreed.')
  await dialog.getByRole('textbox', { name: 'To', exact: true }).fill('ana@northwind.example')
  await dialog.getByRole('button', { name: 'Send', exact: true }).dblclick()
  await expectNote(page, 'Sent to ana@northwind.example.')
  await expect(dialog).toBeHidden()

  expect(server.received).toHaveLength(1)
  const [got] = server.received
  expect(got?.to).toEqual(['ana@northwind.example'])
  const sent = got ? pdfIn(got) : new Uint8Array()
  const words = (await textOfPdf(sent)).join(' ')
  expect(words).toContain(quote.number)
  expect(words).toContain(quote.title)

  await page.getByRole('link', { name: 'Mails', exact: true }).click()
  const mails = page.getByRole('table', { name: 'Mails with this quote' })
  await expect(mails.getByRole('row')).toHaveCount(3)
  await expect(mails.getByRole('row').nth(1)).toContainText('ana@northwind.example')
  await expect(mails.getByRole('row').nth(2)).toContainText('Not sent')
  await mails.locator('summary').first().click()
  await expect(mails.getByText('250 2.0.0 taken as ABC123')).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    mails.getByRole('row').nth(1).getByRole('link').click(),
  ])
  expect(new Uint8Array(await readFile(await download.path()))).toEqual(sent)
  await expectAccessible(page)
  await expectFits(page)
  await mails.getByRole('button', { name: 'Send again…' }).first().click()
  const again = page.getByRole('dialog', { name: /^Send / })
  await expect(again.getByRole('textbox', { name: 'Text' })).toHaveValue('Dear Bo, as agreed.')
  await again.getByRole('button', { name: 'Cancel' }).click()
})

test('a mail of which nobody knows whether it went out is not sent again by itself', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
  mailServer,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const quote = aQuoteIn(dataFolder)
  const server = await mailServer({ afterMail: '' })
  await enter(page, (await startService()).address)
  await setUp(page, server)
  const dialog = await openDialog(page, quote)
  await dialog.getByRole('textbox', { name: 'To', exact: true }).fill('ana@northwind.example')
  const send = dialog.getByRole('button', { name: 'Send', exact: true })
  await send.click()
  await expect(dialog.getByText(/whether it was sent is not known/)).toBeVisible()
  await expect(send).toBeDisabled()
  expect(server.received).toHaveLength(1)
  await dialog.getByRole('checkbox', { name: /may then arrive twice/ }).click()
  await send.click()
  await expect.poll(() => server.received.length).toBe(2)
  await expect(send).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await goTo(page, `/quotes/1/${quote.commerceId}?part=sent`)
  await expect(page.getByRole('table', { name: 'Mails with this quote' })).toContainText('Not known')
})
