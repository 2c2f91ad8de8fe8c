import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serviceCommand } from '../../../../main/cli/service.ts'
import { osVault } from '../../../../main/vault/os.ts'
import { must, tempFolder, tempStore, testClock } from '../../app/store/temp-store.ts'
import { secretBox } from '../vault/secret-box.ts'

let printed: string[] = []
beforeEach(() => {
  printed = []
  const keep = (...words: unknown[]): void => void printed.push(words.join(' '))
  vi.spyOn(console, 'log').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation(keep)
})
afterEach(() => {
  process.exitCode = 0
})

/** Runs `service ...` on a data folder and gives what was printed, with the exit status. */
async function service(folder: string, ...args: readonly string[]) {
  process.exitCode = 0
  vi.stubEnv('COMMERCE_INTEGRATOR_DATA', folder)
  await serviceCommand().parseAsync([...args], { from: 'user' })
  return { said: printed.splice(0).join('\n'), status: process.exitCode }
}

/** Whatever the machine: what is installed there is the platform's own business, and Windows asks for the wrapper first. */
const wrapper = ['--wrapper', process.execPath]

describe('service install', () => {
  it('shows what it would do, and does nothing', async () => {
    const folder = join(tempFolder(), 'not yet')
    const shown = await service(folder, 'install', '--dry-run', '--port', '9001', ...wrapper)
    expect(shown.status).toBe(0)
    expect(shown.said).toContain('9001')
    expect(shown.said).toMatch(process.platform === 'win32' ? /sc\.exe create/ : /systemctl enable/)
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })

  it('leaves a folder alone that holds something else', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'diploma thesis.txt'), '')
    const refused = await service(folder, 'install', '--dry-run', ...wrapper)
    expect(refused.status).toBe(1)
    expect(refused.said).toContain('the folder holds something else')
    expect(refused.said).not.toContain('chown')
  })

  it('takes a folder in which the installer has begun its log', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'logs'))
    expect((await service(folder, 'install', '--dry-run', ...wrapper)).status).toBe(0)
  })

  it('says before it begins that keys lie where no service can read them', async () => {
    const { folder } = tempStore()
    must(osVault(folder, testClock(), secretBox('ann')).set('tenant-1-api-key', 'planted-secret'))
    const refused = await service(folder, 'install', '--dry-run', ...wrapper)
    expect(refused.status).toBe(1)
    expect(refused.said).toContain('tenant-1-api-key')
    expect(refused.said).not.toContain('planted')
    expect((await service(folder, 'install', '--dry-run', '--keys-later', ...wrapper)).status).toBe(0)
  })
})

describe('service address', () => {
  it('says when nothing serves', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'door'))
    expect(await service(folder, 'address')).toMatchObject({
      status: 1,
      said: expect.stringContaining('Nothing serves'),
    })
  })
})
