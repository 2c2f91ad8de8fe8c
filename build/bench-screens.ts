/**
 * `npm run bench:screens [-- --records 100000] [--keep FOLDER]`: fills a store with that many records, opens each screen in Chromium, by its
 * address and from within, and prints the time to its first data and how far anything moved meanwhile (layout shift; 0 is still). `--keep`
 * uses a folder again, which saves the filling. `npm run build:screens` first.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { fillFolder } from './bench-fill.ts'
import { findBrowser } from './browser.mjs'
import { startCli } from './program.ts'

type Screen = {
  readonly name: string
  readonly path: string
  /** What stands there once there are data. */
  readonly data: string
}

const cell = 'main [role="gridcell"]'
/** Where links lead from the screens, which are measured as well. */
const screens: readonly Screen[] = [
  { name: 'Overview', path: '/', data: 'main article dd' },
  { name: 'Tenants', path: '/tenants', data: 'main :is([role="gridcell"], td)' },
  { name: 'Tenant: summary', path: '/tenants/1', data: 'main dd' },
  { name: 'Tenant: customers', path: '/tenants/1/customers', data: 'main form' },
  { name: 'Tenant: quotes', path: '/tenants/1/quotes', data: 'main form select' },
  { name: 'Tenant: integrator', path: '/tenants/1/integrator', data: 'main form input' },
  { name: 'Customers', path: '/customers', data: cell },
  { name: 'Quotes', path: '/quotes', data: cell },
  { name: 'Quotes, searched', path: '/quotes?q=server', data: cell },
  { name: 'Quotes, by amount', path: '/quotes?sort=amount&desc=1', data: cell },
  { name: 'A quote of 500 lines', path: '/quotes/1/FIRST', data: 'main table[aria-label="Lines"] td' },
  { name: 'A quote, beside Halo', path: '/quotes/1/FIRST?part=halo', data: 'main [data-differs]' },
  { name: 'Sales orders', path: '/sales-orders', data: cell },
  { name: 'Products, flat', path: '/products', data: cell },
  { name: 'Products by group', path: '/products-by-group', data: cell },
  { name: 'Products by group, by price', path: '/products-by-group?sort=price&desc=1', data: cell },
  { name: 'Products by group, searched', path: '/products-by-group?q=server', data: cell },
  { name: 'Runs', path: '/runs', data: 'main :is([role="gridcell"], td, li a)' },
  { name: 'A run', path: '/runs/1', data: cell },
  { name: 'A run: its log', path: '/runs/1990?tab=log', data: cell },
  { name: 'A preview', path: '/runs/PREVIEW', data: cell },
  { name: 'A preview, what would change', path: '/runs/PREVIEW?kind=updated', data: cell },
  { name: 'A preview, searched', path: '/runs/PREVIEW?q=qo-5555', data: cell },
  { name: 'Needs attention', path: '/attention', data: 'main :is([role="gridcell"], td, li)' },
  { name: 'A failed record', path: '/attention/77', data: 'main [role="treeitem"]' },
  { name: 'API inspector', path: '/inspector', data: cell },
  { name: 'Settings', path: '/settings', data: 'main form input' },
]
const repeats = 3

type Seen = { readonly ms: number; readonly shift: number }

/** Installed before the page's own code: notes when the data are there, painted, and every shift of the layout from `__from` on. */
function observe(data: string): void {
  const noted = { from: 0, firstMs: null as number | null, shift: 0 }
  Object.assign(window, { noted })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { startTime: number; value: number }[])
      if (entry.startTime >= noted.from) noted.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  const look = (): void => {
    if (noted.firstMs === null && document.querySelector(data) !== null)
      // The frame after this one has it on the screen.
      requestAnimationFrame(() => {
        noted.firstMs ??= performance.now() - noted.from
      })
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

async function settled(page: Page): Promise<Seen> {
  await page.waitForFunction(
    () => (window as unknown as { noted: { firstMs: number | null } }).noted.firstMs !== null,
    null,
    { timeout: 20_000 },
  )
  // What comes later may push the rest about.
  await page.waitForTimeout(700)
  return page.evaluate(() => {
    const { firstMs, shift } = (window as unknown as { noted: { firstMs: number; shift: number } }).noted
    return { ms: firstMs, shift }
  })
}

/** By its address: everything is fetched, the page and its code included. */
async function byAddress(page: Page, origin: string, screen: Screen): Promise<Seen> {
  await page.goto('about:blank')
  await page.goto(origin + screen.path, { waitUntil: 'commit' })
  return settled(page)
}

/** From within: the code is there, the data are not. */
async function fromWithin(page: Page, origin: string, screen: Screen): Promise<Seen> {
  await page.goto(`${origin}/nowhere`)
  await page.waitForTimeout(600)
  await page.evaluate((path) => {
    const { noted } = window as unknown as { noted: Record<string, number | null> }
    Object.assign(noted, { from: performance.now(), firstMs: null, shift: 0 })
    history.pushState(null, '', path)
  }, screen.path)
  return settled(page)
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

type Open = (page: Page, origin: string, screen: Screen) => Promise<Seen>

async function measure(origin: string, enter: string, screen: Screen): Promise<string> {
  const path = findBrowser()
  const browser = await chromium.launch({
    ...(path === null ? {} : { executablePath: path }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(enter)
    await page.addInitScript(observe, screen.data)
    const series = async (open: Open): Promise<readonly Seen[]> => {
      const seen: Seen[] = []
      for (let nth = 0; nth < repeats; nth++) seen.push(await open(page, origin, screen))
      return seen
    }
    const cold = await series(byAddress)
    const warm = await series(fromWithin)
    const shift = Math.max(...[...cold, ...warm].map((one) => one.shift))
    const ms = (seen: readonly Seen[]) => Math.round(middle(seen.map((one) => one.ms)))
    return `| ${screen.name} | ${ms(warm)} | ${ms(cold)} | ${shift.toFixed(3)} |`
  } finally {
    await browser.close()
  }
}

type Ask = (procedure: string, input: unknown) => Promise<unknown>

/** The API, asked as a screen asks. */
async function apiOf(origin: string, enter: string): Promise<Ask> {
  const entered = await fetch(enter, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (procedure, input) => {
    const asked = `${origin}/api/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
    const answer = await fetch(asked, { headers: { cookie } })
    return Answer.parse(await answer.json()).result.data
  }
}
const Answer = z.object({ result: z.object({ data: z.unknown() }) })
const Runs = z.object({ rows: z.array(z.object({ id: z.number() })).min(1) })
const Rows = z.object({ rows: z.array(z.object({ commerceId: z.number() })).min(1) })

/** Milliseconds of "Was this synced?" in the engine. */
async function measureFind(ask: Ask): Promise<string> {
  const times = []
  for (const text of ['QO-10', 'server', '4711', 'zzzz', 'north']) {
    const begun = performance.now()
    await ask('records.find', { text })
    times.push(performance.now() - begun)
  }
  return `“Was this synced?”: ${Math.round(middle(times))} ms in the middle, ${Math.round(Math.max(...times))} ms at most.`
}

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    keep: { type: 'string' },
    only: { type: 'string' },
  },
})
const records = Number(values.records)
if (!Number.isInteger(records) || records < 100) throw new Error('--records takes a number of 100 or more.')
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-screens-'))
try {
  if (!existsSync(join(folder, 'data'))) {
    console.error(`Filling ${folder} with ${records} records ...`)
    mkdirSync(folder, { recursive: true })
    await fillFolder(folder, records)
  }
  const service = await startCli(['--data', join(folder, 'data'), 'serve', '--port', '0', '--json'])
  try {
    const { address }: { address: string } = JSON.parse(service.firstLine)
    const { origin } = new URL(address)
    console.log(
      `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).\n`,
    )
    console.log(
      '| screen | from within, ms | by its address, ms | layout shift |\n| --- | ---: | ---: | ---: |',
    )
    const ask = await apiOf(origin, address)
    const window = { offset: 0, limit: 1 }
    const query = { entity: 'quotes', sort: 'modifiedAt', isDescending: true }
    const [quote] = Rows.parse(await ask('records.list', { query, window })).rows
    const [preview] = Runs.parse(await ask('runs.list', { filter: { kind: 'preview' }, window })).rows
    const all = screens.map((one) => ({
      ...one,
      path: one.path.replace('FIRST', `${quote?.commerceId}`).replace('PREVIEW', `${preview?.id}`),
    }))
    for (const screen of all) {
      if (values.only && !screen.name.toLowerCase().includes(values.only.toLowerCase())) continue
      try {
        console.log(await measure(origin, address, screen))
      } catch (error) {
        console.log(`| ${screen.name} | no data: ${String(error).split('\n')[0]} | | |`)
      }
    }
    console.log(`\n${await measureFind(ask)}`)
  } finally {
    await service.stop()
  }
} finally {
  if (values.keep === undefined)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}
