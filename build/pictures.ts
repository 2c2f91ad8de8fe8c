/**
 * `npm run pictures`: a picture of every screen, light and dark, into docs/pictures, from invented records: the same seed, and a clock that
 * starts at the same moment. `npm run build:screens` first. `-- quotes inspector` makes those alone.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page, type Route } from '@playwright/test'
import { type SampleApi, startSampleApi } from '../app/commerce/sample-api/index.ts'
import { defaultTemplate } from '../app/model/mail/template.ts'
import { openDoor } from '../main/cli/serve.ts'
import { createEngine, type Engine } from '../main/engine.ts'
import { findBrowser } from './browser.mjs'
import { indexedPng } from './indexed-png.ts'
import { checkout } from './program.ts'

type Picture = {
  readonly name: string
  readonly path: string
  readonly ready: string
  readonly act?: (page: Page) => Promise<void>
}

const cell = 'main [role="gridcell"]'
const pictures: readonly Picture[] = [
  { name: 'overview', path: '/', ready: 'main article dd' },
  { name: 'tenants', path: '/tenants', ready: 'main :is([role="gridcell"], td)' },
  { name: 'tenant', path: '/tenants/1', ready: 'main dd' },
  { name: 'tenant-details', path: '/tenants/1/details', ready: 'main form' },
  { name: 'tenant-customers', path: '/tenants/1/customers', ready: 'main form' },
  { name: 'tenant-quotes', path: '/tenants/1/quotes', ready: 'main form select' },
  { name: 'tenant-orders', path: '/tenants/1/orders', ready: 'main form' },
  { name: 'tenant-sending', path: '/tenants/1/sending', ready: 'main canvas' },
  { name: 'tenant-integrator', path: '/tenants/1/integrator', ready: 'main form input' },
  { name: 'tenant-mappings', path: '/tenants/1/mappings', ready: 'main h2' },
  { name: 'customers', path: '/customers', ready: cell },
  { name: 'quotes', path: '/quotes', ready: cell },
  { name: 'quote', path: '/quotes/1/QUOTE', ready: 'main dd' },
  { name: 'quote-order', path: '/quotes/1/QUOTE', ready: 'main dd', act: openOrder },
  { name: 'quote-mail', path: '/quotes/1/QUOTE', ready: 'main dd', act: openMail },
  { name: 'sales-orders', path: '/sales-orders', ready: cell },
  { name: 'products-by-group', path: '/products-by-group?tenant=1', ready: cell },
  { name: 'runs', path: '/runs', ready: cell },
  { name: 'run', path: '/runs/2', ready: 'main td' },
  { name: 'preview', path: '/runs/1', ready: 'main td' },
  { name: 'attention', path: '/attention', ready: 'main h1' },
  { name: 'inspector', path: '/inspector', ready: cell, act: openFirst },
  { name: 'first-run', path: '/start/2/preview', ready: 'main form, main select' },
  { name: 'halo', path: '/start/2/halo', ready: 'main form' },
  { name: 'add-tenant', path: '/tenants/new', ready: 'main form' },
  { name: 'settings', path: '/settings', ready: 'main form' },
  { name: 'palette', path: '/', ready: 'main article dd', act: openPalette },
]

/** When the pages think it is: a little after what was synced (fixed-date.ts), so that "5 min ago" says the same tomorrow. */
const shownAt = '2026-06-01T09:05:00.000Z'
const size = { width: 1280, height: 800 }
const folder = join(checkout, 'docs', 'pictures')
/** It is in some pictures, so not any free one. */
const port = 47_110
const limits = { requestsPerMinute: 100_000, requestsPerDay: 10_000_000 }

/** In the page: its clock stands still, its timers do not. */
function stopClock(nowMs: number): void {
  globalThis.Date = new Proxy(Date, {
    construct: (real, given: readonly unknown[]) =>
      given.length === 0 ? new real(nowMs) : Reflect.construct(real, given),
    get: (real, name) => (name === 'now' ? () => nowMs : Reflect.get(real, name)),
  })
}

/** This machine's name and the number of a process are nobody's business, and other each time. */
async function onSomeServer(route: Route): Promise<void> {
  const answer = await route.fetch()
  const body = await answer.json()
  body.result.data.owner = { pid: 4711, host: 'SERVER-01' }
  await route.fulfill({ response: answer, json: body })
}

async function openFirst(page: Page): Promise<void> {
  await page.locator(cell).nth(1).click()
  await page.waitForTimeout(400)
}

/** The newest with somebody to write to. */
const quoteShown = ({ world }: SampleApi): number | undefined =>
  world.list('quote').findLast(({ contactEmail }) => contactEmail)?.id

async function chooseForQuote(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More for this quote' }).click()
  await page.getByRole('menuitem', { name }).click()
}

async function openOrder(page: Page): Promise<void> {
  await chooseForQuote(page, 'Create sales order…')
  await page.getByRole('table', { name: 'Lines of the quote' }).waitFor()
}

async function openMail(page: Page): Promise<void> {
  await chooseForQuote(page, 'Send by mail…')
  await page.locator('[role="dialog"] canvas').first().waitFor()
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('QO')
  await page.locator('[role="group"][aria-label="Was this synced?"] [role="option"]').first().waitFor()
}

/** Two tenants: one that has synced for a while, with quotes that changed and some that fail; one that is being set up. */
async function fill(engine: Engine, { url, key, world, quirks }: SampleApi, data: string): Promise<void> {
  const given = {
    name: 'Northwind',
    instanceUrl: 'https://northwind.mydattocommerce.com',
    apiUrl: url,
    syncFrom: '2000-01-01T00:00:00.000Z',
    schedule: { kind: 'every' as const, minutes: 15, between: null, zone: 'UTC' },
    ...limits,
  }
  const first = engine.tenantControl.add(given, key, 'person')
  const other = { name: 'Contoso', instanceUrl: 'https://contoso.mydattocommerce.com', isEnabled: false }
  const halo = { kind: 'sqlite' as const, file: join(data, 'contoso-halo.db') }
  const second = engine.tenantControl.add({ ...given, ...other, halo }, key, 'person')
  if (!first.ok || !second.ok) throw new Error('The tenants could not be added.')
  for (const kind of ['preview', 'sync'] as const) await runOnce(engine, first.value.id, kind)
  const quotes = world.ids('quote').slice(-6)
  for (const id of quotes) world.touchQuote(id, { title: 'Server room, second offer' })
  const [failing] = quotes
  if (failing !== undefined)
    quirks.brokenRecord = { resource: 'quote', id: failing, fields: { customerID: 99_999 } }
  await runOnce(engine, first.value.id, 'sync')
  delete quirks.brokenRecord
  await runOnce(engine, second.value.id, 'preview')
  setUpMail(engine, first.value.id)
}

/** A server that is never asked, and a company that there is none of. */
function setUpMail({ mail }: Engine, tenantId: number): void {
  const address = {
    user: '',
    fromName: 'Northwind',
    fromAddress: 'sales@northwind.example',
    replyTo: '',
    copyTo: '',
  }
  const server = mail.setServer({
    ...{ host: 'mail.northwind.example', port: 587, security: 'starttls', isPlainAccepted: false },
    ...address,
  })
  const template = mail.setTemplate(tenantId, {
    ...defaultTemplate,
    company: 'Northwind IT',
    address: '12 Harbour Street\nPortsmouth PO1 2AB\nsales@northwind.example',
    footer: 'Northwind IT Ltd, registered in England, VAT GB 000 0000 00',
  })
  if (!server.ok || !template.ok) throw new Error('Mail could not be set up.')
}

async function runOnce(engine: Engine, tenantId: number, kind: 'preview' | 'sync'): Promise<void> {
  const begun = engine.startRun(tenantId, kind, 'person')
  if (!begun.ok) throw new Error(`The ${kind} did not begin: ${begun.fault.code}`)
  await engine.control.ended(begun.value.runId)
}

async function take(browser: Browser, address: string, wanted: readonly Picture[]): Promise<number> {
  let bytes = 0
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: size,
      colorScheme,
      locale: 'en-GB',
      timezoneId: 'UTC',
    })
    const page = await context.newPage()
    await page.addInitScript(stopClock, Date.parse(shownAt))
    await page.route('**/api/status.get', onSomeServer)
    await page.goto(address)
    for (const { name, path, ready, act } of wanted) {
      await page.goto(new URL(path, address).href)
      await page.locator(ready).first().waitFor()
      // Until nothing is loading any more, and the fonts are there.
      await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null)
      await act?.(page)
      await page.waitForTimeout(250)
      const file = join(folder, `${name}-${colorScheme}.png`)
      writeFileSync(file, indexedPng(await page.screenshot({ animations: 'disabled', caret: 'hide' })))
      bytes += statSync(file).size
    }
    await context.close()
  }
  return bytes
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2)
  const wanted = pictures.filter(({ name }) => asked.length === 0 || asked.includes(name))
  // Its path is in some pictures.
  const data = join(tmpdir(), 'commerce-integrator')
  rmSync(data, { recursive: true, force: true })
  const clock = { now: () => Date.now() }
  const api = await startSampleApi({
    customers: 40,
    products: 80,
    quotes: 90,
    orders: 40,
    clock,
    port,
    ...limits,
  })
  const made = createEngine({ folder: data, mode: 'service', clock, onTrouble: () => undefined })
  if (!made.ok) throw new Error(`The engine did not start: ${made.fault.code}`)
  const engine = made.value
  try {
    await fill(engine, api, data)
    const door = await openDoor(engine, 0)
    if (!door.ok) throw new Error(`No port: ${door.fault.code}`)
    const path = findBrowser()
    const browser = await chromium.launch({
      ...(path === null ? {} : { executablePath: path }),
      args: ['--no-sandbox', '--disable-gpu'],
    })
    mkdirSync(folder, { recursive: true })
    const placed = wanted.map((one) => ({
      ...one,
      path: one.path.replace('QUOTE', `${quoteShown(api)}`),
    }))
    const bytes = await take(browser, door.value.address, placed)
    await browser.close()
    await door.value.stop()
    console.log(`${wanted.length * 2} pictures in docs/pictures, ${Math.round(bytes / 1000)} kB.`)
  } finally {
    await engine.stop()
    await api.stop()
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** A thread takes over what its process was started with, so the clock is set for all of them by starting once more. */
const clockFile = new URL('fixed-date.ts', import.meta.url).href
if (process.execArgv.includes(clockFile)) await main()
else {
  const args = ['--import', clockFile, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
}
