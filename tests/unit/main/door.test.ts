import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { icaclsArguments, keepDoorToken, readDoorToken } from '../../../main/door.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'door-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the token of the door', () => {
  test('is made once and stays', () => {
    const first = keepDoorToken(folder)
    expect(first).toMatchObject({ ok: true, value: expect.stringMatching(/^[\w-]{32}$/) })
    expect(keepDoorToken(folder)).toEqual(first)
    expect(readDoorToken(folder)).toEqual(first)
  })
  test('is nobody else’s to read', () => {
    keepDoorToken(folder)
    const mode = (path: string): number => statSync(join(folder, path)).mode & 0o777
    // Windows has no such bits; there the rights are the folder's, by icacls.
    if (process.platform === 'win32') expect(icaclsArguments('x')).toContain('/inheritance:r')
    else expect([mode('door'), mode('door/token') & 0o007]).toEqual([0o750, 0])
  })
  test('is not kept in a folder that could not be closed', () => {
    expect(keepDoorToken(folder, () => 'icacls ended with status 5')).toMatchObject({
      ok: false,
      fault: { code: 'folder-unwritable', raw: 'icacls ended with status 5' },
    })
    expect(existsSync(join(folder, 'door'))).toBe(false)
  })
  test('rights given on the folder later stay: it is closed once', () => {
    let closed = 0
    const close = () => {
      closed += 1
      return null
    }
    keepDoorToken(folder, close)
    rmSync(join(folder, 'door', 'token'))
    keepDoorToken(folder, close)
    expect(closed).toBe(1)
  })
  test('none, or none that can be: the door is closed', () => {
    expect(readDoorToken(folder)).toMatchObject({ ok: false, fault: { code: 'door-closed' } })
    keepDoorToken(folder)
    writeFileSync(join(folder, 'door', 'token'), 'short')
    expect(readDoorToken(folder)).toMatchObject({ ok: false, fault: { code: 'door-closed' } })
  })
  test('on Windows rights go by SIDs, to the owner, SYSTEM and administrators alone', () => {
    expect(icaclsArguments('D:\\data\\door').slice(0, 3)).toEqual([
      'D:\\data\\door',
      '/inheritance:r',
      '/grant:r',
    ])
    expect(icaclsArguments('x').slice(3)).toEqual([
      '*S-1-3-4:(OI)(CI)F',
      '*S-1-5-18:(OI)(CI)F',
      '*S-1-5-32-544:(OI)(CI)F',
    ])
  })
})
