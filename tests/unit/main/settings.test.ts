import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultNetwork } from '../../../app/model/network.ts'
import { defaultUpdates } from '../../../app/model/settings.ts'
import { apiRouter } from '../../../main/api/router.ts'
import { createEngine } from '../../../main/engine.ts'
import { folderOwner } from '../../../main/lock.ts'
import { must, tempFolder, testClock } from '../app/store/temp-store.ts'
import { secretBox } from './vault/secret-box.ts'

/** A real engine with a desktop's box, asked as a screen asks. */
function stage(folder = tempFolder(), hasBox = true) {
  const clock = testClock()
  const mode = hasBox ? 'desktop' : 'service'
  const secretBoxOf = hasBox ? secretBox('ann') : null
  const engine = must(
    createEngine({ folder, mode, clock, onTrouble: () => undefined, secretBox: secretBoxOf }),
  )
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await engine.stop()
    isStopped = true
  }
  onTestFinished(stop)
  return { folder, engine, stop, api: apiRouter.createCaller({ engine }) }
}

describe('the settings', () => {
  it('begin as they come, and say where the log lies', async () => {
    const { api, folder } = stage()
    expect(await api.settings.get()).toMatchObject({
      network: defaultNetwork,
      proxyPassword: null,
      log: { level: 'info', folder: expect.stringContaining(folder) },
      vault: { kind: 'os', isAvailable: true, secrets: 0, lost: [] },
      updates: defaultUpdates,
    })
    expect((await api.status.get()).logFolder).toContain(folder)
  })

  it('outlive the program, and each change is in the audit log without its secret', async () => {
    const { api, folder, engine, stop } = stage()
    const proxy = { mode: 'manual' as const, url: 'http://proxy.test:3128', user: 'zoe', bypass: [] }
    must(
      await api.settings.setNetwork({
        network: { ...defaultNetwork, proxy },
        password: 'a-planted-password',
      }),
    )
    must(await api.settings.setLogLevel({ level: 'debug' }))
    const updates = {
      mode: 'automatic' as const,
      window: { from: '22:00', to: '04:00' },
      feedUrl: '' as const,
    }
    must(await api.settings.setUpdates({ updates }))
    const audit = JSON.stringify(engine.store.audit.list(null, 0, 10))
    expect(audit).toContain('network settings changed')
    expect(audit).toContain('log level changed')
    expect(audit).not.toContain('planted')
    await stop()
    const again = stage(folder)
    expect(await again.api.settings.get()).toMatchObject({
      network: { proxy: { ...proxy, hasPassword: true } },
      proxyPassword: { endsIn: 'word' },
      log: { level: 'debug' },
      updates,
    })
    expect(JSON.stringify(await again.api.settings.get())).not.toContain('planted')
  })

  it.each([
    ['an address that is no proxy', { proxy: { mode: 'manual', url: 'socks5://x:1', user: '', bypass: [] } }],
    [
      'a login inside the address',
      { proxy: { mode: 'manual', url: 'http://u:p@x:1', user: '', bypass: [] } },
    ],
  ])('refuse %s', async (_, change) => {
    const { api } = stage()
    const network = { ...defaultNetwork, ...change } as typeof defaultNetwork
    await expect(api.settings.setNetwork({ network })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it.each([
    [{ mode: 'automatic' as const, window: { from: '25:00', to: '04:00' }, feedUrl: '' as const }],
    [{ mode: 'notify' as const, window: null, feedUrl: 'http://plain.test/feed' }],
  ])('refuse updates %j', async (updates) => {
    const { api } = stage()
    await expect(api.settings.setUpdates({ updates })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('refuse a maintenance window without length', async () => {
    const { api } = stage()
    const window = { from: '03:00', to: '03:00' }
    expect(await api.settings.setUpdates({ updates: { ...defaultUpdates, window } })).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid', facts: { field: 'window' } },
    })
  })
})

describe('moving from desktop to service', () => {
  it('carries the keys over when it is asked to, and only then', async () => {
    const { engine, folder, stop } = stage()
    const tenant = { name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }
    const { id } = must(await engine.tenants.add(tenant, 'a-key-of-many-letters'))
    await stop()
    const tooEarly = stage(folder, false)
    expect(tooEarly.engine.tenantControl.keyOf(id)).toMatchObject({
      ok: false,
      fault: { code: 'secret-lost' },
    })
    expect((await tooEarly.api.settings.get()).vault).toMatchObject({
      kind: 'keyfile',
      lost: [`tenant-${id}-api-key`],
    })
    // Everything else was kept.
    expect(tooEarly.engine.tenants.list()).toMatchObject([{ tenant: { name: 'North' }, key: { endsIn: '' } }])
    expect(await tooEarly.api.settings.moveSecrets({ to: 'os' })).toMatchObject({
      fault: { code: 'no-secret-store' },
    })
    await tooEarly.stop()

    const desktop = stage(folder)
    expect(must(await desktop.api.settings.moveSecrets({ to: 'keyfile' })).lost).toEqual([])
    await desktop.stop()
    expect(folderOwner(folder)).toBeNull()
    const service = stage(folder, false)
    expect(service.engine.tenantControl.keyOf(id)).toEqual({ ok: true, value: 'a-key-of-many-letters' })
    expect((await service.api.settings.get()).vault.lost).toEqual([])
  })
})
