import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBrowser } from '../../../build/browser.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(...parts: string[]): string {
  const file = join(folder, ...parts)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  return file
}

test('takes the browser that CHROME_PATH names before any other', () => {
  const chosen = put('mine', 'browser')
  put('bin', 'chromium')
  expect(findBrowser('linux', { CHROME_PATH: chosen, PATH: join(folder, 'bin') })).toBe(chosen)
})

test('says so when CHROME_PATH leads nowhere', () => {
  const env = { CHROME_PATH: join(folder, 'gone') }
  expect(() => findBrowser('linux', env)).toThrow(/CHROME_PATH is set to .*gone, but nothing is there/)
})

test('looks through PATH in its order', () => {
  const first = put('one', 'chromium')
  put('two', 'google-chrome')
  expect(findBrowser('linux', { PATH: [join(folder, 'one'), join(folder, 'two')].join(delimiter) })).toBe(
    first,
  )
})

test('knows the usual places on Windows: Edge where Chrome is missing', () => {
  const edge = put('Microsoft', 'Edge', 'Application', 'msedge.exe')
  expect(findBrowser('win32', { 'PROGRAMFILES(X86)': folder })).toBe(edge)
  const chrome = put('Google', 'Chrome', 'Application', 'chrome.exe')
  expect(findBrowser('win32', { 'PROGRAMFILES(X86)': folder })).toBe(chrome)
})
