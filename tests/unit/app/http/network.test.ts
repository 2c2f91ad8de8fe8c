import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HttpClientOptions } from '../../../../app/http/client.ts'
import { climb } from '../../../../app/http/ladder.ts'
import { createNetwork } from '../../../../app/http/network.ts'
import { type NetworkSettings, networkSettingsSchema } from '../../../../app/model/network.ts'
import { makeAuthority, makeCertificate, type ProxyRules, serveProxy, serveTls } from './lines.ts'
import { call, type Stage, serve, stage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'network-'))
const caFile = join(folder, 'ca.pem')
const endings: (() => Promise<void>)[] = []
let authority = { cert: '', key: '' }
const pairs: Record<string, { cert: string; key: string }> = {}

beforeAll(async () => {
  authority = await makeAuthority()
  writeFileSync(caFile, `Some words before\n${authority.cert}\n`)
  pairs.good = await makeCertificate('localhost', authority)
  pairs.named = await makeCertificate('commerce.test', authority)
  pairs.expired = await makeCertificate('localhost', authority, [-30, -2])
  pairs.early = await makeCertificate('localhost', authority, [2, 30])
  pairs.alone = await makeCertificate('localhost')
  pairs.other = await makeCertificate('elsewhere.test', authority)
  return () => rmSync(folder, { recursive: true, force: true })
}, 30_000)
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

const direct: NetworkSettings = { proxy: { mode: 'none' }, trustSystemStore: false, extraCaFiles: [] }
const trusting: NetworkSettings = { ...direct, extraCaFiles: [caFile] }

function staged(network: NetworkSettings, more: Partial<HttpClientOptions> = {}): Stage {
  const made = stage({ network, ...more })
  endings.push(made.client.close)
  return made
}

async function tls(name: string) {
  const server = await serveTls(pairs[name] ?? {}, (_, response) => {
    response.end('[]')
  })
  endings.push(server.close)
  return server
}

async function proxied(rules: ProxyRules = {}) {
  const server = await serveProxy(rules)
  endings.push(server.close)
  return server
}

const manual = (port: number, user = '', more: Partial<NetworkSettings> = {}): NetworkSettings => ({
  ...trusting,
  proxy: { mode: 'manual', url: `http://127.0.0.1:${port}`, user, hasPassword: user !== '', bypass: [] },
  ...more,
})

describe('a certificate', () => {
  it('of an authority that was added by file is trusted, and shown with the request', async () => {
    const { port } = await tls('good')
    const made = staged(trusting)
    const result = await made.client.send(call(`https://localhost:${port}/`))
    expect(result).toMatchObject({ ok: true, value: { body: '[]' } })
    expect(made.sink.drafts[0]).toMatchObject({
      timing: { tlsMs: expect.any(Number), dnsMs: expect.any(Number) },
      connection: {
        proxy: null,
        remote: expect.stringContaining(`${port}`),
        tls: { issuer: 'Example Works, Corporate Inspection CA', subject: 'localhost', protocol: 'TLSv1.3' },
      },
    })
  })

  it.each([
    ['good', 'tls-untrusted', 'Example Works, Corporate Inspection CA', direct],
    ['alone', 'tls-untrusted', 'localhost', trusting],
    ['expired', 'tls-expired', 'Example Works, Corporate Inspection CA', trusting],
    ['early', 'tls-untrusted', 'Example Works, Corporate Inspection CA', trusting],
    ['other', 'tls-wrong-host', 'Example Works, Corporate Inspection CA', trusting],
  ] as const)('%s is refused as %s, naming the issuer seen', async (name, code, issuer, network) => {
    const chosen = network === direct ? direct : { ...trusting }
    const { port } = await tls(name)
    const made = staged(chosen)
    const result = await made.client.send(call(`https://localhost:${port}/`))
    expect(result).toMatchObject({
      ok: false,
      fault: {
        code,
        next: 'setup',
        side: 'network',
        facts: {
          host: 'localhost',
          issuer,
          fingerprint: expect.stringMatching(/^[0-9A-F:]{95}$/),
          validTo: expect.stringMatching(/Z$/),
        },
      },
    })
    // A person has to act: trying again helps nobody.
    expect(made.sink.drafts).toHaveLength(1)
  })

  it('that is asked of a server without TLS is a lost connection', async () => {
    const server = await serve((_, response) => response.end())
    endings.push(server.close)
    const made = staged(trusting)
    const result = await made.client.send(call(`https://localhost:${server.port}/`, { maxAttempts: 1 }))
    expect(result).toMatchObject({ ok: false, fault: { code: 'connection-lost' } })
  })

  it.each([
    ['missing.pem', null],
    ['words.pem', 'no certificate in here'],
    ['broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('file %s is refused by name', async (name, content) => {
    const file = join(folder, name)
    if (content !== null) writeFileSync(file, content)
    const { port } = await tls('good')
    const made = staged({ ...direct, extraCaFiles: [file] })
    const result = await made.client.send(call(`https://localhost:${port}/`))
    expect(result).toMatchObject({ ok: false, fault: { code: 'input-invalid', facts: { file } } })
  })

  it('can be looked up in the store of the operating system', () => {
    const made = createNetwork({ settings: { ...direct, trustSystemStore: true } })
    expect(made.trust().ok).toBe(true)
    expect(made.trust()).toBe(made.trust())
  })
})

describe('a proxy', () => {
  it('leads to the target by tunnel, with the login that was set', async () => {
    const { port } = await tls('named')
    const proxy = await proxied({ login: 'zoë:pass:word-12345' })
    const made = staged(manual(proxy.port, 'zoë'), { proxyPassword: 'pass:word-12345' })
    const result = await made.client.send(call(`https://commerce.test:${port}/v1`))
    expect(result).toMatchObject({ ok: true, value: { body: '[]' } })
    await made.client.send(call(`https://commerce.test:${port}/v1`))
    expect(proxy.asked.map((each) => each.target)).toEqual([`commerce.test:${port}`])
    expect(made.sink.drafts[0]).toMatchObject({
      connection: { proxy: `127.0.0.1:${proxy.port}`, tls: { subject: 'commerce.test' } },
    })
    expect(JSON.stringify(made.sink.drafts)).not.toContain('pass:word')
  })

  it('that speaks TLS itself is used all the same', async () => {
    const { port } = await tls('named')
    const proxy = await proxied({ pair: pairs.good ?? { cert: '', key: '' }, login: 'u:p' })
    const settings = manual(proxy.port, 'u')
    const url = `https://localhost:${proxy.port}`
    const made = staged(
      { ...settings, proxy: { mode: 'manual', url, user: 'u', hasPassword: true, bypass: [] } },
      { proxyPassword: 'p' },
    )
    const result = await made.client.send(call(`https://commerce.test:${port}/`))
    expect(result).toMatchObject({ ok: true, value: { body: '[]' } })
  })

  it('that refuses the login says which logins it knows, and nobody tries again', async () => {
    const proxy = await proxied({ login: 'u:right' })
    const made = staged(manual(proxy.port, 'u'), { proxyPassword: 'wrong-password' })
    const result = await made.client.send(call('https://commerce.test/'))
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'proxy-login', next: 'setup', facts: { status: 407, schemes: 'Basic realm="x"' } },
    })
    expect(proxy.asked).toHaveLength(1)
    expect(JSON.stringify([result, made.sink.drafts])).not.toContain('wrong-password')
  })

  it.each<[string, ProxyRules]>([
    ['refuses', { refuseWith: 403 }],
    ['hangs up', { say: (socket) => socket.destroy() }],
    ['talks nonsense', { say: (socket) => socket.end('220 mail.example ESMTP\r\n\r\n') }],
    ['never ends its answer', { say: (socket) => socket.write('x'.repeat(20_000)) }],
    ['is silent', { say: () => undefined }],
  ])('that %s is named as the one at fault', async (_, rules) => {
    const proxy = await proxied(rules)
    const made = staged(manual(proxy.port), { caps: { connectMs: 300 } })
    const result = await made.client.send(call('https://commerce.test/', { maxAttempts: 1 }))
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'proxy-failed', facts: { proxy: `127.0.0.1:${proxy.port}` } },
    })
    await made.client.close()
    await expect.poll(() => proxy.sockets.size).toBe(0)
  })

  it('that is not there is named, not the target', async () => {
    const proxy = await serveProxy()
    await proxy.close()
    const made = staged(manual(proxy.port))
    const result = await made.client.send(call('https://commerce.test/', { maxAttempts: 1 }))
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'proxy-failed', next: 'retry', facts: { reason: 'ECONNREFUSED' } },
    })
  })

  it('is given up when the call is cancelled meanwhile, and no connection stays', async () => {
    const stop = new AbortController()
    const proxy = await proxied({ say: () => stop.abort() })
    const made = staged(manual(proxy.port))
    const result = await made.client.send(call('https://commerce.test/', { signal: stop.signal }))
    expect(result).toMatchObject({ ok: false, fault: { code: 'cancelled' } })
    await made.client.close()
    await expect.poll(() => proxy.sockets.size).toBe(0)
  })

  it('that inspects traffic is trusted once its authority is', async () => {
    // What an inspecting proxy does: it answers for the target with a certificate of its own making.
    const { port } = await tls('named')
    const proxy = await proxied()
    const refused = staged(manual(proxy.port, '', { extraCaFiles: [] }))
    expect(await refused.client.send(call(`https://commerce.test:${port}/`))).toMatchObject({
      fault: { code: 'tls-untrusted', facts: { issuer: 'Example Works, Corporate Inspection CA' } },
    })
    const accepted = staged(manual(proxy.port))
    expect((await accepted.client.send(call(`https://commerce.test:${port}/`))).ok).toBe(true)
  })
})

describe('the way to an address', () => {
  const system: NetworkSettings = { ...direct, proxy: { mode: 'system' } }
  const to = async (settings: NetworkSettings, url: string, more = {}) => {
    const found = await createNetwork({ settings, env: {}, ...more }).route(new URL(url))
    return found.ok ? (found.value?.url.host ?? 'direct') : found.fault.code
  }

  it('of the system is read from the environment, by scheme', async () => {
    const env = { HTTPS_PROXY: 'http://u:p@a.test:1', http_proxy: 'b.test:2', NO_PROXY: '.local, c.test' }
    expect(await to(system, 'https://x.test/', { env })).toBe('a.test:1')
    expect(await to(system, 'http://x.test/', { env })).toBe('b.test:2')
    expect(await to(system, 'https://c.test/', { env })).toBe('direct')
    expect(await to(system, 'https://y.local/', { env })).toBe('direct')
    expect(await to(system, 'https://x.test/', { env: { ALL_PROXY: 'd.test:3' } })).toBe('d.test:3')
    expect(await to(system, 'https://x.test/')).toBe('direct')
  })

  it('of the system is asked where somebody knows it', async () => {
    const resolveProxy = async (url: string) => (url.includes('x.test') ? 'http://a.test:1' : null)
    expect(await to(system, 'https://x.test/', { resolveProxy })).toBe('a.test:1')
    expect(await to(system, 'https://y.test/', { resolveProxy })).toBe('direct')
    const failing = () => Promise.reject(new Error('no answer'))
    expect(await to(system, 'https://x.test/', { resolveProxy: failing })).toBe('proxy-failed')
  })

  it('to this machine never leads through a proxy', async () => {
    const env = { HTTP_PROXY: 'a.test:1', HTTPS_PROXY: 'a.test:1' }
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.9.9.9']) {
      expect(await to(system, `http://${host}:8080/`, { env })).toBe('direct')
    }
  })

  it('through something that is no http proxy is refused', async () => {
    expect(await to(system, 'https://x.test/', { env: { HTTPS_PROXY: 'socks5://a.test:1' } })).toBe(
      'proxy-failed',
    )
    expect(await to(system, 'https://x.test/', { env: { HTTPS_PROXY: 'http://:::' } })).toBe('proxy-failed')
  })

  it('hides the login of the environment', () => {
    const made = createNetwork({ settings: system, env: { HTTPS_PROXY: 'http://us%20er:pa%3Ass@a.test:1' } })
    expect(made.secrets).toContain('pa:ss')
    expect(made.secrets).toContain(Buffer.from('us er:pa:ss').toString('base64'))
  })
})

describe('the settings', () => {
  const valid = (url: string) =>
    networkSettingsSchema.safeParse({
      ...direct,
      proxy: { mode: 'manual', url, user: '', hasPassword: false, bypass: [] },
    }).success

  it.each([
    'http://proxy:8080',
    'https://proxy.corp.example',
    'http://10.0.0.1:3128/',
    'http://[fd00::1]:8080',
  ])('accept the proxy %s', (url) => expect(valid(url)).toBe(true))

  it.each([
    'proxy:8080',
    'http://user:pw@proxy:8080',
    'socks5://proxy',
    'http://',
    'http://a b',
    'http://proxy/path',
  ])('refuse the proxy %s', (url) => expect(valid(url)).toBe(false))
})

describe('the ladder', () => {
  const climbed = async (url: string, settings: NetworkSettings, more = {}) => {
    const rungs = await climb(url, { settings, env: {}, ...more })
    return { rungs, steps: rungs.map((rung) => `${rung.step} ${rung.isOk ? 'ok' : rung.fault?.code}`) }
  }

  it('tells what it finds on the direct way', async () => {
    const { port } = await tls('good')
    const { rungs, steps } = await climbed(`https://localhost:${port}/v1`, trusting)
    expect(steps).toEqual(['address ok', 'dns ok', 'proxy ok', 'tcp ok', 'tls ok'])
    expect(rungs.map((rung) => rung.facts)).toMatchObject([
      { host: 'localhost', port, scheme: 'https' },
      { host: 'localhost', addresses: expect.stringContaining('127.0.0.1') },
      { way: 'direct' },
      { remote: expect.stringContaining(`${port}`) },
      { issuer: 'Example Works, Corporate Inspection CA', protocol: 'TLSv1.3' },
    ])
  })

  it('tells what it finds behind a proxy', async () => {
    const { port, sockets } = await tls('named')
    const proxy = await proxied()
    const { rungs, steps } = await climbed(`https://commerce.test:${port}/`, manual(proxy.port))
    expect(steps).toEqual(['address ok', 'dns ok', 'proxy ok', 'tcp ok', 'tls ok'])
    expect(rungs[1]?.facts.host).toBe('127.0.0.1')
    expect(rungs[2]?.facts.way).toBe(`127.0.0.1:${proxy.port}`)
    await expect.poll(() => sockets.size + proxy.sockets.size).toBe(0)
  })

  it('has no TLS on plain http of this machine', async () => {
    const server = await serve((_, response) => response.end())
    endings.push(server.close)
    const { steps } = await climbed(server.url, direct)
    expect(steps).toEqual(['address ok', 'dns ok', 'proxy ok', 'tcp ok'])
    await expect.poll(() => server.sockets.size).toBe(0)
    expect(server.requests).toHaveLength(0)
  })

  it('stops at the first step that fails', async () => {
    const gone = await serve(() => undefined)
    await gone.close()
    const refusing = await proxied({ refuseWith: 502 })
    const { port } = await tls('expired')
    expect((await climbed('no address', direct)).steps).toEqual(['address url-invalid'])
    expect((await climbed('ftp://h/', direct)).steps).toEqual(['address url-invalid'])
    expect((await climbed('http://commerce.test/', direct)).steps).toEqual(['address url-insecure'])
    expect((await climbed('https://no-such.invalid/', direct)).steps).toEqual([
      'address ok',
      'dns dns-failed',
    ])
    expect((await climbed('https://commerce.test/', manual(refusing.port))).steps).toEqual([
      'address ok',
      'dns ok',
      'proxy proxy-failed',
    ])
    expect((await climbed(gone.url, direct)).steps).toEqual([
      'address ok',
      'dns ok',
      'proxy ok',
      'tcp connection-refused',
    ])
    expect((await climbed(`https://localhost:${port}/`, trusting)).steps.at(-1)).toBe('tls tls-expired')
  }, 30_000)

  it('can be cancelled', async () => {
    const { steps } = await climbed('https://127.0.0.1:9/', direct, { signal: AbortSignal.abort() })
    expect(steps.at(-1)).toBe('tcp cancelled')
  })
})
