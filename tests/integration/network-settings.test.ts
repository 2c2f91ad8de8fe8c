import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { runCli } from '../../build/program.ts'
import { createEngine } from '../../main/engine.ts'
import { makeAuthority, makeCertificate, serveProxy, serveTls } from '../unit/app/http/lines.ts'
import { good, tempFolder } from './ground.ts'

const planted = 'proxy-Planted-Passw0rd'
const clock = { now: () => Date.now() }

/** The sample API behind TLS with a name and an authority of its own, reachable only through a proxy that asks for a login. */
async function closedNetwork() {
  const api = await startSampleApi({
    ...{ customers: 4, products: 4, quotes: 6, orders: 2 },
    ...{ requestsPerMinute: 100_000, requestsPerDay: 1_000_000 },
  })
  onTestFinished(() => api.stop())
  const authority = await makeAuthority()
  const inside = await makeCertificate('commerce.test', authority)
  const server = await serveTls(inside, (request, response) => {
    void fetch(api.url + request.url, { headers: { apiKey: String(request.headers.apikey) } }).then(
      async (answer) => {
        response.writeHead(answer.status, {
          'content-type': answer.headers.get('content-type') ?? 'text/plain',
        })
        response.end(await answer.text())
      },
    )
  })
  onTestFinished(server.close)
  const proxy = await serveProxy({ login: `zoe:${planted}` })
  onTestFinished(proxy.close)
  const folder = tempFolder()
  mkdirSync(folder, { recursive: true })
  const caFile = join(folder, 'inspection.pem')
  writeFileSync(caFile, authority.cert)
  return { api, folder, caFile, proxy, url: `https://commerce.test:${server.port}` }
}

it('a sync goes through a proxy with a login and an authority of its own, set on the command line', async () => {
  const { api, folder, caFile, proxy, url } = await closedNetwork()
  const cli = (args: readonly string[], stdin = '') => runCli(['--data', folder, ...args], { stdin })
  const added = await cli(
    [
      ...['tenant', 'add', '--name', 'North', '--url', 'https://north.mydattocommerce.com', '--api-url', url],
      ...['--api-key-stdin', '--sync-from', '2000-01-01'],
      ...['--requests-per-minute', '100000', '--requests-per-day', '1000000'],
    ],
    api.key,
  )
  expect(added).toMatchObject({ status: 0 })

  const blocked = await cli(['tenant', 'test', 'North', '--json'])
  expect(blocked.status).toBe(1)

  const way = ['settings', 'network', '--proxy', `http://127.0.0.1:${proxy.port}`, '--json']
  expect(await cli([...way, '--proxy-user', 'zoe', '--proxy-password-stdin'], 'wrong')).toMatchObject({
    status: 0,
  })
  const refused = JSON.parse((await cli(['tenant', 'test', 'North', '--json'])).stdout)
  expect(refused).toContainEqual(
    expect.objectContaining({ state: 'failed', fault: expect.objectContaining({ code: 'proxy-login' }) }),
  )

  expect(await cli([...way, '--proxy-password-stdin'], `${planted}\n`)).toMatchObject({ status: 0 })
  const untrusted = JSON.parse((await cli(['tenant', 'test', 'North', '--json'])).stdout)
  expect(untrusted).toContainEqual(
    expect.objectContaining({
      id: 'tls',
      fault: expect.objectContaining({
        code: 'tls-untrusted',
        facts: expect.objectContaining({ issuer: 'Example Works, Corporate Inspection CA' }),
      }),
    }),
  )

  expect(await cli([...way, '--ca-file', caFile, '--no-system-store'])).toMatchObject({ status: 0 })
  const steps: { id: string; state: string }[] = JSON.parse(
    (await cli(['tenant', 'test', 'North', '--json'])).stdout,
  )
  expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual(
    ['address', 'dns', 'proxy', 'tcp', 'tls', 'key', 'record', 'halo', 'schema'].map((id) =>
      expect.stringMatching(`${id} (passed|skipped)`),
    ),
  )
  const synced = await cli(['sync', '--json'])
  expect(synced).toMatchObject({ status: 0, stderr: '' })
  expect(proxy.asked.length).toBeGreaterThan(2)
  expect(proxy.asked.every(({ target }) => url.endsWith(target))).toBe(true)

  const shown = await cli(['settings', 'show', '--json'])
  expect(JSON.parse(shown.stdout)).toMatchObject({
    network: {
      proxy: { mode: 'manual', user: 'zoe', hasPassword: true },
      extraCaFiles: [caFile],
      trustSystemStore: false,
    },
    proxyPassword: { endsIn: 'w0rd' },
  })
  const said = [added, blocked, synced, shown].map(({ stdout, stderr }) => stdout + stderr).join()
  expect(said).not.toContain(planted)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(db|json|log|key)$/.test(name)) continue
    const text = readFileSync(join(folder, name), 'latin1')
    expect(text, name).not.toContain(planted)
    expect(text, name).not.toContain(Buffer.from(`zoe:${planted}`).toString('base64'))
  }
})

it('new settings hold for the next request and the next run of an engine that runs already', async () => {
  const { api, folder, caFile, proxy, url } = await closedNetwork()
  const engine = good(createEngine({ folder, mode: 'service', clock, onTrouble: () => undefined }))
  onTestFinished(() => engine.stop())
  const limits = { requestsPerMinute: 100_000, requestsPerDay: 1_000_000 }
  const tenant = { name: 'North', instanceUrl: 'https://north.mydattocommerce.com', apiUrl: url, ...limits }
  const { id } = good(await engine.tenants.add(tenant, api.key))
  const failed = async () => good(await engine.tenants.test({ id })).filter((step) => step.state === 'failed')
  const runNow = async () => {
    const { runId } = good(engine.startRun(id, 'sync', 'person'))
    await engine.control.ended(runId)
    const run = engine.store.runs.get(runId)
    return run?.fault?.code ?? run?.outcome
  }
  expect(await failed()).not.toEqual([])
  expect(await runNow()).toBe('dns-failed')
  const network = {
    proxy: { mode: 'manual' as const, url: `http://127.0.0.1:${proxy.port}`, user: 'zoe', bypass: [] },
    trustSystemStore: false,
    extraCaFiles: [caFile],
  }
  good(engine.settings.setNetwork(network, planted))
  expect(await failed()).toEqual([])
  expect(await runNow()).toBe('done')
  good(engine.settings.setNetwork({ ...network, proxy: { mode: 'none' } }))
  expect(await runNow()).toBe('dns-failed')
})

it('the proxy that the operating system names is asked for by the test and, from its own thread, by the run', async () => {
  const { api, folder, caFile, url } = await closedNetwork()
  const proxy = await serveProxy()
  onTestFinished(proxy.close)
  const asked: string[] = []
  const resolveProxy = async (target: string): Promise<string | null> => {
    asked.push(new URL(target).origin)
    return `http://127.0.0.1:${proxy.port}`
  }
  const engine = good(
    createEngine({ folder, mode: 'desktop', clock, onTrouble: () => undefined, resolveProxy }),
  )
  onTestFinished(() => engine.stop())
  const limits = { requestsPerMinute: 100_000, requestsPerDay: 1_000_000 }
  const tenant = { name: 'North', instanceUrl: 'https://north.mydattocommerce.com', apiUrl: url, ...limits }
  const { id } = good(await engine.tenants.add(tenant, api.key))
  good(
    engine.settings.setNetwork({
      proxy: { mode: 'system' },
      trustSystemStore: false,
      extraCaFiles: [caFile],
    }),
  )
  const steps = good(await engine.tenants.test({ id }))
  expect(steps.filter((step) => step.state === 'failed')).toEqual([])
  const askedByTest = asked.length
  const { runId } = good(engine.startRun(id, 'sync', 'person'))
  await engine.control.ended(runId)
  expect(engine.store.runs.get(runId)).toMatchObject({ outcome: 'done', fault: null })
  expect(asked.length).toBeGreaterThan(askedByTest)
  expect(new Set(asked)).toEqual(new Set([url]))
})
