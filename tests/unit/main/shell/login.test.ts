import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loginItem } from '../../../../main/shell/login.ts'
import { fakeElectron } from '../../../fake-electron.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'login-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('starting at login', () => {
  test('on Windows through Electron', () => {
    const { electron, seen } = fakeElectron()
    const item = loginItem(electron.app, 'win32', 'C:\\Program Files\\ci.exe', folder)
    expect(item.isOn()).toBe(false)
    expect(item.set(true)).toBe(true)
    expect([item.isOn(), seen.loginItem.openAtLogin]).toEqual([true, true])
  })
  test('on Linux by an autostart file, hidden, with the program quoted as the specification has it', () => {
    const item = loginItem(fakeElectron().electron.app, 'linux', '/opt/a "b" $c\\d 100%/ci', folder)
    expect(item.isOn()).toBe(false)
    expect(item.set(true)).toBe(true)
    expect(item.isOn()).toBe(true)
    const text = readFileSync(join(folder, 'autostart', 'commerce-integrator.desktop'), 'utf8')
    expect(text).toContain('Exec="/opt/a \\\\"b\\\\" \\\\$c\\\\\\\\d 100%%/ci" --hidden\n')
    expect(item.set(false)).toBe(true)
    expect(item.isOn()).toBe(false)
  })
  test('says so when it cannot', () => {
    writeFileSync(join(folder, 'autostart'), '')
    expect(loginItem(fakeElectron().electron.app, 'linux', '/ci', folder).set(true)).toBe(false)
  })
})
