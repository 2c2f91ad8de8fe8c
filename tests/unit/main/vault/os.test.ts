import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../../app/model/fault-words.ts'
import { isSafeBox, osVault } from '../../../../main/vault/os.ts'
import { must, tempFolder, testClock } from '../../app/store/temp-store.ts'
import { secretBox } from './secret-box.ts'

const secret = 'sk-Planted/Secret+Value==1234'

function stage(box = secretBox('ann')) {
  const folder = tempFolder()
  const clock = testClock()
  return { folder, clock, vault: osVault(folder, clock, box), file: join(folder, 'vault-os.json') }
}

describe('the vault of the operating system', () => {
  it('gives back what was put in, also to the next process, and forgets it when told', () => {
    const { vault, folder, clock } = stage()
    expect(vault.get('tenant-1')).toEqual({ ok: true, value: null })
    must(vault.set('tenant-1', secret))
    must(vault.set('tenant-2', 'Über-geheim 日本'))
    const next = osVault(folder, clock, secretBox('ann'))
    expect(next.get('tenant-1')).toEqual({ ok: true, value: secret })
    expect(next.describe('tenant-1')).toEqual({ setAt: clock.iso(), endsIn: '1234' })
    must(next.remove('tenant-1'))
    must(next.remove('never there'))
    expect(next.names()).toEqual(['tenant-2'])
    expect(next.get('tenant-2')).toEqual({ ok: true, value: 'Über-geheim 日本' })
  })

  it('leaves nothing readable on the disk', () => {
    const { vault, file } = stage()
    must(vault.set('tenant-1', secret))
    expect(readFileSync(file, 'utf8')).not.toContain('Planted')
  })

  it.each([
    ['no encryption', secretBox('ann', { isEncryptionAvailable: () => false })],
    ['the backend that only pretends', secretBox('ann', { getSelectedStorageBackend: () => 'basic_text' })],
    ['a backend not chosen yet', secretBox('ann', { getSelectedStorageBackend: () => 'unknown' })],
  ])('stores nothing with %s', (_, box) => {
    const { vault, folder } = stage(box)
    expect(vault.set('tenant-1', secret)).toMatchObject({
      ok: false,
      fault: { code: 'no-secret-store', next: 'setup' },
    })
    expect(readdirSync(folder)).toEqual([])
    expect(isSafeBox(box)).toBe(false)
  })

  it('takes a real keyring', () => {
    expect(isSafeBox(secretBox('ann', { getSelectedStorageBackend: () => 'gnome_libsecret' }))).toBe(true)
  })

  it('asks for the keys again when the folder came from another machine, and keeps what is there', () => {
    const { vault, folder, clock, file } = stage()
    must(vault.set('tenant-1', secret))
    const copy = tempFolder()
    cpSync(folder, copy, { recursive: true })
    const elsewhere = osVault(copy, clock, secretBox('bob'))
    const read = elsewhere.get('tenant-1')
    expect(read).toMatchObject({ ok: false, fault: { code: 'secret-lost', facts: { name: 'tenant-1' } } })
    if (!read.ok) {
      expect(explain(read.fault).what).toContain('moved to another account or computer')
      expect(explain(read.fault).doNow).toBe(
        'Enter the key or password again under Tenants. Everything else was kept.',
      )
    }
    expect(elsewhere.describe('tenant-1')).toEqual({ setAt: clock.iso(), endsIn: '' })
    expect(readFileSync(join(copy, 'vault-os.json'))).toEqual(readFileSync(file))
    must(elsewhere.set('tenant-1', 'entered-again-5678'))
    expect(elsewhere.get('tenant-1')).toEqual({ ok: true, value: 'entered-again-5678' })
  })

  it('tells a service that there are keys which only the desktop can read', () => {
    const { vault, folder, clock } = stage()
    must(vault.set('tenant-1', secret))
    const service = osVault(folder, clock, null)
    expect(service.names()).toEqual(['tenant-1'])
    expect(service.get('tenant-1')).toMatchObject({ ok: false, fault: { code: 'secret-lost' } })
    expect(service.set('tenant-2', secret)).toMatchObject({ ok: false, fault: { code: 'no-secret-store' } })
  })

  it('puts a damaged file aside before it begins anew', () => {
    const { vault, folder, file } = stage()
    writeFileSync(file, '{"version":1,"secr')
    expect(vault.get('tenant-1')).toMatchObject({ ok: false, fault: { code: 'secret-lost' } })
    must(vault.set('tenant-1', secret))
    expect(vault.get('tenant-1')).toEqual({ ok: true, value: secret })
    expect(readdirSync(folder).some((name) => name.startsWith('vault-os.json.damaged-'))).toBe(true)
  })
})
