import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findElectron } from '../../../build/electron.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('without a binary, or without a display, it says why', () => {
  expect(findElectron({ DISPLAY: ':0' }, 'linux', folder)).toEqual({
    path: null,
    why: "Electron's binary is not installed here",
  })
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist', 'electron'), '')
  expect(findElectron({}, 'linux', folder).why).toContain('no display')
  expect(findElectron({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', folder).path).toBe(
    join(folder, 'dist', 'electron'),
  )
})

test('the binary is the one that the package names, or that of another folder', () => {
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'path.txt'), 'electron.exe')
  writeFileSync(join(folder, 'dist', 'electron.exe'), '')
  expect(findElectron({}, 'win32', folder).path).toBe(join(folder, 'dist', 'electron.exe'))
  expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') }, 'win32', '/nowhere').path).toBe(
    join(folder, 'dist', 'electron.exe'),
  )
})
