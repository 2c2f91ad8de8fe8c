import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDoor } from '../../../../main/cli/serve.ts'
import { createEngine, type Engine } from '../../../../main/engine.ts'
import { openHost } from '../../../../main/shell/host.ts'
import { hostApi } from '../../../../main/shell/host-api.ts'
import { serviceHandler, serviceOrigin } from '../../../../main/shell/service-door.ts'

const clock = { now: () => Date.parse('2030-05-01T08:00:00.000Z') }
let folder = ''
let stops: (() => Promise<void>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-'))
})
afterEach(async () => {
  for (const stop of stops.reverse()) await stop()
  stops = []
  rmSync(folder, { recursive: true, force: true })
})
const noTrouble = (error: unknown): never => {
  throw error
}

async function startService(): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  const engine = createEngine({ folder, mode: 'service', clock, onTrouble: noTrouble })
  if (!engine.ok) throw new Error(engine.fault.code)
  const door = await openDoor(engine.value, 0)
  if (!door.ok) throw new Error(door.fault.code)
  engine.value.folderLock.announce(door.value.origin)
  const stop = async () => {
    stops = stops.filter((one) => one !== stop)
    await door.value.stop()
    await engine.value.stop()
  }
  stops.push(stop)
  return { engine: engine.value, stop }
}

const open = () =>
  openHost({ folder, clock, screens: join(folder, 'screens'), onTrouble: noTrouble, onBug: noTrouble })

describe('a desktop beside a running service', () => {
  test('enters it: asks, commands and shows its screens, and never shows the page a token', async () => {
    const { engine } = await startService()
    const host = open()
    if (!host.ok) throw new Error(host.fault.code)
    expect(host.value.kind).toBe('service')
    const added = engine.tenantControl.add(
      { name: 'A', instanceUrl: 'https://a.mydattocommerce.com' },
      'key-of-a',
      'test',
    )
    if (!added.ok) throw new Error(added.fault.code)
    const api = hostApi(host.value.handler)
    expect((await api.facts()).tenants).toMatchObject([{ name: 'A', isRunning: false }])
    expect(await api.pause(added.value.id, '2030-05-01T09:00:00.000Z')).toBeNull()
    expect((await api.facts()).tenants[0]?.pausedUntil).toBe('2030-05-01T09:00:00.000Z')
    expect(await api.pause(99, null)).toMatchObject({ code: 'tenant-unknown' })
    const page = await host.value.handler(new Request('app://commerce-integrator/runs'))
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('set-cookie')).toBeNull()
  })

  test('signs in again after the service came back with another token on another port', async () => {
    const first = await startService()
    const handler = serviceHandler(folder)
    const api = hostApi(handler)
    expect((await api.facts()).tenants).toEqual([])
    await first.stop()
    expect((await handler(new Request('app://commerce-integrator/'))).status).toBe(503)
    rmSync(join(folder, 'door'), { recursive: true })
    await startService()
    expect((await api.facts()).tenants).toEqual([])
  })

  test('is told when its account may not enter', async () => {
    await startService()
    writeFileSync(join(folder, 'door', 'token'), '')
    expect(open()).toMatchObject({ ok: false, fault: { code: 'door-closed' } })
  })

  test('a folder in use by something that serves no screens is in use', async () => {
    const engine = createEngine({ folder, mode: 'cli', clock, onTrouble: noTrouble })
    if (!engine.ok) throw new Error(engine.fault.code)
    stops.push(() => engine.value.stop())
    expect(open()).toMatchObject({ ok: false, fault: { code: 'folder-in-use' } })
  })

  test('a token goes to this machine alone, whatever owner.json says', async () => {
    const { engine } = await startService()
    for (const address of [
      'http://evil.example:80',
      'http://127.0.0.1.evil.example',
      'http://127.0.0.1:80@evil.example',
    ])
      expect([engine.folderLock.announce(address).ok, serviceOrigin(folder)]).toEqual([true, null])
  })

  test('a free folder is taken', async () => {
    const host = open()
    if (!host.ok) throw new Error(host.fault.code)
    stops.push(() => host.value.stop())
    expect(host.value.kind).toBe('own')
    host.value.wake()
    expect((await hostApi(host.value.handler).facts()).tenants).toEqual([])
  })
})
