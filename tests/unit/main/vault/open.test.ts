import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openVault } from '../../../../main/vault/open.ts'
import { must, tempFolder, testClock } from '../../app/store/temp-store.ts'
import { secretBox } from './secret-box.ts'

function stage() {
  const folder = tempFolder()
  const clock = testClock()
  return {
    folder,
    clock,
    desktop: () => openVault(folder, clock, { box: secretBox('ann') }),
    service: () => openVault(folder, clock, { box: null }),
    later: () => {
      clock.nowMs += 1_000
    },
  }
}
const good = (value: string) => ({ ok: true, value })

describe('the vault of a data folder', () => {
  it('is the operating system’s on a desktop, and the key file elsewhere', () => {
    const { desktop, service } = stage()
    expect(desktop().state()).toEqual({
      kind: 'os',
      isAvailable: true,
      canMoveTo: ['os', 'keyfile'],
      secrets: 0,
      lost: [],
    })
    expect(service().state()).toMatchObject({ kind: 'keyfile', isAvailable: true, canMoveTo: [] })
  })

  it('carries secrets over to the service and back, and leaves none behind', () => {
    const { folder, desktop, service } = stage()
    must(desktop().set('tenant-1', 'first-secret-1111'))
    must(desktop().set('tenant-2', 'second-secret-2222'))
    expect(service().state().lost).toEqual(['tenant-1', 'tenant-2'])
    expect(must(desktop().moveTo('keyfile'))).toEqual({ carried: ['tenant-1', 'tenant-2'], lost: [] })
    expect(service().get('tenant-1')).toEqual(good('first-secret-1111'))
    expect(service().state()).toMatchObject({ secrets: 2, lost: [] })
    expect(JSON.parse(readFileSync(join(folder, 'vault-os.json'), 'utf8'))).toMatchObject({ secrets: [] })
    // The desktop still reads them as long as it may open the key file.
    expect(desktop().get('tenant-2')).toEqual(good('second-secret-2222'))
    expect(must(desktop().moveTo('os')).carried).toEqual(['tenant-1', 'tenant-2'])
    expect(desktop().get('tenant-2')).toEqual(good('second-secret-2222'))
    expect(service().get('tenant-2')).toMatchObject({ ok: false, fault: { code: 'secret-lost' } })
  })

  it('reads the one that was set last, and keeps no second copy of a new one', () => {
    const { desktop, service, later } = stage()
    must(desktop().set('tenant-1', 'typed-in-the-window'))
    later()
    must(service().set('tenant-1', 'typed-on-the-command-line'))
    expect(desktop().get('tenant-1')).toEqual(good('typed-on-the-command-line'))
    later()
    must(desktop().set('tenant-1', 'typed-once-more'))
    expect(desktop().get('tenant-1')).toEqual(good('typed-once-more'))
    expect(service().names()).toEqual(['tenant-1'])
    must(desktop().remove('tenant-1'))
    expect(service().names()).toEqual([])
  })

  it('moves what it can, leaves the rest for whoever can read it, and names it', () => {
    const { folder, clock, desktop, later } = stage()
    must(desktop().set('tenant-1', 'sealed-by-ann-1111'))
    const bob = openVault(folder, clock, { box: secretBox('bob') })
    must(bob.set('tenant-2', 'sealed-by-bob-2222'))
    later()
    expect(must(bob.moveTo('keyfile'))).toEqual({ carried: ['tenant-2'], lost: ['tenant-1'] })
    expect(must(desktop().moveTo('keyfile'))).toEqual({ carried: ['tenant-1'], lost: [] })
  })

  it('does not write an older secret over a newer one', () => {
    const { desktop, service, later } = stage()
    must(desktop().set('tenant-1', 'the-old-secret'))
    later()
    must(service().set('tenant-1', 'the-new-secret'))
    must(desktop().moveTo('keyfile'))
    expect(service().get('tenant-1')).toEqual(good('the-new-secret'))
  })

  it('offers no store that is not safe', () => {
    const { folder, clock, service } = stage()
    const box = secretBox('ann', { getSelectedStorageBackend: () => 'basic_text' })
    const poor = openVault(folder, clock, { box })
    expect(poor.state()).toMatchObject({ kind: 'os', isAvailable: false, canMoveTo: ['keyfile'] })
    expect(poor.set('tenant-1', 'x')).toMatchObject({ ok: false, fault: { code: 'no-secret-store' } })
    expect(poor.moveTo('os')).toMatchObject({ ok: false, fault: { code: 'no-secret-store' } })
    expect(service().moveTo('os')).toMatchObject({ ok: false, fault: { code: 'no-secret-store' } })
  })

  it('has a new key file closed to others', () => {
    const { folder, clock } = stage()
    const closed: string[] = []
    const vault = openVault(folder, clock, { box: null, protectKey: (path) => closed.push(path) })
    must(vault.set('tenant-1', 'one'))
    must(vault.set('tenant-2', 'two'))
    expect(closed).toEqual([join(folder, 'vault.key')])
    rmSync(join(folder, 'vault.key'))
    expect(vault.state().lost).toEqual(['tenant-1', 'tenant-2'])
    writeFileSync(join(folder, 'vault.key'), 'nonsense')
    expect(vault.state()).toMatchObject({ secrets: 2, lost: ['tenant-1', 'tenant-2'] })
  })
})
