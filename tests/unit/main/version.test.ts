import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { programFolder, programVersion } from '../../../main/version.ts'

test('the version is that of the package the program lies in', () => {
  const { version } = JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8'))
  expect(programVersion()).toBe(version)
  expect(programFolder(import.meta.url)).toBe(programFolder())
})

test('outside of the program there is none', () => {
  expect(() => programFolder(pathToFileURL(join(tmpdir(), 'nowhere', 'a-file.ts')).href)).toThrow(
    /No package.json/,
  )
})
