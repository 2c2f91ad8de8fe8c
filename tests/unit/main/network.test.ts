import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HttpCall, HttpClient } from '../../../app/http/types.ts'
import { fail, fault, ok, type Result } from '../../../app/model/fault.ts'
import { defaultNetwork } from '../../../app/model/network.ts'
import { createNetworkControl, renewableClient } from '../../../main/network.ts'
import { keyfileVault } from '../../../main/vault/keyfile.ts'
import { call } from '../app/http/stage.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

function stage() {
  const { store, clock, folder } = tempStore()
  const vault = keyfileVault(folder, clock)
  let changes = 0
  const network = createNetworkControl({
    store,
    vault,
    onChange: () => {
      changes += 1
    },
  })
  return { store, vault, network, folder, changes: () => changes }
}
const manual = { mode: 'manual', url: 'http://proxy.test:3128', user: 'zoe', bypass: ['.lan'] } as const
const through = { ...defaultNetwork, proxy: { ...manual, bypass: [...manual.bypass] } }

describe('the network settings', () => {
  it('start with what the system says', () => {
    const { network } = stage()
    expect(network.now()).toEqual(ok({ network: defaultNetwork, proxyPassword: null }))
  })

  it('keep the password in the vault, and leave it when none is given', () => {
    const { network, store, changes } = stage()
    must(network.set(through, 'a-planted-password', 'test'))
    expect(must(network.now())).toEqual({
      network: { ...through, proxy: { ...through.proxy, hasPassword: true } },
      proxyPassword: 'a-planted-password',
    })
    must(network.set({ ...through, proxy: { ...through.proxy, bypass: [] } }, undefined, 'test'))
    expect(must(network.now()).proxyPassword).toBe('a-planted-password')
    expect(network.password()).toMatchObject({ endsIn: 'word' })
    expect(changes()).toBe(2)
    expect(JSON.stringify([network.settings(), store.audit.list(null, 0, 10)])).not.toContain('planted')
  })

  it.each([
    ['it is taken away', through, null],
    ['the proxy has no login', { ...through, proxy: { ...through.proxy, user: '' } }, 'x'],
    ['there is no proxy', { ...through, proxy: { mode: 'none' as const } }, undefined],
  ])('forget the password when %s', (_, given, password) => {
    const { network, vault } = stage()
    must(network.set(through, 'a-planted-password', 'test'))
    must(network.set(given, password, 'test'))
    expect(must(network.now()).proxyPassword).toBeNull()
    expect(vault.names()).toEqual([])
  })

  it('refuse a file that is no authority, and change nothing', () => {
    const { network, folder } = stage()
    const file = join(folder, 'words.pem')
    writeFileSync(file, 'no certificate in here')
    expect(network.set({ ...through, extraCaFiles: [file] }, 'secret', 'test')).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid', facts: { field: 'extraCaFiles', file } },
    })
    expect(network.settings()).toEqual(defaultNetwork)
    expect(network.password()).toBeNull()
  })

  it('name the password when it can no longer be read', () => {
    const { network, vault } = stage()
    must(network.set(through, 'a-planted-password', 'test'))
    must(vault.remove('proxy-password'))
    expect(network.now()).toMatchObject({
      ok: false,
      fault: { code: 'secret-lost', facts: { name: 'proxy-password' } },
    })
  })
})

/** A client whose answers wait until they are let go. */
function slowClient(name: string, closed: string[]) {
  const waiting: (() => void)[] = []
  const client: HttpClient = {
    send: (_: HttpCall) =>
      new Promise((resolve) => {
        waiting.push(() => resolve(ok({ status: 200, headers: {}, body: name, exchangeId: null })))
      }),
    close: async () => {
      closed.push(name)
    },
  }
  return { client, answer: () => waiting.splice(0).forEach((go) => void go()) }
}

describe('a client that is renewed', () => {
  it('ends what it was sending by the old settings, and begins the next by the new', async () => {
    const closed: string[] = []
    const clients = [slowClient('old', closed), slowClient('new', closed)]
    let made = 0
    const http = renewableClient(() => ok(clients[made++]?.client ?? slowClient('none', closed).client))
    const first = http.send(call('http://a.test'))
    http.renew()
    const second = http.send(call('http://a.test'))
    expect(closed).toEqual([])
    clients[1]?.answer()
    clients[0]?.answer()
    expect([await first, await second]).toMatchObject([
      { value: { body: 'old' } },
      { value: { body: 'new' } },
    ])
    expect(closed).toEqual(['old'])
    await http.close()
    expect(closed).toEqual(['old', 'new'])
  })

  it('closes at once what sends nothing', async () => {
    const closed: string[] = []
    const { client, answer } = slowClient('one', closed)
    const http = renewableClient(() => ok(client))
    const sent = http.send(call('http://a.test'))
    answer()
    await sent
    http.renew()
    await http.close()
    expect(closed).toEqual(['one'])
  })

  it('tells each request why there is none, and tries again with the next', async () => {
    const closed: string[] = []
    const { client, answer } = slowClient('one', closed)
    const makes: Result<HttpClient>[] = [fail(fault('secret-lost')), ok(client)]
    const http = renewableClient(() => makes.shift() ?? fail(fault('bug')))
    expect(await http.send(call('http://a.test'))).toMatchObject({
      ok: false,
      fault: { code: 'secret-lost' },
    })
    const sent = http.send(call('http://a.test'))
    answer()
    expect(await sent).toMatchObject({ ok: true })
    await http.close()
  })
})
