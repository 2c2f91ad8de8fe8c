import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, type Surroundings } from '../../../main/folders.ts'

const linux: Surroundings = { platform: 'linux', env: {}, home: '/home/ann', canWrite: () => true }

test('a folder that is named wins, as an argument before the environment', () => {
  const env = { COMMERCE_INTEGRATOR_DATA: '/data/env' }
  expect(dataFolder('/data/arg', { ...linux, env })).toBe(resolve('/data/arg'))
  expect(dataFolder(undefined, { ...linux, env })).toBe(resolve('/data/env'))
})

test('Windows: beside the data of all programs', () => {
  const windows: Surroundings = { ...linux, platform: 'win32' }
  expect(dataFolder(undefined, { ...windows, env: { ProgramData: 'D:\\Shared' } })).toBe(
    join('D:\\Shared', 'Commerce Integrator'),
  )
  expect(dataFolder(undefined, windows)).toBe(join('C:\\ProgramData', 'Commerce Integrator'))
})

test("elsewhere: the folder of the machine, or a folder of one's own where that cannot be written", () => {
  expect(dataFolder(undefined, linux)).toBe('/var/lib/commerce-integrator')
  const person = { ...linux, canWrite: () => false }
  expect(dataFolder(undefined, person)).toBe(join('/home/ann', '.local', 'share', 'commerce-integrator'))
  expect(dataFolder(undefined, { ...person, env: { XDG_DATA_HOME: '/home/ann/data' } })).toBe(
    join('/home/ann/data', 'commerce-integrator'),
  )
})
