/** `npm run icons`: draws the pictures of build/icons/made from the two SVG sources, in a browser without a window. Run it when one changes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../browser.mjs'
import { icoOf } from './ico.ts'

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const states = ['idle', 'syncing', 'paused', 'attention'] as const
/** The taskbar's theme that a picture is for. */
const themes = ['light', 'dark'] as const
/** Electron picks the file by the screen's scale from these endings. */
const scales = [
  ['', 16],
  ['@1.25x', 20],
  ['@1.5x', 24],
  ['@2x', 32],
] as const

async function draw(browser: Browser, svg: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 })
  try {
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    )
    return await page.screenshot({ omitBackground: true, type: 'png' })
  } finally {
    await page.close()
  }
}

const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  rmSync(at('made'), { recursive: true, force: true })
  mkdirSync(at('made'))
  const app = readFileSync(at('app.svg'), 'utf8')
  const drawn = new Map<number, Buffer>()
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    drawn.set(size, await draw(browser, app, size))
    writeFileSync(at(`made/app-${size}.png`), drawn.get(size) ?? '')
  }
  const inIco = [16, 24, 32, 48, 64, 128, 256].map((size) => ({
    size,
    png: drawn.get(size) ?? Buffer.alloc(0),
  }))
  writeFileSync(at('made/app.ico'), icoOf(inIco))
  const tray = readFileSync(at('tray.svg'), 'utf8')
  for (const state of states)
    for (const theme of themes)
      for (const [ending, size] of scales) {
        const svg = tray.replace('<svg ', `<svg class="${theme} ${state}" `)
        writeFileSync(at(`made/tray-${state}-${theme}${ending}.png`), await draw(browser, svg, size))
      }
} finally {
  await browser.close()
}
