import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Opens the service's own address (with its token) and waits for the first screen. */
export async function enter(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByText('Engine running')).toBeVisible()
}

/** Goes to a screen of the same service by its address, as a link from elsewhere would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href)
}

const systemLooks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const

const ofColours = ['color-contrast', 'link-in-text-block']

/** No violation of any axe rule, in light, dark and forced colours; or in those given, where a look of our own overrules the system's. */
export async function expectAccessible(
  page: Page,
  looks: readonly (typeof systemLooks)[number][] = systemLooks,
): Promise<void> {
  for (const [at, look] of looks.entries()) {
    await page.emulateMedia(look)
    await settled(page)
    // Fluent's focus traps put hidden stops at both ends, which hand the focus on at once: nobody ever stands on one.
    // Legacy: without a page of its own for each answer, which only frames from elsewhere need; there are none.
    const axe = new AxeBuilder({ page }).setLegacyMode().exclude('[data-tabster-dummy]')
    // Another look has other colours and nothing else, so only what judges colours is asked again: a third of the time.
    const { violations } = await (at === 0 ? axe : axe.withRules(ofColours)).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    expect(found, JSON.stringify(look)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
}

/** The new look is drawn and nothing fades any more: half a colour is no colour to judge. What moves for ever is left alone. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map((one) => one.finished))
  })
}

/** Nothing reaches over the window's edge: at 1024 x 768, and there at 200 % zoom (the same as a window of half the size). */
export async function expectFits(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const size of [
    { width: 1024, height: 768 },
    { width: 512, height: 384 },
  ]) {
    await page.setViewportSize(size)
    const wider = await page.evaluate(() => {
      // The page itself never scrolls (base.css); what would stick out of it could not be reached at all.
      const main = document.querySelector('main') ?? document.body
      const frame = document.querySelector('nav')?.parentElement ?? document.body
      return [main, frame].map((one) => one.scrollWidth - one.clientWidth)
    })
    expect(wider, `${new URL(page.url()).pathname} at ${size.width} x ${size.height}`).toEqual([0, 0])
  }
  if (before) await page.setViewportSize(before)
}

/** The policy allows our own files and nothing else: anything that broke it is listed here. */
export async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const broken: string[] = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      broken.push(`${violatedDirective} ${blockedURI}`)
    })
    Object.assign(window, { brokenPolicies: broken })
  })
  return () => page.evaluate(() => ('brokenPolicies' in window ? (window.brokenPolicies as string[]) : []))
}

/** The number in a cell of the counts table of a run. */
export async function countOf(page: Page, row: string, column: string): Promise<number> {
  const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Unchanged' }) })
  const headers = await table.getByRole('columnheader').allTextContents()
  const cells = table
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
  const text = await cells.getByRole('cell').nth(headers.indexOf(column)).textContent()
  return Number(text?.replaceAll(/\D/g, ''))
}
